// The words that English numerals are made of, and whole numbers in words: what numeral_en.cpp builds on.
#pragma once

#include "actors/understanding/entities/numeral.hpp"

#include <string_view>
#include <unordered_map>

namespace steward::entities::english {

enum class rank : std::uint8_t { none, unit, teen, ten, hundred, big };

struct number_word {
  rank kind;
  double value;
};

struct count {
  double value = 0;
  std::size_t last = 0;
  double scale = 1;
  bool ordinal = false;
  bool digits = false;
  bool spelled = false;
};

// "seven", "hundred", "million"; null for any other word.
const number_word* cardinal(std::string_view word);
// "seventh", "hundredth".
const number_word* ordinal(std::string_view word);
// "fifths", "halves", "quarters": the denominator of a plural.
const number_word* plural_ordinal(std::string_view word);
// Behind a hyphen that joins words, or i.
std::size_t skip_hyphen(const source_text&, std::size_t i);
// A whole number in words from token i on; `with_ordinal` lets its last word be an ordinal, `stop` is where to end at
// the latest.
std::optional<count> whole(const source_text&, std::size_t i, bool with_ordinal, std::size_t stop);

} // namespace steward::entities::english
