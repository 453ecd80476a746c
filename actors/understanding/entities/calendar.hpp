// The proleptic Gregorian calendar in integers (days since 1970-01-01), weekdays, ISO weeks, Easter.
#pragma once

#include <cstdint>

namespace steward::entities {

struct civil {
  int year = 0, month = 0, day = 0;
};

constexpr std::int64_t days_of(std::int64_t y, int m, int d) {
  y -= m <= 2;
  const std::int64_t era = (y >= 0 ? y : y - 399) / 400;
  const auto yoe = static_cast<std::int64_t>(y - era * 400);
  const std::int64_t doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
  return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

constexpr civil civil_of(std::int64_t z) {
  z += 719468;
  const std::int64_t era = (z >= 0 ? z : z - 146096) / 146097;
  const std::int64_t doe = z - era * 146097;
  const std::int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
  const std::int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  const std::int64_t mp = (5 * doy + 2) / 153;
  const auto d = static_cast<int>(doy - (153 * mp + 2) / 5 + 1);
  const auto m = static_cast<int>(mp < 10 ? mp + 3 : mp - 9);
  return {static_cast<int>(yoe + era * 400 + (m <= 2)), m, d};
}

constexpr bool leap(int y) { return (y % 4 == 0 && y % 100 != 0) || y % 400 == 0; }

constexpr int days_in_month(int y, int m) {
  constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return m == 2 && leap(y) ? 29 : days[m - 1];
}

// 1 Monday ... 7 Sunday.
constexpr int weekday_of(std::int64_t days) {
  const auto w = (days + 3) % 7;
  return static_cast<int>(w < 0 ? w + 7 : w) + 1;
}

constexpr std::int64_t monday_of(std::int64_t days) { return days - (weekday_of(days) - 1); }

// The Monday of ISO week `week`.
constexpr std::int64_t iso_week(int year, int week) { return monday_of(days_of(year, 1, 4)) + 7 * (week - 1); }

constexpr int iso_weeks(int year) { return static_cast<int>((iso_week(year + 1, 1) - iso_week(year, 1)) / 7); }

// Months later; the day is cut to the length of the month.
constexpr std::int64_t add_months(std::int64_t days, std::int64_t months) {
  const auto c = civil_of(days);
  const std::int64_t all = static_cast<std::int64_t>(c.year) * 12 + c.month - 1 + months;
  const auto y = static_cast<int>(all >= 0 ? all / 12 : (all - 11) / 12);
  const auto m = static_cast<int>(all - static_cast<std::int64_t>(y) * 12) + 1;
  const int most = days_in_month(y, m);
  return days_of(y, m, c.day < most ? c.day : most);
}

constexpr std::int64_t easter_of(int y) {
  const int a = y % 19, b = y / 100, c = y % 100, d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
  const int h = (19 * a + b - d - g + 15) % 30, i = c / 4, k = c % 4, l = (32 + 2 * e + 2 * i - h - k) % 7;
  const int m = (a + 11 * h + 22 * l) / 451, month = (h + l - 7 * m + 114) / 31, day = (h + l - 7 * m + 114) % 31 + 1;
  return days_of(y, month, day);
}

// The n-th weekday of a month (n from 1; -1 the last).
constexpr std::int64_t nth_weekday(int y, int m, int weekday, int n) {
  if (n > 0) {
    const auto first = days_of(y, m, 1);
    return first + (weekday - weekday_of(first) + 7) % 7 + 7 * (n - 1);
  }
  const auto last = days_of(y, m, days_in_month(y, m));
  return last - (weekday_of(last) - weekday + 7) % 7;
}

} // namespace steward::entities
