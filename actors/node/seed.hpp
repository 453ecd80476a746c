// At first start: a tenant's folder and its articles are brought in, if nobody has them yet.
#pragma once
#include "actors/engine.hpp"

#include <functional>
#include <string>
#include <thread>

namespace steward {

/// Runs on the returned thread, over requests to this installation; `say` tells how it goes. Requests have timeouts, so
/// the thread ends.
std::thread seed_tenant(const std::shared_ptr<nats_client>&, const engine_config&,
                        std::function<void(const std::string&)> say);

} // namespace steward
