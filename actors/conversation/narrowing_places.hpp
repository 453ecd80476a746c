// Countries that a text names, in the words of any language that ICU knows.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace steward {

/// In the order in which they stand, as the language writes them; the European Union counts as one.
std::vector<std::string> places_in(const std::string& folded, std::string_view language);

} // namespace steward
