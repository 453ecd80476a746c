#include "actors/node/own_server.hpp"

#include "actors/log.hpp"

#include <cstdlib>
#include <filesystem>

namespace steward {
namespace fs = std::filesystem;

status own_server::start(engine_config& c) {
  if (c.spawn_nats_port < 0) return success();
  config_.folder = fs::absolute(fs::path(c.data) / "nats");
  config_.port = static_cast<uint16_t>(c.spawn_nats_port);
  if (auto mode = std::getenv("STEWARD_NATS_SYNC"); mode && std::string(mode) == "interval")
    config_.sync = sync_mode::interval;
  if (auto ok = lock(c); !ok) return ok;
  auto server = nats_server::start(config_, [this](std::string how) { on_death(how); });
  if (!server) return server.error();
  server_ = std::move(*server);
  config_.port = server_->port();
  c.nats_url = server_->url();
  if (keys_) remember_keys(c.nats_url, *keys_);
  return success();
}

/// It lets in only whom the keys beside it made.
status own_server::lock(engine_config& c) {
  auto folder = fs::absolute(fs::path(c.data) / "keys");
  auto keys = c.secure ? key_folder::make(folder, now_ms() / 1000) : key_folder::open(folder);
  if (!keys) return keys.error().code == errc::not_found && !c.secure ? success() : status(keys.error());
  auto lines = keys->server_config(config_.folder / "accounts");
  if (!lines) return lines.error();
  config_.more = *lines;
  c.nats_creds = keys->creds("engine").string();
  // What was kept before there were keys belongs to the account now.
  std::error_code e;
  auto streams = config_.folder / "jetstream" / "jetstream";
  auto mine = streams / keys->account_key();
  if (fs::exists(streams / "$G", e) && !fs::exists(mine, e)) fs::rename(streams / "$G", mine, e);
  keys_ = std::move(*keys);
  return success();
}

void own_server::on_death(const std::string& how) {
  if (let_go_) return;
  log::error("nats-server ended", {{"how", how}});
  died_ = true;
}

void own_server::keep_alive() {
  if (!died_ || let_go_ || steady_ms() < not_before_ms_) return;
  auto verdict = policy_.on_failure(steady_ms());
  not_before_ms_ = steady_ms() + std::max<int64_t>(verdict.pause_ms, 1000);
  died_ = false;
  // On its port and folder: clients reconnect by themselves.
  auto again = nats_server::start(config_, [this](std::string how) { on_death(how); });
  if (again) {
    log::info("nats-server is started again", {{"url", (*again)->url()}});
    server_ = std::move(*again);
  } else {
    log::error("nats-server does not start", {{"why", again.error().message}});
    died_ = true;
  }
}

} // namespace steward
