// Numbers with a unit: money, measures, ages. The tables of a language are apart from the code that reads them.
#pragma once

#include "actors/understanding/entities/numeral.hpp"
#include "actors/understanding/entities/phrase_table.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace steward::entities {

struct unit_word {
  const char* phrases; // spellings, separated by |
  const char* name;    // ISO 4217 for currencies where one is meant, else the English name
  double part = 0;     // of a currency or length: how much of the larger unit it is (cents 0.01), 0 for none
};

// Tables of one language; arrays end with a null phrase.
struct unit_tables {
  const unit_word* money;    // in front of or behind the number
  const unit_word* prefixes; // signs and codes: $, us$, usd
  const unit_word* measures;
  const unit_word* multipliers; // "million" behind a unit: 75 usd million; name holds the factor
  const char* adjectives;       // nations in front of a currency name, | between
};

const unit_tables& units_en();
const unit_tables& units_es();
const unit_tables& units_zh();
const unit_word* currency_codes(); // all languages

struct quantity_span {
  const char* kind; // currency dimension age
  std::uint32_t begin, end;
  bool valued = true;
  double value = 0;
  std::string unit;
};

std::vector<quantity_span> read_money(const source_text&, tongue, const std::vector<numeral>& numbers);
std::vector<quantity_span> read_measures(const source_text&, tongue);
std::vector<quantity_span> read_ages(const source_text&, tongue);

// 20多块, 十几公里, 三十来岁: behind the word for "and some more", or the place itself.
std::size_t behind_more(const source_text&, std::size_t token, tongue);

// The number directly in front of a unit: plain digits glued to letters count too.
std::vector<numeral> numbers_before_units(const source_text&, tongue);

} // namespace steward::entities
