// The tables of units of a language, compiled once; what money and measures share.
#pragma once

#include "actors/understanding/entities/phrase_table.hpp"
#include "actors/understanding/entities/quantity.hpp"

#include <vector>

namespace steward::entities {

struct unit_phrases {
  phrase_table phrases;
  std::vector<unit_word> units;
};

struct lexicon {
  unit_phrases codes, money, measures, multipliers;
  phrase_table adjectives;
};

const lexicon& lexicon_of(tongue);

// What is said behind a unit in its own parts, digit by digit: 一米七五, 1米75, 三块五. Moves `last` behind it.
double decimals_behind(const source_text&, std::size_t& last, std::size_t most, const unit_phrases& measures);

} // namespace steward::entities
