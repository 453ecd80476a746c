// Heartbeats and ownership. Takes: beat (others' heartbeats), report (of partitions), drain. Sends: take and release.
#pragma once
#include "actors/cluster/ownership_policy.hpp"
#include "actors/engine.hpp"

namespace steward {

struct cluster_state {
  static inline const char* name = "cluster";
  engine_ptr env;
  ownership_view view;
  std::set<uint8_t> owned; // confirmed by the log
  bool draining = false;   // an operator wants it
  bool informed = false;   // knows the tenants and their knowledge: until then it drains, whoever wants what
};

/// Filled before the first tick is handled: partitions need this actor's handle.
cluster_actor::behavior_type run_cluster(cluster_actor::stateful_pointer<cluster_state> self, engine_ptr,
                                         std::shared_ptr<partition_list>);

} // namespace steward
