// What the tenant's own intents (intents.yaml) do to a turn. Pure.
#pragma once
#include "actors/tenant/tenant_config.hpp"
#include "messages/knowledge.hpp"

namespace steward {

/// The likeliest intent beside the passages: the article that it answers with takes the first place in `found`, when
/// intent_policy says so; an intent that needs a person is given back, else null.
const tenant_intent* weigh_intent(knowledge_result& found, const tenant_config&);

} // namespace steward
