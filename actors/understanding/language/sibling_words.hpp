// Words that tell a language from its sibling: what five letters in a row hardly show, since two languages share nearly
// all of them. Data and a count.
#pragma once

#include <string_view>

namespace steward {

// How many words of the text only this one of its siblings has, at most three; 0 for a language without a list. The
// text in lower case between single spaces, one of them in front.
int telling_words(std::string_view language, std::string_view text);

// May the two be taken for one another, so that these words decide?
bool are_siblings(std::string_view, std::string_view);

// How many of these words (between single spaces) stand in the text.
int words_in(std::string_view words, std::string_view text);

} // namespace steward
