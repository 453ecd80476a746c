// What is answered to a message that is no question: hello, thanks, yes, never mind; and which of them want a person.
// Tables. Pure.
#pragma once
#include "actors/conversation/answer_policy.hpp"
#include "actors/tenant/tenant_config.hpp"
#include "messages/understanding.hpp"

#include <string>

namespace steward {

/// What stands before it: choices that the customer was asked about, or something else.
enum class talk_after { anything, choice };

/// The built-in intent that the message is as a whole, or empty.
std::string built_in_of(const understood_message&);
/// The reply; empty where the intent has none of its own, as has a "no" to choices in a language that we have no words
/// in for it: the tenant's "I do not know" does, and a person after some.
std::string small_talk(const std::string& intent, const tenant_words&, talk_after);
/// Is it of those that say nothing of a mood, however they sound alone?
bool is_talk(const std::string& intent);
/// What it says to choices that were offered.
short_word short_word_of(const std::string& intent);
/// Why this intent needs a person (a reason of handover_policy.hpp); null where it does not.
const char* person_for(const std::string& intent);

} // namespace steward
