// What is answered to a message that is no question: hello, thanks, bye; and which of them want a person. Tables. Pure.
#pragma once
#include "actors/tenant/tenant_config.hpp"
#include "messages/understanding.hpp"

#include <string>

namespace steward {

/// The built-in intent that the message is as a whole, or empty.
std::string built_in_of(const understood_message&);
/// The reply; empty where the intent has none of its own.
std::string small_talk(const std::string& intent, const tenant_words&);
/// Why this intent needs a person (a reason of handover_policy.hpp); null where it does not.
const char* person_for(const std::string& intent);

} // namespace steward
