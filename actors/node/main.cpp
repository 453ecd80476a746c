// stewardd: 1 read the command line  2 start the node  3 wait until it can answer and say so  4 wait for a signal  5
// stop in order
#include "actors/log.hpp"
#include "actors/node/node.hpp"

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>
#include <poll.h>
#include <sys/signalfd.h>
#include <unistd.h>

namespace {

int wait_for_signal(int fd, int timeout_ms) {
  pollfd p{fd, POLLIN, 0};
  if (poll(&p, 1, timeout_ms) <= 0) return 0;
  signalfd_siginfo info;
  return read(fd, &info, sizeof info) == sizeof info ? static_cast<int>(info.ssi_signo) : 0;
}

std::string environment(const char* name) {
  auto e = std::getenv(name);
  return e ? e : "";
}

} // namespace

int main(int argc, char** argv) {
  steward::engine_config c;
  CLI::App app{"stewardd, the engine of Steward: answers a company's customers over NATS and HTTP."};
  app.set_version_flag("--version", STEWARD_VERSION);
  app.add_option("--data", c.data, "Data folder; made if missing. Everything in it but nats/ can be rebuilt")
      ->capture_default_str();
  app.add_option("--nats-url", c.nats_url, "The NATS server to use, e.g. nats://127.0.0.1:4222");
  app.add_option("--spawn-nats", c.spawn_nats_port,
                 "Start a nats-server of its own on this port (0: a free one), with its data in DATA/nats");
  app.add_option("--http", c.http_port, "Port of the HTTP door (0: a free one)")->capture_default_str();
  app.add_option("--http-host", c.http_host, "Address that the HTTP door listens on")->capture_default_str();
  app.add_option("--models", c.models, "Folder of embedding models; without them answers come from the lexical index");
  app.add_option("--tenant-dir", c.tenant_dir, "Folder of a tenant that is pushed at first start");
  app.add_option("--kb-dir", c.kb_dir, "Folder of its articles, imported at first start");
  app.add_option("--tenant", c.seed_tenant, "Name of that tenant")->capture_default_str();
  app.add_option("--replicas", c.replicas, "Copies of every stream: 3 in a NATS cluster")
      ->check(CLI::Range(1, 5))
      ->capture_default_str();
  app.add_option("--encoder-threads", c.encoder_threads, "Threads that embed sentences")->capture_default_str();
  app.add_option("--threads", c.scheduler_threads, "Threads that run actors (0: one per core)");
  app.add_option("--log-level", c.log_level, "debug, info, warn or error")
      ->check(CLI::IsMember({"debug", "info", "warn", "error"}))
      ->capture_default_str();
  app.add_option("--log-file", c.log_file, "Write the log there instead of to standard error");
  CLI11_PARSE(app, argc, argv);
  if (c.nats_url.empty() && c.spawn_nats_port < 0) {
    if (auto url = environment("NATS_URL"); !url.empty())
      c.nats_url = url;
    else
      c.spawn_nats_port = 4222;
  }
  c.cache = environment("STEWARD_CACHE");
  if (c.cache.empty()) c.cache = environment("HOME") + "/.cache/steward";
  if (c.models.empty()) c.models = c.cache + "/models";
  using steward::log::level;
  auto l = c.log_level == "debug"   ? level::debug
           : c.log_level == "warn"  ? level::warn
           : c.log_level == "error" ? level::error
                                    : level::info;
  steward::log::start(l, c.log_file);

  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  signal(SIGPIPE, SIG_IGN);
  int fd = signalfd(-1, &set, SFD_CLOEXEC);

  auto started = steward::node::start(std::move(c));
  if (!started) {
    std::fprintf(stderr, "stewardd: %s\n", started.error().message.c_str());
    return 1;
  }
  auto& node = **started;
  int signal_seen = 0;
  if (node.wait_ready([&] { return (signal_seen = wait_for_signal(fd, 0)) != 0; })) {
    auto a = node.addresses();
    for (auto& n : node.notes()) std::printf("note: %s\n", n.c_str());
    std::printf("ready %s %s\n", a.nats.c_str(), a.http.c_str());
    std::fflush(stdout);
  }
  while (signal_seen == 0) signal_seen = wait_for_signal(fd, 1000);
  std::printf("stopping\n");
  std::fflush(stdout);
  return node.stop() ? 0 : 3;
}
