// Phrases that say more than the model of words does: threats, urgency, thanks, sarcasm. Read from lexicon_en.tsv and
// lexicon_zh.tsv, which are compiled in.
#pragma once

#include "messages/result.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace steward {

class mood_lexicon {
public:
  enum class matching { words, anywhere }; // Chinese has no spaces: its phrases match anywhere

  // Lines of kind, tab, phrase; "#" begins a comment line. errc::bad_request with the line's number otherwise.
  static result<mood_lexicon> create(std::string_view lines, matching how, const std::string& name);

  // How often phrases of each kind occur in the tokens of a text. A feeling that is denied does not count; a
  // disappointment that is counts as "spared", one whose denial is denied as "not spared" also.
  std::map<std::string, int, std::less<>> hits(const std::vector<std::string>& tokens) const;

private:
  struct phrase {
    std::string kind, words; // words: the tokens' text, joined as hits() joins them
  };
  std::vector<phrase> phrases_;
  matching how_ = matching::words;
};

} // namespace steward
