// What is left of a text when its language is asked for: letters and their marks, in lower case.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace steward {

struct letters_of_text {
  std::string text;          // NFC, lower case, words parted and framed by one space, digits as one 0; UTF-8
  std::string raw;           // NFC as written, without addresses; what byte models read
  std::size_t letters = 0;   // code points that are letters
  std::string script;        // ISO 15924 of most letters ("Latn"); empty without letters
  std::size_t of_script = 0; // letters of it
  std::size_t kana = 0, han = 0;
};

// Reads at most the first 4,000 code points; web and mail addresses, mentions and broken UTF-8 are left out.
letters_of_text letters_in(std::string_view text);

} // namespace steward
