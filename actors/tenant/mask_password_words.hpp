// What people write around passwords, in the languages that customers use; folded as glyphs are. Pure data.
#pragma once
#include <set>
#include <string>
#include <vector>

namespace steward::password_words {

enum class strength {
  plain,  // "password"
  short_, // "pwd": must stand as a word of its own
  weak,   // "clave", "pin": also an ordinary word, so after "is" the secret must look like one
  phrase, // "passphrase": the secret goes on to the end of the sentence
};

struct keyword {
  std::u32string text;
  strength kind;
};

/// Those that begin with this letter, longer ones first.
const std::vector<keyword>& keywords(char32_t first);
const std::vector<std::u32string>& verbs();           // between keyword and secret; longer ones first
const std::set<std::u32string>& fillers();            // may stand between: "password for my account is"
const std::set<std::u32string>& sentence_words();     // what people say about passwords; never a secret
const std::vector<std::u32string>& sentence_starts(); // the same for scripts without spaces: how the rest begins

} // namespace steward::password_words
