// At first start: a tenant's folder and its articles are brought in, if the log does not have them yet.
#pragma once
#include "actors/engine.hpp"

#include <atomic>
#include <functional>
#include <string>
#include <thread>

namespace steward {

struct seeding {
  std::atomic<bool> done{false};
  std::atomic<bool> given_up{false};   // `why` is set then: this node must not become ready
  std::atomic<bool> stop{false};       // set by who wants the thread to end
  std::atomic<uint64_t> kb_version{0}; // of the last article brought in: the node is ready when it has folded that
  failure why;
};

/// Before anything is started: is the folder good? A folder with errors is a failure, "file:line: message" a line,
/// unless the log has a version of that tenant to go on with: then a note that says so (empty: nothing to say).
result<std::string> check_seed(nats_client&, const engine_config&);

/// Runs on the returned thread, over requests to this installation; `say` tells how it goes. What may pass (a log that
/// is away) is tried again for a minute, the rest gives up. `progress` must outlive the thread.
std::thread seed_tenant(const std::shared_ptr<nats_client>&, const engine_config&, seeding& progress,
                        std::function<void(const std::string&)> say);

} // namespace steward
