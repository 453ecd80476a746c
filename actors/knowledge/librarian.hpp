// Folds stream KB: articles into the store, an index per tenant and language into the pool. Takes: wake (its reading
// has something), tenants, ops (kb_import), view. Detached: it parses and blocks on RocksDB. Building, which may take
// as long as the encoder takes for all articles, is the index_maker's, on a thread of its own; one language at a time,
// in the order of index_queue.
#pragma once
#include "actors/engine.hpp"
#include "actors/knowledge/answer_pool.hpp"
#include "actors/knowledge/index_maker.hpp"
#include "actors/knowledge/index_queue.hpp"

#include <mutex>
#include <set>

namespace steward {

struct librarian_state {
  static inline const char* name = "librarian";
  struct inbox {
    std::mutex mutex;
    std::vector<read_event> waiting;
  };
  using article_map = std::map<std::string, article>;

  engine_ptr env;
  std::shared_ptr<answer_pool> pool;
  std::shared_ptr<encoder_shelf> shelf;
  std::shared_ptr<index_maker> maker;
  std::shared_ptr<intent_trainer> trainer;
  tenant_map tenants;
  std::shared_ptr<inbox> in = std::make_shared<inbox>();
  std::unique_ptr<stream_reading> reading;
  uint64_t incarnation = 0;
  uint64_t folded = 0; // KB sequence
  uint64_t target = 0; // what was in KB at start: ready when folded up to here
  bool caught_up = false;
  std::map<tenant_id, article_map> articles;
  index_queue stale; // to be built again
  bool building = false;
  int64_t first_change_ms = 0, last_change_ms = 0; // of the burst under way
  served_map served;

  void load_from_store();
  void fold(read_event&);
  std::optional<index_order> next_order(); // what is to be built next
  void serve(made_index&);
  void serve(learnt_intents&);
  void know_tenants(); // the pool learns languages and clocks
  void import(const bus_message&);
  void list(const bus_message&) const;
  knowledge_view view() const;
};

using librarian_actor = caf::typed_actor<
    caf::reacts_to<atom::wake>, caf::reacts_to<atom::tenants, tenant_map>, caf::reacts_to<atom::ops, bus_message>,
    // Build what is stale, if nothing is being built.
    caf::reacts_to<atom::internal, atom::tick>,
    // Read the stream again.
    caf::reacts_to<atom::internal, atom::take>,
    // The maker made one.
    caf::reacts_to<atom::loaded, std::shared_ptr<made_index>>,
    // The trainer has learnt a tenant's intents in a language.
    caf::reacts_to<atom::loaded, std::shared_ptr<learnt_intents>>, caf::replies_to<atom::view>::with<knowledge_view>>;

librarian_actor::behavior_type run_librarian(librarian_actor::stateful_pointer<librarian_state> self, engine_ptr,
                                             std::shared_ptr<answer_pool>, tenant_map);

} // namespace steward

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(std::shared_ptr<steward::made_index>)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(std::shared_ptr<steward::learnt_intents>)
