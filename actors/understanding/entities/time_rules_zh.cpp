// Chinese: the larger unit stands first, marks stand behind their number, before and after behind what they limit.
#include "actors/understanding/entities/time_rule.hpp"

#include <algorithm>

namespace steward::entities {

namespace {

constexpr std::int64_t half_day = day_seconds / 2;

// 2018, 二零一八; 18 and 08 where two digits may be a year.
int year_number(const time_context& c, const item* n, bool two) {
  const auto width = n->last - n->first;
  if (n->value.n >= 1000 && n->value.n < 3000 &&
      (n->value.digits == 4 || (n->value.digits == 0 && width == 4 && !c.text.is(n->first + 1, "千"))))
    return as_int(n);
  if (n->value.digits == 2 && width == 1 && (two || c.text.word(n->first)[0] == '0')) return full_year(as_int(n));
  return 0;
}

bool is(const time_context& c, const item* i, std::string_view w) {
  return c.text.is(i->first, w) && i->last == i->first + 1;
}

void set_clock(meaning& m, std::int64_t hour, std::int64_t minute, std::int64_t second = 0) {
  m.a[0] = m.a[1] = (hour % 24) * 3600 + minute * 60 + second;
  m.twelve = hour >= 1 && hour <= 12;
}

bool hour(const item* i) { return whole_between(i, 0, 24) && i->value.digits <= 2; }

std::int64_t in_part(double part, std::int64_t s, bool twelve) {
  const auto h = s / 3600;
  if (!twelve) return s;
  if (part == 12) return h < 12 ? s + half_day : s;
  if (part == 16) return h == 12 ? s - half_day : h >= 5 ? s + half_day : s;
  if (part == 11) return h < 10 ? s + half_day : s;
  return h == 12 ? s - half_day : s;
}

void part_range(double part, meaning& m) {
  const std::int64_t from = part == 5 ? 4 * 3600 : static_cast<std::int64_t>(part * 3600);
  m.a[0] = m.a[1] = from;
  m.b[0] = m.b[1] = part == 11 ? 13 * 3600 : from + 4 * 3600;
  m.named = true;
  m.n = part;
}

bool on_day(const meaning& day, const meaning& r, meaning& m) {
  for (int k : {0, 1}) {
    m.a[k] = day.a[k] + r.a[k];
    m.b[k] = day.a[k] + r.b[k];
    if (!r.no_start && !r.no_end && m.b[k] < m.a[k]) m.b[k] += day_seconds;
  }
  m.no_start = r.no_start;
  m.no_end = r.no_end;
  m.twelve = r.twelve;
  return true;
}

bool limit(const item* x, bool before, bool inclusive, meaning& m) {
  const auto& r = x->value;
  const bool range = x->symbol == sym::drange || x->symbol == sym::dtrange || x->symbol == sym::trange;
  if (r.no_start || r.no_end || !r.text.empty() || (range && x->symbol == sym::trange && r.named)) return false;
  const int skip = m.skip;
  m = r;
  m.skip = skip;
  m.weak = false;
  m.month = m.day = m.year = 0;
  for (int k : {0, 1}) {
    if (before)
      m.b[k] = range && inclusive ? r.b[k] : r.a[k];
    else
      m.a[k] = range && !inclusive ? r.b[k] : r.a[k];
  }
  (before ? m.no_start : m.no_end) = true;
  return true;
}

bool clock_range(const meaning& x, const meaning& y, meaning& m) {
  auto a = x.a[0], b = y.a[0];
  m.twelve = false;
  if (x.twelve && y.twelve) {
    if (a < b)
      m.twelve = true;
    else if (a > b && b < half_day)
      b += half_day;
  } else if (y.twelve && b <= a && b < half_day)
    b += half_day;
  else if (x.twelve && a + half_day < b && a < half_day && b > half_day)
    a += half_day;
  m.a[0] = m.a[1] = a;
  m.b[0] = m.b[1] = b;
  return true;
}

const rule rules[] = {
    {sym::year, "num unit",
     [](in p, at c, out m) {
       const int y = p[1]->value.unit == period::year && is(c, p[1], "年") ? year_number(c, p[0], false) : 0;
       if (!y) return false;
       set_year(m, y);
       return true;
     }},
    {sym::year, "open num unit",
     [](in p, at c, out m) {
       if (p[2]->value.unit != period::year || !whole_between(p[1], 1, 99)) return false;
       set_year(m, as_int(p[0]) + as_int(p[1]));
       return true;
     }},
    {sym::drange, "year",
     [](in p, at c, out m) {
       m = p[0]->value;
       m.weak = !c.text.is(p[0]->last - 1, "年");
       return true;
     }},
    {sym::month, "num fiscal",
     [](in p, at c, out m) {
       m.n = p[0]->value.n;
       return whole_between(p[0], 1, 12) && p[0]->value.digits <= 2;
     }},
    {sym::drange, "month",
     [](in p, at c, out m) {
       set_month(m, c, 0, as_int(p[0]));
       return true;
     }},
    {sym::drange, "year of? month",
     [](in p, at c, out m) {
       set_month(m, c, p[0]->value.year, as_int(p[2]));
       return true;
     }},
    {sym::drange, "num unit month",
     [](in p, at c, out m) {
       const int y = p[1]->value.unit == period::year ? year_number(c, p[0], true) : 0;
       if (!y) return false;
       set_month(m, c, y, as_int(p[2]));
       return true;
     }},
    {sym::drange, "drange of? month",
     [](in p, at c, out m) {
       if (!is_whole_year(p[0]->value) || p[0]->value.weak) return false;
       set_month(m, c, p[0]->value.year, as_int(p[2]));
       return true;
     }},
    {sym::drange, "rel unit",
     [](in p, at c, out m) {
       const auto w = c.text.word(p[0]->first);
       const auto u = p[1]->value.unit;
       if (u <= period::hour || u == period::day || ((w == "今" || w == "明" || w == "去") && u != period::year))
         return false;
       return set_unit_range(m, c.today, u, as_int(p[0]));
     }},
    {sym::drange, "rel weekend",
     [](in p, at c, out m) { return set_unit_range(m, c.today, period::weekend, as_int(p[0])); }},
    {sym::drange, "weekend", [](in p, at c, out m) { return set_unit_range(m, c.today, period::weekend, 0); }},
    // 年 with a half: 2017年下半年, 上半月
    {sym::drange, "drange of? slash unit",
     [](in p, at c, out m) {
       if (!is_whole_year(p[0]->value) || p[3]->value.unit != period::year) return false;
       return set_quarter(m, p[2]->value.n < 0 ? 11 : 12, p[0]->value.year);
     }},
    {sym::drange, "slash unit",
     [](in p, at c, out m) {
       meaning r;
       if (p[1]->value.unit < period::week || !set_unit_range(r, c.today, p[1]->value.unit, 0)) return false;
       const auto first = r.a[0] / day_seconds, behind = r.b[0] / day_seconds;
       const auto middle = p[1]->value.unit == period::week    ? first + 3
                           : p[1]->value.unit == period::month ? first + 15
                                                               : days_of(civil_of(first).year, 7, 1);
       set_range(m, p[0]->value.n < 0 ? first : middle, p[0]->value.n < 0 ? middle : behind);
       return true;
     }},
    {sym::drange, "drange of? quarter",
     [](in p, at c, out m) { return is_whole_year(p[0]->value) && set_quarter(m, as_int(p[2]), p[0]->value.year); }},
    {sym::drange, "quarter", [](in p, at c, out m) { return set_quarter(m, as_int(p[0]), civil_of(c.today).year); }},
    {sym::drange, "drange of? season",
     [](in p, at c, out m) {
       static const char* names[] = {"SP", "SU", "FA", "WI"};
       if (!is_whole_year(p[0]->value)) return false;
       m.text = std::to_string(p[0]->value.year) + "-" + names[as_int(p[2]) - 1];
       return true;
     }},
    {sym::drange, "season",
     [](in p, at c, out m) {
       static const char* names[] = {"SP", "SU", "FA", "WI"};
       m.text = names[as_int(p[0]) - 1];
       return true;
     }},
    {sym::drange, "drange of? for num unit",
     [](in p, at c, out m) {
       const auto& r = p[0]->value;
       return (is_whole_year(r) || is_month(r)) && r.fixed && p[4]->value.unit > period::hour &&
              set_counted_in(m, p[3]->value.n, p[4]->value.unit, r, p[2]->value.n < 0);
     }},
    {sym::drange, "within dur",
     [](in p, at c, out m) {
       return !is_clock(p[1]->value) && set_counted(m, c, p[1]->value.n, p[1]->value.unit, p[0]->value.n);
     }},
    {sym::dtrange, "within dur",
     [](in p, at c, out m) {
       return is_clock(p[1]->value) && set_counted(m, c, p[1]->value.n, p[1]->value.unit, p[0]->value.n);
     }},
    {sym::drange, "ord unit",
     [](in p, at c, out m) {
       if (p[1]->value.unit != period::century) return false;
       const int y = 100 * (as_int(p[0]) - 1);
       set_range(m, days_of(y, 1, 1), days_of(y + 100, 1, 1));
       return true;
     }},
    {sym::drange, "drange of? ord unit",
     [](in p, at c, out m) {
       const auto& r = p[0]->value;
       if (p[3]->value.unit == period::month && is_whole_year(r) && whole_between(p[2], 1, 12)) {
         set_month(m, c, r.year, as_int(p[2]));
         return true;
       }
       if (p[3]->value.unit != period::week || !r.fixed || !(is_whole_year(r) || is_month(r))) return false;
       const auto first = r.a[0] / day_seconds;
       const auto monday = is_month(r) ? monday_of(first + 3) + 7 * (as_int(p[2]) - 1) : iso_week(r.year, as_int(p[2]));
       set_range(m, monday, monday + 7);
       return true;
     }},

    {sym::date, "month num dayof",
     [](in p, at c, out m) {
       return whole_between(p[1], 1, 31) && p[1]->value.digits <= 2 &&
              set_month_day(m, c, 0, as_int(p[0]), as_int(p[1]));
     }},
    {sym::date, "month on? num",
     [](in p, at c, out m) {
       return whole_between(p[2], 1, 31) && p[2]->value.digits == 0 && !c.text.is(p[2]->last, "个") &&
              !c.text.is(p[2]->last, "天") && set_month_day(m, c, 0, as_int(p[0]), as_int(p[2]));
     }},
    {sym::date, "year date",
     [](in p, at c, out m) {
       return is_month_day(p[1]->value) && set_month_day(m, c, p[0]->value.year, p[1]->value.month, p[1]->value.day);
     }},
    {sym::date, "num unit date",
     [](in p, at c, out m) {
       const int y = p[1]->value.unit == period::year ? year_number(c, p[0], true) : 0;
       return y && is_month_day(p[2]->value) && set_month_day(m, c, y, p[2]->value.month, p[2]->value.day);
     }},
    {sym::date, "drange of? date",
     [](in p, at c, out m) {
       return is_whole_year(p[0]->value) && is_month_day(p[2]->value) &&
              set_month_day(m, c, p[0]->value.year, p[2]->value.month, p[2]->value.day);
     }},
    {sym::date, "drange of? num dayof",
     [](in p, at c, out m) {
       const auto& r = p[0]->value;
       return is_month(r) && r.fixed && whole_between(p[2], 1, 31) &&
              set_month_day(m, c, r.year, r.month, as_int(p[2]));
     }},
    {sym::date, "num dayof",
     [](in p, at c, out m) {
       return whole_between(p[0], 1, 31) && p[0]->value.digits <= 2 &&
              !(p[0]->first > 0 && c.text.is(p[0]->first - 1, "第")) && set_day_alone(m, c, as_int(p[0]));
     }},
    {sym::date, "dayword",
     [](in p, at c, out m) {
       set_day(m, c.today + as_int(p[0]));
       m.weak = p[0]->value.weak || (c.text.is(p[0]->last, "头") && c.text.is(p[0]->last + 1, "条"));
       return true;
     }},
    {sym::date, "wday",
     [](in p, at c, out m) {
       set_weekday(m, c, as_int(p[0]));
       return true;
     }},
    {sym::date, "rel wday",
     [](in p, at c, out m) {
       set_day(m, monday_of(c.today) + 7 * as_int(p[0]) + as_int(p[1]) - 1);
       m.month = m.day = m.year = 0;
       m.weekday = as_int(p[1]);
       return !is(c, p[0], "去") && !is(c, p[0], "明") && !is(c, p[0], "今");
     }},
    {sym::date, "date comma? wday",
     [](in p, at c, out m) {
       if (p[0]->value.weekday || p[0]->value.month <= 0) return false;
       m = p[0]->value;
       return true;
     }},
    {sym::date, "hday", [](in p, at c, out m) { return set_holiday(m, c, as_int(p[0]), 0); }},
    {sym::date, "drange of? hday",
     [](in p, at c, out m) { return is_whole_year(p[0]->value) && set_holiday(m, c, as_int(p[2]), p[0]->value.year); }},
    {sym::date, "dur ago",
     [](in p, at c, out m) {
       if (is_clock(p[0]->value)) return false;
       m.a[0] = m.a[1] = shifted(c.today * day_seconds, p[0]->value, -1);
       m.fixed = true;
       return true;
     }},
    {sym::dt, "dur ago",
     [](in p, at c, out m) {
       if (!is_clock(p[0]->value)) return false;
       m.a[0] = m.a[1] = shifted(c.now, p[0]->value, -1);
       return true;
     }},
    {sym::date, "dur later",
     [](in p, at c, out m) {
       if (is_clock(p[0]->value)) return false;
       m.a[0] = m.a[1] = shifted(c.today * day_seconds, p[0]->value, 1);
       m.fixed = true;
       return true;
     }},
    {sym::dt, "dur later",
     [](in p, at c, out m) {
       if (!is_clock(p[0]->value)) return false;
       m.a[0] = m.a[1] = shifted(c.now, p[0]->value, 1);
       return true;
     }},

    {sym::dur, "num unit",
     [](in p, at c, out m) {
       const auto w = c.text.word(p[1]->first);
       const bool one = p[1]->last - p[1]->first == 1;
       if ((one && (w == "月" || w == "日")) || p[0]->value.n <= 0 || p[0]->value.n > 1e7 ||
           (w == "年" && year_number(c, p[0], false)) ||
           (one && w == "时" && !(p[0]->first > 0 && c.text.is(p[0]->first - 1, "天"))))
         return false;
       set_duration(m, p[0]->value.n, p[1]->value.unit);
       m.weak = one && (w == "分");
       return true;
     }},
    {sym::dur, "num unit half",
     [](in p, at c, out m) {
       if (is(c, p[1], "月") || is(c, p[1], "日")) return false;
       set_duration(m, p[0]->value.n + 0.5, p[1]->value.unit);
       return true;
     }},
    {sym::dur, "half unit",
     [](in p, at c, out m) {
       set_duration(m, 0.5, p[1]->value.unit);
       return !is(c, p[1], "月") && !is(c, p[1], "日");
     }},
    {sym::dur, "dur article? dur",
     [](in p, at c, out m) {
       const auto &x = p[0]->value, &y = p[2]->value;
       if (x.unit == y.unit) return false;
       m = x;
       m.weak = false;
       add_duration(m, y);
       return true;
     }},

    {sym::set, "every wday",
     [](in p, at c, out m) {
       m.text = "XXXX-WXX-" + std::to_string(as_int(p[1]));
       return true;
     }},
    {sym::set, "every dur",
     [](in p, at c, out m) {
       m.text = p[1]->value.text;
       return true;
     }},
    {sym::set, "set time",
     [](in p, at c, out m) {
       const auto s = p[1]->value.a[0];
       m.text = (p[0]->value.text[0] == 'X' ? p[0]->value.text : std::string()) + "T" + (s / 3600 < 10 ? "0" : "") +
                std::to_string(s / 3600) +
                (s % 3600 ? std::string(s / 60 % 60 < 10 ? ":0" : ":") + std::to_string(s / 60 % 60) : std::string());
       return true;
     }},

    {sym::time, "num plural",
     [](in p, at c, out m) {
       if (!hour(p[0]) || (p[0]->value.digits == 0 && is(c, p[1], "时") && p[0]->last - p[0]->first == 1 &&
                           !c.text.is(p[0]->first, "十")))
         return false;
       set_clock(m, as_int(p[0]), 0);
       m.weak = is(c, p[1], "时");
       return true;
     }},
    {sym::time, "num plural num unit?",
     [](in p, at c, out m) {
       if (!hour(p[0]) || !whole_between(p[2], 0, 59) || (p[3] && p[3]->value.unit != period::minute) ||
           (!p[3] && as_int(p[2]) < 10 && p[2]->last - p[2]->first < 2))
         return false;
       set_clock(m, as_int(p[0]), as_int(p[2]));
       return true;
     }},
    {sym::time, "num plural num unit num unit",
     [](in p, at c, out m) {
       if (!hour(p[0]) || !whole_between(p[2], 0, 59) || !whole_between(p[4], 0, 59) ||
           p[3]->value.unit != period::minute || p[5]->value.unit != period::second)
         return false;
       set_clock(m, as_int(p[0]), as_int(p[2]), as_int(p[4]));
       return true;
     }},
    {sym::time, "num plural half",
     [](in p, at c, out m) {
       if (!hour(p[0])) return false;
       set_clock(m, as_int(p[0]), 30);
       return true;
     }},
    {sym::time, "num plural past? num piece",
     [](in p, at c, out m) {
       if (!hour(p[0]) || !whole_between(p[3], 1, 3)) return false;
       set_clock(m, as_int(p[0]), 15 * as_int(p[3]));
       return true;
     }},
    {sym::time, "time oclock",
     [](in p, at c, out m) {
       m = p[0]->value;
       m.weak = false;
       return true;
     }},
    {sym::time, "around time",
     [](in p, at c, out m) {
       m = p[1]->value;
       m.weak = false;
       m.skip = 0;
       return true;
     }},
    {sym::time, "time ampm",
     [](in p, at c, out m) {
       auto s = p[0]->value.a[0];
       if (p[1]->value.n == 12 && s < half_day) s += half_day;
       if (p[1]->value.n == 0 && s / 3600 == 12) s -= half_day;
       m.a[0] = m.a[1] = s;
       m.twelve = false;
       return p[0]->value.twelve || s % 60;
     }},
    {sym::time, "num ampm",
     [](in p, at c, out m) {
       if (!whole_between(p[0], 1, 12)) return false;
       auto s = as_int(p[0]) % 12 * std::int64_t{3600};
       m.a[0] = m.a[1] = p[1]->value.n == 12 ? s + half_day : s;
       return true;
     }},
    {sym::time, "part of? time",
     [](in p, at c, out m) {
       const auto& t = p[2]->value;
       m.a[0] = m.a[1] = in_part(p[0]->value.n, t.a[0], t.twelve);
       m.twelve = false;
       m.named = true;
       m.n = p[0]->value.n;
       return !t.named;
     }},
    {sym::trange, "part",
     [](in p, at c, out m) {
       part_range(p[0]->value.n, m);
       m.weak = p[0]->last - p[0]->first == 1;
       return true;
     }},
    {sym::trange, "from? time to time", [](in p, at c, out m) { return clock_range(p[1]->value, p[3]->value, m); }},
    {sym::trange, "from? part num to time",
     [](in p, at c, out m) {
       if (!hour(p[2])) return false;
       meaning x, y = p[4]->value;
       set_clock(x, as_int(p[2]), 0);
       x.a[0] = in_part(p[1]->value.n, x.a[0], x.twelve);
       y.a[0] = in_part(p[1]->value.n, y.a[0], y.twelve);
       x.twelve = y.twelve = false;
       return clock_range(x, y, m);
     }},
    {sym::trange, "num to time",
     [](in p, at c, out m) {
       if (!hour(p[0]) || c.text.is(p[1]->first, "-")) return false;
       meaning x;
       set_clock(x, as_int(p[0]), 0);
       return clock_range(x, p[2]->value, m);
     }},
    {sym::trange, "time before|after|orlater",
     [](in p, at c, out m) {
       m.a[0] = m.a[1] = m.b[0] = m.b[1] = p[0]->value.a[0];
       m.twelve = p[0]->value.twelve;
       const bool before = p[1]->symbol == sym::before || (p[1]->symbol == sym::orlater && p[1]->value.n < 0);
       (before ? m.no_start : m.no_end) = true;
       return true;
     }},

    {sym::dt, "date of? time",
     [](in p, at c, out m) {
       for (int k : {0, 1}) m.a[k] = p[0]->value.a[k] + p[2]->value.a[0];
       m.twelve = p[2]->value.twelve;
       return p[0]->value.text.empty();
     }},
    {sym::dtrange, "date of? part",
     [](in p, at c, out m) {
       meaning r;
       part_range(p[2]->value.n, r);
       return on_day(p[0]->value, r, m);
     }},
    {sym::dtrange, "from? date trange",
     [](in p, at c, out m) { return !p[2]->value.named && on_day(p[1]->value, p[2]->value, m); }},
    {sym::dtrange, "from? dt to dt|time",
     [](in p, at c, out m) {
       const auto &x = p[1]->value, &y = p[3]->value;
       for (int k : {0, 1}) {
         const auto day = x.a[k] - ((x.a[k] % day_seconds) + day_seconds) % day_seconds;
         m.a[k] = x.a[k];
         m.b[k] = p[3]->symbol == sym::dt ? y.a[k] : day + y.a[k];
         if (m.b[k] < m.a[k] && y.twelve) m.b[k] += half_day;
       }
       m.twelve = x.twelve && y.twelve;
       return true;
     }},
    {sym::dtrange, "dt before|after|orlater",
     [](in p, at c, out m) {
       const bool before = p[1]->symbol == sym::before || (p[1]->symbol == sym::orlater && p[1]->value.n < 0);
       return limit(p[0], before, false, m);
     }},

    {sym::drange, "from? date|drange to date|drange",
     [](in p, at c, out m) { return set_between(m, c, *p[1], *p[3]); }},
    {sym::drange, "from? date to num dayof",
     [](in p, at c, out m) {
       const auto& d = p[1]->value;
       if (d.month <= 0 || d.day <= 0 || !whole_between(p[3], 1, 31) || as_int(p[3]) <= d.day) return false;
       for (int k : {0, 1}) {
         m.a[k] = d.a[k];
         m.b[k] = d.a[k] + (as_int(p[3]) - d.day) * day_seconds;
       }
       return true;
     }},
    {sym::drange, "drange|date and|to drange|date between",
     [](in p, at c, out m) { return set_between(m, c, *p[0], *p[2]); }},
    {sym::drange, "drange|date before",
     [](in p, at c, out m) { return !p[0]->value.weak && limit(p[0], true, false, m); }},
    {sym::drange, "drange|date after",
     [](in p, at c, out m) { return !p[0]->value.weak && limit(p[0], false, false, m); }},
    {sym::drange, "drange|date orlater",
     [](in p, at c, out m) { return !p[0]->value.weak && limit(p[0], p[1]->value.n < 0, true, m); }},
    {sym::drange, "since drange|date orlater?",
     [](in p, at c, out m) { return !p[1]->value.weak && limit(p[1], false, true, m); }},
    {sym::drange, "until drange|date",
     [](in p, at c, out m) { return !p[1]->value.weak && limit(p[1], true, false, m); }},
    {sym::drange, "late of? drange|date",
     [](in p, at c, out m) { return !p[2]->value.weak && limit(p[2], p[0]->value.n < 0, false, m); }},
};

} // namespace

rule_set chinese_rules() { return {rules, std::size(rules)}; }

} // namespace steward::entities
