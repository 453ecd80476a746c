// Words with two meanings, settled by the rest of the sentence. Pure. A field of life (food, electronics, trading) is
// told by the words that are at home in it; each meaning belongs to some fields, may have words of its own, and may
// show in the grammar: a name is written with a capital, a thing is counted. "Cannot tell" is an answer.
#pragma once

#include "actors/understanding/entities/numeral.hpp"
#include "actors/understanding/entities/source_text.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace steward::entities {

enum class sense_grammar : std::uint8_t { none, name, thing, verb };

struct word_sense {
  std::string name;
  std::string fields; // separated by |
  std::string cues;   // words of this meaning alone, separated by |: they outweigh those of a field
  sense_grammar grammar = sense_grammar::none;
};

struct ambiguous_word {
  std::string forms; // as they are written, separated by |
  std::vector<word_sense> senses;
};

struct field_words {
  std::string field;
  std::string words;
};

struct sense_language {
  std::vector<field_words> fields;
  std::vector<ambiguous_word> words;
};

const sense_language& senses_english();
const sense_language& senses_spanish();
const sense_language& senses_chinese();

struct sense_choice {
  std::uint32_t begin, end; // code points
  std::string sense;        // empty: cannot tell
  std::vector<std::string> others;
};

// Words of a language, ready to be looked for. Immutable, so free for all threads.
class sense_book {
public:
  // The built-in words of the language, and `own` before them: a word of one's own takes the place of the built-in one
  // that is written alike, and words of a field that is built in are added to it.
  sense_book(sense_language own, tongue);
  ~sense_book();
  // Null where nothing is built in.
  static const sense_book* built_in(tongue);

private:
  friend std::vector<sense_choice> read_senses(const source_text&, tongue, const std::vector<std::string>&,
                                               const sense_book*);
  struct compiled;
  std::unique_ptr<const compiled> it_;
};

// Every word of the text that has several meanings, of the book or, without one, of the built-in ones. `profile`: what
// whoever is spoken to is known for, a field ("electronics") or what a word meant before ("apple/brand"); it settles
// what nothing else does.
std::vector<sense_choice> read_senses(const source_text&, tongue, const std::vector<std::string>& profile,
                                      const sense_book* book = nullptr);

} // namespace steward::entities
