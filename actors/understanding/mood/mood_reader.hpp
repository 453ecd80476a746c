// Reads the mood of a message: a linear model of its words, phrases of our own, and the sentence encoder where the
// words leave it open.
#pragma once

#include "actors/understanding/language/ngram_table.hpp"
#include "actors/understanding/mood/mood.hpp"
#include "actors/understanding/mood/mood_head.hpp"
#include "actors/understanding/mood/mood_lexicon.hpp"
#include "messages/result.hpp"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace steward {

// The unit vector of a text by the sentence encoder of its language; empty when there is none.
using encode_text = std::function<std::vector<float>(std::string_view text)>;

class mood_reader {
public:
  // From what is compiled in. errc::corrupt when that is damaged.
  static result<mood_reader> create();

  // `language` as language_identifier tells it. English and Chinese are known, others give a mood that is not `known`.
  // `encode` (may be empty) is asked only when the words alone are unsure. Reads the first 16,000 bytes. Immutable, so
  // free for all threads as far as `encode` is.
  mood read(std::string_view text, std::string_view language, const encode_text& encode = {}) const;

private:
  struct voice {
    ngram_table words;
    mood_head head;
    mood_lexicon phrases;
  };
  std::map<std::string, std::shared_ptr<const voice>, std::less<>> voices_;
};

} // namespace steward
