#include "actors/understanding/intents/neighbour_voice.hpp"

#include "actors/understanding/intents/blas.hpp"

#include <algorithm>
#include <cmath>

namespace steward {
namespace {

void to_unit_length(std::span<float> row) {
  float square = 0;
  for (const auto x : row) square += x * x;
  if (square <= 0) return;
  const auto scale = 1 / std::sqrt(square);
  for (auto& x : row) x *= scale;
}

} // namespace

embeddings neighbour_voice::turned(const embeddings& vectors) const {
  const auto d = dimension_, n = vectors.rows();
  embeddings centred{d, std::vector<float>(n * d)}, out = centred;
  for (std::size_t r = 0; r < n; ++r)
    for (std::size_t i = 0; i < d; ++i) centred.row(r)[i] = vectors.row(r)[i] - mean_[i];
  blas::product_with_transposed(centred.values.data(), turn_.data(), out.values.data(), n, d, d);
  for (std::size_t r = 0; r < n; ++r) to_unit_length(out.row(r));
  return out;
}

neighbour_voice neighbour_voice::learn(const embeddings& vectors, std::size_t dimension,
                                       std::span<const std::uint32_t> intent, std::size_t intents,
                                       const embeddings& names, const neighbour_settings& settings) {
  neighbour_voice out;
  const auto n = vectors.rows(), d = std::min(dimension, vectors.dimension);
  out.dimension_ = d, out.intents_ = intents, out.settings_ = settings;
  out.intent_.assign(intent.begin(), intent.end());
  out.mean_.assign(d, 0);
  std::vector<float> means(intents * d, 0), count(intents, 0);
  for (std::size_t r = 0; r < n; ++r) {
    count[intent[r]] += 1;
    for (std::size_t i = 0; i < d; ++i) {
      out.mean_[i] += vectors.row(r)[i] / static_cast<float>(n);
      means[intent[r] * d + i] += vectors.row(r)[i];
    }
  }
  for (std::size_t k = 0; k < intents; ++k)
    for (std::size_t i = 0; i < d; ++i) means[k * d + i] /= std::max(count[k], 1.0F);
  std::vector<float> rest(n * d), scatter(d * d, 0);
  for (std::size_t r = 0; r < n; ++r)
    for (std::size_t i = 0; i < d; ++i) rest[r * d + i] = vectors.row(r)[i] - means[intent[r] * d + i];
  blas::product_of_transposed(rest.data(), rest.data(), scatter.data(), n, d, d);
  float trace = 0;
  for (std::size_t i = 0; i < d; ++i) trace += scatter[i * d + i];
  const auto even = std::max(trace / static_cast<float>(std::max<std::size_t>(d, 1)), 1e-9F);
  for (auto& x : scatter) x *= (1 - settings.round) / even;
  for (std::size_t i = 0; i < d; ++i) scatter[i * d + i] += settings.round;
  // Without scatter (one example for each intent, say) nothing is turned.
  if (!blas::invert_root(scatter.data(), d)) {
    std::fill(scatter.begin(), scatter.end(), 0.0F);
    for (std::size_t i = 0; i < d; ++i) scatter[i * d + i] = 1;
  }
  out.turn_ = std::move(scatter);
  out.examples_ = out.turned(vectors);
  out.names_ = out.turned(names);
  return out;
}

void neighbour_voice::add(const embeddings& vectors, std::span<const std::uint32_t> intent) {
  const auto more = turned(vectors);
  examples_.values.insert(examples_.values.end(), more.values.begin(), more.values.end());
  intent_.insert(intent_.end(), intent.begin(), intent.end());
}

neighbour_voice::answers neighbour_voice::read(const embeddings& vectors) const {
  const auto n = vectors.rows(), m = examples_.rows();
  answers found{{intents_, std::vector<float>(n * intents_)},
                {intents_, std::vector<float>(n * intents_)},
                std::vector<float>(n, -1)};
  const auto x = turned(vectors);
  if (names_.rows() == intents_)
    blas::product_with_transposed(x.values.data(), names_.values.data(), found.names.values.data(), n, dimension_,
                                  intents_);
  for (auto& c : found.names.values) c *= 10;
  constexpr std::size_t block = 256;
  std::vector<float> cosine(block * m);
  for (std::size_t begin = 0; begin < n; begin += block) {
    const auto count = std::min(block, n - begin);
    blas::product_with_transposed(x.values.data() + begin * dimension_, examples_.values.data(), cosine.data(), count,
                                  dimension_, m);
    for (std::size_t r = 0; r < count; ++r) {
      const auto row = found.scores.row(begin + r);
      auto& nearest = found.nearest[begin + r];
      for (std::size_t e = 0; e < m; ++e) {
        const auto c = cosine[r * m + e];
        nearest = std::max(nearest, c);
        row[intent_[e]] += std::exp(settings_.sharpness * (c - 1));
      }
      for (auto& s : row) s = std::log(s + 1e-9F);
    }
  }
  return found;
}

} // namespace steward
