// The candidates for one question, with what each voice says of them. For knowledge_index.cpp only.
#pragma once

#include "actors/knowledge/index_builder.hpp"

namespace steward {

struct candidate_row {
  std::uint32_t article = 0;
  evidence seen;
  std::uint32_t passage = 0;
  float cosine = 0; // best raw similarity, to labelled questions as well
  float asked = 0;  // raw similarity to the nearest labelled question that it answered; 0: none near
  double score = 0;
};

struct candidates {
  std::vector<candidate_row> rows; // unsorted
  float refused = -1;              // similarity to the nearest question that nothing answers; -1: none known
};

enum class nearness { taken_off, kept };

// Every article that words, vector or labelled questions name. `taught` may be null; its question `but` is passed over.
candidates gather(const knowledge_parts& p, const taught_questions* taught,
                  std::span<const std::pair<std::uint32_t, float>> lexical, std::span<const float> vector,
                  nearness near = nearness::taken_off, std::size_t but = repeated_questions::npos);

} // namespace steward
