// Answers to questions that were asked before, so that the same question costs neither a search nor a message to the
// knowledge room. Entities read it themselves; the knowledge room fills it and empties it with each new index.
//
// Threads: any thread may call.
#pragma once
#include "messages/codec.hpp"

#include <array>
#include <atomic>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

namespace steward {

struct knowledge_query;

class answer_cache {
public:
  explicit answer_cache(size_t most)
      : most_(most / shards) {}

  /// Case and outer blanks do not make another question.
  static std::string key_of(const knowledge_query&);

  /// The encoded knowledge_result; null when it is not there, or not right any more at `now_ms`.
  std::shared_ptr<const bytes> find(const std::string& key, int64_t now_ms);
  /// `generation` as it was when the question was asked: an answer of an older index is not kept. `until_ms`: from then
  /// on it is wrong; 0: it stays right.
  void keep(uint64_t generation, const std::string& key, bytes answer, int64_t until_ms = 0);
  uint64_t generation() const { return generation_; }
  void forget();

private:
  static constexpr size_t shards = 16;
  struct entry {
    std::string key;
    std::shared_ptr<const bytes> answer;
    int64_t until_ms;
  };
  struct shard {
    std::mutex mutex;
    std::list<entry> by_use; // newest first
    std::unordered_map<std::string_view, std::list<entry>::iterator> index;
  };
  shard& of(const std::string& key) { return shards_[std::hash<std::string>{}(key) / 64 % shards]; }

  const size_t most_; // in one shard
  std::atomic<uint64_t> generation_{0};
  std::array<shard, shards> shards_;
};

} // namespace steward
