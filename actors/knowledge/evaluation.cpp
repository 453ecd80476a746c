#include "actors/knowledge/evaluation.hpp"

#include <algorithm>

namespace steward {
namespace {

constexpr std::size_t deepest = 100;

void count(score_line& line, const std::vector<bool>& right) {
  const auto it = std::find(right.begin(), right.end(), true);
  if (it == right.end()) return;
  const auto rank = static_cast<std::size_t>(it - right.begin()) + 1;
  if (rank > deepest) return;
  line.recall_at_1 += rank == 1 ? 1 : 0;
  line.recall_at_5 += rank <= 5 ? 1 : 0;
  line.mrr += 1.0 / static_cast<double>(rank);
}

std::vector<bool> rights(const labelled_question& q, look which, const fusion_weights& weights) {
  std::vector<bool> out;
  for (const auto i : ranking(q, which, weights)) out.push_back(q.candidates[i].right);
  return out;
}

} // namespace

evaluation evaluate(std::span<const judged> questions, std::size_t folds) {
  evaluation out;
  out.questions = questions.size();
  folds = std::max<std::size_t>(2, std::min(folds, questions.size()));
  // Questions about one article tend to stand together; a stride spreads them over the folds.
  double encoder = 0;
  for (std::size_t fold = 0; fold < folds; ++fold) {
    std::vector<labelled_question> others;
    for (std::size_t i = 0; i < questions.size(); ++i)
      if (i % folds != fold) others.push_back(questions[i].evidence);
    const auto policy = fit_policy(others);
    for (std::size_t i = fold; i < questions.size(); i += folds) {
      const auto& q = questions[i];
      count(out.lexical, q.by_words);
      count(out.dense, q.by_vector);
      const auto first = rights(q.evidence, look::first, policy.guessed);
      const auto second = q.has_vector ? rights(q.evidence, look::second, policy.encoded) : first;
      count(out.fused, second);
      const bool settled = !q.has_vector || certainty_of(features_of(q.evidence, look::first, policy.guessed)) >=
                                                policy.gate.settled_from;
      count(out.gated, settled ? first : second);
      encoder += settled ? 0 : 1;
    }
  }
  const auto all = static_cast<double>(std::max<std::size_t>(questions.size(), 1));
  for (auto* line : {&out.lexical, &out.dense, &out.fused, &out.gated})
    for (auto* value : {&line->recall_at_1, &line->recall_at_5, &line->mrr}) *value /= all;
  out.encoder_share = encoder / all;
  return out;
}

} // namespace steward
