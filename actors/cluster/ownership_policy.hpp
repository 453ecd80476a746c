// Who should own which partition, and what this node does about it. Pure: liveness is a guess, and safety is the log's.
#pragma once
#include "messages/cluster.hpp"

#include <map>
#include <optional>
#include <set>
#include <vector>

namespace steward {

struct node_seen {
  heartbeat last;
  int64_t at_ms = 0; // observer's steady clock
};

struct ownership_view {
  node_id self;
  bool draining = false;
  int64_t now_ms = 0;
  int64_t started_ms = 0; // of this node
  int64_t silence_is_death_ms = 2000;
  std::map<node_id, node_seen> others;
  std::set<uint8_t> mine; // owned, or on the way there
  std::set<uint8_t> releasing;
  std::set<uint8_t> undisputed;          // whose last owner in the log is this node's former life, or nobody
  std::map<uint8_t, int64_t> not_before; // lost a race or failed: leave it alone until then
};

struct ownership_plan {
  std::vector<uint8_t> take;
  std::optional<uint8_t> release; // one at a time
};

/// The living node with the highest hash for this partition.
node_id preferred_owner(uint8_t partition, const std::vector<node_id>& living);

ownership_plan plan_ownership(const ownership_view&);

} // namespace steward
