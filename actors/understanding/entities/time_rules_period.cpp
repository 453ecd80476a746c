// Weeks, months, quarters, years: named, numbered, or counted from now.
#include "actors/understanding/entities/time_rule.hpp"

namespace steward::entities {

namespace {

// The n-th (or last) week of a month or a year.
bool nth_week(int n, const meaning& r, meaning& m) {
  for (int k : {0, 1}) {
    const auto y = civil_of(r.a[k] / day_seconds);
    std::int64_t monday = 0;
    if (r.month) {
      const auto first = r.a[k] / day_seconds, last = r.b[k] / day_seconds - 1;
      // the week that holds the month's last days; counted from the week of its first Thursday
      monday = n < 0 ? monday_of(last - 3) : monday_of(first + 3) + 7 * (n - 1);
    } else
      monday = iso_week(y.year, n < 0 ? iso_weeks(y.year) : n);
    m.a[k] = monday * day_seconds;
    m.b[k] = (monday + 7) * day_seconds;
  }
  m.fixed = r.fixed;
  m.month = m.day = m.year = 0;
  return true;
}

// The weekend that a holiday or another day belongs to; a Monday makes it longer.
bool weekend_around(const meaning& date, meaning& m) {
  if (date.weekday) return false;
  for (int k : {0, 1}) {
    const auto day = date.a[k] / day_seconds;
    const bool monday = weekday_of(day) == 1;
    m.a[k] = (monday ? day - 2 : monday_of(day) + 5) * day_seconds;
    m.b[k] = (monday ? day + 1 : monday_of(day) + 7) * day_seconds;
  }
  m.fixed = date.fixed;
  return true;
}

// A preposition of time, so that what follows is a month and no verb.
bool governed(std::string_view word) {
  for (auto w :
       {"from", "in", "by", "until", "till", "since", "for", "during", "between", "before", "after", "of", "to"})
    if (word == w) return true;
  return false;
}

// "They will march on": a verb behind its subject.
bool marches(const time_context& c, const item* month) {
  if (!c.text.is(month->first, "march") || c.text.raw(c.text[month->first].begin) == U'M') return false;
  const auto before = word_before(c, month);
  for (auto w : {"will", "would", "can", "must", "should", "could", "to", "i", "we", "they", "you"})
    if (before == w) return before != "to" || month->first < 2 || !c.text.digits(month->first - 2);
  return false;
}

const rule rules[] = {
    {sym::drange, "year",
     [](in p, at c, out m) {
       const int skip = m.skip;
       m = p[0]->value;
       m.skip = skip;
       return true;
     }},
    {sym::drange, "the? unit of? year",
     [](in p, at c, out m) {
       m = p[3]->value;
       m.skip = p[0] && c.lang == tongue::spanish ? 1 : 0;
       return p[1]->value.unit == period::year;
     }},
    {sym::drange, "month",
     [](in p, at c, out m) {
       set_month(m, c, 0, as_int(p[0]));
       m.weak = (p[0]->value.weak && word_before(c, p[0]) != "in" && word_before(c, p[0]) != "en") ||
                (c.lang == tongue::english && marches(c, p[0]));
       return true;
     }},
    {sym::drange, "month comma|dash|slash? of? year",
     [](in p, at c, out m) {
       set_month(m, c, p[3]->value.year, as_int(p[0]));
       return true;
     }},
    // the month of September
    {sym::drange, "the? unit of month year?",
     [](in p, at c, out m) {
       if (p[1]->value.unit != period::month || c.lang != tongue::english || !c.text.is(p[2]->first, "of"))
         return false;
       m.skip = p[0] ? 1 : 0;
       set_month(m, c, p[4] ? p[4]->value.year : 0, as_int(p[3]));
       return true;
     }},
    {sym::drange, "month of num",
     [](in p, at c, out m) {
       if (p[2]->value.digits != 2 || c.text.is(p[1]->first, "in")) return false;
       set_month(m, c, full_year(as_int(p[2])), as_int(p[0]));
       return true;
     }},
    {sym::drange, "year comma|dash? month",
     [](in p, at c, out m) {
       set_month(m, c, p[0]->value.year, as_int(p[2]));
       return true;
     }},
    {sym::drange, "month of the? drange",
     [](in p, at c, out m) {
       if (!is_whole_year(p[3]->value) || p[3]->last - p[3]->first < 2) return false;
       set_month(m, c, p[3]->value.year, as_int(p[0]));
       return true;
     }},
    {sym::drange, "rel month",
     [](in p, at c, out m) {
       // "this may help", but "from this May"
       if (p[1]->value.weak && p[0]->value.n == 0 && c.lang == tongue::english && !governed(word_before(c, p[0])))
         return false;
       const auto now = civil_of(c.today);
       const int month = as_int(p[1]), rel = as_int(p[0]);
       set_month(m, c,
                 rel > 0   ? (month > now.month ? now.year : now.year + 1)
                 : rel < 0 ? (month < now.month ? now.year : now.year - 1)
                           : now.year,
                 month);
       return true;
     }},
    {sym::drange, "rel unit",
     [](in p, at c, out m) {
       if (p[1]->value.unit <= period::hour || p[1]->value.unit == period::day || p[0]->value.n == 0.5) return false;
       return set_unit_range(m, c.today, p[1]->value.unit, as_int(p[0]));
     }},
    {sym::drange, "the rel unit",
     [](in p, at c, out m) {
       m.skip = 0;
       return c.lang == tongue::spanish && p[2]->value.unit >= period::week &&
              set_unit_range(m, c.today, p[2]->value.unit, as_int(p[1])) &&
              (m.skip = p[2]->value.unit == period::quarter || c.text.is(p[1]->first, "mismo") ||
                                c.text.is(p[1]->first, "misma")
                            ? 1
                            : 0,
               true);
     }},
    {sym::drange, "the? unit rel",
     [](in p, at c, out m) {
       m.skip = p[0] && p[1]->value.unit == period::quarter ? 1 : 0;
       return c.lang == tongue::spanish && p[1]->value.unit >= period::week && p[2]->value.n != 0.5 &&
              set_unit_range(m, c.today, p[1]->value.unit, as_int(p[2]));
     }},
    {sym::date, "rel unit",
     [](in p, at c, out m) {
       if (p[1]->value.unit != period::day || c.text.is(p[1]->first, "night") || c.text.is(p[1]->first, "d"))
         return false;
       set_day(m, c.today + as_int(p[0]));
       return c.lang != tongue::chinese;
     }},
    {sym::date, "the unit rel",
     [](in p, at c, out m) {
       if (p[1]->value.unit != period::day || c.lang != tongue::spanish) return false;
       set_day(m, c.today + as_int(p[2]));
       return true;
     }},
    {sym::dtrange, "rel unit",
     [](in p, at c, out m) {
       return p[1]->value.unit <= period::hour && p[0]->value.n != 0 &&
              set_counted(m, c, 1, p[1]->value.unit, p[0]->value.n);
     }},
    {sym::drange, "the unit",
     [](in p, at c, out m) {
       m.skip = 0;
       return (p[1]->value.unit == period::week || p[1]->value.unit == period::month ||
               p[1]->value.unit == period::year) &&
              c.text.word(p[1]->first).size() >= 3 && c.text.word(p[1]->last - 1).back() != 's' &&
              !(c.text.is(p[1]->last, "to") && c.text.is(p[1]->last + 1, "date")) &&
              !(c.text.is(p[1]->last, "hasta") && c.text.is(p[1]->last + 2, "fecha")) &&
              set_unit_range(m, c.today, p[1]->value.unit, 0) && (m.skip = c.lang == tongue::spanish ? 1 : 0, true);
     }},
    // el socio del mes
    {sym::drange, "of unit",
     [](in p, at c, out m) {
       const auto u = p[1]->value.unit;
       m.skip = 1;
       return c.lang == tongue::spanish && c.text.is(p[0]->first, "del") && p[0]->last == p[0]->first + 1 &&
              (c.text.is(p[1]->first, "mes") || c.text.is(p[1]->first, "año")) && set_unit_range(m, c.today, u, 0);
     }},
    {sym::drange, "the? season rel",
     [](in p, at c, out m) {
       static const char* names[] = {"SP", "SU", "FA", "WI"};
       m.skip = 0;
       m.text = std::to_string(civil_of(c.today).year + as_int(p[2])) + "-" + names[(as_int(p[1]) - 1) & 3];
       return c.lang == tongue::spanish;
     }},
    {sym::drange, "weekend", [](in p, at c, out m) { return set_unit_range(m, c.today, period::weekend, 0); }},
    {sym::drange, "date weekend", [](in p, at c, out m) { return weekend_around(p[0]->value, m); }},
    {sym::drange, "the? weekend of the? date",
     [](in p, at c, out m) {
       m.skip = p[0] ? 1 : 0;
       return p[4]->value.month > 0 && weekend_around(p[4]->value, m);
     }},
    {sym::drange, "hday weekend of? year",
     [](in p, at c, out m) {
       meaning d;
       if (!set_holiday(d, c, as_int(p[0]), p[3]->value.year)) return false;
       return weekend_around(d, m);
     }},
    {sym::drange, "rel season",
     [](in p, at c, out m) {
       static const char* names[] = {"SP", "SU", "FA", "WI"};
       m.text = std::to_string(civil_of(c.today).year + as_int(p[0])) + "-" + names[(as_int(p[1]) - 1) & 3];
       return true;
     }},
    {sym::drange, "the? season of? year",
     [](in p, at c, out m) {
       static const char* names[] = {"SP", "SU", "FA", "WI"};
       m.text = std::to_string(p[3]->value.year) + "-" + names[(as_int(p[1]) - 1) & 3];
       return true;
     }},
    {sym::drange, "the? season",
     [](in p, at c, out m) {
       static const char* names[] = {"SP", "SU", "FA", "WI"};
       m.text = names[(as_int(p[1]) - 1) & 3];
       m.weak = p[1]->value.weak;
       return c.lang != tongue::english || !p[0];
     }},
    {sym::drange, "the? rel unit of the? drange",
     [](in p, at c, out m) {
       m.skip = 0;
       return p[1]->value.n < 0 && p[2]->value.unit == period::week &&
              (is_month(p[5]->value) || is_whole_year(p[5]->value)) && nth_week(-1, p[5]->value, m);
     }},
    {sym::drange, "the? ord unit of the? drange",
     [](in p, at c, out m) {
       m.skip = 0;
       const auto& r = p[5]->value;
       const int n = as_int(p[1]);
       if (p[2]->value.unit == period::week && (is_month(r) || is_whole_year(r)))
         return n >= 1 && n <= 53 && nth_week(n, r, m);
       if (p[2]->value.unit == period::month && is_whole_year(r) && n >= 1 && n <= 12) {
         set_month(m, c, r.year, n);
         m.skip = p[0] && c.lang == tongue::spanish ? 1 : 0;
         return true;
       }
       if (p[2]->value.unit == period::quarter && is_whole_year(r) && n >= 1 && n <= 4)
         return set_quarter(m, n, r.year);
       return false;
     }},
    {sym::drange, "the? ord|rel num unit of the? drange",
     [](in p, at c, out m) {
       m.skip = 0;
       const auto& r = p[6]->value;
       if (p[3]->value.unit <= period::hour || !(is_month(r) || is_whole_year(r))) return false;
       const bool end = p[1]->symbol == sym::rel;
       if ((end && p[1]->value.n >= 0) || (!end && p[1]->value.n != 1)) return false;
       if (!set_counted_in(m, p[2]->value.n, p[3]->value.unit, r, end)) return false;
       if (!r.fixed) { // of June: of the coming one, or of the last
         meaning former = r, span;
         former.a[0] = r.a[1];
         former.b[0] = r.b[1];
         set_counted_in(span, p[2]->value.n, p[3]->value.unit, former, end);
         m.a[1] = span.a[0];
         m.b[1] = span.b[0];
         m.fixed = false;
       }
       return (m.skip = p[0] && c.lang == tongue::english && !end ? 1 : 0, true);
     }},
    {sym::drange, "the? unit num",
     [](in p, at c, out m) {
       m.skip = p[0] ? 1 : 0;
       if (p[1]->value.unit != period::week || !whole_between(p[2], 1, 53) || p[2]->value.digits > 2) return false;
       const auto monday = iso_week(civil_of(c.today).year, as_int(p[2]));
       set_range(m, monday, monday + 7);
       return true;
     }},
    {sym::drange, "the? unit num of the? drange",
     [](in p, at c, out m) {
       m.skip = p[0] ? 1 : 0;
       if (p[1]->value.unit != period::week || !whole_between(p[2], 1, 53) || !is_whole_year(p[5]->value)) return false;
       const auto monday = iso_week(p[5]->value.year, as_int(p[2]));
       set_range(m, monday, monday + 7);
       return true;
     }},
    {sym::drange, "ord unit",
     [](in p, at c, out m) {
       if (p[1]->value.unit != period::week || c.lang != tongue::spanish || as_int(p[0]) < 2) return false;
       const auto monday = iso_week(civil_of(c.today).year, as_int(p[0]));
       set_range(m, monday, monday + 7);
       return true;
     }},
    {sym::drange, "ord unit",
     [](in p, at c, out m) {
       if (p[1]->value.unit != period::century || !whole_between(p[0], 1, 30)) return false;
       const int y = 100 * (as_int(p[0]) - 1);
       set_range(m, days_of(y, 1, 1), days_of(y + 100, 1, 1));
       return true;
     }},
    {sym::drange, "the? unit of|since on? the? date",
     [](in p, at c, out m) {
       m.skip = 0;
       if (p[1]->value.unit != period::week || !(p[2]) || p[5]->value.weekday) return false;
       for (int k : {0, 1}) {
         const auto monday = monday_of(p[5]->value.a[k] / day_seconds);
         m.a[k] = monday * day_seconds;
         m.b[k] = (monday + 7) * day_seconds;
       }
       return true;
     }},
    {sym::drange, "dur since|from date",
     [](in p, at c, out m) {
       if (is_clock(p[0]->value) || p[1]->symbol != sym::since) return false;
       m.a[0] = m.a[1] = p[2]->value.a[p[2]->value.a[1] / day_seconds / 365 == c.today / 365 ? 1 : 0];
       m.b[0] = m.b[1] = shifted(m.a[0], p[0]->value, 1);
       return c.text.word(p[1]->first) != "since";
     }},
    {sym::drange, "for dur comma? from date",
     [](in p, at c, out m) {
       m.skip = 0;
       if (is_clock(p[1]->value)) return false;
       m.a[0] = m.a[1] = p[4]->value.a[0];
       m.b[0] = m.b[1] = shifted(m.a[0], p[1]->value, 1);
       return true;
     }},
    {sym::drange, "the? quarter of? the? year",
     [](in p, at c, out m) {
       m.skip = p[0] && (c.lang == tongue::english || p[1]->value.n > 10) ? 1 : 0;
       return set_quarter(m, as_int(p[1]), p[4]->value.year);
     }},
    {sym::drange, "the? quarter of? the? drange",
     [](in p, at c, out m) {
       m.skip = p[0] && c.lang == tongue::english ? 1 : 0;
       return is_whole_year(p[4]->value) && set_quarter(m, as_int(p[1]), p[4]->value.year);
     }},
    {sym::drange, "year dash|comma? quarter",
     [](in p, at c, out m) { return set_quarter(m, as_int(p[2]), p[0]->value.year); }},
    {sym::drange, "drange quarter",
     [](in p, at c, out m) { return is_whole_year(p[0]->value) && set_quarter(m, as_int(p[1]), p[0]->value.year); }},
    {sym::drange, "drange of quarter",
     [](in p, at c, out m) { return is_whole_year(p[0]->value) && set_quarter(m, as_int(p[2]), p[0]->value.year); }},
    {sym::drange, "quarter dash|slash year",
     [](in p, at c, out m) { return set_quarter(m, as_int(p[0]), p[2]->value.year); }},
    {sym::drange, "quarter",
     [](in p, at c, out m) {
       const int y = civil_of(c.today).year;
       m.weak = p[0]->value.n > 10 || p[0]->last - p[0]->first > 2;
       return set_quarter(m, as_int(p[0]), y);
     }},
};

} // namespace

rule_set period_rules() { return {rules, std::size(rules)}; }

} // namespace steward::entities
