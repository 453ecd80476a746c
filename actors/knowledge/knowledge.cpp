#include "actors/knowledge/knowledge.hpp"

#include <caf/actor_system.hpp>
#include <caf/typed_event_based_actor.hpp>

namespace steward {

static knowledge_actor::behavior_type run(knowledge_actor::pointer, engine_ptr env) {
  return {
      [](atom::ask, const knowledge_query&) { return knowledge_result{}; },
      [env](atom::ops, bus_message& m) { env->nats->publish(m.reply, encode(ops_ack{})); },
      [](atom::tenants, tenant_map&) {},
      [](atom::view) {
        knowledge_view v;
        v.ready = true;
        return v;
      },
  };
}

knowledge_actor spawn_knowledge(caf::actor_system& s, engine_ptr env, tenant_map) {
  return s.spawn(run, std::move(env));
}

} // namespace steward
