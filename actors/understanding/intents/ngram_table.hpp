// Words, pairs of words and runs of characters inside words as numbered features. A run is known by its 64-bit hash, no
// string is kept; runs that were not in the learnt texts are dropped, and their share tells how strange a text is.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace steward {

struct feature {
  std::uint32_t row = 0;
  float value = 0;
};

struct feature_list {
  std::vector<feature> known; // of length 1 together unless empty; no row twice
  float coverage = 0;         // share of the text's runs that are known, weighed by how telling they are; 0 to 1
};

// Immutable after learning, so any number of threads may read; each brings a scratch of its own.
class ngram_table {
public:
  struct scratch {
    std::vector<std::uint32_t> letters; // code points
    std::vector<std::uint64_t> words, runs;
    std::vector<std::uint32_t> seen; // per row: number of the text that had it last
    std::uint32_t text = 0;
  };

  // `texts` are normal_text's. Keeps the `most` runs that stand in most texts.
  static ngram_table learn(std::span<const std::string> texts, std::size_t most = 65'536);

  void read(std::string_view normal, scratch& s, feature_list& out) const;

  std::size_t rows() const { return weight_.size(); }
  std::size_t bytes() const { return slots_.size() * sizeof(slot) + weight_.size() * sizeof(float); }

private:
  struct slot {
    std::uint32_t tag = 0;      // the hash's upper half
    std::uint32_t row = absent; // absent: free
  };
  static constexpr std::uint32_t absent = 0xFFFFFFFFU;
  std::uint32_t find(std::uint64_t hash) const;

  std::vector<slot> slots_;   // open addressing; a power of two
  std::vector<float> weight_; // per row: rarity
  float unknown_ = 1;         // rarity of what was never seen
};

} // namespace steward
