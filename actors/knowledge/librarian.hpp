// Folds stream KB: articles into the store, an index per tenant and language into the pool. Takes: wake (its reading
// has something), tenants, ops (kb_import, kb_list), view. Detached: it parses, embeds and blocks on RocksDB.
//
// A change is searchable by words within a moment: where many vectors are missing, an index without the encoder is
// served first and replaced when the vectors are there.
#pragma once
#include "actors/engine.hpp"
#include "actors/knowledge/answer_pool.hpp"

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
  tenant_map tenants;
  std::shared_ptr<inbox> in = std::make_shared<inbox>();
  std::unique_ptr<stream_reading> reading;
  uint64_t incarnation = 0;
  uint64_t folded = 0; // KB sequence
  uint64_t target = 0; // what was in KB at start: ready when folded up to here
  bool caught_up = false;
  std::map<tenant_id, article_map> articles;
  std::set<std::pair<tenant_id, std::string>> stale;         // to be built again
  std::map<std::string, std::shared_ptr<embedder>> encoders; // by model
  std::map<std::string, std::shared_ptr<const token_embedder>> tables;
  std::map<std::string, std::string> encoder_notes; // what is missing, by model
  served_map served;

  void load_from_store();
  void fold(read_event&);
  bool build_next(); // one language; false: nothing is stale
  void import(const bus_message&);
  knowledge_view view() const;
  std::shared_ptr<embedder> encoder_for(const tenant_config&, const std::string& language);
  std::shared_ptr<const token_embedder> table_for(const tenant_config&, const std::string& language);
  void serve(const tenant_id&, const std::string& language, std::shared_ptr<const knowledge_index>,
             std::shared_ptr<embedder>);
  static retrieval_policy policy_with(retrieval_policy, const tenant_config&);
  result<embeddings> encode_cached(embedder&, const std::vector<std::string>&);
  vector_cache vectors();
  std::set<std::pair<tenant_id, std::string>> stale_known() const;
  retrieval_policy policy_for(const tenant_config&, const std::string& language, const knowledge_index&, embedder*);
};

// internal protocol: tick builds what is stale.
using librarian_actor =
    caf::typed_actor<caf::reacts_to<atom::wake>, caf::reacts_to<atom::tenants, tenant_map>,
                     caf::reacts_to<atom::ops, bus_message>, caf::reacts_to<atom::internal, atom::tick>,
                     caf::reacts_to<atom::internal, atom::take>, caf::replies_to<atom::view>::with<knowledge_view>>;

librarian_actor::behavior_type run_librarian(librarian_actor::stateful_pointer<librarian_state> self, engine_ptr,
                                             std::shared_ptr<answer_pool>, tenant_map);

} // namespace steward
