// Numbers as they are written and spelled. A reader is asked at one token and answers with the longest numeral that
// begins there.
#pragma once

#include "actors/understanding/entities/source_text.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace steward::entities {

enum class tongue : std::uint8_t { english, spanish, chinese, other };

enum class numeral_shape : std::uint8_t { integer, decimal, fraction, power };

struct numeral {
  std::uint32_t first = 0, last = 0; // tokens, last exclusive
  std::uint32_t begin = 0,
                end = 0; // code points (an end may lie inside a token: "10k" of "10km" is none, "3rd" is an ordinal)
  double value = 0;
  numeral_shape shape = numeral_shape::integer;
  bool spelled = false; // in words
  bool ordinal = false;
  bool vague = false; // 三四十, 两三个: one of two neighbours, the value is the larger
  double scale = 1;   // the last multiplier read: 1e6 for "two million"
};

// Tokens [first, last) in words.
numeral spelled_numeral(const source_text&, std::size_t first, std::size_t last, double value, numeral_shape,
                        double scale = 1);

// Digits with grouping, decimals, powers and suffixes: 1,234.5 (1.234,5 in Spanish), .25, 10k, 1.1^23, 12e-1, 1 4/5.
std::optional<numeral> read_digits(const source_text&, std::size_t token, tongue);
// The same without suffixes, fractions, powers: the plain quantity in front of a unit. `sign`: a minus may lead.
std::optional<numeral> read_plain_digits(const source_text&, std::size_t token, tongue);

std::optional<numeral> read_cardinal_en(const source_text&, std::size_t token);
std::optional<numeral> read_cardinal_es(const source_text&, std::size_t token);
std::optional<numeral> read_cardinal_zh(const source_text&, std::size_t token);
std::optional<numeral> read_ordinal_en(const source_text&, std::size_t token);
std::optional<numeral> read_ordinal_es(const source_text&, std::size_t token);
std::optional<numeral> read_ordinal_zh(const source_text&, std::size_t token);

// Any cardinal, with fractions and signs: what is a number in running text.
std::optional<numeral> read_number(const source_text&, std::size_t token, tongue);
std::optional<numeral> read_ordinal(const source_text&, std::size_t token, tongue);
// All numbers of the text, left to right, not overlapping.
std::vector<numeral> read_numbers(const source_text&, tongue);
std::vector<numeral> read_ordinals(const source_text&, tongue);

// At most 15 significant digits, no trailing zeros: 0.666666666666667, 1E-12.
std::string decimal_text(double value);

tongue tongue_of(std::string_view language);

} // namespace steward::entities
