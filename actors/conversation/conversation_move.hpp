// A visitor of the page signs in during a chat: his conversation goes on in the customer's own, which all his devices
// share. The visitor's ends ("moved"); the customer's takes over what was said, who waits or speaks, and the rest. What
// the two decide stands in `duty`; here is what else the model needs for it. Pure.
#pragma once
#include "actors/conversation/conversation_events.hpp"
#include "messages/record.hpp"

#include <optional>

namespace steward {

namespace moved_topic {
inline constexpr const char* sign_in = "sign_in"; // command: sign_in_command
inline constexpr const char* joined = "joined";   // between conversations: moved_note
inline constexpr const char* said = "said";
inline constexpr const char* signed_in = "signed_in"; // to the customer: a map of visitor and conversation
} // namespace moved_topic

/// How long after the move a message of the visitor still counts as his: one that was under way, or of another tab. Who
/// keeps an old cookie must not speak in the customer's name.
inline constexpr int64_t moved_grace_ms = 10'000;

/// What was said in the other conversation, as it has to be looked up before "joined" is decided.
std::optional<feed_request> feed_to_join(const in_message&);
/// A "said" as if it had come in here; nothing when it is none.
std::optional<in_message> said_elsewhere(const in_message&);

void apply_joined(conversation_data&, joined_body);
/// What a record with a "joined" adds to the feed: the items that were looked up, numbered on up to `seq`.
std::vector<feed_item> joined_items(const turn_record&, uint64_t seq);

} // namespace steward
