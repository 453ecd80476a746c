// The grammar of dates and times: symbols, rules over symbols, and a chart that applies them to the tokens of a text.
// Words of a language become symbols by a table (time_words_*.cpp); the rules (time_rules_*.cpp) are shared where the
// order of words is. The chart is filled from the last token to the first, so what stands to the right of a symbol is
// complete when it is asked.
#pragma once

#include "actors/understanding/entities/numeral.hpp"
#include "actors/understanding/entities/phrase_table.hpp"
#include "actors/understanding/entities/source_text.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace steward::entities {

// Names as used in rules are these, see symbol_named.
enum class sym : std::uint8_t {
  num,
  ord,
  unit,
  month,
  wday,
  rel,
  ago,
  later,
  dayword,
  year,
  time,
  part,
  date,
  drange,
  dur,
  dt,
  dtrange,
  trange,
  set,
  season,
  hday,
  before,
  after,
  since,
  until,
  from,
  to,
  between,
  both,
  every,
  at,
  on,
  of,
  in,
  the,
  comma,
  dash,
  slash,
  around,
  edge,
  late,
  now,
  lasting,
  more,
  oclock,
  piece,
  ampm,
  past,
  till,
  some,
  orlater,
  once,
  dayof,
  weekend,
  quarter,
  half,
  article,
  fiscal,
  open,
  close,
  within,
  plural,
  zone,
  rest,
  count_
};

enum class period : std::uint8_t {
  second,
  minute,
  hour,
  day,
  business_day,
  week,
  weekend,
  fortnight,
  month,
  quarter,
  year,
  decade,
  century,
  half_year
};

// What a symbol means. Times are seconds since 1970 (or since midnight for a bare time); index 0 is the reading in the
// future, 1 in the past.
struct meaning {
  double n = 0; // number, count, shift; which edge
  period unit = period::day;
  int year = 0, month = 0, day = 0, weekday = 0;
  std::int64_t a[2] = {0, 0}, b[2] = {0, 0};
  bool no_start = false, no_end = false;
  bool twelve = false; // "5": twelve hours later is another reading
  bool named = false;  // am, pm or part of day was said
  bool weak = false;   // too ambiguous to stand alone
  bool fixed = false;  // one reading only
  bool joined = false; // a range between two ends
  bool limit = false;  // of a duration: only a bound ("more than two weeks")
  bool holiday = false;
  int edge = -2; // -1 beginning, 0 middle, 1 end of the period whose bounds are whole[]
  std::int64_t whole[2][2] = {{0, 0}, {0, 0}};
  int skip = 0;                             // leading tokens that are not part of the span
  int rest = 0;                             // trailing tokens that were only looked at, and are read again
  double months = 0, days = 0, seconds = 0; // durations
  int digits = 0;                           // digits of a number written in them
  std::string text;                         // ISO value of what does not resolve to a time, and of durations
};

struct item {
  sym symbol;
  std::uint32_t first, last; // tokens
  meaning value;
};

struct time_context {
  const source_text& text;
  tongue lang;
  std::int64_t now, today; // seconds; days
};

using parts = std::array<const item*, 10>; // one for each symbol of the pattern, null where an optional one is missing
using build_function = bool (*)(const parts&, const time_context&, meaning&);

struct rule {
  sym result;
  const char* pattern; // "month num|ord comma? year?"
  build_function build;
};

struct word_row {
  sym symbol;
  const char* phrases; // separated by |
  double n = 0;
  period unit = period::day;
  bool weak = false;
};

struct rule_set {
  const rule* rules;
  std::size_t size;
};

struct time_language {
  std::vector<word_row> words;
  std::vector<rule_set> rules;
};

const time_language& time_english();
const time_language& time_spanish();
const time_language& time_chinese();

// Rules that languages share.
rule_set date_rules();
rule_set distance_rules();
rule_set period_rules();
rule_set counted_rules();
rule_set range_rules();
rule_set clock_rules();
rule_set hours_rules();
rule_set duration_rules();
rule_set combined_rules();
rule_set chinese_rules();
rule_set chinese_nth_rules();
rule_set chinese_length_rules();
rule_set chinese_clock_rules();

// All symbols found, by first token.
std::vector<std::vector<item>> fill_chart(const time_context&);

// Numbers, ordinals, years, numeric dates and clock times at token i.
void read_atoms(const time_context&, std::size_t i, std::vector<item>& out);

// The values of a symbol in ISO 8601, the likeliest first.
std::vector<std::string> values_of(const item&);

} // namespace steward::entities
