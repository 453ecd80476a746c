// Single days: by number and month, weekday, holiday, distance from now.
#include "actors/understanding/entities/time_rule.hpp"

namespace steward::entities {

namespace {

bool money_before(const time_context& c, const item* i) {
  const auto w = word_before(c, i);
  return w == "$" || w == "€" || w == "£";
}

bool day_month(const time_context& c, const item* day, const item* month, int year, meaning& m) {
  if (!whole_between(day, 1, 31) || day->value.digits > 2 || (day->value.weak && day->first != month->last) ||
      money_before(c, day))
    return false;
  // "one may ask"
  if (month->value.weak && c.lang == tongue::english && day->symbol == sym::num && day->value.digits == 0 &&
      day->last == month->first)
    return false;
  return set_month_day(m, c, year, as_int(month), as_int(day));
}

int year_of(const item* y) {
  if (y->symbol == sym::year) return y->value.year;
  return y->value.digits == 2 && whole_between(y, 0, 99) ? full_year(as_int(y)) : 0;
}

// The weekday of the week that lies `shift` weeks away.
void week_day(const time_context& c, int weekday, int shift, meaning& m) {
  set_day(m, monday_of(c.today) + 7 * shift + weekday - 1);
  m.month = m.day = m.year = 0;
  m.weekday = weekday;
}

// A weekday with its day of the month: the nearest such days on both sides.
bool weekday_and_day(const time_context& c, int weekday, const item* day, bool this_month, meaning& m) {
  if (!whole_between(day, 1, 31) || (day->symbol == sym::num && day->value.digits > 2) ||
      (day->symbol == sym::num && day->value.digits == 0 && !this_month))
    return false;
  const int d = as_int(day);
  const auto now = civil_of(c.today);
  if (this_month && d <= days_in_month(now.year, now.month) && weekday_of(days_of(now.year, now.month, d)) == weekday) {
    set_day(m, days_of(now.year, now.month, d));
    return true;
  }
  bool found[2] = {false, false};
  for (int k = 0; k < 480 && !(found[0] && found[1]); ++k)
    for (int side : {0, 1}) {
      const auto first = add_months(days_of(now.year, now.month, 1), side ? -k : k);
      const auto y = civil_of(first);
      if (found[side] || d > days_in_month(y.year, y.month)) continue;
      const auto at = first + d - 1;
      if (weekday_of(at) == weekday && (side ? at < c.today : at >= c.today)) {
        m.a[side] = at * day_seconds;
        found[side] = true;
      }
    }
  m.day = d;
  m.month = -1; // known by the weekday
  return found[0] && found[1];
}

bool nth_in(const time_context& c, int n, int weekday, const meaning& month, meaning& m) {
  (void)c;
  for (int k : {0, 1}) {
    const auto y = civil_of(month.a[k] / day_seconds);
    m.a[k] = nth_weekday(y.year, y.month, weekday, n) * day_seconds;
  }
  m.fixed = month.fixed;
  return n >= -1 && n <= 5 && n != 0;
}

bool takes_article(const time_context& c, meaning& m) {
  m.skip = c.lang == tongue::english ? 0 : 1;
  return true;
}

// "1 June and the 3rd": a day that takes its month from the date it is listed with.
bool listed_day(const time_context& c, const item* day, const item* date, meaning& m) {
  const auto& d = date->value;
  if (!whole_between(day, 1, 31) || day->value.digits > 2 || (day->symbol == sym::num && day->value.digits == 0) ||
      d.month <= 0 || d.day <= 0 || d.weekday || !d.text.empty() || day->value.n >= d.day || money_before(c, day))
    return false;
  return set_month_day(m, c, d.year, d.month, as_int(day));
}

// A number that hangs on further digits is no day of the month: "Friday 1-3 pm", "Friday 10:30".
bool hangs_on_digits(const time_context& c, const item* n) {
  return c.text.glued(n->last) && (c.text.is(n->last, "-") || c.text.is(n->last, ":") || c.text.is(n->last, "–")) &&
         c.text.digits(n->last + 1);
}

const rule rules[] = {
    {sym::date, "month dash|slash num|ord dash|slash year",
     [](in p, at c, out m) { return day_month(c, p[2], p[0], p[4]->value.year, m); }},
    {sym::date, "month comma? num|ord", [](in p, at c, out m) { return day_month(c, p[2], p[0], 0, m); }},
    {sym::date, "month the num|ord", [](in p, at c, out m) { return day_month(c, p[2], p[0], 0, m); }},
    {sym::date, "month slash|dash num", [](in p, at c, out m) { return day_month(c, p[2], p[0], 0, m); }},
    {sym::date, "num|ord of? month", [](in p, at c, out m) { return day_month(c, p[0], p[2], 0, m); }},
    {sym::date, "num|ord dash|slash month", [](in p, at c, out m) { return day_month(c, p[0], p[2], 0, m); }},
    {sym::date, "the num|ord of? month",
     [](in p, at c, out m) {
       return day_month(c, p[1], p[3], 0, m) && takes_article(c, m) &&
              (c.lang != tongue::english || p[1]->symbol == sym::ord);
     }},
    {sym::date, "the? dayof num|ord of? month",
     [](in p, at c, out m) {
       m.skip = 0;
       return c.lang == tongue::spanish && day_month(c, p[2], p[4], 0, m);
     }},
    {sym::date, "the? ord dayof of month", [](in p, at c, out m) { return day_month(c, p[1], p[4], 0, m); }},
    {sym::date, "num of num",
     [](in p, at c, out m) {
       return c.lang == tongue::spanish && whole_between(p[0], 1, 31) && whole_between(p[2], 1, 12) &&
              p[0]->value.digits && p[2]->value.digits && p[0]->value.digits <= 2 && p[2]->value.digits <= 2 &&
              set_month_day(m, c, 0, as_int(p[2]), as_int(p[0]));
     }},
    {sym::date, "date comma? of? year",
     [](in p, at c, out m) {
       return is_month_day(p[0]->value) && set_month_day(m, c, p[3]->value.year, p[0]->value.month, p[0]->value.day);
     }},
    {sym::date, "date of num",
     [](in p, at c, out m) {
       return is_month_day(p[0]->value) && p[2]->value.digits == 2 &&
              set_month_day(m, c, full_year(as_int(p[2])), p[0]->value.month, p[0]->value.day);
     }},
    {sym::date, "num dash|slash month dash|slash year|num",
     [](in p, at c, out m) {
       const int y = year_of(p[4]);
       return y && day_month(c, p[0], p[2], y, m);
     }},
    {sym::date, "year dash|slash month dash|slash num",
     [](in p, at c, out m) { return day_month(c, p[4], p[2], p[0]->value.year, m); }},
    {sym::date, "year month num|ord", [](in p, at c, out m) { return day_month(c, p[2], p[1], p[0]->value.year, m); }},
    {sym::date, "month dash|slash year dash|slash num",
     [](in p, at c, out m) { return day_month(c, p[4], p[0], p[2]->value.year, m); }},
    {sym::date, "year slash|dash num slash|dash month",
     [](in p, at c, out m) { return day_month(c, p[2], p[4], p[0]->value.year, m); }},
    {sym::date, "num dash|slash year dash|slash month",
     [](in p, at c, out m) { return day_month(c, p[0], p[4], p[2]->value.year, m); }},
    {sym::date, "dayword",
     [](in p, at c, out m) {
       set_day(m, c.today + as_int(p[0]));
       m.month = m.day = m.year = 0;
       m.weak = p[0]->value.weak;
       return true;
     }},
    {sym::date, "wday",
     [](in p, at c, out m) {
       set_weekday(m, c, as_int(p[0]));
       m.weak = p[0]->value.weak;
       return true;
     }},
    {sym::date, "the wday",
     [](in p, at c, out m) {
       set_weekday(m, c, as_int(p[1]));
       m.weak = p[1]->value.weak;
       m.skip = 1;
       return true;
     }},
    {sym::date, "rel wday",
     [](in p, at c, out m) {
       const auto w = c.text.word(p[0]->last - 1);
       const int day = as_int(p[1]);
       if (w == "past" && p[0]->value.n < 0) {
         set_weekday(m, c, day);
         set_day(m, m.a[1] / day_seconds);
       } else if (p[0]->value.n == 0.5) {
         set_weekday(m, c, day);
         set_day(m, m.a[0] / day_seconds == c.today ? c.today + 7 : m.a[0] / day_seconds);
       } else
         week_day(c, day, as_int(p[0]), m);
       m.month = m.day = m.year = 0;
       m.weekday = day;
       return true;
     }},
    {sym::date, "wday rel",
     [](in p, at c, out m) {
       if (c.lang != tongue::spanish || p[1]->value.n == 0) return false;
       week_day(c, as_int(p[0]), as_int(p[1]), m);
       return true;
     }},
    {sym::date, "rel wday rel",
     [](in p, at c, out m) {
       if (c.lang != tongue::spanish || p[0]->value.n != 0) return false;
       set_weekday(m, c, as_int(p[1]));
       set_day(m, m.a[p[2]->value.n < 0 ? 1 : 0] / day_seconds);
       return true;
     }},
    {sym::date, "drange comma|dash? on? wday",
     [](in p, at c, out m) {
       m.skip = c.text.is(p[0]->first, "la") ? 1 : 0;
       if (!is_week(p[0]->value) || !p[0]->value.fixed) return false;
       set_day(m, p[0]->value.a[0] / day_seconds + as_int(p[3]) - 1);
       return true;
     }},
    {sym::date, "wday of? the? drange",
     [](in p, at c, out m) {
       if (!is_week(p[3]->value) || !p[3]->value.fixed || p[3]->value.weak) return false;
       set_day(m, p[3]->value.a[0] / day_seconds + as_int(p[0]) - 1);
       return true;
     }},
    {sym::date, "on wday of the? drange",
     [](in p, at c, out m) {
       m.skip = c.lang == tongue::spanish ? 1 : 0;
       if (!is_week(p[4]->value) || !p[4]->value.fixed) return false;
       set_day(m, p[4]->value.a[0] / day_seconds + as_int(p[1]) - 1);
       return true;
     }},
    {sym::date, "wday num|ord",
     [](in p, at c, out m) { return !hangs_on_digits(c, p[1]) && weekday_and_day(c, as_int(p[0]), p[1], false, m); }},
    {sym::date, "wday comma? the dayof? num|ord",
     [](in p, at c, out m) { return weekday_and_day(c, as_int(p[0]), p[4], true, m); }},
    {sym::date, "wday dayof num|ord",
     [](in p, at c, out m) { return weekday_and_day(c, as_int(p[0]), p[2], true, m); }},
    {sym::date, "date comma|open|dash? date close?",
     [](in p, at c, out m) {
       const auto &x = p[0]->value, &y = p[2]->value;
       const bool day_first = x.weekday != 0 && x.month == 0 && y.month > 0 && y.day > 0 && y.weekday == 0;
       const bool day_last = y.weekday != 0 && y.month == 0 && x.month > 0 && x.day > 0 && x.weekday == 0 &&
                             p[2]->last - p[2]->first == 1;
       if (!day_first && !day_last) return false;
       const bool opened = p[1] && p[1]->symbol == sym::open;
       if (opened != (p[3] != nullptr)) return false;
       const int skip = m.skip;
       m = day_first ? y : x;
       m.skip = skip;
       if (day_first && x.fixed && !y.fixed) set_month_day(m, c, civil_of(c.today).year, y.month, y.day);
       return true;
     }},
    {sym::date, "the date",
     [](in p, at c, out m) {
       if (c.lang != tongue::spanish || p[1]->first != p[0]->last || p[1]->value.skip) return false;
       m = p[1]->value;
       m.skip = 1;
       return true;
     }},
    {sym::date, "rel date",
     [](in p, at c, out m) {
       if (!is_month_day(p[1]->value)) return false;
       const int year = civil_of(c.today).year + (p[0]->value.n > 0 ? 1 : p[0]->value.n < 0 ? -1 : 0);
       const auto d = p[1]->value;
       if (!set_month_day(m, c, year, d.month, d.day)) return false;
       return true;
     }},
    {sym::date, "hday",
     [](in p, at c, out m) {
       m.holiday = true;
       return set_holiday(m, c, as_int(p[0]), 0);
     }},
    {sym::date, "hday of? comma? year",
     [](in p, at c, out m) {
       m.holiday = true;
       return set_holiday(m, c, as_int(p[0]), p[3]->value.year);
     }},
    {sym::date, "hday of? the? drange",
     [](in p, at c, out m) {
       m.holiday = true;
       return is_whole_year(p[3]->value) && set_holiday(m, c, as_int(p[0]), p[3]->value.year);
     }},
    {sym::date, "rel hday",
     [](in p, at c, out m) {
       if (!set_holiday(m, c, as_int(p[1]), 0)) return false;
       const int k = p[0]->value.n < 0 ? 1 : 0;
       set_day(m, m.a[k] / day_seconds);
       return true;
     }},
    {sym::date, "ord wday of? the? drange",
     [](in p, at c, out m) { return is_month(p[4]->value) && nth_in(c, as_int(p[0]), as_int(p[1]), p[4]->value, m); }},
    {sym::date, "rel wday of the? drange",
     [](in p, at c, out m) {
       return p[0]->value.n < 0 && is_month(p[4]->value) && nth_in(c, -1, as_int(p[1]), p[4]->value, m);
     }},
    {sym::date, "the? num|ord dayof? of? drange",
     [](in p, at c, out m) {
       const auto& r = p[4]->value;
       const bool said = p[1]->symbol == sym::ord || p[3];
       if (!whole_between(p[1], 1, 31) || !said || !r.fixed || r.year == 0 || !is_month(r) ||
           p[4]->last - p[4]->first < 2 || p[1]->value.digits > 2)
         return false;
       if (as_int(p[1]) > days_in_month(r.year, r.month)) return false;
       set_day(m, days_of(r.year, r.month, as_int(p[1])));
       m.skip = p[0] && c.lang != tongue::english && !p[2] ? 1 : 0;
       return true;
     }},
    {sym::date, "the ord",
     [](in p, at c, out m) {
       const auto w = word_before(c, p[0]);
       const bool said = c.text.digits(p[1]->first) && (w == "on" || w == "by" || w == "until" || w == "of");
       // el 4.º, but not el 4.º piso
       const bool spanish = c.lang == tongue::spanish && c.text.digits(p[1]->first) && c.text.is(p[0]->first, "el") &&
                            (p[1]->last >= c.text.size() || c.text[p[1]->last].kind != token_kind::word);
       m.weak = !(spanish || (c.lang == tongue::english && said));
       m.skip = spanish ? 1 : 0;
       return set_day_alone(m, c, as_int(p[1]));
     }},
    // the day after Christmas
    {sym::date, "dayword the? date",
     [](in p, at c, out m) {
       const auto w = c.text.word(p[0]->last - 1);
       if (c.lang != tongue::english || (w != "after" && w != "before") || p[0]->last - p[0]->first > 3 ||
           p[2]->last - p[2]->first > 4)
         return false;
       for (int k : {0, 1}) m.a[k] = p[2]->value.a[k] + as_int(p[0]) * day_seconds;
       m.fixed = p[2]->value.fixed;
       return p[2]->value.text.empty();
     }},
    // two Sundays ago, three Mondays from now
    {sym::date, "num wday ago|later",
     [](in p, at c, out m) {
       if (c.lang != tongue::english || !whole_between(p[0], 1, 60)) return false;
       meaning day;
       set_weekday(day, c, as_int(p[1]));
       const bool back = p[2]->symbol == sym::ago;
       // today itself is none of those to come
       const auto first = back ? day.a[1] : day.a[0] == c.today * day_seconds ? day.a[0] + 7 * day_seconds : day.a[0];
       set_day(m, first / day_seconds + (back ? -7 : 7) * (as_int(p[0]) - 1));
       return true;
     }},
    {sym::date, "the? wday after rel",
     [](in p, at c, out m) {
       if (c.lang != tongue::english || p[3]->value.n != 1) return false;
       m.skip = p[0] ? 1 : 0;
       week_day(c, as_int(p[1]), 2, m);
       return true;
     }},
    {sym::date, "the? rel unit of the? drange",
     [](in p, at c, out m) {
       const auto& r = p[5]->value;
       if (p[2]->value.unit != period::day || p[1]->value.n >= 0 || r.no_start || r.no_end || !r.text.empty())
         return false;
       for (int k : {0, 1}) m.a[k] = r.b[k] - day_seconds;
       m.fixed = r.fixed;
       m.skip = 0;
       return true;
     }},
    {sym::date, "the? rel unit of unit",
     [](in p, at c, out m) {
       meaning r;
       if (c.lang != tongue::spanish || p[2]->value.unit != period::day || p[1]->value.n >= 0 ||
           p[4]->value.unit < period::week || !set_unit_range(r, c.today, p[4]->value.unit, 0))
         return false;
       set_day(m, r.b[0] / day_seconds - 1);
       m.skip = 0;
       return true;
     }},
    {sym::date, "num|ord and the? date",
     [](in p, at c, out m) {
       m.rest = static_cast<int>(p[3]->last - p[0]->last);
       return listed_day(c, p[0], p[3], m);
     }},
    {sym::date, "num|ord comma date",
     [](in p, at c, out m) {
       m.rest = static_cast<int>(p[2]->last - p[0]->last);
       return p[2]->value.rest > 0 && listed_day(c, p[0], p[2], m);
     }},
    {sym::date, "the dayof num",
     [](in p, at c, out m) {
       return c.lang == tongue::spanish && whole_between(p[2], 1, 31) && p[2]->value.digits <= 2 &&
              set_day_alone(m, c, as_int(p[2]));
     }},
};

} // namespace

rule_set date_rules() { return {rules, std::size(rules)}; }

} // namespace steward::entities
