// Which of a tenant's languages a text is in, from its script and its smallest words. Pure. A guess for choosing an
// index; what is said in which language is understanding's business.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace steward {

/// `before`: the conversation's language so far, which a text without evidence does not change. Empty `languages`: "".
std::string guess_language(std::string_view text, const std::vector<std::string>& languages, const std::string& before);

} // namespace steward
