#include "actors/understanding/entities/time_build.hpp"

#include <cmath>

namespace steward::entities {

void set_day(meaning& m, std::int64_t day) {
  m.a[0] = m.a[1] = day * day_seconds;
  m.fixed = true;
  const auto c = civil_of(day);
  m.year = c.year;
  m.month = c.month;
  m.day = c.day;
}

bool set_month_day(meaning& m, const time_context& c, int year, int month, int day) {
  if (month < 1 || month > 12 || day < 1 || day > 31) return false;
  m.month = month;
  m.day = day;
  m.year = year;
  m.fixed = year != 0;
  if (year) {
    if (day > days_in_month(year, month)) {
      m.text = number_text(year) + (month < 10 ? "-0" : "-") + number_text(month) + "-" + number_text(day);
      m.a[0] = m.a[1] = days_of(year, month, days_in_month(year, month)) * day_seconds;
      return day <= (month == 2 ? 31 : 31);
    }
    m.a[0] = m.a[1] = days_of(year, month, day) * day_seconds;
    return true;
  }
  if (day > days_in_month(2000, month)) {
    m.text = std::string("XXXX-") + (month < 10 ? "0" : "") + number_text(month) + "-" + number_text(day);
    m.a[0] = m.a[1] = c.today * day_seconds;
    return true;
  }
  const int now = civil_of(c.today).year;
  int future = now;
  while (day > days_in_month(future, month) || days_of(future, month, day) < c.today) ++future;
  int past = now;
  while (day > days_in_month(past, month) || days_of(past, month, day) >= c.today) --past;
  m.a[0] = days_of(future, month, day) * day_seconds;
  m.a[1] = days_of(past, month, day) * day_seconds;
  return true;
}

void set_weekday(meaning& m, const time_context& c, int weekday) {
  const auto ahead = (weekday - weekday_of(c.today) + 7) % 7;
  m.weekday = weekday;
  m.a[0] = (c.today + ahead) * day_seconds;
  m.a[1] = (c.today + ahead - 7) * day_seconds;
}

void set_range(meaning& m, std::int64_t first, std::int64_t behind) {
  m.a[0] = m.a[1] = first * day_seconds;
  m.b[0] = m.b[1] = behind * day_seconds;
  m.fixed = true;
}

void set_month(meaning& m, const time_context& c, int year, int month) {
  m.month = month;
  m.year = year;
  m.day = 0;
  auto fill = [&](int k, int y) {
    m.a[k] = days_of(y, month, 1) * day_seconds;
    m.b[k] = add_months(days_of(y, month, 1), 1) * day_seconds;
  };
  if (year) {
    fill(0, year);
    fill(1, year);
    m.fixed = true;
    return;
  }
  const auto now = civil_of(c.today);
  fill(0, month < now.month ? now.year + 1 : now.year);
  fill(1, month >= now.month ? now.year - 1 : now.year);
  m.fixed = false;
}

void set_year(meaning& m, int year) {
  set_range(m, days_of(year, 1, 1), days_of(year + 1, 1, 1));
  m.year = year;
  m.month = m.day = 0;
}

bool set_unit_range(meaning& m, std::int64_t day, period unit, std::int64_t shift) {
  const auto c = civil_of(day);
  switch (unit) {
  case period::day: set_range(m, day + shift, day + shift + 1); return true;
  case period::week: {
    const auto monday = monday_of(day) + 7 * shift;
    set_range(m, monday, monday + 7);
    return true;
  }
  case period::business_day: { // the working week
    const auto monday = monday_of(day) + 7 * shift;
    set_range(m, monday, monday + 5);
    return true;
  }
  case period::fortnight: set_range(m, shift > 0 ? day + 1 : day - 14, shift > 0 ? day + 15 : day); return true;
  case period::weekend: {
    const auto saturday = monday_of(day) + 5 + 7 * shift;
    set_range(m, saturday, saturday + 2);
    return true;
  }
  case period::month: {
    const auto first = add_months(days_of(c.year, c.month, 1), shift);
    set_range(m, first, add_months(first, 1));
    m.month = civil_of(first).month;
    m.year = civil_of(first).year;
    return true;
  }
  case period::quarter: {
    const auto first = add_months(days_of(c.year, (c.month - 1) / 3 * 3 + 1, 1), 3 * shift);
    set_range(m, first, add_months(first, 3));
    return true;
  }
  case period::half_year: {
    const auto first = add_months(days_of(c.year, (c.month - 1) / 6 * 6 + 1, 1), 6 * shift);
    set_range(m, first, add_months(first, 6));
    return true;
  }
  case period::year: set_year(m, c.year + static_cast<int>(shift)); return true;
  case period::decade: {
    const int y = c.year / 10 * 10 + 10 * static_cast<int>(shift);
    set_range(m, days_of(y, 1, 1), days_of(y + 10, 1, 1));
    return true;
  }
  case period::century: {
    const int y = c.year / 100 * 100 + 100 * static_cast<int>(shift);
    set_range(m, days_of(y, 1, 1), days_of(y + 100, 1, 1));
    return true;
  }
  default: return false;
  }
}

std::string number_text(double n) { return decimal_text(n); }

const char* unit_letter(period u) {
  switch (u) {
  case period::second: return "S";
  case period::minute: return "M";
  case period::hour: return "H";
  case period::day: return "D";
  case period::business_day: return "BD";
  case period::week: return "W";
  case period::fortnight: return "W";
  case period::weekend: return "WE";
  case period::month: return "M";
  case period::quarter: return "M";
  case period::half_year: return "M";
  default: return "Y";
  }
}

void set_duration(meaning& m, double n, period unit) {
  m.n = n;
  m.unit = unit;
  double shown = n;
  m.months = m.days = m.seconds = 0;
  switch (unit) {
  case period::second: m.seconds = n; break;
  case period::minute: m.seconds = n * 60; break;
  case period::hour: m.seconds = n * 3600; break;
  case period::day:
  case period::business_day: m.days = n; break;
  case period::week: m.days = 7 * n; break;
  case period::fortnight:
    m.days = 14 * n;
    shown = 2 * n;
    break;
  case period::weekend: m.days = 2 * n; break;
  case period::month: m.months = n; break;
  case period::quarter:
    m.months = 3 * n;
    shown = 3 * n;
    break;
  case period::half_year:
    m.months = 6 * n;
    shown = 6 * n;
    break;
  case period::year: m.months = 12 * n; break;
  case period::decade:
    m.months = 120 * n;
    shown = 10 * n;
    break;
  case period::century:
    m.months = 1200 * n;
    shown = 100 * n;
    break;
  }
  m.text = std::string(unit <= period::hour ? "PT" : "P") + number_text(shown) + unit_letter(unit);
}

namespace {

// Largest unit first: 3 months and 2 weeks is P3M2W.
int order(std::string_view text, std::size_t at) {
  const bool clock = text.find('T') != std::string_view::npos && at > text.find('T');
  switch (text[at]) {
  case 'Y': return 0;
  case 'M': return clock ? 5 : 1;
  case 'W': return 2;
  case 'D': return 3;
  case 'H': return 4;
  default: return 6;
  }
}

} // namespace

void add_duration(meaning& m, const meaning& more) {
  m.months += more.months;
  m.days += more.days;
  m.seconds += more.seconds;
  // Take both texts apart and put them together by size.
  std::string by[7];
  for (const auto* text : {static_cast<const std::string*>(&m.text), &more.text}) {
    std::size_t begin = 1;
    for (std::size_t i = 1; i < text->size(); ++i) {
      const char c = (*text)[i];
      if (c == 'T') {
        begin = i + 1;
        continue;
      }
      if (c < 'A') continue;
      if (i + 1 < text->size() && (*text)[i + 1] >= 'A' && (*text)[i + 1] != 'T') continue;
      by[order(*text, i)] = text->substr(begin, i + 1 - begin);
      begin = i + 1;
    }
  }
  m.text = "P" + by[0] + by[1] + by[2] + by[3];
  if (!by[4].empty() || !by[5].empty() || !by[6].empty()) m.text += "T" + by[4] + by[5] + by[6];
}

bool is_clock(const meaning& d) { return d.months == 0 && d.days == 0; }

std::int64_t shifted(std::int64_t seconds, const meaning& d, int sign) {
  const auto day = seconds >= 0 ? seconds / day_seconds : -((-seconds + day_seconds - 1) / day_seconds);
  const auto rest = seconds - day * day_seconds;
  auto moved = day;
  const double limit = 120000;
  if (std::fabs(d.months) > limit || std::fabs(d.days) > 30 * limit || std::fabs(d.seconds) > 3e10) return seconds;
  if (d.unit == period::business_day) {
    for (auto left = static_cast<int>(std::min(d.days, 2000.0)); left > 0;) {
      moved += sign;
      left -= weekday_of(moved) <= 5 ? 1 : 0;
    }
  } else {
    const double whole = std::floor(d.months);
    moved = add_months(moved, sign * static_cast<std::int64_t>(whole));
    const double spare = (d.months - whole) * 30 + d.days;
    return moved * day_seconds + rest + sign * static_cast<std::int64_t>(std::llround(spare * day_seconds + d.seconds));
  }
  return moved * day_seconds + rest;
}

int full_year(int two) { return two >= 100 ? two : two < 40 ? 2000 + two : 1900 + two; }

} // namespace steward::entities
