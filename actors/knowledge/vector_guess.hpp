// What would the encoder say? A linear map from the static table's view of a text to the encoder's vector, fitted on
// the tenant's own titles and sentences, whose vectors are known. It knows only this knowledge base's corner of the
// language, which is the corner that its customers ask about, and it costs microseconds. Pure; immutable once made.
#pragma once

#include "actors/embedder.hpp"

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace steward {

class vector_guess {
public:
  // `texts` and their encoder rows teach it; `table` outlives it by being shared. With rows == nullptr the guess is the
  // static vector itself, for knowledge bases without an encoder.
  static vector_guess fit(std::shared_ptr<const token_embedder> table, std::span<const std::string> documents,
                          std::span<const std::string> texts, const embeddings* rows);

  // A unit vector in the encoder's space (or the table's, without an encoder); zeros when no token is known.
  std::vector<float> operator()(std::string_view text) const;
  std::size_t dimension() const;

private:
  std::vector<float> view(std::string_view text) const;
  std::shared_ptr<const token_embedder> table_;
  std::vector<float> rarity_; // per token id: square root of the inverse document frequency
  std::vector<float> map_;    // static dimension x encoder dimension, by rows; empty: identity
  std::vector<float> mean_;
};

} // namespace steward
