// Makes indexes on a thread of its own: encoders and tables by model, vectors from the store's cache, weights, curve
// and gate from the tenant's labelled questions.
#pragma once
#include "actors/engine.hpp"
#include "actors/knowledge/knowledge_index.hpp"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace steward {

struct index_order {
  tenant_ptr tenant;
  std::string language;
  std::vector<article> articles;
  uint64_t version = 0;    // KB sequence that they are of
  bool words_only = false; // so that customers get answers while the encoder reads
};

struct made_index {
  tenant_id tenant;
  std::string language;
  uint64_t version = 0;
  std::shared_ptr<const knowledge_index> index; // null: could not be made
  std::shared_ptr<embedder> encoder;
};

class index_maker {
public:
  explicit index_maker(engine_ptr);
  ~index_maker(); // ends with the batch that is being embedded
  /// `made` is called once, on the maker's thread.
  void make(index_order, std::function<void(std::shared_ptr<made_index>)> made);
  /// What is missing and what that means, for operators.
  std::vector<std::string> notes() const;

private:
  struct job {
    index_order order;
    std::function<void(std::shared_ptr<made_index>)> made;
  };
  void run();
  void work(job&);
  std::shared_ptr<embedder> encoder_for(const tenant_config&, const std::string& language);
  std::shared_ptr<const token_embedder> table_for(const tenant_config&, const std::string& language);
  std::shared_ptr<const knowledge_index> taught(const tenant_config&, const std::string& language,
                                                const knowledge_index&, embedder*);
  result<embeddings> encode_cached(embedder&, const std::vector<std::string>&);
  vector_cache vectors();
  void note(const std::string& model, std::string what);

  engine_ptr env_;
  std::map<std::string, std::shared_ptr<embedder>> encoders_; // by model
  std::map<std::string, std::shared_ptr<const token_embedder>> tables_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::map<std::string, std::string> notes_;
  std::deque<job> jobs_;
  std::shared_ptr<std::atomic<bool>> stopping_ = std::make_shared<std::atomic<bool>>(false);
  std::thread thread_;
};

} // namespace steward
