// What the mechanism keeps of every entity: which messages it has seen, its turn, its timers. Pure.
#pragma once
#include "messages/record.hpp"

namespace steward {

enum class admission { fresh, already_decided, duplicate };

struct admission_rules { // switches for the tests that show the simulation notices
  bool seen_ids = true;
  bool watermarks = true;
};

/// Is this message news to the entity? `at`: its place in IN_p; empty for a timer, which is fresh while the frame still
/// has it.
admission admit(const entity_frame&, const in_message&, stream_pos at, const admission_rules& = {});

/// What was gathered without what the entity has seen: after a crash it may have been gathered otherwise.
/// Precondition: fresh by admit().
in_message without_seen(const entity_frame&, const in_message&);

/// What the mechanism's own fields become after a turn: its number, its place in IN, its seen ids, watermarks and
/// timers. The same whether it runs at the decision or from the log.
void advance(entity_frame&, const in_message&, stream_pos at, std::vector<timer> timers);

/// A record whose turn is the first, or every eighth, carries the whole frame.
bool carries_state(uint64_t turn);

/// The bytes that a turn or snapshot takes in the log: never less than it does, by some hundreds more.
size_t weight_of(const turn_record&);

} // namespace steward
