// Softmax regression on the encoder's vectors, by L-BFGS on OpenBLAS.
#pragma once

#include "actors/embedder.hpp"

namespace steward {

struct dense_settings {
  double shrink = 1.5e-5;  // L2 on the mean loss; about the best for 300 texts as for 8,000
  std::size_t passes = 50; // at most
};

class dense_voice {
public:
  // A row of `vectors` per text. Deterministic.
  static dense_voice learn(const embeddings& vectors, std::span<const std::uint32_t> intent, std::size_t intents,
                           const dense_settings& settings = {});

  // Scores (logits), a row per row of `vectors`; their number is intents().
  embeddings read(const embeddings& vectors) const;

  std::size_t intents() const { return bias_.size(); }

private:
  embeddings prepared(const embeddings& vectors) const;

  std::vector<float> mean_;
  float scale_ = 1;
  std::vector<float> weights_; // values x intents
  std::vector<float> bias_;
};

} // namespace steward
