// Holds the node's store against the log: every record of TURN_p that stands there must stand in the store byte for
// byte, and every entity's row must name its last record. Blocks: runs on a thread of its own.
#pragma once
#include "actors/engine.hpp"

namespace steward {

verify_report verify_partition(engine&, partition_id, const tenant_id& only);

} // namespace steward
