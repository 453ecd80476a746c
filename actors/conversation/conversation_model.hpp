// The conversation: who may speak, what was asked, what is answered. Pure.
#pragma once
#include "actors/conversation/conversation_events.hpp"
#include "actors/conversation/picked_choice.hpp"
#include "actors/entity/entity_model.hpp"

namespace steward {

entity_kind_definition conversation_kind();

/// Does the text say that a person is wanted? One of the tenant's phrases stands in it, and it is short.
bool asks_for_person(std::string_view text, const tenant_config&);

} // namespace steward
