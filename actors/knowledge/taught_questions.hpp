// What the tenant's labelled questions teach an index: which article a question was answered with, which questions
// nothing answers, and what the encoder says of all of them. Pure; immutable once made.
#pragma once

#include "actors/knowledge/vector_guess.hpp"
#include "storage/vector_index.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace steward {

// Finds the labelled question that a text repeats, whatever stands around it.
class repeated_questions {
public:
  static constexpr std::size_t npos = static_cast<std::size_t>(-1);
  // Questions are numbered from 0 in the order in which they come. Not after finish().
  void add(std::span<const std::string> terms);
  // Those from `exact_from` on are repeated only by a text that says hardly more: a title stands in many a question.
  void finish(std::size_t exact_from = npos);
  // The question nearly all of whose weight in words stands in the text; `but` is passed over. Short questions are
  // never repeated: their words stand in everything.
  std::size_t find(std::span<const std::string> terms, std::size_t but = npos) const;

private:
  struct hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view s) const { return std::hash<std::string_view>{}(s); }
  };
  std::unordered_map<std::string, std::vector<std::uint32_t>, hash, std::equal_to<>> postings_;
  std::vector<float> weights_; // of each question's words together; 0: too short
  std::vector<std::uint32_t> sizes_;
  std::size_t exact_from_ = npos;
};

struct taught_question {
  std::string text;
  std::vector<std::string> expected;   // ids, as they were labelled
  std::vector<std::uint32_t> articles; // those of them that are here
  std::vector<std::string> terms;
  bool unanswerable() const { return expected.empty(); }
};

struct taught_questions {
  bool speaks = true; // false: for fitting alone
  std::vector<taught_question> questions;
  vector_index vectors;        // a row for each
  std::vector<float> nearness; // per row: what is taken off its similarity
  bool any_unanswerable = false;
  // Labelled ones, by their place in `questions`, and behind them the titles and questions that articles bring along.
  repeated_questions repeated;
  std::vector<std::uint32_t> own;    // the article of each of these
  bool trusts_repeats = true;        // labels of questions that repeat each other agree here
  std::optional<vector_guess> guess; // the index's own, taught by the questions
  embeddings unseen;                 // what it would guess of each question without having seen it
};

} // namespace steward
