// The one question that tells near candidates apart: not "which of these articles?" but "which country is it to?".
// Pure.
#pragma once
#include "messages/knowledge.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace steward {

struct tenant_words;

struct narrow_choice {
  std::string label;         // as it is offered
  std::size_t candidate = 0; // what it picks
};

struct narrowing {
  std::string feature;  // what is asked for: a name of narrowing_features.hpp, or "subject"
  std::string question; // one sentence
  std::vector<narrow_choice> choices;
};

/// What separates `candidates` (two or three, best first) and is not in what the customer wrote already. A candidate
/// that the feature says nothing of keeps its title. Where no feature separates the first two, it is what their titles
/// do not share. `words`: the tenant's, in the conversation's language; its `narrow` overrides the questions.
narrowing narrowed(const std::vector<candidate>& candidates, std::string_view message, const tenant_words& words);

/// Where the first two of near candidates are about different places and nothing else parts them, the place that the
/// customer named decides: "do you ship to Norway?" was asked back about "Switzerland, Norway and the United Kingdom"
/// and "other countries in the EU".
void settle_by_place(knowledge_result& found, std::string_view message, const tenant_words& words);

/// The feature's value that a text shows: the strongest, or "" where none or several do. For tests and for choosing.
std::string feature_value(std::string_view feature, std::string_view text, std::string_view language);

} // namespace steward
