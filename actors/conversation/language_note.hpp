// What a customer is told whose language the tenant does not answer in. Pure.
#pragma once
#include <string>
#include <vector>

namespace steward {

/// "Ich kann hier leider nur auf English, 中文 antworten.", in the customer's own language, in English where we do not
/// have it. `answers_in`: the tenant's languages.
std::string language_note(const std::string& language, const std::vector<std::string>& answers_in);

} // namespace steward
