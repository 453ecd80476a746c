// How well does retrieval find the right article, and how well does it know that there is none? Recall and reciprocal
// rank of four ways, over labelled questions.
#pragma once

#include "actors/knowledge/knowledge_index.hpp"

#include <span>
#include <vector>

namespace steward {

struct score_line {
  double recall_at_1 = 0, recall_at_5 = 0, mrr = 0; // shares, 0..1; reciprocal ranks count down to rank 100
};

// What became of questions on the gated path, in shares of them.
struct outcome_line {
  double answered = 0, chosen = 0, unknown = 0; // sum to 1
  double answered_right = 0;                    // of all questions, those that were answered with a right article
  double chosen_right = 0;                      // of all, those that were asked what they mean, a right one among it
};

struct evaluation {
  score_line lexical, dense, fused, gated;
  double encoder_share = 1; // of the gated path, of answerable questions
  std::size_t questions = 0;
  outcome_line answerable, unanswerable;
  // Of questions that say what a right answer holds and whose right article the gated path puts first: the share of
  // answers that hold it, and the length of these answers in bytes.
  std::size_t with_text = 0;
  double answer_holds = 0, answer_length = 0;
  std::size_t without_answer = 0;  // how many questions expect nothing; they count in `unanswerable` only
  std::vector<std::size_t> missed; // questions, by index, whose right article fused does not put first
};

// Questions are taught to the index and policies are fitted as the engine does it, on other folds than the question's
// own, so that each is asked by someone whom the labels have never heard of. Questions that read the same share a fold.
// `vectors`: the encoder's of the questions, or nothing without an encoder. Deterministic.
evaluation evaluate(const knowledge_index& index, std::span<const asked> questions, const embeddings& vectors,
                    const decision_limits& limits = {}, teaching how = teaching::full, std::size_t folds = 5);

// Over the questions of both; `missed` is left empty.
evaluation merged(const evaluation& a, const evaluation& b);

} // namespace steward
