// Other ways to write the same: typos, politeness, impatience, exchanged words. Pure; the same seed gives the same
// text.
#pragma once
#include <cstdint>
#include <random>
#include <string>
#include <string_view>

namespace steward {

enum class manner { plain, typos, polite, impatient, reworded };
inline constexpr manner all_manners[] = {manner::plain, manner::typos, manner::polite, manner::impatient,
                                         manner::reworded};
std::string_view to_string(manner);

/// A random number below `n` that every standard library draws alike; n > 0.
std::size_t drawn(std::mt19937_64&, std::size_t n);

/// `text` as somebody of this manner would have written it. Languages that are not known change in case and marks only.
std::string worded(std::string_view text, std::string_view language, manner, std::mt19937_64&);

/// "Actually, forget that. " in the language, or "".
std::string change_of_mind(std::string_view language, std::mt19937_64&);

} // namespace steward
