// The actor that forgets customers. Takes: orders and questions of operators, the messages of stream FORGET. What
// blocks (reading the log, erasing) runs on threads of its own, one for the log and one for the store.
#pragma once
#include "actors/forget/forget_run.hpp"

#include <atomic>

namespace steward {

/// The orders that stream FORGET tells, folded. Pure.
class forget_book {
public:
  void add(const forget_note&);
  /// The oldest that is not erased from the log yet.
  const forget_order* open() const;
  /// Erased from the log, and not from this node's store.
  std::vector<forget_note> to_clean(const node_id&) const;
  forget_list list(const tenant_id&, const std::string& receipt, const std::vector<node_id>& living) const;

private:
  std::map<std::string, forget_order> orders_; // by receipt
  std::vector<std::string> in_order_;
};

struct forgetter_state {
  static inline const char* name = "forgetter";
  ~forgetter_state() { *stop = true; }
  engine_ptr env;
  cluster_actor cluster;
  forget_book book;
  std::unique_ptr<stream_reading> reading;
  uint64_t next = 1; // of the stream
  bool carrying_out = false, cleaning = false;
  int64_t again_ms = 0; // after a failure
  std::shared_ptr<std::atomic<bool>> stop = std::make_shared<std::atomic<bool>>(false);
};

forget_actor::behavior_type run_forgetter(forget_actor::stateful_pointer<forgetter_state> self, engine_ptr,
                                          cluster_actor);

} // namespace steward
