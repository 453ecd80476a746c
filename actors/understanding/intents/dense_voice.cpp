#include "actors/understanding/intents/dense_voice.hpp"

#include "actors/understanding/intents/blas.hpp"
#include "actors/understanding/intents/lbfgs.hpp"

#include <algorithm>
#include <cmath>

namespace steward {

embeddings dense_voice::prepared(const embeddings& vectors) const {
  auto out = vectors;
  for (std::size_t r = 0; r < out.rows(); ++r) {
    const auto row = out.row(r);
    for (std::size_t i = 0; i < row.size(); ++i) row[i] = (row[i] - mean_[i]) * scale_;
  }
  return out;
}

dense_voice dense_voice::learn(const embeddings& vectors, std::span<const std::uint32_t> intent, std::size_t intents,
                               const dense_settings& settings) {
  dense_voice out;
  const auto n = vectors.rows(), d = vectors.dimension;
  std::vector<double> mean(d, 0);
  for (std::size_t r = 0; r < n; ++r)
    for (std::size_t i = 0; i < d; ++i) mean[i] += vectors.row(r)[i];
  for (auto& x : mean) x /= static_cast<double>(std::max<std::size_t>(n, 1));
  out.mean_.assign(mean.begin(), mean.end());
  out.bias_.assign(intents, 0);
  out.weights_.assign(d * intents, 0);
  if (n == 0) return out;
  // Rows of about length 1 whatever the encoder, so that `shrink` means the same for all.
  double spread = 0;
  for (std::size_t r = 0; r < n; ++r)
    for (std::size_t i = 0; i < d; ++i) spread += std::pow(vectors.row(r)[i] - mean[i], 2);
  out.scale_ = static_cast<float>(1 / std::sqrt(std::max(spread / static_cast<double>(n), 1e-12)));
  const auto x = out.prepared(vectors);
  const auto shrink = settings.shrink;
  std::vector<float> z(n * intents);
  // The weights and, behind them, the bias.
  const auto cost = [&](const std::vector<float>& w, std::vector<float>& gradient) {
    const auto* bias = w.data() + d * intents;
    blas::product(x.values.data(), w.data(), z.data(), n, d, intents);
    double loss = 0;
    for (std::size_t r = 0; r < n; ++r) {
      auto* row = z.data() + r * intents;
      float most = -1e30F;
      for (std::size_t k = 0; k < intents; ++k) row[k] += bias[k], most = std::max(most, row[k]);
      const auto own = row[intent[r]];
      float sum = 0;
      for (std::size_t k = 0; k < intents; ++k) row[k] = std::exp(row[k] - most), sum += row[k];
      loss += std::log(sum) + most - own;
      const auto part = 1 / (sum * static_cast<float>(n));
      for (std::size_t k = 0; k < intents; ++k) row[k] *= part;
      row[intent[r]] -= 1 / static_cast<float>(n);
    }
    loss /= static_cast<double>(n);
    blas::product_of_transposed(x.values.data(), z.data(), gradient.data(), n, d, intents);
    double square = 0;
    for (std::size_t i = 0; i < d * intents; ++i) {
      square += static_cast<double>(w[i]) * w[i];
      gradient[i] += static_cast<float>(shrink) * w[i];
    }
    auto* of_bias = gradient.data() + d * intents;
    std::fill_n(of_bias, intents, 0.0F);
    for (std::size_t r = 0; r < n; ++r)
      for (std::size_t k = 0; k < intents; ++k) of_bias[k] += z[r * intents + k];
    return loss + 0.5 * shrink * square;
  };
  auto w = minimise((d + 1) * intents, settings.passes, cost);
  out.bias_.assign(w.begin() + static_cast<std::ptrdiff_t>(d * intents), w.end());
  w.resize(d * intents);
  out.weights_ = std::move(w);
  return out;
}

embeddings dense_voice::read(const embeddings& vectors) const {
  const auto x = prepared(vectors);
  const auto n = x.rows(), k = intents();
  embeddings out{k, std::vector<float>(n * k)};
  blas::product(x.values.data(), weights_.data(), out.values.data(), n, x.dimension, k);
  for (std::size_t r = 0; r < n; ++r)
    for (std::size_t i = 0; i < k; ++i) out.row(r)[i] += bias_[i];
  return out;
}

} // namespace steward
