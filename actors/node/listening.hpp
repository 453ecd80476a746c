// What a node listens to: which subject goes to which room.
#pragma once
#include "actors/engine.hpp"
#include "actors/node/rooms.hpp"

namespace steward {

using subscription_list = std::vector<std::unique_ptr<nats_client::subscription>>;

/// `rooms` must outlive the subscriptions.
result<subscription_list> listen_to(const engine&, rooms&, const cluster_actor&);

} // namespace steward
