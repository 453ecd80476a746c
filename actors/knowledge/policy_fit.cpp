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

constexpr std::size_t width = 5; // of weights and of curves
using vec = std::array<double, width>;
static_assert(voices == width);
constexpr vec unit{20, 20, 20, 0.5, 20}; // what one step of a weight means: cosines are small, BM25 is not
constexpr double shrink = 2;             // in questions' worth of evidence
constexpr std::size_t folds = 5;
constexpr std::size_t most_candidates = 40, most_questions = 2'000; // that weights are fitted on

vec values_of(const evidence& e) {
  return {unit[0] * e.title, unit[1] * e.whole, unit[2] * e.passage, unit[3] * e.lexical, unit[4] * e.asked};
}

const evidence& of(const labelled_candidate& c, look which) { return which == look::first ? c.guessed : c.encoded; }

// Solves the system in place; the matrix is positive definite.
vec solved(std::array<vec, width> a, vec b) {
  for (std::size_t i = 0; i < width; ++i) {
    for (std::size_t r = i + 1; r < width; ++r) {
      const auto f = a[r][i] / a[i][i];
      for (std::size_t c = i; c < width; ++c) a[r][c] -= f * a[i][c];
      b[r] -= f * b[i];
    }
  }
  for (std::size_t i = width; i-- > 0;) {
    for (std::size_t c = i + 1; c < width; ++c) b[i] -= a[i][c] * b[c];
    b[i] /= a[i][i];
  }
  return b;
}

double inner(const vec& a, const vec& b) {
  double sum = 0;
  for (std::size_t i = 0; i < width; ++i) sum += a[i] * b[i];
  return sum;
}

struct slopes {
  double value = 0;
  vec gradient{};
  std::array<vec, width> curvature{};
};

// Minimises value(w) + shrink / 2 |w - from|^2 by Newton steps that are halved until they help.
template <class Measure>
vec minimise(const vec& from, double weight, Measure measure) {
  auto w = from;
  const auto whole = [&](const vec& at) {
    auto s = measure(at);
    for (std::size_t i = 0; i < width; ++i) {
      const auto off = at[i] - from[i];
      s.value += weight / 2 * off * off;
      s.gradient[i] += weight * off;
      s.curvature[i][i] += weight;
    }
    return s;
  };
  auto here = whole(w);
  for (int round = 0; round < 25; ++round) {
    auto step = solved(here.curvature, here.gradient);
    bool better = false;
    double size = 0;
    for (int halving = 0; halving < 12 && !better; ++halving) {
      auto next = w;
      size = 0;
      for (std::size_t i = 0; i < width; ++i) next[i] -= step[i], size = std::max(size, std::abs(step[i]));
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
  for (std::size_t i = 0; i < width; ++i) from[i] = start.of[i] / unit[i];
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
        for (std::size_t k = 0; k < width; ++k) {
          mean[k] += p[i] / sum * list[i].x[k];
          if (list[i].right) wanted[k] += p[i] / good * list[i].x[k];
        }
      for (std::size_t i = 0; i < list.size(); ++i)
        for (std::size_t k = 0; k < width; ++k)
          for (std::size_t l = 0; l < width; ++l)
            s.curvature[k][l] += p[i] / sum * (list[i].x[k] - mean[k]) * (list[i].x[l] - mean[l]);
      for (std::size_t k = 0; k < width; ++k) s.gradient[k] += mean[k] - wanted[k];
    }
    return s;
  });
  fusion_weights out;
  for (std::size_t i = 0; i < width; ++i) out.of[i] = std::max(0.0, fitted[i]) * unit[i];
  return out;
}

double log_odds(double p) {
  p = std::clamp(p, 1e-6, 1 - 1e-6);
  return std::log(p / (1 - p));
}
double logistic(double x) { return 1 / (1 + std::exp(-x)); }

struct example {
  vec x;
  bool yes;
  double weight = 1;
};
vec fit_curve(const std::vector<example>& examples, const vec& from, double weight) {
  return minimise(from, weight, [&](const vec& w) {
    slopes s;
    for (const auto& e : examples) {
      const auto z = inner(w, e.x), p = logistic(z);
      s.value += e.weight * (std::log1p(std::exp(-std::abs(z))) + std::max(z, 0.0) - (e.yes ? z : 0.0));
      for (std::size_t k = 0; k < width; ++k) {
        s.gradient[k] += e.weight * (p - (e.yes ? 1.0 : 0.0)) * e.x[k];
        for (std::size_t l = 0; l < width; ++l) s.curvature[k][l] += e.weight * p * (1 - p) * e.x[k] * e.x[l];
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
  for (const auto& t : trials) examples.push_back({{1, log_odds(t.certainty)}, t.lost});
  const auto curve = fit_curve(examples, {-2, -1}, 0.1);
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

// The question as it would be if nothing here answered it.
labelled_question without_answer(const labelled_question& q) {
  auto out = q;
  std::erase_if(out.candidates, [](const auto& c) { return c.right; });
  return out;
}

// How often a question that nothing answers is asked, for each that something does: what confidence is fitted for.
constexpr double unanswerable_share = 0.33;
constexpr std::size_t many_unanswerable = 10;

struct weights_of_both {
  fusion_weights encoded, guessed;
};
weights_of_both fit_both(const chosen& questions) {
  const auto start = default_policy();
  return {fit_weights(questions, look::second, start.encoded), fit_weights(questions, look::first, start.guessed)};
}

} // namespace

retrieval_policy fit_policy(std::span<const labelled_question> questions, const fit_options& options) {
  auto out = default_policy();
  chosen all, unanswerable;
  for (const auto& q : questions) (q.answerable ? all : unanswerable).push_back(&q);
  auto whole = fit_both(all);
  std::array<chosen, folds> others;
  std::array<weights_of_both, folds> fitted;
  // What was fitted must not be clearly worse, on questions that it has not seen, than what needs no fitting. Clearly:
  // taking whichever comes out better by a question or two was worse on new ones.
  const fusion_weights fixed[] = {out.encoded, {{20, 20, 20, 0, 0}}};
  std::size_t right_fitted = 0, right_fixed[std::size(fixed)] = {};
  for (std::size_t fold = 0; fold < folds; ++fold) {
    for (std::size_t i = 0; i < all.size(); ++i)
      if (i % folds != fold) others[fold].push_back(all[i]);
    fitted[fold] = fit_both(others[fold]);
    for (std::size_t i = fold; i < all.size(); i += folds) {
      right_fitted += first_is_right(*all[i], look::second, fitted[fold].encoded);
      for (std::size_t k = 0; k < std::size(fixed); ++k)
        right_fixed[k] += first_is_right(*all[i], look::second, fixed[k]);
    }
  }
  if (const auto best = std::max_element(right_fixed, std::end(right_fixed));
      *best > right_fitted + all.size() / 25 + 3) {
    whole.encoded = fixed[best - right_fixed];
    for (auto& w : fitted) w.encoded = whole.encoded;
  }
  out.encoded = whole.encoded, out.guessed = whole.guessed;

  std::vector<trial> trials;
  std::vector<example> first_right, second_right;
  const auto judge = [&](const labelled_question& q, const weights_of_both& w, double weight, bool never) {
    for (const auto which : {look::first, look::second}) {
      const auto& weights = which == look::first ? w.guessed : w.encoded;
      const auto f = features_of(q, which, weights);
      if (f.best == 0) continue; // nothing was found, which needs no curve
      auto& into = which == look::first ? first_right : second_right;
      into.push_back({confidence_curve::values_of(f), !never && first_is_right(q, which, weights), weight});
    }
  };
  for (std::size_t fold = 0; fold < folds; ++fold)
    for (std::size_t i = fold; i < all.size(); i += folds) {
      const auto& q = *all[i];
      const auto& w = fitted[fold];
      const bool cheap = first_is_right(q, look::first, w.guessed), full = first_is_right(q, look::second, w.encoded);
      trials.push_back({certainty_of(features_of(q, look::first, w.guessed)), full && !cheap});
      judge(q, w, 1, false);
    }
  // Half of what nothing answers is a neighbour of what is answered here, half is what people really asked for.
  const auto wanted = unanswerable_share * static_cast<double>(all.size());
  const bool labelled = unanswerable.size() >= many_unanswerable;
  if (!all.empty())
    for (const auto* q : all)
      judge(without_answer(*q), whole, wanted * (labelled ? 0.5 : 1) / static_cast<double>(all.size()), true);
  for (const auto* q : unanswerable)
    judge(*q, whole, labelled ? 0.5 * wanted / static_cast<double>(unanswerable.size()) : unanswerable_share, true);
  out.guessed_confidence.of = fit_curve(first_right, out.guessed_confidence.of, 1);
  out.encoded_confidence.of = fit_curve(second_right, out.encoded_confidence.of, 1);
  if (all.size() >= options.fewest) out.gate.settled_from = threshold_of(std::move(trials), options.loss_allowed);
  return out;
}

} // namespace steward
