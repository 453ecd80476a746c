// Answers operators. Takes: ops.all.*, ops.one.* (dead letters), node.<node>.* as bus messages. Asks partitions, the
// cluster, knowledge and the store, and answers straight to the asker.
#pragma once
#include "actors/engine.hpp"
#include "actors/supervision/room_board.hpp"

namespace steward {

struct ops_links {
  engine_ptr env;
  cluster_actor cluster;
  std::shared_ptr<partition_list> partitions;
  tenants_actor tenants;
  std::function<forget_actor()> forgetter;
  std::shared_ptr<room_board> rooms;               // the actors that stand alone
  std::function<std::vector<std::string>()> notes; // what an operator should know
  std::function<std::string()> http;
};

struct ops_state {
  static inline const char* name = "ops";
  ops_links links;
};

ops_actor::behavior_type run_ops(ops_actor::stateful_pointer<ops_state> self, ops_links);

} // namespace steward
