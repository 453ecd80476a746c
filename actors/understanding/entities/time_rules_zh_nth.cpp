// Which one of several, in Chinese: the second week of a month, its last Friday, a third of it, a quarter of a year, a
// decade of a century.
#include "actors/understanding/entities/time_rule_zh.hpp"

namespace steward::entities {

namespace {

// The nth (-1: the last) weekday of the month that begins at a time.
std::int64_t weekday_in(std::int64_t month_begin, int weekday, int n) {
  const auto c = civil_of(month_begin / day_seconds);
  return nth_weekday(c.year, c.month, weekday, n) * day_seconds;
}

bool nth_weekday_of(const meaning& month, int weekday, int n, meaning& m) {
  if (!is_month(month) || n == 0 || n > 5) return false;
  for (int k : {0, 1}) {
    m.a[k] = weekday_in(month.a[k], weekday, n);
    if (civil_of(m.a[k] / day_seconds).month != month.month) return false; // there is no fifth one
  }
  m.fixed = month.fixed;
  return true;
}

bool nth_unit_of(const meaning& r, int n, period unit, const time_context& c, meaning& m) {
  const bool year = is_whole_year(r);
  if (unit == period::month && year && n >= 1 && n <= 12) {
    set_month(m, c, r.year, n);
    return true;
  }
  if (unit == period::quarter && year && n >= 1 && n <= 4) return set_quarter(m, n, r.year);
  if (unit != period::week || !(year || is_month(r)) || n < 1 || n > 53) return false;
  for (int k : {0, 1}) {
    const auto first = r.a[k] / day_seconds;
    const auto monday = year ? iso_week(r.year, n) : monday_of(first + 3) + 7 * (n - 1);
    m.a[k] = monday * day_seconds;
    m.b[k] = m.a[k] + 7 * day_seconds;
  }
  m.fixed = r.fixed;
  return true;
}

// 上旬, 中旬, 下旬 (the symbol `once`): ten days of a month, ten, the rest.
bool third_of(const meaning& month, int third, meaning& m) {
  if (!is_month(month)) return false;
  for (int k : {0, 1}) {
    m.a[k] = month.a[k] + third * 10 * day_seconds;
    m.b[k] = third == 2 ? month.b[k] : m.a[k] + 10 * day_seconds;
  }
  m.fixed = month.fixed;
  return true;
}

bool is_century(const meaning& r) {
  const auto first = civil_of(r.a[0] / day_seconds), behind = civil_of(r.b[0] / day_seconds);
  return r.fixed && !r.no_start && !r.no_end && first.year % 100 == 0 && behind.year - first.year == 100;
}

const rule rules[] = {
    {sym::drange, "drange of? ord unit",
     [](in p, at c, out m) { return nth_unit_of(p[0]->value, as_int(p[2]), p[3]->value.unit, c, m); }},
    {sym::drange, "ord unit",
     [](in p, at c, out m) {
       if (p[1]->value.unit == period::quarter && whole_between(p[0], 1, 4))
         return set_quarter(m, as_int(p[0]), civil_of(c.today).year);
       if (p[1]->value.unit != period::century) return false;
       const int y = 100 * (as_int(p[0]) - 1);
       set_range(m, days_of(y, 1, 1), days_of(y + 100, 1, 1));
       return true;
     }},
    {sym::date, "drange of? ord the? wday",
     [](in p, at c, out m) { return nth_weekday_of(p[0]->value, as_int(p[4]), as_int(p[2]), m); }},
    {sym::date, "drange of? for num the? wday",
     [](in p, at c, out m) {
       return p[2]->value.n < 0 && p[3]->value.n == 1 && nth_weekday_of(p[0]->value, as_int(p[5]), -1, m);
     }},
    {sym::drange, "drange of? for num unit",
     [](in p, at c, out m) {
       const auto& r = p[0]->value;
       if (!(is_whole_year(r) || is_month(r)) || p[4]->value.unit <= period::hour) return false;
       meaning past = r, was;
       past.a[0] = r.a[1];
       past.b[0] = r.b[1];
       if (!set_counted_in(m, p[3]->value.n, p[4]->value.unit, r, p[2]->value.n < 0) ||
           !set_counted_in(was, p[3]->value.n, p[4]->value.unit, past, p[2]->value.n < 0))
         return false;
       m.a[1] = was.a[0];
       m.b[1] = was.b[0];
       m.fixed = r.fixed;
       return true;
     }},
    // 今年的第一天, 这个月最后一天
    {sym::date, "drange of? ord unit",
     [](in p, at c, out m) {
       const auto& r = p[0]->value;
       if (p[3]->value.unit != period::day || !(is_whole_year(r) || is_month(r)) || as_int(p[2]) < 1) return false;
       for (int k : {0, 1}) m.a[k] = r.a[k] + (as_int(p[2]) - 1) * day_seconds;
       m.fixed = r.fixed;
       return m.a[0] < r.b[0];
     }},
    {sym::date, "drange of? for num unit",
     [](in p, at c, out m) {
       const auto& r = p[0]->value;
       if (p[4]->value.unit != period::day || p[3]->value.n != 1 || p[2]->value.n > 0 ||
           !(is_whole_year(r) || is_month(r)))
         return false;
       for (int k : {0, 1}) m.a[k] = r.b[k] - day_seconds;
       m.fixed = r.fixed;
       return true;
     }},
    {sym::drange, "drange of? once", [](in p, at c, out m) { return third_of(p[0]->value, as_int(p[2]), m); }},
    {sym::drange, "once",
     [](in p, at c, out m) {
       meaning month;
       return set_unit_range(month, c.today, period::month, 0) && third_of(month, as_int(p[0]), m);
     }},

    {sym::drange, "drange of? quarter",
     [](in p, at c, out m) { return is_whole_year(p[0]->value) && set_quarter(m, as_int(p[2]), p[0]->value.year); }},
    {sym::drange, "quarter", [](in p, at c, out m) { return set_quarter(m, as_int(p[0]), civil_of(c.today).year); }},
    // 3季度 is the third quarter, 3个季度 are three
    {sym::quarter, "num unit",
     [](in p, at c, out m) {
       m.n = p[0]->value.n;
       return p[1]->value.unit == period::quarter && p[1]->last - p[1]->first == 2 && whole_between(p[0], 1, 4);
     }},

    // 八十年代, 1990年代; of a century, 二十世纪九十年代
    {sym::drange, "num unit",
     [](in p, at c, out m) {
       if (p[1]->value.unit != period::decade) return false;
       int y = as_int(p[0]);
       if (whole_between(p[0], 10, 90)) y += y >= 30 ? 1900 : 2000;
       if (p[0]->value.n < 10 || y % 10 != 0 || y < 1000 || y > 2990) return false;
       set_range(m, days_of(y, 1, 1), days_of(y + 10, 1, 1));
       return true;
     }},
    {sym::drange, "drange of? num unit",
     [](in p, at c, out m) {
       if (p[3]->value.unit != period::decade || !is_century(p[0]->value) || !whole_between(p[2], 0, 90) ||
           as_int(p[2]) % 10 != 0)
         return false;
       const int y = civil_of(p[0]->value.a[0] / day_seconds).year + as_int(p[2]);
       set_range(m, days_of(y, 1, 1), days_of(y + 10, 1, 1));
       return true;
     }},
    // 二十一世纪
    {sym::drange, "num unit",
     [](in p, at c, out m) {
       if (p[1]->value.unit != period::century || !c.text.is(p[1]->first, "世") || !whole_between(p[0], 2, 30))
         return false;
       set_range(m, days_of(100 * (as_int(p[0]) - 1), 1, 1), days_of(100 * as_int(p[0]), 1, 1));
       return true;
     }},
};

} // namespace

rule_set chinese_nth_rules() { return {rules, std::size(rules)}; }

} // namespace steward::entities
