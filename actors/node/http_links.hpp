// What the HTTP door asks of the engine, answered by the node's doors, the log's owners and the tenants.
#pragma once
#include "actors/engine.hpp"
#include "actors/http/http_door.hpp"

namespace steward {

/// The door must end before the actors do.
http_engine make_http_engine(engine_ptr, std::function<ingress_actor(const std::string& customer)> door_of,
                             std::function<readiness()> ready);

} // namespace steward
