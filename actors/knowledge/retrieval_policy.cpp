// Fusion weights: listwise softmax ("which candidate is right?"), Newton steps, shrunk towards the defaults.
// Curves: logistic regression, shrunk likewise.
// Gate: out of fold, questions by falling certainty of the first look; the gate opens as far as the loss against asking
// the encoder stays allowed, both as counted and as a smooth curve through the counts says (a few hundred questions
// hold only a handful of losses, and where the topmost happens to lie is luck).
#include "actors/knowledge/retrieval_policy.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace steward {
namespace {

using vec = std::array<double, 4>;
constexpr vec unit{20, 20, 20, 0.5}; // what one step of a weight means: cosines are small, BM25 is not
constexpr double shrink = 2;         // in questions' worth of evidence
constexpr std::size_t folds = 5;
constexpr std::size_t most_candidates = 40, most_questions = 2'000; // that weights are fitted on

vec values_of(const evidence& e) {
  return {unit[0] * e.title, unit[1] * e.whole, unit[2] * e.passage, unit[3] * e.lexical};
}

bool in(const labelled_candidate& c, look which) { return which == look::first ? c.in_guessed : c.in_encoded; }
const evidence& of(const labelled_candidate& c, look which) { return which == look::first ? c.guessed : c.encoded; }

// Solves the 4 x 4 system in place; the matrix is positive definite.
vec solve4(std::array<vec, 4> a, vec b) {
  for (std::size_t i = 0; i < 4; ++i) {
    for (std::size_t r = i + 1; r < 4; ++r) {
      const auto f = a[r][i] / a[i][i];
      for (std::size_t c = i; c < 4; ++c) a[r][c] -= f * a[i][c];
      b[r] -= f * b[i];
    }
  }
  for (std::size_t i = 4; i-- > 0;) {
    for (std::size_t c = i + 1; c < 4; ++c) b[i] -= a[i][c] * b[c];
    b[i] /= a[i][i];
  }
  return b;
}

double inner(const vec& a, const vec& b) { return a[0] * b[0] + a[1] * b[1] + a[2] * b[2] + a[3] * b[3]; }

struct slopes {
  double value = 0;
  vec gradient{};
  std::array<vec, 4> curvature{};
};

// Minimises value(w) + shrink / 2 |w - from|^2 by Newton steps that are halved until they help.
template <class Measure>
vec minimise(const vec& from, double weight, Measure measure) {
  auto w = from;
  const auto whole = [&](const vec& at) {
    auto s = measure(at);
    for (std::size_t i = 0; i < 4; ++i) {
      const auto off = at[i] - from[i];
      s.value += weight / 2 * off * off;
      s.gradient[i] += weight * off;
      s.curvature[i][i] += weight;
    }
    return s;
  };
  auto here = whole(w);
  for (int round = 0; round < 25; ++round) {
    auto step = solve4(here.curvature, here.gradient);
    bool better = false;
    double size = 0;
    for (int halving = 0; halving < 12 && !better; ++halving) {
      auto next = w;
      size = 0;
      for (std::size_t i = 0; i < 4; ++i) next[i] -= step[i], size = std::max(size, std::abs(step[i]));
      auto there = whole(next);
      if (there.value <= here.value)
        w = next, here = there, better = true;
      else
        for (auto& s : step) s /= 2;
    }
    if (!better || size < 1e-4) break;
  }
  return w;
}

using chosen = std::vector<const labelled_question*>;

fusion_weights fit_weights(const chosen& questions, look which, const fusion_weights& start) {
  struct row {
    vec x;
    bool right;
  };
  std::vector<std::vector<row>> lists;
  const auto stride = std::max<std::size_t>(1, (questions.size() + most_questions - 1) / most_questions);
  for (std::size_t n = 0; n < questions.size(); n += stride) {
    const auto& q = *questions[n];
    std::vector<row> list;
    bool any = false, other = false;
    // Candidates far down have no weight in a softmax; they would only cost time.
    std::size_t rank = 0;
    for (const auto i : ranking(q, which, start)) {
      const auto& c = q.candidates[i];
      if (rank++ >= most_candidates && !c.right) continue;
      list.push_back({values_of(of(c, which)), c.right});
      (c.right ? any : other) = true;
    }
    if (any && other) lists.push_back(std::move(list));
  }
  vec from{};
  for (std::size_t i = 0; i < 4; ++i) from[i] = start.of[i] / unit[i];
  std::vector<double> p;
  const auto fitted = minimise(from, shrink, [&](const vec& w) {
    slopes s;
    for (const auto& list : lists) {
      p.resize(list.size());
      double top = -1e300, sum = 0, good = 0;
      for (std::size_t i = 0; i < list.size(); ++i) top = std::max(top, p[i] = inner(w, list[i].x));
      for (std::size_t i = 0; i < list.size(); ++i) {
        sum += p[i] = std::exp(p[i] - top);
        if (list[i].right) good += p[i];
      }
      good = std::max(good, 1e-300);
      s.value -= std::log(good / sum);
      vec mean{}, wanted{};
      for (std::size_t i = 0; i < list.size(); ++i)
        for (std::size_t k = 0; k < 4; ++k) {
          mean[k] += p[i] / sum * list[i].x[k];
          if (list[i].right) wanted[k] += p[i] / good * list[i].x[k];
        }
      for (std::size_t i = 0; i < list.size(); ++i)
        for (std::size_t k = 0; k < 4; ++k)
          for (std::size_t l = 0; l < 4; ++l)
            s.curvature[k][l] += p[i] / sum * (list[i].x[k] - mean[k]) * (list[i].x[l] - mean[l]);
      for (std::size_t k = 0; k < 4; ++k) s.gradient[k] += mean[k] - wanted[k];
    }
    return s;
  });
  fusion_weights out;
  for (std::size_t i = 0; i < 4; ++i) out.of[i] = std::max(0.0, fitted[i]) * unit[i];
  return out;
}

double log_odds(double p) {
  p = std::clamp(p, 1e-6, 1 - 1e-6);
  return std::log(p / (1 - p));
}
double logistic(double x) { return 1 / (1 + std::exp(-x)); }

vec curve_values(const outcome_features& f) { return {1, log_odds(f.best), f.cosine, f.coverage}; }

struct example {
  vec x;
  bool yes;
};
vec fit_curve(const std::vector<example>& examples, const vec& from, double weight) {
  return minimise(from, weight, [&](const vec& w) {
    slopes s;
    for (const auto& e : examples) {
      const auto z = inner(w, e.x), p = logistic(z);
      s.value += std::log1p(std::exp(-std::abs(z))) + std::max(z, 0.0) - (e.yes ? z : 0.0);
      for (std::size_t k = 0; k < 4; ++k) {
        s.gradient[k] += (p - (e.yes ? 1.0 : 0.0)) * e.x[k];
        for (std::size_t l = 0; l < 4; ++l) s.curvature[k][l] += p * (1 - p) * e.x[k] * e.x[l];
      }
    }
    return s;
  });
}

bool first_is_right(const labelled_question& q, look which, const fusion_weights& w) {
  const auto order = ranking(q, which, w);
  return !order.empty() && q.candidates[order.front()].right;
}

struct trial {
  double certainty;
  bool lost;
};

double threshold_of(std::vector<trial> trials, double loss_allowed) {
  std::sort(trials.begin(), trials.end(), [](const auto& a, const auto& b) { return a.certainty > b.certainty; });
  std::vector<example> examples;
  for (const auto& t : trials) examples.push_back({{1, log_odds(t.certainty), 0, 0}, t.lost});
  const auto curve = fit_curve(examples, {-2, -1, 0, 0}, 0.1);
  const auto allowed = loss_allowed * static_cast<double>(trials.size());
  double threshold = 2, expected = 0, counted = 0;
  for (std::size_t i = 0; i < trials.size(); ++i) {
    expected += logistic(inner(curve, examples[i].x));
    counted += trials[i].lost ? 1 : 0;
    if (counted > allowed || expected > std::max(allowed, 0.5)) break;
    threshold = trials[i].certainty;
  }
  return threshold;
}

} // namespace

double confidence_curve::operator()(const outcome_features& f) const { return logistic(inner(of, curve_values(f))); }

verdict decide(double confidence, const decision_limits& limits) {
  if (confidence >= limits.answer) return verdict::answer;
  return confidence >= limits.choose ? verdict::choose : verdict::unknown;
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
  return f;
}

retrieval_policy default_policy() {
  retrieval_policy out;
  out.encoded.of = {11, 15, 17, 0.33};
  out.guessed.of = {5, 12, 12, 0.38};
  out.encoded_confidence.of = {-3.5, 0.8, 5, 1};
  out.guessed_confidence.of = {-3.5, 0.8, 4, 2};
  return out;
}

retrieval_policy fit_policy(std::span<const labelled_question> questions, const fit_options& options) {
  auto out = default_policy();
  chosen all;
  for (const auto& q : questions) all.push_back(&q);
  out.encoded = fit_weights(all, look::second, out.encoded);
  out.guessed = fit_weights(all, look::first, out.guessed);
  if (questions.size() < options.fewest) return out;

  std::vector<trial> trials;
  std::vector<example> first_right, second_right;
  for (std::size_t fold = 0; fold < folds; ++fold) {
    chosen others;
    for (std::size_t i = 0; i < all.size(); ++i)
      if (i % folds != fold) others.push_back(all[i]);
    const auto encoded = fit_weights(others, look::second, default_policy().encoded);
    const auto guessed = fit_weights(others, look::first, default_policy().guessed);
    for (std::size_t i = fold; i < all.size(); i += folds) {
      const auto& q = *all[i];
      const bool cheap = first_is_right(q, look::first, guessed), full = first_is_right(q, look::second, encoded);
      const auto f = features_of(q, look::first, guessed);
      trials.push_back({certainty_of(f), full && !cheap});
      first_right.push_back({curve_values(f), cheap});
      second_right.push_back({curve_values(features_of(q, look::second, encoded)), full});
    }
  }
  out.guessed_confidence.of = fit_curve(first_right, out.guessed_confidence.of, 1);
  out.encoded_confidence.of = fit_curve(second_right, out.encoded_confidence.of, 1);
  out.gate.settled_from = threshold_of(std::move(trials), options.loss_allowed);
  return out;
}

} // namespace steward
