// stewardd: 1 read the command line  2 start the node  3 wait until it can answer and say so  4 wait for a signal  5
// stop in order
#include "actors/log.hpp"
#include "actors/node/node.hpp"

#include <CLI/CLI.hpp>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

/// jemalloc's settings, where it is linked: the encoder's tensors come and go, and giving their pages back each time
/// costs a shoot-down of all threads' translations. The large ones too, which jemalloc gives back at once by default.
extern "C" {
extern const char* malloc_conf;
const char* malloc_conf = "dirty_decay_ms:30000,muzzy_decay_ms:30000,oversize_threshold:0";
}

namespace {

// Signals come by a handler and a pipe, not by signalfd: a library may start threads before main() that block none, and
// what such a thread takes would end the process at once.
int signal_pipe[2] = {-1, -1};

void on_signal(int number) {
  auto byte = static_cast<char>(number);
  auto before = errno;
  [[maybe_unused]] auto written = write(signal_pipe[1], &byte, 1);
  errno = before;
}

bool listen_for_signals() {
  if (pipe2(signal_pipe, O_CLOEXEC | O_NONBLOCK) != 0) return false;
  struct sigaction a = {};
  a.sa_handler = on_signal;
  a.sa_flags = SA_RESTART;
  sigemptyset(&a.sa_mask);
  for (int s : {SIGINT, SIGTERM})
    if (sigaction(s, &a, nullptr) != 0) return false;
  signal(SIGPIPE, SIG_IGN);
  return true;
}

/// Threads inherit what is blocked where they start: only main() is interrupted by signals.
void block_signals(int how) {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGTERM);
  pthread_sigmask(how, &set, nullptr);
}

int wait_for_signal(int timeout_ms) {
  pollfd p{signal_pipe[0], POLLIN, 0};
  poll(&p, 1, timeout_ms);
  char byte = 0;
  return read(signal_pipe[0], &byte, 1) == 1 ? byte : 0;
}

std::string environment(const char* name) {
  auto e = std::getenv(name);
  return e ? e : "";
}

} // namespace

int main(int argc, char** argv) {
  if (!listen_for_signals()) {
    std::perror("stewardd: signals");
    return 1;
  }
  block_signals(SIG_BLOCK);
  // TBB, below OpenVINO, would load hwloc with RTLD_DEEPBIND: hwloc would see glibc's free() alone, and end the process
  // with what another allocator gave. Read when the first model is loaded; this name is the switch that TBB has for it.
  setenv("TBB_ENABLE_SANITIZERS", "1", 1);
  steward::engine_config c;
  CLI::App app{"stewardd, the engine of Steward: answers a company's customers over NATS and HTTP."};
  app.option_defaults()->multi_option_policy(
      CLI::MultiOptionPolicy::TakeLast); // scripts/run -- OPTION: the later counts
  app.set_version_flag("--version", STEWARD_VERSION);
  app.add_option("--data", c.data, "Data folder; made if missing. Everything in it but nats/ can be rebuilt")
      ->capture_default_str();
  app.footer(
      "Examples:\n"
      "  stewardd                                       with a nats-server of its own on 4222, or the one of NATS_URL\n"
      "  stewardd --data d --http 0 --spawn-nats 0      on free ports: the line \"ready\" tells them\n"
      "  stewardd --nats-url nats://10.0.0.5:4222 --nats-creds engine.creds --data elsewhere   one more of a cluster\n"
      "Exit codes: 0 stopped in order; 1 it could not start, or could not go on; 2 the command line is wrong;\n"
      "3 the stop passed its deadline.");
  auto server = app.add_option("--nats-url", c.nats_url, "The NATS server to use, e.g. nats://127.0.0.1:4222");
  app.add_option("--spawn-nats", c.spawn_nats_port,
                 "Start a nats-server of its own on this port (0: a free one), with its data in DATA/nats")
      ->check(CLI::Range(0, 65535))
      ->excludes(server);
  bool open = false;
  auto secure =
      app.add_flag("--secure", c.secure,
                   "That server lets in only users of `steward users`, by keys that are made in DATA/keys. So it "
                   "is when nothing is said, and always once there are keys");
  app.add_flag("--open", open, "Make no keys: whoever reaches that server may do everything. For tests")
      ->excludes(secure)
      ->excludes(server);
  app.add_option("--nats-creds", c.nats_creds,
                 "Credentials file for the NATS server; for one that stewardd started on this machine it is found");
  app.add_option("--http", c.http_port, "Port of the HTTP door (0: a free one)")->capture_default_str();
  app.add_option("--http-host", c.http_host, "Address that the HTTP door listens on")->capture_default_str();
  app.add_option("--trusted-proxy", c.trusted_proxies,
                 "Address or network (10.0.0.0/8) of a proxy before the HTTP door whose X-Forwarded-For is believed")
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  app.add_option("--models", c.models, "Folder of embedding models; without them answers come from the lexical index");
  app.add_option("--tenant-dir", c.tenant_dir,
                 "Folder of a tenant that is pushed at first start. With errors in it there is no start, unless "
                 "the log has an earlier version to go on with");
  app.add_option("--kb-dir", c.kb_dir, "Folder of its articles, imported at first start")->needs("--tenant-dir");
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
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& e) {
    return app.exit(e) == 0 ? 0 : 2;
  }
  c.secure = !open;
  if (c.nats_url.empty() && c.spawn_nats_port < 0) {
    if (auto url = environment("NATS_URL"); !url.empty())
      c.nats_url = url;
    else
      c.spawn_nats_port = 4222;
  }
  if (c.nats_creds.empty()) c.nats_creds = environment("STEWARD_ENGINE_CREDS");
  c.cache = environment("STEWARD_CACHE");
  if (c.cache.empty()) c.cache = environment("HOME") + "/.cache/steward";
  if (c.models.empty()) c.models = c.cache + "/models";
  using steward::log::level;
  auto l = c.log_level == "debug"   ? level::debug
           : c.log_level == "warn"  ? level::warn
           : c.log_level == "error" ? level::error
                                    : level::info;
  steward::log::start(l, c.log_file);

  auto started = steward::node::start(std::move(c));
  if (!started) {
    std::fprintf(stderr, "stewardd: %s\n", started.error().message.c_str());
    return 1;
  }
  block_signals(SIG_UNBLOCK);
  auto& node = **started;
  int signal_seen = 0;
  auto ready = node.wait_ready([&] { return (signal_seen = wait_for_signal(0)) != 0; });
  if (ready) {
    auto a = node.addresses();
    for (auto& n : node.notes()) std::printf("note: %s\n", n.c_str());
    std::printf("ready %s %s\n", a.nats.c_str(), a.http.c_str());
    std::fflush(stdout);
  } else if (ready.error().code != steward::errc::stopping) {
    std::fprintf(stderr, "stewardd: %s\n", ready.error().message.c_str());
    node.stop();
    return 1;
  }
  while (signal_seen == 0) signal_seen = wait_for_signal(1000);
  std::printf("stopping\n");
  std::fflush(stdout);
  if (!node.stop()) return 3;
  return node.failed() ? 1 : 0;
}
