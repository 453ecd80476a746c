// The node's copy of the log on disk. Takes: load, apply, marker, erase, ops (feed, show, replay, verify,
// conversations). Sends itself: internal apply, behind the batches that wait already, so that all of them become one
// write. Detached: RocksDB blocks.
#pragma once
#include "actors/engine.hpp"
#include "actors/entity/store_forget.hpp"

#include <atomic>
#include <memory>

namespace steward {

struct store_worker_state {
  static inline const char* name = "store";
  engine_ptr env;
  write_batch waiting;            // of committed records; written before anything is read
  std::vector<archive_news> news; // of what is in there, for the archive
  forgotten_rows forgotten;
  std::shared_ptr<std::atomic<int>> lists = std::make_shared<std::atomic<int>>(0); // that are being made
};

store_actor::behavior_type run_store(store_actor::stateful_pointer<store_worker_state> self, engine_ptr env);

/// Takes committed records in. A batch is one write, but for what is forgotten.
void apply(engine&, const store_batch&, const forgotten_rows& = {});

/// An entity from its rows, folded; null when the store has nothing of it.
result<std::shared_ptr<entity_state>> load_entity(store&, const entity_kinds&, partition_id, const entity_id&,
                                                  uint64_t* incarnation = nullptr);

} // namespace steward
