// The knowledge room's actors. The front (knowledge_actor) answers from its cache or hands to the answer_pool. The
// librarian (detached) folds stream KB into the store, builds an index per tenant and language, and swaps it into the
// pool.
#pragma once
#include "actors/engine.hpp"

namespace caf {
class actor_system;
}

namespace steward {

/// Front and librarian; ending the front ends both.
knowledge_actor spawn_knowledge(caf::actor_system&, engine_ptr, tenant_map);

} // namespace steward
