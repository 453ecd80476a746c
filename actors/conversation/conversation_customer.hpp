// Whose a conversation is, as its records tell: for forgetting a customer (actors/forget). Pure.
#pragma once
#include "actors/conversation/conversation_events.hpp"
#include "messages/record.hpp"

namespace steward {

/// The conversation, where it is or was this customer's; and of one that went on elsewhere when its visitor signed in
/// also what was kept of that visitor.
std::vector<entity_id> of_customer(const turn_record&, const std::string& customer);

} // namespace steward
