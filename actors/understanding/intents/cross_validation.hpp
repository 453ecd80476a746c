// Every example judged by a model that had not seen it. Pure but for the threads of learning.
#pragma once

#include "actors/understanding/intents/intent_model.hpp"

namespace steward {

struct tested_text {
  std::string text;        // as written
  std::uint32_t truth = 0; // an intent's number; the number of intents: a stranger
  std::uint32_t said = 0;
  float confidence = 0; // that `said` is right, given that the text belongs here
  bool outside = false; // taken for a stranger
};

// `raw`: l.texts as written; `raw_strangers` likewise. An intent's only example is never held out, since nothing could
// be learnt of it then.
result<std::vector<tested_text>> cross_validated(const lessons& l, std::span<const std::string> raw,
                                                 const lessons& strangers, std::span<const std::string> raw_strangers,
                                                 std::size_t folds = 5, std::size_t threads = 1);

} // namespace steward
