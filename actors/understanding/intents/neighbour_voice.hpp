// The learnt examples that lie nearest, in the space where examples of one intent scatter alike in all directions (the
// vectors are multiplied with the inverse root of the scatter within intents, so that what varies among
// examples of one intent does not count as distance).
#pragma once

#include "actors/embedder.hpp"

namespace steward {

struct neighbour_settings {
  float sharpness = 20; // of the weight exp(sharpness * cosine) that each neighbour has
  float round = 0.8F;   // share of a round scatter mixed in, so that few examples do not mislead
};

class neighbour_voice {
public:
  // Uses the first `dimension` values of each row. `names` holds the vectors of the intents' names, or no row.
  static neighbour_voice learn(const embeddings& vectors, std::size_t dimension, std::span<const std::uint32_t> intent,
                               std::size_t intents, const embeddings& names, const neighbour_settings& settings = {});

  // More examples, which are neighbours from now on; the space stays as it was learnt.
  void add(const embeddings& vectors, std::span<const std::uint32_t> intent);

  struct answers {
    embeddings scores;          // logs of weights, a row per text
    embeddings names;           // cosines with the intents' names, times ten
    std::vector<float> nearest; // cosine of the nearest example
  };
  answers read(const embeddings& vectors) const;

private:
  embeddings turned(const embeddings& vectors) const;

  std::size_t dimension_ = 0, intents_ = 0;
  neighbour_settings settings_;
  std::vector<float> mean_, turn_;
  embeddings examples_, names_;
  std::vector<std::uint32_t> intent_;
};

} // namespace steward
