#include "actors/understanding/intents/lexical_voice.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

// One build for the processors of the last ten years, one for the rest; chosen at start.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__)
#define STEWARD_CLONES __attribute__((target_clones("arch=haswell", "default"), optimize("O3,fast-math")))
#else
#define STEWARD_CLONES
#endif

namespace steward {
namespace {

constexpr float ruled_out = 2e-4F; // of a probability

STEWARD_CLONES void add_scaled(float* to, const float* from, float by, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) to[i] += by * from[i];
}

STEWARD_CLONES void add_scaled(float* to, const std::int8_t* from, float by, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) to[i] += by * static_cast<float>(from[i]);
}

void softmax(std::span<float> z) {
  const auto most = *std::max_element(z.begin(), z.end());
  float sum = 0;
  for (auto& x : z) x = std::exp(x - most), sum += x;
  for (auto& x : z) x /= sum;
}

} // namespace

// Stochastic gradient descent, one text a step. The weights are `scale` times what is stored, so that shrinking all of
// them is one multiplication.
lexical_voice lexical_voice::learn(std::span<const std::string> texts, std::span<const std::uint32_t> intent,
                                   std::size_t intents, const lexical_settings& settings) {
  lexical_voice out;
  out.table_ = ngram_table::learn(texts);
  out.intents_ = intents;
  out.bias_.assign(intents, 0);
  const auto rows = out.table_.rows();
  std::vector<float> w(rows * intents, 0);
  ngram_table::scratch s;
  std::vector<std::vector<feature>> features(texts.size());
  for (std::size_t t = 0; t < texts.size(); ++t) {
    feature_list list;
    out.table_.read(texts[t], s, list);
    features[t] = std::move(list.known);
  }
  const auto n = texts.size();
  const auto passes =
      settings.passes != 0 ? settings.passes : std::clamp<std::size_t>(n == 0 ? 0 : 150'000 / n, 12, 60);
  std::vector<std::size_t> order(n);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::mt19937_64 random(settings.seed);
  std::vector<float> z(intents);
  std::vector<std::uint32_t> telling(intents);
  double scale = 1;
  const double steps = static_cast<double>(passes * n);
  double step = 0;
  for (std::size_t pass = 0; pass < passes; ++pass) {
    std::shuffle(order.begin(), order.end(), random);
    for (const auto t : order) {
      const auto rate = settings.rate * static_cast<float>(1 - step++ / steps);
      std::copy(out.bias_.begin(), out.bias_.end(), z.begin());
      for (const auto& f : features[t])
        add_scaled(z.data(), w.data() + f.row * intents, f.value * static_cast<float>(scale), intents);
      softmax(z);
      z[intent[t]] -= 1;
      scale *= 1 - static_cast<double>(rate * settings.shrink);
      // Most intents are as good as ruled out after a few passes, and teach nothing more.
      std::size_t some = 0;
      for (std::size_t k = 0; k < intents; ++k)
        if (std::fabs(z[k]) > ruled_out) telling[some++] = static_cast<std::uint32_t>(k);
      const bool few = some < intents / 6;
      for (const auto& f : features[t]) {
        auto* row = w.data() + f.row * intents;
        const auto by = -rate * f.value / static_cast<float>(scale);
        if (!few) {
          add_scaled(row, z.data(), by, intents);
          continue;
        }
        for (std::size_t i = 0; i < some; ++i) row[telling[i]] += by * z[telling[i]];
      }
      for (std::size_t k = 0; k < intents; ++k) out.bias_[k] -= 0.02F * rate * z[k];
      if (scale < 1e-3) {
        for (auto& x : w) x *= static_cast<float>(scale);
        scale = 1;
      }
    }
  }
  out.weights_.resize(rows * intents);
  out.scale_.resize(rows);
  for (std::size_t r = 0; r < rows; ++r) {
    const auto row = std::span(w).subspan(r * intents, intents);
    float most = 1e-12F;
    for (const auto x : row) most = std::max(most, std::fabs(x));
    out.scale_[r] = most / 127 * static_cast<float>(scale);
    for (std::size_t k = 0; k < intents; ++k)
      out.weights_[r * intents + k] = static_cast<std::int8_t>(std::lround(row[k] / most * 127));
  }
  return out;
}

float lexical_voice::read(std::string_view normal, scratch& s, std::span<float> out) const {
  table_.read(normal, s.table, s.features);
  std::copy(bias_.begin(), bias_.end(), out.begin());
  for (const auto& f : s.features.known)
    add_scaled(out.data(), weights_.data() + f.row * intents_, f.value * scale_[f.row], intents_);
  return s.features.coverage;
}

} // namespace steward
