// How well does retrieval find the right article? Recall and reciprocal rank of four ways, over labelled questions.
#pragma once

#include "actors/knowledge/knowledge_index.hpp"

#include <span>
#include <string>
#include <vector>

namespace steward {

struct asked {
  std::string question;
  std::vector<std::string> expected; // ids of right articles; any of them counts
  std::string language;              // "": any
};

struct score_line {
  double recall_at_1 = 0, recall_at_5 = 0, mrr = 0; // shares, 0..1; reciprocal ranks count down to rank 100
};

struct evaluation {
  score_line lexical, dense, fused, gated;
  double encoder_share = 1; // of the gated path
  std::size_t questions = 0;
};

// What is known of one question before anything is fitted.
struct judged {
  labelled_question evidence;
  std::vector<bool> by_words, by_vector; // is the article at this rank right?
  bool has_vector = false;
};

// Weights, curves and gate are fitted on the other folds than the question's own. Deterministic.
evaluation evaluate(std::span<const judged> questions, std::size_t folds = 5);

} // namespace steward
