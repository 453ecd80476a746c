// The threads that read messages and look questions up: a bounded pool that takes what is waiting, answers what words
// and the guessed vector settle at once, and gives the rest to the encoder together. Any thread may ask; callbacks run
// on the pool's threads.
#pragma once
#include "actors/entity/entity_model.hpp"
#include "actors/knowledge/intent_trainer.hpp"
#include "actors/knowledge/knowledge_index.hpp"
#include "actors/text_reader.hpp"
#include "messages/ops.hpp"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <thread>
#include <unordered_map>

namespace steward {

/// One language of one tenant, as it is searched.
struct served_index {
  std::shared_ptr<const knowledge_index> index;
  std::shared_ptr<embedder> encoder; // null: none
  std::unordered_map<std::string, uint32_t> by_id;
  uint64_t version = 0; // KB sequence that it reflects
};
struct served_tenant {
  std::vector<std::string> languages;      // first: default
  std::shared_ptr<const zone_clock> clock; // of the tenant's wall; null: the world's
  std::map<std::string, std::shared_ptr<const served_index>> by_language;
  std::map<std::string, std::shared_ptr<const served_intents>> intents; // by language
  std::shared_ptr<const own_meanings> meanings;                         // null: the built-in ones alone
  std::vector<std::string> known_for;                                   // fields that settle what no message does
  uint64_t version = 0;                                                 // of the tenant, that the meanings are of
};
using served_map = std::map<tenant_id, served_tenant>;

class answer_pool {
public:
  /// Without a reader nothing but the question is understood.
  answer_pool(uint32_t threads, std::shared_ptr<const text_reader> reader, size_t most_waiting = 20'000);
  ~answer_pool();

  /// `changed` is called after each serve(). Set it before the first.
  void on_serve(std::function<void()> changed) { changed_ = std::move(changed); }
  void serve(std::shared_ptr<const served_map>);
  std::shared_ptr<const served_map> served() const;

  /// Answers `knowledge_result{}` with step "overloaded" at once when too many wait. A query of several wishes is
  /// looked up whole and each for itself.
  void ask(knowledge_query, std::function<void(knowledge_result)>);
  /// For `kb search`: the same search with its reasons.
  void explain(knowledge_query, uint32_t limit, std::function<void(kb_search_result)>);
  /// For `nlu explain`: a message as it is asked, with what each step said and cost.
  void trace(knowledge_query, std::function<void(knowledge_result, std::vector<nlu_step>)>);

private:
  struct job {
    knowledge_query query;
    std::function<void(knowledge_result)> answer;
    std::function<void(kb_search_result)> explain;
    uint32_t limit = 5;
    std::shared_ptr<std::vector<nlu_step>> steps{}; // of a trace
  };
  struct begun;
  class stopwatch;
  static std::string told(const intent_reading&);
  static std::string told(const begun&, const found&);
  static std::string searched(const begun&);
  void enqueue(knowledge_query, std::function<void(knowledge_result)> answer);
  void ask_parts(knowledge_query, std::function<void(knowledge_result)> answer);
  void run();
  std::vector<job> next_jobs();
  std::vector<begun> next_pass();
  std::vector<begun> work(std::vector<job>) const;
  void encode(std::vector<begun>) const;
  void understand(begun&, const served_tenant&) const;
  embedder* encoder_for(const begun&) const;
  void settle(begun&, std::span<const float> vector) const;
  candidate meant_article(const begun&, const std::vector<hit>&) const;
  void finish(begun&, knowledge_result, const std::vector<hit>&, std::span<const float> vector) const;

  std::shared_ptr<const text_reader> reader_;

  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<job> waiting_;
  std::vector<begun> asking_; // the encoder, in order
  std::chrono::steady_clock::time_point asking_since_;
  size_t most_;
  bool stopping_ = false;
  std::atomic<std::shared_ptr<const served_map>> served_;
  std::function<void()> changed_;
  std::vector<std::thread> threads_;
};

} // namespace steward
