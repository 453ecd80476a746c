// Sets the gauges that are sums over this node's partitions: what waits for a person, what the log holds undecided,
// who is awake.
#pragma once
#include "actors/engine.hpp"

#include <caf/scoped_actor.hpp>
#include <set>

namespace steward {

class level_gauges {
public:
  level_gauges(engine_ptr env, std::shared_ptr<partition_list> partitions)
      : env_(std::move(env))
      , partitions_(std::move(partitions)) {}
  /// Called often, by one thread; measures every two seconds, and waits a second at most.
  void look(caf::actor_system&, const std::set<uint8_t>& mine);

private:
  engine_ptr env_;
  std::shared_ptr<partition_list> partitions_;
  int64_t again_ms_ = 0;
};

} // namespace steward
