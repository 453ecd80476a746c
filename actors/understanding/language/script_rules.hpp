// Which languages are written in a script: what the letters alone rule out, or settle.
#pragma once

#include <cstdint>
#include <string_view>

namespace steward {

// The one language of those known here that is written in this script (ISO 15924); empty when there are several.
std::string_view language_of_script(std::string_view script);

// The same for many texts: a language's scripts and a script as bits. A script that nothing is said about has none.
std::uint32_t scripts_of(std::string_view language);
std::uint32_t script_bit(std::string_view script);

// Whether a text mostly in `script` can be in `language`. True for scripts that nothing is said about.
bool may_be_written_in(std::string_view language, std::string_view script);

} // namespace steward
