// At first start: a tenant's folder and its articles are brought in, if nobody has it yet.
#pragma once
#include "actors/engine.hpp"

#include <functional>
#include <string>

namespace steward {

/// Runs in the background over NATS requests to this installation; `say` tells how it goes.
void seed_tenant(engine&, std::function<void(const std::string&)> say);

} // namespace steward
