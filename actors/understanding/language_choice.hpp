// Which language a conversation goes on in, and in which of the tenant's it is answered. Pure.
#pragma once
#include "actors/understanding/language/language_identifier.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace steward {

struct language_choice {
  std::string language; // the customer's; may be one that the tenant does not answer in
  std::string served;   // of the tenant's languages, that in which articles are searched; empty: it has none
};

/// `before`: the conversation's language so far, which a text without evidence does not change. A language that is not
/// the tenant's is only believed on good evidence: a wrong guess there costs an answer.
language_choice choose_language(std::string_view text, const language_guess&, const std::string& before,
                                const std::vector<std::string>& languages);

} // namespace steward
