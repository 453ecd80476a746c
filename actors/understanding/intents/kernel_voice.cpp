#include "actors/understanding/intents/kernel_voice.hpp"

#include "actors/understanding/intents/blas.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <numeric>

namespace steward {
namespace {

constexpr std::size_t block = 512; // rows at a time: memory

// `most` of the places, the same share of every intent.
std::vector<std::size_t> spread(std::span<const std::uint32_t> intent, std::size_t most) {
  std::vector<std::size_t> order(intent.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  if (order.size() <= most) return order;
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return intent[a] < intent[b]; });
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < most; ++i) out.push_back(order[i * order.size() / most]);
  return out;
}

} // namespace

embeddings kernel_voice::prepared(const embeddings& vectors, std::size_t begin, std::size_t count) const {
  const auto d = vectors.dimension;
  embeddings out{d, std::vector<float>(count * d)};
  for (std::size_t r = 0; r < count; ++r) {
    const auto from = vectors.row(begin + r);
    const auto to = out.row(r);
    for (std::size_t i = 0; i < d; ++i) to[i] = from[i] - mean_[i];
    normalise(to);
  }
  return out;
}

std::vector<float> kernel_voice::likeness(const embeddings& prepared) const {
  const auto n = prepared.rows(), m = landmarks_.rows();
  std::vector<float> out(n * m);
  blas::product_with_transposed(prepared.values.data(), landmarks_.values.data(), out.data(), n, prepared.dimension, m);
  bend(out);
  return out;
}

// All powers of the cosine but the zeroth, which would say the same of all texts and cost the solution its figures.
void kernel_voice::bend(std::span<float> cosines) const {
  const auto s = settings_.sharpness, part = 1 / std::expm1(s);
  for (auto& x : cosines) x = part * (std::exp(s * x) - 1);
}

// Only the triangle that is solved is written, so that the system never has the memory of the other half.
bool kernel_voice::solve_whole(std::vector<float>& target) const {
  const auto m = landmarks_.rows(), d = landmarks_.dimension;
  const auto system = std::make_unique_for_overwrite<float[]>(m * m);
  for (std::size_t begin = 0; begin < m; begin += block) {
    const auto end = std::min(begin + block, m);
    blas::product_into(landmarks_.row(begin).data(), landmarks_.values.data(), system.get() + begin * m, end - begin, d,
                       end, m);
    for (auto i = begin; i < end; ++i) {
      bend({system.get() + i * m, i + 1});
      system[i * m + i] += settings_.shrink;
    }
  }
  return blas::solve_positive(system.get(), target.data(), m, intents_);
}

// Every intent's target is 2 on its own examples and 0 on the others, less the mean. With K the likeness of landmarks
// among each other and A that of all examples to them: (K + shrink) w = t where all examples are landmarks, else
// (A'A + shrink K) w = A't.
kernel_voice kernel_voice::learn(const embeddings& vectors, std::span<const std::uint32_t> intent, std::size_t intents,
                                 const kernel_settings& settings) {
  kernel_voice out;
  const auto n = vectors.rows(), d = vectors.dimension;
  out.intents_ = intents, out.settings_ = settings;
  std::vector<double> mean(d, 0);
  for (std::size_t r = 0; r < n; ++r)
    for (std::size_t i = 0; i < d; ++i) mean[i] += vectors.row(r)[i];
  for (auto& x : mean) x /= static_cast<double>(std::max<std::size_t>(n, 1));
  out.mean_.assign(mean.begin(), mean.end());
  const auto chosen = spread(intent, n <= settings.whole ? n : settings.landmarks);
  const auto m = chosen.size();
  out.landmarks_ = {d, std::vector<float>(m * d)};
  for (std::size_t i = 0; i < m; ++i) {
    const auto one = out.prepared(vectors, chosen[i], 1);
    std::copy(one.values.begin(), one.values.end(), out.landmarks_.row(i).begin());
  }
  out.prior_.assign(intents, 0);
  for (const auto k : intent) out.prior_[k] += 2 / static_cast<float>(n);
  std::vector<float> target(intents * m);
  bool solved = true;
  if (m == n) {
    for (std::size_t k = 0; k < intents; ++k) std::fill_n(target.data() + k * m, m, -out.prior_[k]);
    for (std::size_t i = 0; i < m; ++i) target[intent[i] * m + i] += 2;
    solved = out.solve_whole(target);
  } else {
    auto system = out.likeness(out.landmarks_);
    for (auto& x : system) x *= settings.shrink;
    for (std::size_t i = 0; i < m; ++i) system[i * m + i] += 0.01F; // what rounding takes away
    std::vector<float> all(m, 0);
    for (std::size_t begin = 0; begin < n; begin += block) {
      const auto count = std::min(block, n - begin);
      const auto a = out.likeness(out.prepared(vectors, begin, count));
      blas::add_square(a.data(), system.data(), count, m);
      for (std::size_t r = 0; r < count; ++r)
        for (std::size_t i = 0; i < m; ++i)
          target[intent[begin + r] * m + i] += 2 * a[r * m + i], all[i] += a[r * m + i];
    }
    for (std::size_t k = 0; k < intents; ++k)
      for (std::size_t i = 0; i < m; ++i) target[k * m + i] -= out.prior_[k] * all[i];
    solved = blas::solve_positive(system.data(), target.data(), m, intents);
  }
  // It is positive but for rounding; without a solution this voice says nothing, and gets no weight.
  if (!solved) std::fill(target.begin(), target.end(), 0.0F);
  out.weights_ = std::move(target);
  for (auto& w : out.weights_) w *= settings.scale;
  return out;
}

embeddings kernel_voice::read(const embeddings& vectors) const {
  const auto n = vectors.rows(), k = intents_;
  embeddings out{k, std::vector<float>(n * k)};
  for (std::size_t begin = 0; begin < n; begin += block) {
    const auto count = std::min(block, n - begin);
    const auto a = likeness(prepared(vectors, begin, count));
    blas::product_with_transposed(a.data(), weights_.data(), out.values.data() + begin * k, count, landmarks_.rows(),
                                  k);
    for (std::size_t r = begin; r < begin + count; ++r)
      for (std::size_t i = 0; i < k; ++i) out.row(r)[i] += settings_.scale * prior_[i];
  }
  return out;
}

} // namespace steward
