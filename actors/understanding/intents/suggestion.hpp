// Intents that are missing: messages that nothing understood, gathered by what they have in common. Pure;
// deterministic.
#pragma once

#include "actors/embedder.hpp"

namespace steward {

struct suggest_options {
  std::size_t least = 3;   // messages that make an intent
  double alike = 0;        // mean cosine of two groups, around the middle of all, from which on they are one; 0: fitted
  std::size_t most = 2000; // texts looked at: what is compared grows with the square
};

// Fitted on mixtures of Banking77 and of CLINC150 (README.md): where vectors compare, and where words alone do.
inline constexpr double alike_by_vectors = 0.40, alike_by_words = 0.15;

struct suggestion {
  std::string name;                 // of words that its messages share: a-z, 0-9 and _
  std::vector<std::size_t> members; // places in `texts`, the most typical first
  double alike = 0;                 // their mean cosine
};

// `vectors`: a row per text, or none: words alone compare then. The largest first; what resembles too few others stands
// in none.
std::vector<suggestion> suggest_intents(std::span<const std::string> texts, const embeddings& vectors,
                                        const suggest_options& options = {});

} // namespace steward
