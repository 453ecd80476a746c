// What of a conversation is counted. A chapter goes from a customer's first word to its end: somebody closes it, or it
// rests with the AI for a day. Pure; told to the tenant's tally (messages/tally.hpp) in the turn in which it happens.
#pragma once
#include "actors/conversation/conversation_events.hpp"
#include "actors/entity/entity_model.hpp"

namespace steward {

/// Who comes back so soon after the end has it opened again; who comes later begins anew.
inline constexpr int64_t chapter_rests_ms = 24 * 3600'000LL, chapter_reopens_ms = 72 * 3600'000LL;

/// Counts what the decision's events change, behind everything else that the decision says: adds an event `counted` and
/// the notes to tallies.
void count_chapter(decision&, const conversation_data& before, const decide_context&, const entity_id& me,
                   const tenant_id&);

} // namespace steward
