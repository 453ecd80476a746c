// At first start: a tenant's folder and its articles are brought in, if nobody has them yet.
#pragma once
#include "actors/engine.hpp"

#include <atomic>
#include <functional>
#include <string>
#include <thread>

namespace steward {

struct seeding {
  std::atomic<bool> done{false};
  std::atomic<uint64_t> kb_version{0}; // of the last article brought in: the node is ready when it has folded that
};

/// Runs on the returned thread, over requests to this installation; `say` tells how it goes. Requests have timeouts, so
/// the thread ends. `progress` must outlive it.
std::thread seed_tenant(const std::shared_ptr<nats_client>&, const engine_config&, seeding& progress,
                        std::function<void(const std::string&)> say);

} // namespace steward
