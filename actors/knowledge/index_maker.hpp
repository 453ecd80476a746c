// Makes indexes on a thread of its own: encoders, tables and vectors from the shelf, weights, curve and gate from the
// tenant's labelled questions.
#pragma once
#include "actors/engine.hpp"
#include "actors/knowledge/encoder_shelf.hpp"

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
  index_maker(uint32_t threads, std::shared_ptr<encoder_shelf>);
  ~index_maker(); // ends with the batch that is being embedded
  /// `made` is called once, on the maker's thread.
  void make(index_order, std::function<void(std::shared_ptr<made_index>)> made);

private:
  struct job {
    index_order order;
    std::function<void(std::shared_ptr<made_index>)> made;
  };
  void run();
  void work(job&);
  std::shared_ptr<const knowledge_index> taught(const tenant_config&, const std::string& language,
                                                const knowledge_index&, embedder*);

  uint32_t threads_; // that call an encoder at once while an index is built
  std::shared_ptr<encoder_shelf> shelf_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<job> jobs_;
  std::thread thread_;
};

} // namespace steward
