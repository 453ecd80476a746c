// In which language a message is written, and in which one its conversation is held.
#pragma once

#include "actors/understanding/language/byte_automaton.hpp"
#include "actors/understanding/language/ngram_table.hpp"
#include "actors/understanding/language/sibling_table.hpp"
#include "messages/result.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace steward {

// ISO 639-1, or 639-3 where there is none; "und" for a text without letters.
struct language_guess {
  std::string language = "und";
  double confidence = 0; // 0 to 1
  std::string second;    // the next likely one; empty when there is none
  double second_confidence = 0;
  std::size_t letters = 0; // the evidence: letters that were read
  std::string script;      // ISO 15924
};

class language_identifier {
public:
  // `automaton` is the file that scripts/setup makes of py3langid; empty or missing: the program's own table answers
  // alone, for 77 languages and some more by their script. errc::corrupt when that file or the built-in table is.
  static result<language_identifier> create(const std::filesystem::path& automaton);
  static result<language_identifier> create(ngram_table own, sibling_table siblings,
                                            std::optional<byte_automaton> automaton);

  // Reads the first 4,000 characters. Immutable, so free for all threads.
  language_guess identify(std::string_view text) const;

  bool has_automaton() const { return automaton_.has_value(); }

private:
  struct label {
    std::string name;
    int own = -1; // the table's class for it or for its nearest of kin, -1: none
    bool in_table = false;
    std::vector<int> automaton;
    double prior = 0;
    std::uint32_t scripts = 0;
  };

  language_identifier(ngram_table own, sibling_table siblings, std::optional<byte_automaton> automaton);
  void add_automaton();
  label& place(const std::string& name); // made where there is none

  ngram_table own_;
  sibling_table siblings_;
  std::optional<byte_automaton> automaton_;
  std::vector<label> labels_;
};

// The built-in table.
result<ngram_table> built_in_languages();

// The language to answer in after a message: `previous` (empty at the start) stays unless the message is evidence
// enough against it, so that "ok", a number, a name or a smile change nothing.
std::string settle_language(const std::string& previous, const language_guess& guess);

} // namespace steward
