// What a knowledge_index consists of, and how it is made. For knowledge_index.cpp only.
#pragma once

#include "actors/knowledge/knowledge_index.hpp"
#include "actors/knowledge/taught_questions.hpp"
#include "storage/text_index.hpp"
#include "storage/vector_index.hpp"

#include <optional>
#include <utility>

namespace steward {

enum class row_kind : std::uint8_t { title, whole, passage };

struct row_source {
  std::uint32_t article = 0;
  std::uint32_t passage = 0;
  row_kind kind = row_kind::title;
};

struct knowledge_parts {
  std::string language;
  std::string encoder; // name; "" without one
  std::vector<article> articles;
  std::vector<std::vector<passage>> passages;                  // per article
  std::vector<std::vector<std::vector<std::uint64_t>>> terms;  // per passage, hashed and sorted, its heading's too
  text_index words{""};                                        // documents are articles
  std::vector<row_source> rows;                                // of the vector index, ordered by article
  std::vector<std::pair<std::uint32_t, std::uint32_t>> ranges; // rows of each article: from, to
  vector_index vectors;
  std::vector<float> near_to;  // what every title is near to; ...
  std::vector<float> nearness; // ... per row: how near it is, which is taken off its similarity
  std::optional<vector_guess> guess;
  guess_lessons lessons; // what taught it, so that questions can be added
};

result<knowledge_parts> build_parts(std::string language, std::vector<article> articles, const index_sources& sources);

} // namespace steward
