// Which languages are written in a script: what the letters alone rule out, or settle.
#pragma once

#include <string_view>

namespace steward {

// The one language of those known here that is written in this script (ISO 15924); empty when there are several.
std::string_view language_of_script(std::string_view script);

// Whether a text mostly in `script` can be in `language`. True for scripts that nothing is said about.
bool may_be_written_in(std::string_view language, std::string_view script);

} // namespace steward
