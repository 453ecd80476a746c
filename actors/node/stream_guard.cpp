#include "actors/node/stream_guard.hpp"

#include "access/sign_in.hpp"
#include "actors/defaults.hpp"
#include "actors/log.hpp"
#include "messages/knowledge.hpp"

#include <algorithm>
#include <future>

namespace steward {
namespace {

using namespace std::chrono_literals;
constexpr const char* guarded[] = {"REPLY", "DLQ", "KB", "FORGET"};
constexpr int64_t look_every_ms = 2000;

} // namespace

void stream_guard::look() {
  std::vector<std::string> gone;
  {
    std::lock_guard lock(missing_->mutex);
    gone.swap(missing_->streams);
  }
  std::sort(gone.begin(), gone.end());
  gone.erase(std::unique(gone.begin(), gone.end()), gone.end());
  for (auto& s : gone) restore(s);
  if (steady_ms() < again_ms_ || env_->nats->state() != connection_state::connected) return;
  // Nodes look at different moments, so that one of them restores and the others find it done.
  again_ms_ = steady_ms() + look_every_ms + static_cast<int64_t>(hash64(env_->node.value) % 500);
  for (std::string s : guarded)
    env_->nats->js_info(s, [missing = missing_, s](result<stream_info> i) {
      if (i || i.error().code != errc::not_found) return;
      std::lock_guard lock(missing->mutex);
      missing->streams.push_back(s);
    });
}

void stream_guard::restore(const std::string& stream) {
  auto all = subjects::all_streams();
  auto d = std::find_if(all.begin(), all.end(), [&](auto& x) { return x.name == stream; });
  if (d == all.end()) return;
  // Read before the stream is there: the node's own articles are folded from it then.
  std::vector<std::pair<std::string, std::string>> rows;
  if (stream == "KB") {
    auto ok = env_->db->scan(table::articles, {}, {}, scan_order::ascending,
                             [&](std::string_view key, std::string_view value) {
                               tenant_id t{std::string(key.substr(0, key.find('\0')))};
                               auto a = decode<article>(value, {.bytes = 1 << 20});
                               if (a) rows.emplace_back(subjects::kb(t, a->id), std::string(value));
                               return true;
                             });
    if (!ok) return log::error("store cannot list articles", {{"why", ok.error().message}});
  }
  auto p = std::make_shared<std::promise<status>>();
  auto f = p->get_future();
  env_->nats->js_ensure(*d, env_->config.replicas,
                        [p](result<stream_info> r) { p->set_value(r ? success() : status(r.error())); });
  auto made = f.get();
  if (!made) return log::error("stream cannot be made anew", {{"stream", stream}, {"why", made.error().message}});
  log::warn("stream was gone, and is made anew",
            {{"stream", stream}, {"articles", static_cast<uint64_t>(rows.size())}});
  restore_articles(rows);
}

// One after the other would take its time, all at once too much memory of the connection: some at a time.
void stream_guard::restore_articles(const std::vector<std::pair<std::string, std::string>>& rows) {
  size_t failed = 0;
  for (size_t from = 0; from < rows.size(); from += 64) {
    std::vector<std::future<bool>> acks;
    for (auto i = from; i < std::min(rows.size(), from + 64); ++i) {
      auto p = std::make_shared<std::promise<bool>>();
      acks.push_back(p->get_future());
      env_->nats->js_publish(rows[i].first, rows[i].second, {}, defaults::publish_timeout,
                             [p](result<publish_ack> a) { p->set_value(a.ok()); });
    }
    for (auto& a : acks) failed += !a.get();
  }
  if (failed)
    log::error("articles are missing in stream KB: import them again", {{"articles", static_cast<uint64_t>(failed)}});
}

status make_shared_streams(const engine& env) {
  for (auto& s : subjects::all_streams()) {
    auto p = std::make_shared<std::promise<result<stream_info>>>();
    auto f = p->get_future();
    env.nats->js_ensure(s, env.config.replicas, [p](result<stream_info> r) { p->set_value(std::move(r)); });
    auto r = f.get();
    if (!r)
      return {r.error().code, "stream " + s.name + " cannot be made: " + r.error().message +
                                  ". Does the nats-server at " + without_password(env.config.nats_url) +
                                  " run with JetStream (-js)?"};
  }
  return success();
}

} // namespace steward
