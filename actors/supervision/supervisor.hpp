// Watches the partitions' actors, and rooms that stand alone (doors): one that fails is replaced after a pause; a
// partition is then taken over again. When that happens too often, or to a room without a second life, the node stops
// in order, and others own what it owned. Takes: take (spawn all), tenants. Sends: report to the cluster.
#pragma once
#include "actors/engine.hpp"
#include "actors/supervision/restart_policy.hpp"
#include "actors/supervision/room_board.hpp"

#include <functional>

namespace steward {

using supervisor_actor = caf::typed_actor<
    // What a partition that is spawned later begins with.
    caf::reacts_to<atom::tenants, tenant_map>,
    // Spawn this partition, or from partition_count on this room.
    caf::reacts_to<atom::take, uint8_t>>;

/// An actor that stands alone; `spawn` makes it and tells whoever speaks to it.
struct watched_room {
  std::string name;
  std::function<caf::actor_addr(caf::actor_system&)> spawn;
  bool vital = false;              // `spawn` only names it: it has no second life
  std::function<void()> gone = {}; // it has failed, and another comes after a pause; may be empty
};

struct supervisor_state {
  static inline const char* name = "supervisor";
  engine_ptr env;
  cluster_actor cluster;
  std::shared_ptr<partition_list> partitions;
  tenant_map tenants;
  std::vector<watched_room> rooms;
  std::shared_ptr<room_board> board;
  std::vector<restart_policy> policies; // partitions, then rooms
  std::unordered_map<caf::actor_id, uint8_t> by_actor;
};

using partition_maker = std::function<partition_actor(caf::actor_system&, uint8_t, tenant_map)>;

/// `give_up` is called when restarting has stopped to help.
supervisor_actor::behavior_type run_supervisor(supervisor_actor::stateful_pointer<supervisor_state> self, engine_ptr,
                                               cluster_actor, std::shared_ptr<partition_list>, tenant_map,
                                               partition_maker, std::vector<watched_room>, std::shared_ptr<room_board>,
                                               std::function<void()> give_up);

} // namespace steward
