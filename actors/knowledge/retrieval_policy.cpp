#include "actors/knowledge/retrieval_policy.hpp"

#include <algorithm>
#include <cmath>

namespace steward {
namespace {

bool in(const labelled_candidate& c, look which) { return which == look::first ? c.in_guessed : c.in_encoded; }
const evidence& of(const labelled_candidate& c, look which) { return which == look::first ? c.guessed : c.encoded; }

double log_odds(double p) {
  p = std::clamp(p, 1e-6, 1 - 1e-6);
  return std::log(p / (1 - p));
}

} // namespace

std::array<double, 5> confidence_curve::values_of(const outcome_features& f) {
  return {1, log_odds(f.best), f.cosine, f.coverage, f.refused};
}

double confidence_curve::operator()(const outcome_features& f) const {
  double sum = 0;
  const auto x = values_of(f);
  for (std::size_t i = 0; i < x.size(); ++i) sum += of[i] * x[i];
  return 1 / (1 + std::exp(-sum));
}

verdict decide(double confidence, const decision_limits& limits) {
  if (confidence >= limits.answer) return verdict::answer;
  return confidence >= limits.choose ? verdict::choose : verdict::unknown;
}

double refused_less(double similarity, double cosine) {
  return similarity <= -1 ? outcome_features::unrefused : std::clamp(similarity - cosine, -0.6, 0.3);
}

double certainty_of(const outcome_features& f) {
  const auto both = f.best + f.second;
  return both > 0 ? f.best / both : 0;
}

std::vector<std::size_t> ranking(const labelled_question& q, look which, const fusion_weights& weights) {
  std::vector<std::pair<double, std::size_t>> scored;
  for (std::size_t i = 0; i < q.candidates.size(); ++i)
    if (in(q.candidates[i], which)) scored.emplace_back(-weights.score(of(q.candidates[i], which)), i);
  std::sort(scored.begin(), scored.end());
  std::vector<std::size_t> out;
  out.reserve(scored.size());
  for (const auto& [score, i] : scored) out.push_back(i);
  return out;
}

outcome_features features_of(const labelled_question& q, look which, const fusion_weights& weights) {
  outcome_features f;
  const auto order = ranking(q, which, weights);
  if (order.empty()) return f;
  const auto& first = q.candidates[order.front()];
  const auto top = weights.score(of(first, which));
  double sum = 0;
  for (const auto i : order) sum += std::exp(weights.score(of(q.candidates[i], which)) - top);
  f.best = 1 / sum;
  if (order.size() > 1) f.second = std::exp(weights.score(of(q.candidates[order[1]], which)) - top) / sum;
  f.cosine = which == look::first ? first.cosine_guessed : first.cosine_encoded;
  f.coverage = q.ceiling > 0 ? std::min(1.0F, of(first, which).lexical / q.ceiling) : 0;
  const auto refused = which == look::first ? q.refused_guessed : q.refused_encoded;
  f.refused = refused_less(refused, f.cosine);
  return f;
}

retrieval_policy default_policy() {
  retrieval_policy out;
  out.encoded.of = {8, 13, 16, 0.3, 12};
  out.guessed.of = {5, 12, 12, 0.35, 8};
  out.encoded_confidence.of = {-5.6, 0.7, 4.6, 0.7, -3};
  out.guessed_confidence.of = {-5.0, 0.6, 3.6, 1.3, -2.8};
  return out;
}

retrieval_policy words_only_policy() {
  auto out = default_policy();
  // Fitted on the demo's labelled questions, answered by words alone: no similarity to go by, and nothing refused.
  out.guessed_confidence.of = {-1.25, 0.5, 0, 1.8, 0};
  return out;
}

} // namespace steward
