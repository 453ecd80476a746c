// What every tenant understands without an example of its own: a person, yes, no, thanks, hello, bye, stop, repeat,
// complaint, forget me. Whole messages, near-exact, in fourteen languages. Pure.
#pragma once
#include <string>
#include <string_view>

namespace steward {

/// The intent's name, or empty. Case, width, accents of emphasis (elongation), punctuation and one slip of the keyboard
/// in a longer message do not matter; a message that says more than that is none of these.
std::string_view built_in_intent(std::string_view text);

} // namespace steward
