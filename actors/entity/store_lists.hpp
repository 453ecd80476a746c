// Lists of conversations for operators, from the store.
#pragma once
#include "actors/engine.hpp"

namespace steward {

/// The conversations of the partitions that this node owns: newest first, those that wait longest first with filter
/// "waiting". What there is beyond the limit is counted in `left_out`. Blocks on the disk: a million of them take
/// seconds.
conversation_list list_conversations(engine&, const ops_request&, const node_view&);

} // namespace steward
