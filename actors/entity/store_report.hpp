// What this node's tallies have counted, read from its store. Blocks on the disk: of the store's actor.
#pragma once
#include "actors/engine.hpp"
#include "messages/tally.hpp"

namespace steward {

/// Of the partitions that are this node's; the asker puts the nodes' parts together.
report_part report(engine&, const report_request&, const node_view&);

} // namespace steward
