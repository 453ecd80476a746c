// Words with two meanings, settled by the rest of the sentence. Pure. A field of life (food, electronics, trading) is
// told by the words that are at home in it; each meaning belongs to some fields, may have words of its own, and may
// show in the grammar: a name is written with a capital, a thing is counted. "Cannot tell" is an answer.
#pragma once

#include "actors/understanding/entities/numeral.hpp"
#include "actors/understanding/entities/source_text.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace steward::entities {

enum class sense_grammar : std::uint8_t { none, name, thing, verb };

struct word_sense {
  const char* name;
  const char* fields; // separated by |
  const char* cues;   // words of this meaning alone, separated by |: they outweigh those of a field
  sense_grammar grammar = sense_grammar::none;
};

struct ambiguous_word {
  const char* forms; // as they are written, separated by |
  std::vector<word_sense> senses;
};

struct field_words {
  const char* field;
  const char* words;
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

// Every word of the text that has several meanings. `profile`: the fields that whoever is spoken to is known for; they
// settle what nothing else does.
std::vector<sense_choice> read_senses(const source_text&, tongue, const std::vector<std::string>& profile);

} // namespace steward::entities
