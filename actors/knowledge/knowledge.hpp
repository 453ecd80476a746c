// The knowledge actor. Takes: ask, ops (kb_import, kb_search), tenants.
#pragma once
#include "actors/engine.hpp"

namespace steward {

struct knowledge_options {
  engine_ptr env;
};

knowledge_actor spawn_knowledge(caf::actor_system&, engine_ptr, tenant_map);

} // namespace steward
