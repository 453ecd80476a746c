// What would the encoder say? A linear map to the encoder's space from what costs microseconds: the static table's view
// of a text, and which word pieces stand in it. Fitted on texts of the tenant whose vectors are known anyway: titles,
// sentences, and the labelled questions. It knows only this knowledge base's corner of the language, which is the
// corner that its customers ask about. Pure; immutable once made.
#pragma once

#include "actors/embedder.hpp"

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace steward {

// Texts and what the encoder says of them.
struct guess_lessons {
  std::vector<std::string> texts;
  embeddings rows;
};

class vector_guess {
public:
  // `documents` tell which tokens are rare; `table` outlives the guess by being shared. Without lessons the guess is
  // the static vector itself, for knowledge bases without an encoder.
  static vector_guess fit(std::shared_ptr<const token_embedder> table, std::span<const std::string> documents,
                          const guess_lessons& lessons);

  // The same table, taught by `lessons` and by `questions`, which count first when there are too many texts. `unseen`
  // becomes, for each question, what would have been guessed had it not been among them. A text must not stand twice
  // among the questions, or it teaches what is said of its twin.
  vector_guess taught(const guess_lessons& lessons, const guess_lessons& questions, embeddings& unseen) const;

  // A unit vector in the encoder's space (or the table's, without an encoder); zeros when no token is known.
  std::vector<float> operator()(std::string_view text) const;
  std::size_t dimension() const;

  // At most so many texts teach; more teach little, and the time grows with the cube: 2,000 take about a second.
  static constexpr std::size_t most_texts = 2'000;

private:
  struct seen {
    std::vector<float> view;                            // mean of the table's rows, by rarity, of length 1
    std::vector<std::pair<std::int32_t, float>> tokens; // each once, with its weight; of length 1
  };
  seen see(std::string_view text) const;
  void weigh(seen&) const;
  void learn(std::span<const guess_lessons* const> sources, embeddings* unseen);
  std::vector<float> guess(const seen&) const;

  std::shared_ptr<const token_embedder> table_;
  std::vector<float> rarity_;       // per token id: square root of the inverse document frequency
  std::vector<float> token_weight_; // per token id: inverse frequency among the lessons
  std::vector<std::int32_t> slot_;  // per token id: row of token_rows_, or -1
  std::vector<float> map_;          // static dimension x encoder dimension, by rows; empty: identity
  std::vector<float> token_rows_;   // encoder dimension each
  std::vector<float> mean_;
};

} // namespace steward
