// How a rule's function is written: p holds the matched symbols, c the context, m the meaning to make.
#pragma once

#include "actors/understanding/entities/time_build.hpp"

#include <cmath>

namespace steward::entities {

// The arguments of every rule's function: the matched symbols, the text and the time that is now, the meaning to make.
using in = const parts&;
using at = const time_context&;
using out = meaning&;

// A whole number between two bounds, not a long run of digits.
inline bool whole_between(const item* i, int low, int high) {
  return i && i->value.n >= low && i->value.n <= high && i->value.n == std::floor(i->value.n) && i->value.digits <= 4;
}

inline int as_int(const item* i) { return static_cast<int>(i->value.n); }

inline std::string_view word_before(const time_context& c, const item* i) {
  return i->first > 0 ? c.text.word(i->first - 1) : std::string_view{};
}

// "0730 hours", "1800h", "at 1745 hours": four digits of a clock, where 1800 hours alone are a length of time.
inline bool military(const time_context& c, const item* n, const item* unit) {
  if (c.lang != tongue::english || unit->value.unit != period::hour || n->last != n->first + 1 ||
      !c.text.digits(n->first))
    return false;
  const auto digits = c.text.word(n->first);
  const auto before = word_before(c, n);
  const bool glued = c.text.glued(unit->first) && c.text.is(unit->first, "h");
  return digits.size() == 4 && n->value.n < 2400 && static_cast<int>(n->value.n) % 100 < 60 &&
         (digits[0] == '0' || glued || before == "at" || before == "@");
}

// A date that names month and day but no year.
inline bool is_month_day(const meaning& m) { return m.month != 0 && m.day != 0 && m.year == 0; }

// A week from Monday.
inline bool is_week(const meaning& m) {
  return m.b[0] - m.a[0] == 7 * day_seconds && weekday_of(m.a[0] / day_seconds) == 1 && !m.no_start && !m.no_end;
}

// A month as a whole, with or without its year.
inline bool is_month(const meaning& m) { return m.month != 0 && m.day == 0 && !m.no_start && !m.no_end; }

inline bool is_whole_year(const meaning& m) {
  return m.year != 0 && m.month == 0 && m.day == 0 && !m.no_start && !m.no_end;
}

} // namespace steward::entities
