// Pieces that the rules share: days in the past and the future, durations, edges of ranges.
#pragma once

#include "actors/understanding/entities/calendar.hpp"
#include "actors/understanding/entities/time_grammar.hpp"

namespace steward::entities {

constexpr std::int64_t day_seconds = 86400;

// One date, certain.
void set_day(meaning&, std::int64_t day);
// A date without a year, month or weekday resolved around today; false when there is no such day.
bool set_month_day(meaning&, const time_context&, int year, int month, int day);
void set_weekday(meaning&, const time_context&, int weekday);
void set_range(meaning&, std::int64_t first_day, std::int64_t behind);
void set_month(meaning&, const time_context&, int year, int month);
void set_year(meaning&, int year);
// The unit (week, month ...) that holds `day`, shifted by `shift` units.
bool set_unit_range(meaning&, std::int64_t day, period unit, std::int64_t shift);
// `count` units after a time in seconds.
std::int64_t shifted(std::int64_t seconds, const meaning& duration, int sign);
// A duration of n units; its ISO text too.
void set_duration(meaning&, double n, period unit);
void add_duration(meaning&, const meaning& more);
bool is_clock(const meaning& duration); // made of hours and less
int full_year(int two_digits);
// A day of the month alone: the nearest ones on both sides of today.
bool set_day_alone(meaning&, const time_context&, int day);
// "next 3 days" (rel > 0: from tomorrow on), "last 2 weeks" (rel < 0: up to today); hours and less count from now.
bool set_counted(meaning&, const time_context&, double n, period unit, double rel);
// The first or last n units of a period.
bool set_counted_in(meaning&, double n, period unit, const meaning& whole, bool at_end);
// From one day or period to another; what the later one names (the year) is lent to the earlier one.
bool set_between(meaning&, const time_context&, const item& from, const item& to);
// The beginning, middle or end of a period, in halves; years in thirds. `cut_at_now`: halves of a year, too.
bool edge_of(int edge, const meaning& period, bool cut_at_now, meaning&);
bool set_quarter(meaning&, int quarter, int year); // 11 and 12: the halves of the year
bool set_holiday(meaning&, const time_context&, int code, int year);
std::string number_text(double n);
const char* unit_letter(period);

} // namespace steward::entities
