// How upset a customer is, over the conversation, and which words that calls for. Tables. Pure.
#pragma once
#include "actors/tenant/tenant_config.hpp"
#include "messages/understanding.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace steward {

/// Stands in events as its number; the worse, the lower.
enum class temper : int { calm = 0, anxious = -1, let_down = -2, angry = -3, threatens = -4 };
std::string_view to_string(temper); // "calm", "anxious", "disappointed", "angry", "threatens to leave or go public"

/// Of one message. `folded`: its text; a few words of anger count in languages whose mood is not read.
temper temper_of(const read_mood&, std::string_view folded);

/// A customer who was upset before and is so again, or is now more than before. `before`: oldest first.
bool gets_worse(const std::vector<int>& before, temper now);

/// A sentence before the reply: of comfort, of reassurance, or none.
const std::string& gentle_words(const tenant_words&, temper);

/// -1 where an unmistakable word of anger stands in the folded text, else 0: English, Chinese, Spanish.
int mood_by_words(std::string_view folded);

} // namespace steward
