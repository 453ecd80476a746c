#include "actors/knowledge/vector_guess.hpp"

#include <algorithm>
#include <cmath>
#include <set>

namespace steward {
namespace {

constexpr float ridge = 0.1F;             // chosen over five knowledge bases, see README
constexpr std::size_t most_texts = 6'000; // more teach little and cost seconds

// Solves A X = B for a positive definite A (n x n), B n x m, in place of B. Cholesky, by rows.
void solve(std::vector<double>& a, std::vector<double>& b, std::size_t n, std::size_t m) {
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      double sum = a[i * n + j];
      for (std::size_t k = 0; k < j; ++k) sum -= a[i * n + k] * a[j * n + k];
      a[i * n + j] = i == j ? std::sqrt(std::max(sum, 1e-12)) : sum / a[j * n + j];
    }
  }
  for (std::size_t i = 0; i < n; ++i) { // L Y = B
    for (std::size_t k = 0; k < i; ++k)
      for (std::size_t c = 0; c < m; ++c) b[i * m + c] -= a[i * n + k] * b[k * m + c];
    for (std::size_t c = 0; c < m; ++c) b[i * m + c] /= a[i * n + i];
  }
  for (std::size_t i = n; i-- > 0;) { // L^T X = Y
    for (std::size_t k = i + 1; k < n; ++k)
      for (std::size_t c = 0; c < m; ++c) b[i * m + c] -= a[k * n + i] * b[k * m + c];
    for (std::size_t c = 0; c < m; ++c) b[i * m + c] /= a[i * n + i];
  }
}

} // namespace

vector_guess vector_guess::fit(std::shared_ptr<const token_embedder> table, std::span<const std::string> documents,
                               std::span<const std::string> texts, const embeddings* rows) {
  vector_guess out;
  out.table_ = std::move(table);
  std::vector<std::uint32_t> in(out.table_->vocabulary());
  for (const auto& document : documents) {
    const auto tokens = out.table_->tokens(document, 2048);
    for (const auto token : std::set<std::int32_t>(tokens.begin(), tokens.end())) ++in[static_cast<std::size_t>(token)];
  }
  const auto all = static_cast<float>(documents.size());
  out.rarity_.reserve(in.size());
  for (const auto n : in) {
    const auto with = static_cast<float>(n);
    out.rarity_.push_back(std::sqrt(std::log(1 + (all - with + 0.5F) / (with + 0.5F))));
  }
  if (rows == nullptr || rows->rows() == 0 || rows->rows() != texts.size()) return out;

  const auto n = out.table_->dimension(), m = rows->dimension;
  out.mean_.assign(m, 0);
  for (std::size_t i = 0; i < rows->rows(); ++i)
    for (std::size_t d = 0; d < m; ++d) out.mean_[d] += rows->row(i)[d];
  for (auto& v : out.mean_) v /= static_cast<float>(rows->rows());
  std::vector<float> left(n * n), right(n * m);
  const auto step = std::max<std::size_t>(1, (texts.size() + most_texts - 1) / most_texts);
  for (std::size_t i = 0; i < texts.size(); i += step) {
    const auto x = out.view(texts[i]);
    const auto y = rows->row(i);
    for (std::size_t r = 0; r < n; ++r) {
      if (x[r] == 0) continue;
      for (std::size_t c = 0; c <= r; ++c) left[r * n + c] += x[r] * x[c];
      for (std::size_t c = 0; c < m; ++c) right[r * m + c] += x[r] * (y[c] - out.mean_[c]);
    }
  }
  std::vector<double> a(left.begin(), left.end()), b(right.begin(), right.end());
  for (std::size_t r = 0; r < n; ++r) a[r * n + r] += ridge;
  solve(a, b, n, m);
  out.map_.assign(b.begin(), b.end());
  return out;
}

std::vector<float> vector_guess::view(std::string_view text) const {
  std::vector<float> sum(table_->dimension());
  for (const auto token : table_->tokens(text, 512)) {
    const auto row = table_->row(token);
    const auto weight = rarity_[static_cast<std::size_t>(token)];
    for (std::size_t d = 0; d < row.size(); ++d) sum[d] += weight * row[d];
  }
  normalise(sum);
  return sum;
}

std::vector<float> vector_guess::operator()(std::string_view text) const {
  auto seen = view(text);
  if (map_.empty()) return seen;
  if (std::all_of(seen.begin(), seen.end(), [](float v) { return v == 0; })) return std::vector<float>(mean_.size());
  auto out = mean_;
  for (std::size_t r = 0; r < seen.size(); ++r) {
    const auto* row = map_.data() + r * out.size();
    for (std::size_t c = 0; c < out.size(); ++c) out[c] += seen[r] * row[c];
  }
  normalise(out);
  return out;
}

std::size_t vector_guess::dimension() const { return map_.empty() ? table_->dimension() : mean_.size(); }

} // namespace steward
