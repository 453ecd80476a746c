// Questions for the load: as they stand in a file, or varied so that none was ever seen before and each still reads
// like something a customer writes. Pure apart from reading the file; the same seed gives the same texts.
#pragma once
#include <cstdint>
#include <random>
#include <string>
#include <unordered_set>
#include <vector>

namespace steward::bench {

/// The questions of a JSONL file of {"question", …, "language"}; of one language only when it is named. Empty: none.
std::vector<std::string> read_questions(const std::string& file, const std::string& language);

class varied_texts {
public:
  varied_texts(std::vector<std::string> base, uint64_t seed)
      : base_(std::move(base))
      , random_(seed) {}
  /// Never the same text twice.
  std::string next();

private:
  std::string make();
  std::vector<std::string> base_;
  std::mt19937_64 random_;
  std::unordered_set<std::string> made_;
};

} // namespace steward::bench
