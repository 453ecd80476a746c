// The actor around one entity. Takes: work. Sends: decided or dropped to its partition, ask to the knowledge actor
// when the question was not asked before.
#pragma once
#include "actors/engine.hpp"

namespace steward {

struct entity_actor_state {
  static inline const char* name = "entity";
  engine_ptr env;
  partition_actor partition;
  std::shared_ptr<entity_state> entity;
};

entity_actor::behavior_type run_entity(entity_actor::stateful_pointer<entity_actor_state> self, engine_ptr env,
                                       partition_actor partition, std::shared_ptr<entity_state> entity);

} // namespace steward
