// What the tail cleaner asks of the store. Blocks on the disk.
#pragma once
#include "actors/engine.hpp"

namespace steward {

/// Looks at some entities: whose last whole state stands below the cut, or who is past its retention?
cut_found look_for_cut(store&, const entity_kinds&, const cut_scan&);

/// A record that says that its entity is forgotten: a snapshot without a state.
bool forgets(const turn_record&);
turn_record tombstone(const entity_state&);
/// A whole state as a record. `last_ms`: when its last turn was decided, which is kept.
turn_record snapshot_of(const entity_state&, int64_t last_ms);

} // namespace steward
