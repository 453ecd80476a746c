#include "actors/embedder.hpp"

#include <algorithm>
#include <cmath>

namespace steward {

void normalise(std::span<float> row) {
  const float length = std::sqrt(dot(row, row));
  if (length < 1e-12F) return;
  for (auto& v : row) v /= length;
}

float dot(std::span<const float> a, std::span<const float> b) {
  // Eight sums side by side, so that the compiler may vectorise without reordering a single one.
  float sums[8] = {};
  const auto n = std::min(a.size(), b.size());
  std::size_t i = 0;
  for (; i + 8 <= n; i += 8)
    for (std::size_t k = 0; k < 8; ++k) sums[k] += a[i + k] * b[i + k];
  float sum = 0;
  for (; i < n; ++i) sum += a[i] * b[i];
  for (const float s : sums) sum += s;
  return sum;
}

} // namespace steward
