#include "actors/understanding/intents/evidence_policy.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace steward {
namespace {

// Solves a x = b for a small positive matrix, by elimination with a little on the diagonal.
std::vector<double> solve(std::vector<double> a, std::vector<double> b) {
  const auto n = b.size();
  for (std::size_t i = 0; i < n; ++i) {
    if (std::fabs(a[i * n + i]) < 1e-12) a[i * n + i] = 1e-12;
    for (std::size_t r = i + 1; r < n; ++r) {
      const auto f = a[r * n + i] / a[i * n + i];
      for (std::size_t c = i; c < n; ++c) a[r * n + c] -= f * a[i * n + c];
      b[r] -= f * b[i];
    }
  }
  for (std::size_t i = n; i-- > 0;) {
    for (std::size_t c = i + 1; c < n; ++c) b[i] -= a[i * n + c] * b[c];
    b[i] /= a[i * n + i];
  }
  return b;
}

} // namespace

void log_softmax(std::span<float> scores) {
  if (scores.empty()) return;
  const auto most = *std::max_element(scores.begin(), scores.end());
  float sum = 0;
  for (const auto s : scores) sum += std::exp(s - most);
  const auto part = most + std::log(sum);
  for (auto& s : scores) s -= part;
}

void weighted(const ballots& b, std::span<const float> weights, std::size_t t, std::span<float> out) {
  std::fill(out.begin(), out.end(), 0.0F);
  for (std::size_t v = 0; v < weights.size(); ++v) {
    if (weights[v] == 0) continue;
    const auto* row = b.voices[v].data() + t * b.intents;
    for (std::size_t k = 0; k < b.intents; ++k) out[k] += weights[v] * row[k];
  }
  log_softmax(out);
}

// Newton's steps; a weight that would go below zero stays at zero for the step. At most 4,000 texts, evenly spread.
std::vector<float> fit_weights(const ballots& b, std::span<const std::uint32_t> truth) {
  const auto v = b.voices.size();
  std::vector<float> w(v, v == 0 ? 0.0F : 1.0F / static_cast<float>(v));
  const auto stride = std::max<std::size_t>(1, b.texts / 4000);
  std::vector<float> p(b.intents);
  const auto loss_of = [&](const std::vector<float>& x) {
    double loss = 0;
    for (std::size_t t = 0; t < b.texts; t += stride) {
      if (truth[t] >= b.intents) continue;
      weighted(b, x, t, p);
      loss -= p[truth[t]];
    }
    return loss;
  };
  auto loss = loss_of(w);
  for (int round = 0; round < 20; ++round) {
    std::vector<double> gradient(v, 0), curve(v * v, 0), mean(v);
    double count = 0;
    for (std::size_t t = 0; t < b.texts; t += stride) {
      if (truth[t] >= b.intents) continue;
      ++count;
      weighted(b, w, t, p);
      std::fill(mean.begin(), mean.end(), 0.0);
      std::vector<double> square(v * v, 0);
      for (std::size_t k = 0; k < b.intents; ++k) {
        const double q = std::exp(p[k]);
        if (q < 1e-7) continue;
        for (std::size_t i = 0; i < v; ++i) {
          const double zi = b.voices[i][t * b.intents + k];
          mean[i] += q * zi;
          for (std::size_t j = 0; j <= i; ++j) square[i * v + j] += q * zi * b.voices[j][t * b.intents + k];
        }
      }
      for (std::size_t i = 0; i < v; ++i) {
        gradient[i] += mean[i] - b.voices[i][t * b.intents + truth[t]];
        for (std::size_t j = 0; j <= i; ++j) curve[i * v + j] += square[i * v + j] - mean[i] * mean[j];
      }
    }
    if (count == 0) break;
    for (std::size_t i = 0; i < v; ++i) {
      for (std::size_t j = i + 1; j < v; ++j) curve[i * v + j] = curve[j * v + i];
      curve[i * v + i] += 1e-3 * count;
    }
    // A voice at zero that would be pushed below is taken out of this step.
    for (std::size_t i = 0; i < v; ++i)
      if (w[i] <= 0 && gradient[i] > 0) {
        for (std::size_t j = 0; j < v; ++j) curve[i * v + j] = curve[j * v + i] = 0;
        curve[i * v + i] = 1, gradient[i] = 0;
      }
    const auto step = solve(curve, gradient);
    auto better = false;
    for (double part = 1; part > 0.01; part *= 0.5) {
      auto next = w;
      for (std::size_t i = 0; i < v; ++i) next[i] = std::max(0.0F, w[i] - static_cast<float>(part * step[i]));
      const auto found = loss_of(next);
      if (found < loss) {
        better = loss - found > 1e-6 * loss;
        w = next, loss = found;
        break;
      }
    }
    if (!better) break;
  }
  return w;
}

std::vector<float> accuracy_alone(const ballots& b, std::span<const std::uint32_t> truth) {
  std::vector<float> out;
  for (const auto& voice : b.voices) {
    std::size_t hits = 0;
    for (std::size_t t = 0; t < b.texts; ++t) {
      const auto row = voice.begin() + static_cast<std::ptrdiff_t>(t * b.intents);
      hits += static_cast<std::uint32_t>(std::max_element(row, row + static_cast<std::ptrdiff_t>(b.intents)) - row) ==
              truth[t];
    }
    out.push_back(static_cast<float>(hits) / static_cast<float>(std::max<std::size_t>(b.texts, 1)));
  }
  return out;
}

/// Among fewer it is luck which voice is right most often: with 240 texts of two languages leaning cost a point. Of
/// thousands the likelihood knows better.
constexpr std::size_t texts_to_lean = 500, texts_enough = 4000;

std::vector<float> fit_leaning(const ballots& b, std::span<const std::uint32_t> truth, std::span<const float> alone) {
  auto w = fit_weights(b, truth);
  const auto sum = std::accumulate(w.begin(), w.end(), 0.0F);
  if (w.size() < 2 || sum <= 0 || b.texts < texts_to_lean || b.texts >= texts_enough) return w;
  for (auto& x : w) x *= 0.5F / sum;
  w[static_cast<std::size_t>(std::max_element(alone.begin(), alone.end()) - alone.begin())] += 0.5F;
  // The scale is fitted again: the sum stays tempered.
  ballots one{b.texts, b.intents, {std::vector<float>(b.texts * b.intents)}};
  for (std::size_t t = 0; t < b.texts; ++t)
    weighted(b, w, t, std::span(one.voices[0]).subspan(t * b.intents, b.intents));
  const auto scale = fit_weights(one, truth).front();
  for (auto& x : w) x *= scale;
  return w;
}

float logistic::log_odds(std::span<const float> features) const {
  auto out = constant;
  for (std::size_t i = 0; i < weight.size(); ++i) out += weight[i] * (features[i] - mean[i]) * inverse_spread[i];
  return out;
}

logistic fit_logistic(std::span<const float> features, std::size_t width, std::span<const std::uint8_t> yes, bool even,
                      float shrink) {
  logistic out;
  const auto n = yes.size();
  out.mean.assign(width, 0), out.inverse_spread.assign(width, 1), out.weight.assign(width, 0);
  const auto positive = static_cast<std::size_t>(std::count(yes.begin(), yes.end(), std::uint8_t{1}));
  if (n == 0) return out;
  for (std::size_t i = 0; i < width; ++i) {
    double sum = 0, square = 0;
    for (std::size_t c = 0; c < n; ++c) sum += features[c * width + i];
    const auto mean = sum / static_cast<double>(n);
    for (std::size_t c = 0; c < n; ++c) square += std::pow(features[c * width + i] - mean, 2);
    out.mean[i] = static_cast<float>(mean);
    const auto spread = std::sqrt(square / static_cast<double>(n));
    out.inverse_spread[i] = spread > 1e-6 ? static_cast<float>(1 / spread) : 0.0F;
  }
  if (positive == 0 || positive == n) {
    out.constant = positive == 0 ? -4.0F : 4.0F;
    return out;
  }
  const auto size = width + 1;
  std::vector<double> w(size, 0);
  const double share = static_cast<double>(positive) / static_cast<double>(n);
  for (int round = 0; round < 25; ++round) {
    std::vector<double> gradient(size, 0), curve(size * size, 0), x(size, 1);
    for (std::size_t c = 0; c < n; ++c) {
      double z = w[width];
      for (std::size_t i = 0; i < width; ++i) {
        x[i] = (features[c * width + i] - out.mean[i]) * out.inverse_spread[i];
        z += w[i] * x[i];
      }
      const auto p = 1 / (1 + std::exp(-z));
      const auto say = !even ? 1.0 : yes[c] != 0 ? 0.5 / share : 0.5 / (1 - share);
      for (std::size_t i = 0; i < size; ++i) {
        gradient[i] += say * (p - yes[c]) * x[i];
        for (std::size_t j = 0; j < size; ++j) curve[i * size + j] += say * std::max(p * (1 - p), 1e-6) * x[i] * x[j];
      }
    }
    for (std::size_t i = 0; i < width; ++i) {
      gradient[i] += shrink * static_cast<double>(n) * w[i];
      curve[i * size + i] += shrink * static_cast<double>(n);
    }
    auto step = solve(curve, gradient);
    double most = 0;
    for (std::size_t i = 0; i < size; ++i) most = std::max(most, std::fabs(step[i]));
    for (std::size_t i = 0; i < size; ++i) w[i] -= step[i] * (most > 3 ? 3 / most : 1);
    if (most < 1e-5) break;
  }
  for (std::size_t i = 0; i < width; ++i) out.weight[i] = static_cast<float>(w[i]);
  out.constant = static_cast<float>(w[width]);
  return out;
}

float probability(float log_odds) { return 1 / (1 + std::exp(-log_odds)); }

float log_odds_of(float p) {
  p = std::clamp(p, 6.2e-6F, 1 - 6.2e-6F);
  return std::log(p / (1 - p));
}

} // namespace steward
