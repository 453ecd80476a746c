// Kernel ridge regression on the encoder's vectors: what an intent scores is a smooth function over the whole space, so
// that examples teach their surroundings. Closed form, by Cholesky on OpenBLAS.
#pragma once

#include "actors/embedder.hpp"

namespace steward {

// Chosen on Banking77 (all examples, and ten each) and CLINC150; flat around these.
struct kernel_settings {
  float sharpness = 2;          // of the likeness, which is 1 for a vector with itself and 0 for one at a right angle
  float shrink = 0.1F;          // added to the diagonal
  float scale = 6;              // from a score between -1 and 1 to a logit
  std::size_t whole = 10240;    // up to so many examples all of them are landmarks: 210 MB while it is learnt
  std::size_t landmarks = 4096; // of more, so many stand for all (Nyström)
};

class kernel_voice {
public:
  // A row of `vectors` per text. Deterministic.
  static kernel_voice learn(const embeddings& vectors, std::span<const std::uint32_t> intent, std::size_t intents,
                            const kernel_settings& settings = {});

  // Scores (logits), a row per row of `vectors`; their number is intents().
  embeddings read(const embeddings& vectors) const;

  std::size_t intents() const { return intents_; }

private:
  embeddings prepared(const embeddings& vectors, std::size_t begin, std::size_t count) const;
  std::vector<float> likeness(const embeddings& prepared) const; // to each landmark
  void bend(std::span<float> cosines) const;
  bool solve_whole(std::vector<float>& target) const;

  std::size_t intents_ = 0;
  kernel_settings settings_;
  std::vector<float> mean_, prior_;
  embeddings landmarks_;       // centred, of length 1
  std::vector<float> weights_; // intents x landmarks
};

} // namespace steward
