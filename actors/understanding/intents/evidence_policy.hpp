// Small fits on a few numbers per text: how much each voice counts, how sure a winner is, whether a text belongs here.
// Pure; deterministic.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace steward {

// Log-probabilities in place.
void log_softmax(std::span<float> scores);

// Several voices' log-probabilities for the same texts: voices[v] holds texts x intents.
struct ballots {
  std::size_t texts = 0, intents = 0;
  std::vector<std::vector<float>> voices;
};

// Weights, none below zero, with which the voices' weighted sum gives the truth the greatest likelihood. Texts whose
// truth is `intents` or above are left out. The scale is part of the fit, so the sum is also tempered.
std::vector<float> fit_weights(const ballots& b, std::span<const std::uint32_t> truth);

// How often the likeliest intent of each voice alone is the truth.
std::vector<float> accuracy_alone(const ballots& b, std::span<const std::uint32_t> truth);

// fit_weights' half way to the voice that is right most often alone, with 500 to 4,000 texts. The likelihood lets
// voices that repeat each other count more than they help to be right: half way is better on each set that was tried.
std::vector<float> fit_leaning(const ballots& b, std::span<const std::uint32_t> truth, std::span<const float> alone);

// The weighted sum of text `t`, as log-probabilities.
void weighted(const ballots& b, std::span<const float> weights, std::size_t t, std::span<float> out);

// Logistic regression on standardised features.
struct logistic {
  std::vector<float> mean, inverse_spread, weight;
  float constant = 0;
  float log_odds(std::span<const float> features) const;
};
// `features` holds `width` numbers per case; yes[i] is 1 or 0; both sides count the same when `even`.
logistic fit_logistic(std::span<const float> features, std::size_t width, std::span<const std::uint8_t> yes, bool even,
                      float shrink = 1e-3F);

float probability(float log_odds);
float log_odds_of(float probability); // limited to +-12

} // namespace steward
