// What a customer says to a question back. Pure.
#pragma once
#include "actors/conversation/conversation_events.hpp"

#include <string_view>
#include <vector>

namespace steward {

/// Which of the offered choices a text picks: by its number ("2", "no, the second"), by its label, or by words that
/// only one label has; nothing: -1.
int picked_choice(std::string_view text, const std::vector<offered_choice>&);

/// Right after one was picked, which other of them is meant after all: "no, the second", of two "the other one".
/// A number alone is an amount there, "no, 2" is not; nothing: -1. `answered`: the pick that was answered.
int picked_after_all(std::string_view text, const std::vector<offered_choice>& former, std::string_view answered);

/// Is it too short to be a question of its own? Then it goes on with the one before: "to Norway", "by card".
bool goes_on(std::string_view text);

/// Does it ask on about what was just answered? "And on Monday?", "how much?", "what about Norway?"
bool follows_up(std::string_view text);

/// Folded, and without the sentence's end.
std::string folded_sentence(std::string_view);

} // namespace steward
