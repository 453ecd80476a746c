// What voices say of texts that they had not learnt: the evidence by which they are weighed.
#pragma once

#include "actors/understanding/intents/intent_model.hpp"

namespace steward {

// `truth` is s.intents for a stranger.
struct held_out {
  std::vector<std::size_t> which;
  std::vector<std::uint32_t> truth;
  said s;
};

struct evidence_of_voices {
  std::vector<held_out> folds, strange;
};

// Fold of each text: every intent's texts are spread evenly.
std::vector<std::size_t> deal(const lessons& l, std::size_t folds, std::uint64_t seed);

// Learns `whole` from everything, and for the evidence others without some of it, on as many threads as there are.
evidence_of_voices learn_held_out(const lessons& l, const std::vector<std::size_t>& fold_of, std::size_t folds,
                                  std::size_t stranger_rounds, const learn_options& options, voices& whole);

} // namespace steward
