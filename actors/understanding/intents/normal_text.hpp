// One spelling for what readers take for the same. Pure; any number of threads.
#pragma once

#include <string>
#include <string_view>

namespace steward {

// UTF-8 in, UTF-8 out: Unicode's NFKC_Casefold (full and half width, ligatures, case; zero-width and other invisible
// characters go), control characters become blanks, the same character more than three times in a row is cut to three
// ("sooooo" is "sooo", which still tells it from "so"), blanks are single and none stands at the ends. Emoji stay. Bad
// UTF-8 becomes U+FFFD. Looks at no more than `most` bytes of the text.
std::string normal_text(std::string_view text, std::size_t most = 4096);

// The share of letters that are Chinese, Japanese or Korean, 0 to 1; 0 without letters.
double cjk_share(std::string_view text);

} // namespace steward
