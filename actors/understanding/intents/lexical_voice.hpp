// Softmax regression on n-grams: learnt in floats, kept as one byte a weight. The first and cheapest voice.
#pragma once

#include "actors/understanding/intents/ngram_table.hpp"

namespace steward {

struct lexical_settings {
  float rate = 6;         // of the first pass; falls to nothing over the passes
  float shrink = 4e-6F;   // L2 per step, C = 30 for 8,000 texts
  std::size_t passes = 0; // 0: by the number of texts
  std::uint64_t seed = 1;
};

class lexical_voice {
public:
  struct scratch {
    ngram_table::scratch table;
    feature_list features;
  };

  // `texts` are normal_text's; intents are below `intents`. Deterministic for the same input.
  static lexical_voice learn(std::span<const std::string> texts, std::span<const std::uint32_t> intent,
                             std::size_t intents, const lexical_settings& settings = {});

  // Scores (logits) into `out`, of size intents(); returns the coverage.
  float read(std::string_view normal, scratch& s, std::span<float> out) const;

  std::size_t intents() const { return intents_; }
  std::size_t bytes() const { return table_.bytes() + weights_.size() + 4 * (scale_.size() + bias_.size()); }

private:
  ngram_table table_;
  std::size_t intents_ = 0;
  std::vector<std::int8_t> weights_; // rows x intents
  std::vector<float> scale_;         // per row
  std::vector<float> bias_;
};

} // namespace steward
