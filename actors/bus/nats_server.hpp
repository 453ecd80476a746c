// nats-server as a child process with its own data folder. POSIX only, no shell.
//
// Threads: any thread may call. The death callback runs on a thread of this object's own; it must only hand over.
#pragma once
#include "messages/result.hpp"

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace steward {

struct server_version {
  int major = 0, minor = 0, patch = 0;
  auto operator<=>(const server_version&) const = default;
  std::string text() const; // "2.15.1"
};

enum class sync_mode { interval, always };

struct nats_server_config {
  std::filesystem::path binary;  // empty: looked for, see find_nats_server
  std::filesystem::path folder;  // its own: config, log, JetStream's files. Made if missing
  uint16_t port = 0;             // 0: a free one
  int64_t max_payload = 1 << 20; // bytes
  // What an acknowledged message survives. `always`: a power cut; servers before 2.10 cannot and sync every two
  // minutes, see power_safe().
  sync_mode sync = sync_mode::always;
  std::string more; // lines of the configuration: who may come in
  std::chrono::milliseconds start_limit{10000};
};

/// Explicit path, else $STEWARD_CACHE/bin (default $HOME/.cache/steward/bin), PATH, /usr/sbin, in that order.
/// not_found says where was looked.
result<std::filesystem::path> find_nats_server(const std::filesystem::path& explicit_path = {});
/// Runs `<binary> --version`.
result<server_version> version_of(const std::filesystem::path& binary);
/// Pure: of "nats-server: v2.15.1".
std::optional<server_version> parse_server_version(std::string_view);

class nats_server {
public:
  /// `how` says how it ended: "exit 1", "signal 9".
  using on_death = std::function<void(std::string how)>;

  /// Starts it and returns when it takes connections; the failure carries the end of its log. The child is its own
  /// process group and is killed by the kernel when this process dies. `died` is called at most once, and not for
  /// stop(). Call start again, with the same config and the reported port, to restart it.
  static result<std::unique_ptr<nats_server>> start(nats_server_config, on_death died = {});
  virtual ~nats_server() = default; // stop()

  virtual uint16_t port() const = 0;
  virtual std::string url() const = 0; // nats://127.0.0.1:<port>
  virtual int pid() const = 0;
  virtual const server_version& version() const = 0;
  /// False: what it acknowledges within its sync interval does not survive a power cut.
  virtual bool power_safe() const = 0;
  /// SIGTERM, and SIGKILL when it has not ended by then. Idempotent.
  virtual void stop(std::chrono::milliseconds limit = std::chrono::milliseconds(10000)) = 0;
};

} // namespace steward
