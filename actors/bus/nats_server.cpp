#include "actors/bus/nats_server.hpp"

#include <algorithm>
#include <charconv>
#include <condition_variable>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <fstream>
#include <mutex>
#include <netinet/in.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace steward {
namespace fs = std::filesystem;
namespace {
using namespace std::chrono_literals;
using steady = std::chrono::steady_clock;

constexpr server_version first_with_sync_interval{2, 10, 0};

// Starts a program. Between fork and exec only calls that are allowed there. `out` (or /dev/null) takes what it prints.
result<pid_t> spawn(const std::vector<std::string>& words, int out) {
  std::vector<char*> argv;
  for (auto& w : words) argv.push_back(const_cast<char*>(w.c_str()));
  argv.push_back(nullptr);
  auto parent = ::getpid();
  auto pid = ::fork();
  if (pid < 0) return {errc::unavailable, "cannot fork"};
  if (pid > 0) return pid;
  ::setpgid(0, 0); // Ctrl-C at the terminal is for the engine, which then stops its server in order
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(127);
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  int null = ::open("/dev/null", O_RDWR);
  ::dup2(null, 0);
  ::dup2(out >= 0 ? out : null, 1);
  ::dup2(out >= 0 ? out : null, 2);
  ::close_range(3, ~0U, 0); // listening sockets and data files are not its business
  ::execv(argv[0], argv.data());
  ::_exit(127);
}

std::string describe(int status) {
  return WIFSIGNALED(status) ? "signal " + std::to_string(WTERMSIG(status))
                             : "exit " + std::to_string(WEXITSTATUS(status));
}

std::string end_of(const fs::path& file) {
  std::ifstream in(file, std::ios::ate | std::ios::binary);
  if (!in) return {};
  auto size = static_cast<std::streamoff>(in.tellg());
  in.seekg(std::max<std::streamoff>(0, size - 600));
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string quoted(const fs::path& p) {
  std::string out = "\"";
  for (char c : p.string()) (c == '"' || c == '\\' ? out += '\\' : out) += c;
  return out + '"';
}

// The port in the file that the server writes when it takes connections; its name holds the process id, so that another
// server on the port is not taken for ours.
std::optional<uint16_t> port_in(const fs::path& file) {
  std::ifstream in(file);
  std::string text{std::istreambuf_iterator<char>(in), {}};
  constexpr std::string_view before = "nats://127.0.0.1:";
  auto at = text.find(before);
  if (at == text.npos) return std::nullopt;
  at += before.size();
  uint16_t port = 0;
  auto [p, e] = std::from_chars(text.data() + at, text.data() + text.size(), port);
  // Half a file: wait for the rest.
  if (e != std::errc{} || p == text.data() + text.size()) return std::nullopt;
  return port;
}

} // namespace

std::string server_version::text() const {
  return std::to_string(major) + "." + std::to_string(minor) + "." + std::to_string(patch);
}

std::optional<server_version> parse_server_version(std::string_view s) {
  auto v = s.find('v', s.find(':') == s.npos ? 0 : s.find(':'));
  if (v == s.npos) return std::nullopt;
  server_version out;
  const char *at = s.data() + v + 1, *end = s.data() + s.size();
  for (int* part : {&out.major, &out.minor, &out.patch}) {
    auto [p, e] = std::from_chars(at, end, *part);
    if (e != std::errc{}) return std::nullopt;
    at = p < end && *p == '.' ? p + 1 : p;
  }
  return out;
}

result<fs::path> find_nats_server(const fs::path& explicit_path) {
  auto runs = [](const fs::path& p) { return fs::is_regular_file(p) && ::access(p.c_str(), X_OK) == 0; };
  if (!explicit_path.empty()) {
    if (runs(explicit_path)) return explicit_path;
    return {errc::not_found, "no program at " + explicit_path.string()};
  }
  std::vector<fs::path> folders;
  auto env = [](const char* name) {
    auto* x = std::getenv(name);
    return std::string(x ? x : "");
  };
  if (auto cache = env("STEWARD_CACHE"); !cache.empty())
    folders.push_back(fs::path(cache) / "bin");
  else if (auto home = env("HOME"); !home.empty())
    folders.push_back(fs::path(home) / ".cache/steward/bin");
  auto path = env("PATH");
  for (size_t at = 0; at < path.size();) {
    auto end = std::min(path.find(':', at), path.size());
    if (end > at) folders.emplace_back(path.substr(at, end - at));
    at = end + 1;
  }
  folders.emplace_back("/usr/sbin");
  for (auto& f : folders)
    if (runs(f / "nats-server")) return f / "nats-server";
  return {errc::not_found, "nats-server is not installed: run scripts/setup run, or apt-get install nats-server "
                           "(looked in " +
                               folders.front().string() + ", PATH and /usr/sbin)"};
}

result<server_version> version_of(const fs::path& binary) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return {errc::unavailable, "cannot make a pipe"};
  auto pid = spawn({binary.string(), "--version"}, ends[1]);
  ::close(ends[1]);
  std::string text;
  if (pid) {
    auto deadline = steady::now() + 5s;
    for (;;) {
      auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - steady::now()).count();
      pollfd p{ends[0], POLLIN, 0};
      char buffer[256];
      ssize_t n = left > 0 && ::poll(&p, 1, static_cast<int>(left)) > 0 ? ::read(ends[0], buffer, sizeof buffer) : 0;
      if (n <= 0) break;
      text.append(buffer, static_cast<size_t>(n));
    }
    ::kill(*pid, SIGKILL);
    ::waitpid(*pid, nullptr, 0);
  }
  ::close(ends[0]);
  if (!pid) return pid.error();
  if (auto v = parse_server_version(text)) return *v;
  return {errc::unsupported, binary.string() + " --version did not tell a version: " + text.substr(0, 100)};
}

namespace {

std::string config_text(const nats_server_config& c, bool sync_always, uint64_t max_file) {
  std::string out = "# Written by stewardd at each start.\n";
  out += "host: 127.0.0.1\nport: " + (c.port ? std::to_string(c.port) : "-1") + "\nserver_name: steward\n";
  out += "max_payload: " + std::to_string(c.max_payload) + "\n";
  // Many partitions and readings at once; a slow reader of ours is to be told, not cut off.
  out += "max_pending: 134217728\nwrite_deadline: \"10s\"\n";
  // An engine that hangs (a paused machine) is cut off after six seconds, so that requests go to another. One that
  // works is never asked.
  out += "ping_interval: \"2s\"\nping_max: 2\n";
  out += "log_file: " + quoted(c.folder / "nats-server.log") + "\nlogfile_size_limit: 10485760\n";
  out += "pid_file: " + quoted(c.folder / "nats-server.pid") + "\n";
  out += "ports_file_dir: " + quoted(c.folder) + "\n";
  out += "jetstream {\n  store_dir: " + quoted(c.folder / "jetstream") + "\n";
  // A full disk hangs 2.9: the limit makes it refuse cleanly before.
  out += "  max_file_store: " + std::to_string(max_file) + "\n";
  if (sync_always) out += "  sync_interval: always\n";
  return out + "}\n" + c.more;
}

/// Whoever comes first gets a port; a server that does not would only say so in its log.
bool is_taken(uint16_t port) {
  auto s = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (s < 0) return false; // nats-server will tell
  int on = 1;
  ::setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  sockaddr_in a{};
  a.sin_family = AF_INET, a.sin_port = htons(port), a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  auto taken = ::bind(s, reinterpret_cast<sockaddr*>(&a), sizeof a) != 0 && errno == EADDRINUSE;
  ::close(s);
  return taken;
}

uint64_t size_of(const fs::path& folder) {
  uint64_t out = 0;
  std::error_code e;
  for (auto it = fs::recursive_directory_iterator(folder, e); !e && it != fs::recursive_directory_iterator();
       it.increment(e)) {
    std::error_code gone;
    if (auto n = it->is_regular_file(gone) ? it->file_size(gone) : 0; !gone) out += n;
  }
  return out;
}

class child final : public nats_server {
public:
  child(server_version v, bool power_safe, on_death died)
      : version_(v)
      , power_safe_(power_safe)
      , died_(std::move(died)) {}
  ~child() override { stop(10s); }

  status launch(const fs::path& binary, const nats_server_config& c, const fs::path& config);

  uint16_t port() const override { return port_; }
  std::string url() const override { return "nats://127.0.0.1:" + std::to_string(port_); }
  int pid() const override { return pid_; }
  const server_version& version() const override { return version_; }
  bool power_safe() const override { return power_safe_; }
  void stop(std::chrono::milliseconds limit) override;

private:
  void live(std::vector<std::string> words);

  const server_version version_;
  const bool power_safe_;
  uint16_t port_ = 0;
  const on_death died_;
  std::mutex mutex_;
  std::condition_variable changed_;
  pid_t pid_ = 0;
  bool launched_ = false, over_ = false, ready_ = false, stopping_ = false;
  std::string how_;
  std::mutex stop_mutex_; // who joins
  std::thread life_;
};

// The thread that forks is the thread that waits: the kernel's death signal is bound to the forking thread, so it must
// live as long as the child.
void child::live(std::vector<std::string> words) {
  auto pid = spawn(words, -1);
  {
    std::lock_guard lock(mutex_);
    launched_ = true;
    if (!pid)
      over_ = true, how_ = pid.error().message;
    else
      pid_ = *pid;
    changed_.notify_all();
  }
  if (!pid) return;
  // Wait without reaping, so that the number cannot be another's when stop() sends its signal.
  siginfo_t info{};
  while (::waitid(P_PID, static_cast<id_t>(*pid), &info, WEXITED | WNOWAIT) != 0 && errno == EINTR) {
  }
  on_death tell; // a copy: the callback may destroy this object
  std::string how;
  {
    std::lock_guard lock(mutex_);
    int status = 0;
    ::waitpid(*pid, &status, 0);
    how = how_ = describe(status);
    over_ = true;
    if (ready_ && !stopping_) tell = died_;
    changed_.notify_all();
  }
  if (tell) tell(how);
}

status child::launch(const fs::path& binary, const nats_server_config& c, const fs::path& config) {
  life_ =
      std::thread([this, words = std::vector<std::string>{binary.string(), "-c", config.string()}] { live(words); });
  auto deadline = steady::now() + c.start_limit;
  auto log = c.folder / "nats-server.log";
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return launched_; });
  auto ports = c.folder / (binary.filename().string() + "_" + std::to_string(pid_) + ".ports");
  while (!over_ && steady::now() < deadline) {
    if (auto port = port_in(ports)) {
      port_ = *port;
      ready_ = true;
      return success();
    }
    changed_.wait_for(lock, 10ms, [&] { return over_; });
  }
  auto what = over_ ? "nats-server ended while starting (" + how_ + ")" : std::string("nats-server did not get ready");
  lock.unlock();
  stop(1s);
  return {errc::unavailable, what + "; end of " + log.string() + ":\n" + end_of(log)};
}

void child::stop(std::chrono::milliseconds limit) {
  std::lock_guard one(stop_mutex_);
  std::unique_lock lock(mutex_);
  stopping_ = true;
  if (!over_ && pid_ > 0) {
    ::kill(pid_, SIGTERM);
    if (!changed_.wait_for(lock, limit, [&] { return over_; })) ::kill(pid_, SIGKILL);
  }
  lock.unlock();
  if (!life_.joinable()) return;
  if (life_.get_id() == std::this_thread::get_id())
    life_.detach(); // destroyed by its own death callback
  else
    life_.join();
}

} // namespace

result<std::unique_ptr<nats_server>> nats_server::start(nats_server_config c, on_death died) {
  auto binary = find_nats_server(c.binary);
  if (!binary) return binary.error();
  auto version = version_of(*binary);
  if (!version) return version.error();
  if (c.port && is_taken(c.port))
    return {errc::unavailable, "port " + std::to_string(c.port) +
                                   " is in use by another program: name another one (0: a free one), or, if it is a "
                                   "nats-server to be used, its address (--spawn-nats 0, --nats-url nats://HOST:PORT)"};
  std::error_code e;
  c.folder = fs::absolute(c.folder);
  fs::create_directories(c.folder / "jetstream", e);
  if (e) return {errc::unavailable, "cannot make " + c.folder.string() + ": " + e.message()};
  auto space = fs::space(c.folder, e);
  if (e) return {errc::unavailable, "cannot see the free space at " + c.folder.string() + ": " + e.message()};
  // What is stored already counts against the limit too.
  auto limit = (space.available + size_of(c.folder / "jetstream")) / 10 * 6;
  bool always = c.sync == sync_mode::always && *version >= first_with_sync_interval;

  auto config = c.folder / "nats-server.conf";
  std::ofstream out(config, std::ios::trunc);
  out << config_text(c, always, limit);
  out.close();
  if (!out) return {errc::unavailable, "cannot write " + config.string()};
  for (auto& f : fs::directory_iterator(c.folder, e)) // of servers that were killed
    if (f.path().extension() == ".ports") fs::remove(f.path(), e);
  auto made = std::make_unique<child>(*version, always, std::move(died));
  if (auto ok = made->launch(*binary, c, config); !ok) return ok.error();
  return std::unique_ptr<nats_server>(std::move(made));
}

} // namespace steward
