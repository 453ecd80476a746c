// How good understanding was, from what was understood and what was right. Pure.
#pragma once

#include "actors/understanding/intents/intent_model.hpp"

namespace steward {

struct judged {
  understood u;
  std::uint32_t truth = 0; // an intent's number; `intents` or above for one that was never learnt
  float threshold = 0;     // of u.belongs, from the training texts
};

struct intent_score {
  double accuracy = 0, macro_f1 = 0;
  double calibration_error = 0;     // expected, over bins of equal mass
  double calibration_by_chance = 0; // what that is on average where every confidence is right: few texts fill no bin
  double encoder_share = 0;
  double in_scope_kept = 0; // share of the texts at or above their threshold
};

// Macro-F1 is over the intents that stand in the truth.
intent_score score_of(std::span<const judged> all, std::size_t bins = 15);

} // namespace steward
