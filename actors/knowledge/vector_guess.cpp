// Ridge regression in its dual form, since there are fewer texts than word pieces: with K the inner products of the
// texts' features and R = (K + ridge)^-1, the texts' weights are R (Y - mean), and what text i would have been given
// without itself is y_i - weights_i / R_ii, exactly. So each labelled question is judged by a guess that never saw it.
#include "actors/knowledge/vector_guess.hpp"

#include <algorithm>
#include <cmath>
#include <set>

// LAPACK and BLAS, which come with OpenBLAS; columns are contiguous.
extern "C" {
void spotrf_(const char* uplo, const int* n, float* a, const int* lda, int* info);
void spotri_(const char* uplo, const int* n, float* a, const int* lda, int* info);
void sgemm_(const char* ta, const char* tb, const int* m, const int* n, const int* k, const float* alpha,
            const float* a, const int* lda, const float* b, const int* ldb, const float* beta, float* c,
            const int* ldc);
void sgemv_(const char* trans, const int* m, const int* n, const float* alpha, const float* a, const int* lda,
            const float* x, const int* incx, const float* beta, float* y, const int* incy);
void ssymm_(const char* side, const char* uplo, const int* m, const int* n, const float* alpha, const float* a,
            const int* lda, const float* b, const int* ldb, const float* beta, float* c, const int* ldc);
}

namespace steward {
namespace {

// Chosen over eight knowledge bases, see README.
constexpr float ridge = 0.1F;
constexpr float share_of_tokens = 0.3F; // of the word pieces against the view

float inverse_frequency(float all, float with) { return std::log(1 + (all - with + 0.5F) / (with + 0.5F)); }

} // namespace

vector_guess vector_guess::fit(std::shared_ptr<const token_embedder> table, std::span<const std::string> documents,
                               const guess_lessons& lessons) {
  vector_guess out;
  out.table_ = std::move(table);
  std::vector<std::uint32_t> in(out.table_->vocabulary());
  for (const auto& document : documents) {
    const auto tokens = out.table_->tokens(document, 2048);
    for (const auto token : std::set<std::int32_t>(tokens.begin(), tokens.end())) ++in[static_cast<std::size_t>(token)];
  }
  out.rarity_.reserve(in.size());
  for (const auto n : in)
    out.rarity_.push_back(std::sqrt(inverse_frequency(static_cast<float>(documents.size()), static_cast<float>(n))));
  const guess_lessons* sources[] = {&lessons};
  out.learn(sources, nullptr);
  return out;
}

vector_guess vector_guess::taught(const guess_lessons& lessons, const guess_lessons& questions,
                                  embeddings& unseen) const {
  vector_guess out;
  out.table_ = table_;
  out.rarity_ = rarity_;
  const guess_lessons* sources[] = {&questions, &lessons};
  out.learn(sources, &unseen);
  return out;
}

void vector_guess::learn(std::span<const guess_lessons* const> sources, embeddings* unseen) {
  struct pupil {
    seen what;
    std::span<const float> row;
  };
  std::vector<pupil> pupils;
  std::vector<std::size_t> place_of_question; // of the first source's texts among the pupils; npos: did not fit
  constexpr auto nowhere = static_cast<std::size_t>(-1);
  if (unseen != nullptr) place_of_question.assign(sources.front()->texts.size(), nowhere);
  for (const auto* source : sources) {
    const auto& texts = source->texts;
    if (source->rows.rows() != texts.size() || texts.empty()) continue;
    const bool questions = unseen != nullptr && source == sources.front();
    // Of many questions some, so that there is room for what the articles say.
    const auto room = questions ? most_texts * 3 / 5 : most_texts - pupils.size();
    const auto step = std::max<std::size_t>(1, (texts.size() + room - 1) / room);
    for (std::size_t i = 0; i < texts.size(); i += step) {
      if (questions) place_of_question[i] = pupils.size();
      pupils.push_back({see(texts[i]), source->rows.row(i)});
    }
  }
  const auto tell_unseen = [&] {
    if (unseen == nullptr) return;
    const auto& texts = sources.front()->texts;
    *unseen = {dimension(), {}};
    unseen->values.resize(texts.size() * unseen->dimension);
    for (std::size_t i = 0; i < texts.size(); ++i)
      if (place_of_question[i] == nowhere) std::ranges::copy((*this)(texts[i]), unseen->row(i).begin());
  };
  if (pupils.empty()) return tell_unseen();

  const auto n = pupils.size(), from = table_->dimension(), to = pupils.front().row.size();
  std::vector<float> in(table_->vocabulary());
  for (const auto& p : pupils)
    for (const auto& [token, weight] : p.what.tokens) ++in[static_cast<std::size_t>(token)];
  token_weight_.clear();
  slot_.assign(in.size(), -1);
  std::int32_t slots = 0;
  for (std::size_t t = 0; t < in.size(); ++t) {
    token_weight_.push_back(inverse_frequency(static_cast<float>(n), in[t]));
    if (in[t] > 0) slot_[t] = slots++;
  }
  for (auto& p : pupils) weigh(p.what);

  // K: views first, then the word pieces by their postings.
  std::vector<float> views(n * from), kernel(n * n);
  for (std::size_t i = 0; i < n; ++i)
    std::ranges::copy(pupils[i].what.view, views.begin() + static_cast<long>(i * from));
  const int in_ = static_cast<int>(n), if_ = static_cast<int>(from), it_ = static_cast<int>(to);
  const float one = 1, zero = 0;
  sgemm_("T", "N", &in_, &in_, &if_, &one, views.data(), &if_, views.data(), &if_, &zero, kernel.data(), &in_);
  std::vector<std::vector<std::pair<std::size_t, float>>> postings(static_cast<std::size_t>(slots));
  for (std::size_t i = 0; i < n; ++i)
    for (const auto& [token, weight] : pupils[i].what.tokens)
      postings[static_cast<std::size_t>(slot_[static_cast<std::size_t>(token)])].emplace_back(i, weight);
  for (const auto& list : postings)
    for (std::size_t a = 0; a < list.size(); ++a)
      for (std::size_t b = a; b < list.size(); ++b) // the lower triangle: row b, column a
        kernel[list[a].first * n + list[b].first] += share_of_tokens * list[a].second * list[b].second;
  for (std::size_t i = 0; i < n; ++i) kernel[i * n + i] += ridge;

  int trouble = 0;
  spotrf_("L", &in_, kernel.data(), &in_, &trouble);
  if (trouble == 0) spotri_("L", &in_, kernel.data(), &in_, &trouble);
  if (trouble != 0) return tell_unseen(); // cannot be: K + ridge is positive definite

  mean_.assign(to, 0);
  for (const auto& p : pupils)
    for (std::size_t d = 0; d < to; ++d) mean_[d] += p.row[d] / static_cast<float>(n);
  std::vector<float> left(to * n), weights(to * n); // a column for each text
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t d = 0; d < to; ++d) left[i * to + d] = pupils[i].row[d] - mean_[d];
  ssymm_("R", "L", &it_, &in_, &one, kernel.data(), &in_, left.data(), &it_, &zero, weights.data(), &it_);

  map_.resize(from * to);
  sgemm_("N", "T", &it_, &if_, &in_, &one, weights.data(), &it_, views.data(), &if_, &zero, map_.data(), &it_);
  token_rows_.assign(static_cast<std::size_t>(slots) * to, 0);
  for (std::size_t i = 0; i < n; ++i)
    for (const auto& [token, weight] : pupils[i].what.tokens) {
      auto* row = token_rows_.data() + static_cast<std::size_t>(slot_[static_cast<std::size_t>(token)]) * to;
      for (std::size_t d = 0; d < to; ++d) row[d] += share_of_tokens * weight * weights[i * to + d];
    }
  tell_unseen();
  for (std::size_t q = 0; q < place_of_question.size(); ++q) {
    const auto i = place_of_question[q];
    if (i == nowhere) continue;
    auto row = unseen->row(q);
    for (std::size_t d = 0; d < to; ++d) row[d] = pupils[i].row[d] - weights[i * to + d] / kernel[i * n + i];
    normalise(row);
  }
}

vector_guess::seen vector_guess::see(std::string_view text) const {
  seen out;
  out.view.resize(table_->dimension());
  for (const auto token : table_->tokens(text, 512)) {
    const auto row = table_->row(token);
    const auto weight = rarity_[static_cast<std::size_t>(token)];
    for (std::size_t d = 0; d < row.size(); ++d) out.view[d] += weight * row[d];
    out.tokens.emplace_back(token, 1.0F);
  }
  normalise(out.view);
  std::ranges::sort(out.tokens);
  const auto twice = std::ranges::unique(out.tokens);
  out.tokens.erase(twice.begin(), twice.end());
  return out;
}

void vector_guess::weigh(seen& s) const {
  float squares = 0;
  for (auto& [token, weight] : s.tokens) {
    weight = token_weight_[static_cast<std::size_t>(token)];
    squares += weight * weight;
  }
  if (squares > 0)
    for (auto& [token, weight] : s.tokens) weight /= std::sqrt(squares);
}

std::vector<float> vector_guess::operator()(std::string_view text) const {
  auto what = see(text);
  if (map_.empty()) return std::move(what.view);
  if (what.tokens.empty()) return std::vector<float>(mean_.size());
  weigh(what);
  return guess(what);
}

std::vector<float> vector_guess::guess(const seen& what) const {
  auto out = mean_;
  const int rows = static_cast<int>(out.size()), columns = static_cast<int>(what.view.size()), step = 1;
  const float one = 1;
  sgemv_("N", &rows, &columns, &one, map_.data(), &rows, what.view.data(), &step, &one, out.data(), &step);
  for (const auto& [token, weight] : what.tokens)
    if (const auto slot = slot_[static_cast<std::size_t>(token)]; slot >= 0) {
      const auto* row = token_rows_.data() + static_cast<std::size_t>(slot) * out.size();
      for (std::size_t c = 0; c < out.size(); ++c) out[c] += weight * row[c];
    }
  normalise(out);
  return out;
}

std::size_t vector_guess::dimension() const { return map_.empty() ? table_->dimension() : mean_.size(); }

} // namespace steward
