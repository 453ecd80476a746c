// A day and a time of it.
#include "actors/understanding/entities/time_rule.hpp"

namespace steward::entities {

namespace {

bool join(const meaning& day, const meaning& time, meaning& m) {
  if (day.holiday) return false;
  for (int k : {0, 1}) m.a[k] = day.a[k] + time.a[k];
  m.twelve = time.twelve;
  m.fixed = day.fixed;
  if (!day.text.empty())
    m.text = day.text + "T" + (time.a[0] / 3600 < 10 ? "0" : "") + std::to_string(time.a[0] / 3600) + ":" +
             (time.a[0] / 60 % 60 < 10 ? "0" : "") + std::to_string(time.a[0] / 60 % 60);
  return true;
}

bool join_range(const meaning& day, const meaning& r, meaning& m) {
  // meals and holidays stay apart
  if ((r.named && (r.n == 11 || r.n == 17 || r.n == 8.5)) || (r.n == 17 && !r.named)) return false;
  for (int k : {0, 1}) {
    m.a[k] = day.a[k] + r.a[k];
    m.b[k] = day.a[k] + r.b[k];
    if (!r.no_start && !r.no_end && m.b[k] < m.a[k]) m.b[k] += day_seconds;
  }
  m.no_start = r.no_start;
  m.no_end = r.no_end;
  m.twelve = r.twelve;
  m.fixed = day.fixed;
  m.named = r.named;
  m.n = r.n;
  return day.text.empty();
}

// The seconds of a part of the day that was said of a whole day.
bool day_part(std::int64_t day, double hour, meaning& m) {
  const auto from = hour == 11 ? 11 * 3600 : static_cast<std::int64_t>(hour * 3600);
  m.a[0] = m.a[1] = day * day_seconds + from;
  m.b[0] = m.b[1] = day * day_seconds + (hour == 20 ? day_seconds - 1 : hour == 11 ? 13 * 3600 : from + 4 * 3600);
  m.named = true;
  m.fixed = true;
  m.n = hour;
  return hour > 0;
}

std::int64_t start_of_day(std::int64_t s) { return s - ((s % day_seconds) + day_seconds) % day_seconds; }

// A time said of a part of a day: "tonight at 8".
std::int64_t in_part(double hour, std::int64_t s, bool twelve) {
  if (hour >= 12 && s < day_seconds / 2 && twelve && !(hour == 20 && s < 5 * 3600)) return s + day_seconds / 2;
  return s;
}

const rule rules[] = {
    {sym::dt, "date comma|dash? at|on? time",
     [](in p, at c, out m) {
       // "Tuesday by 5pm" is until then
       return !(p[2] && c.text.is(p[2]->first, "by")) && join(p[0]->value, p[3]->value, m);
     }},
    // Wed Oct 26 15:50:06 2016
    {sym::dt, "date comma? time comma? year",
     [](in p, at c, out m) {
       meaning day;
       return is_month_day(p[0]->value) && !p[2]->value.weak &&
              set_month_day(day, c, p[4]->value.year, p[0]->value.month, p[0]->value.day) && join(day, p[2]->value, m);
     }},
    // a las siete del 15; el 15 a las siete
    {sym::dt, "time of num",
     [](in p, at c, out m) {
       meaning day;
       return c.lang == tongue::spanish && c.text.is(p[1]->first, "del") && p[1]->last == p[1]->first + 1 &&
              whole_between(p[2], 1, 31) && set_day_alone(day, c, as_int(p[2])) && join(day, p[0]->value, m);
     }},
    {sym::dt, "the num time",
     [](in p, at c, out m) {
       meaning day;
       m.skip = 1;
       return c.lang == tongue::spanish && c.text.is(p[0]->first, "el") && p[2]->value.skip > 0 &&
              whole_between(p[1], 1, 31) && p[1]->value.digits <= 2 && set_day_alone(day, c, as_int(p[1])) &&
              join(day, p[2]->value, m);
     }},
    {sym::dt, "dt zone",
     [](in p, at c, out m) {
       const int skip = m.skip;
       m = p[0]->value;
       m.skip = skip;
       return !c.text.is(p[1]->first, "z") || c.text.glued(p[1]->first);
     }},
    {sym::dtrange, "late|edge dayof on? date",
     [](in p, at c, out m) {
       const auto& d = p[3]->value;
       if (c.lang != tongue::english || d.weekday == 0) return false;
       m.skip = 0;
       for (int k : {0, 1}) {
         m.a[k] = d.a[k] + (p[0]->value.n > 0 ? 12 : 0) * 3600;
         m.b[k] = d.a[k] + (p[0]->value.n > 0 ? 24 : 12) * 3600;
       }
       return true;
     }},
    {sym::dt, "time comma? on|of|in? the? date",
     [](in p, at c, out m) {
       if (p[0]->value.weak && c.lang != tongue::spanish) return false;
       // "las 9 de la mañana" is in the morning, "a las 9 mañana" tomorrow
       if (c.lang == tongue::spanish && c.text.is(p[4]->last - 1, "mañana") && c.text.is(p[4]->last - 2, "la"))
         return false;
       return join(p[4]->value, p[0]->value, m) && (p[2] == nullptr || p[2]->symbol != sym::in ||
                                                    c.text.word(p[2]->first) == "on" || c.lang != tongue::english);
     }},
    {sym::dtrange, "date comma? in|of|at? the? part",
     [](in p, at c, out m) {
       meaning r;
       day_part(0, p[4]->value.n, r);
       return p[4]->value.n > 0 && !p[4]->value.weak && join_range(p[0]->value, r, m);
     }},
    {sym::dtrange, "part of|on|in? the? date",
     [](in p, at c, out m) {
       meaning r;
       day_part(0, p[0]->value.n, r);
       return p[0]->value.n > 0 && join_range(p[3]->value, r, m);
     }},
    {sym::dtrange, "rel part",
     [](in p, at c, out m) {
       return p[1]->value.n != 11 && !p[1]->value.weak && day_part(c.today + as_int(p[0]), p[1]->value.n, m);
     }},
    {sym::dtrange, "wday in? the? part of? the? drange",
     [](in p, at c, out m) {
       if (!is_week(p[6]->value) || !p[6]->value.fixed || p[3]->value.n < 0) return false;
       return day_part(p[6]->value.a[0] / day_seconds + as_int(p[0]) - 1, p[3]->value.n, m);
     }},
    {sym::dtrange, "ord wday in? the? part|trange of the? drange",
     [](in p, at c, out m) {
       if (!is_month(p[7]->value)) return false;
       meaning r = p[4]->value;
       if (p[4]->symbol == sym::part) day_part(0, p[4]->value.n, r);
       meaning day;
       for (int k : {0, 1}) {
         const auto y = civil_of(p[7]->value.a[k] / day_seconds);
         day.a[k] = nth_weekday(y.year, y.month, as_int(p[1]), as_int(p[0])) * day_seconds;
       }
       return join_range(day, r, m);
     }},
    {sym::dtrange, "date comma? at|on? trange",
     [](in p, at c, out m) { return join_range(p[0]->value, p[3]->value, m); }},
    {sym::dtrange, "trange on|of|in|comma? the? date",
     [](in p, at c, out m) { return join_range(p[3]->value, p[0]->value, m); }},
    // the 17 between 2 and 4pm
    {sym::dtrange, "the num trange",
     [](in p, at c, out m) {
       const auto& r = p[2]->value;
       meaning day;
       m.skip = 0;
       return c.lang == tongue::english && whole_between(p[1], 1, 31) && p[1]->value.digits > 0 &&
              p[1]->value.digits <= 2 && !r.named && !r.no_start && !r.no_end &&
              (c.text.is(p[2]->first, "between") || c.text.is(p[2]->first, "from")) &&
              set_day_alone(day, c, as_int(p[1])) && join_range(day, r, m);
     }},
    {sym::dtrange, "date comma? for dur from time",
     [](in p, at c, out m) {
       if (!is_clock(p[3]->value)) return false;
       meaning r;
       r.a[0] = r.a[1] = p[5]->value.a[0];
       r.b[0] = r.b[1] = r.a[0] + static_cast<std::int64_t>(p[3]->value.seconds);
       return join_range(p[0]->value, r, m);
     }},
    {sym::dt, "dtrange comma? at|around? time",
     [](in p, at c, out m) {
       const auto &r = p[0]->value, &t = p[3]->value;
       if (!r.named || r.no_start || r.no_end) return false;
       const auto s = in_part(r.n, t.a[0], t.twelve);
       for (int k : {0, 1}) m.a[k] = start_of_day(r.a[k]) + s;
       m.fixed = r.fixed;
       return true;
     }},
    {sym::dt, "time of|on? dtrange",
     [](in p, at c, out m) {
       const auto &r = p[2]->value, &t = p[0]->value;
       if (!r.named || r.no_start || r.no_end || t.weak) return false;
       const auto s = in_part(r.n, t.a[0], t.twelve);
       for (int k : {0, 1}) m.a[k] = start_of_day(r.a[k]) + s;
       return true;
     }},
    {sym::dtrange, "date ampm",
     [](in p, at c, out m) {
       meaning r;
       day_part(0, p[1]->value.n == 12 ? 12 : 8, r);
       return p[1]->last - p[1]->first == 1 && c.text.word(p[1]->first).size() == 2 && join_range(p[0]->value, r, m);
     }},
    {sym::dt, "around dt",
     [](in p, at c, out m) {
       m = p[1]->value;
       m.skip = 0;
       return true;
     }},
    {sym::date, "around of? date",
     [](in p, at c, out m) {
       m = p[2]->value;
       m.skip = 0;
       return c.lang == tongue::spanish;
     }},
    {sym::dt, "the dt",
     [](in p, at c, out m) {
       if (c.lang != tongue::spanish || p[1]->value.skip) return false;
       m = p[1]->value;
       m.skip = 1;
       return true;
     }},
    {sym::dtrange, "the dtrange",
     [](in p, at c, out m) {
       if (c.lang != tongue::spanish || p[1]->value.skip) return false;
       m = p[1]->value;
       m.skip = 1;
       return true;
     }},
    {sym::dt, "num dtrange",
     [](in p, at c, out m) {
       const auto& r = p[1]->value;
       const bool tonight = c.lang == tongue::english && c.text.is(p[1]->first, "tonight") && p[0]->value.digits <= 2;
       if (!r.named || r.no_start || r.no_end || !whole_between(p[0], 1, 12) ||
           !(tonight || (c.lang == tongue::spanish && p[0]->value.digits == 0)))
         return false;
       for (int k : {0, 1}) m.a[k] = start_of_day(r.a[k]) + in_part(r.n, as_int(p[0]) * 3600, true);
       return true;
     }},
    {sym::dtrange, "dtrange comma? trange",
     [](in p, at c, out m) {
       const auto &r = p[0]->value, &t = p[2]->value;
       if (!r.named || r.no_start || t.no_start || t.no_end || t.named) return false;
       for (int k : {0, 1}) {
         m.a[k] = start_of_day(r.a[k]) + in_part(r.n, t.a[k], t.twelve);
         m.b[k] = start_of_day(r.a[k]) + in_part(r.n, t.b[k], t.twelve);
       }
       m.fixed = r.fixed;
       return true;
     }},
    {sym::dtrange, "trange dtrange",
     [](in p, at c, out m) {
       const auto &r = p[1]->value, &t = p[0]->value;
       if (!r.named || r.no_start || t.no_start || t.no_end || t.named) return false;
       m.skip = 0;
       for (int k : {0, 1}) {
         m.a[k] = start_of_day(r.a[k]) + in_part(r.n, t.a[k], t.twelve);
         m.b[k] = start_of_day(r.a[k]) + in_part(r.n, t.b[k], t.twelve);
       }
       m.fixed = r.fixed;
       return true;
     }},
    {sym::dtrange, "late|edge of|in? the? dtrange",
     [](in p, at c, out m) {
       const auto& r = p[3]->value;
       if (!r.named || r.no_start || r.no_end) return false;
       m = r;
       m.skip = 0;
       for (int k : {0, 1})
         if (p[0]->value.n > 0)
           m.a[k] = r.a[k] + 2 * 3600;
         else
           m.b[k] = r.a[k] + 2 * 3600;
       return true;
     }},
    // early in the day, mid today, later today
    {sym::dtrange, "late|edge of|in? the? date",
     [](in p, at c, out m) {
       const auto& d = p[3]->value;
       const auto w = c.text.word(p[0]->first);
       const bool end =
           w == "end" || w == "the" || w == "al" || w == "el" || w == "final" || w == "fin" || w == "finales";
       if (!d.text.empty() || end || (d.month > 0 && d.day > 0 && d.year == 0)) return false;
       m.skip = 0;
       const int edge = as_int(p[0]);
       for (int k : {0, 1}) {
         m.a[k] = d.a[k] + (edge > 0 ? 12 : edge == 0 ? 10 : 0) * 3600;
         m.b[k] = d.a[k] + (edge > 0 ? 24 : edge == 0 ? 14 : 12) * 3600;
       }
       m.named = false;
       return true;
     }},
    {sym::dt, "edge of? the? date",
     [](in p, at c, out m) {
       if (p[0]->value.n <= 0) return false;
       m.skip = 0;
       for (int k : {0, 1}) m.a[k] = p[3]->value.a[k] + day_seconds - 1;
       return p[3]->value.month == 0 || p[3]->value.fixed;
     }},
    // two ends with times
    {sym::dtrange, "from|between? dt|now to|dash|and|until dt|time|now",
     [](in p, at c, out m) {
       if (p[2]->symbol == sym::both && !(p[0] && p[0]->symbol == sym::between)) return false;
       if (p[1]->symbol == sym::now && !p[0]) return false;
       m.skip = 0;
       const auto &x = p[1]->value, &y = p[3]->value;
       for (int k : {0, 1}) {
         m.a[k] = x.a[k];
         m.b[k] = p[3]->symbol == sym::time ? start_of_day(x.a[k]) + y.a[k] : y.a[k];
         if (m.b[k] < m.a[k] && y.twelve) m.b[k] += day_seconds / 2;
         if (x.twelve && !y.twelve && p[3]->symbol == sym::time && m.a[k] + day_seconds / 2 < m.b[k] &&
             (m.b[k] - m.a[k]) < day_seconds)
           m.a[k] += day_seconds / 2;
       }
       m.fixed = x.fixed;
       m.twelve = x.twelve && y.twelve;
       return m.b[0] >= m.a[0];
     }},
    {sym::dtrange, "from|between time to|dash|and|until dt|now",
     [](in p, at c, out m) {
       m.skip = 0;
       for (int k : {0, 1}) {
         m.a[k] = start_of_day(p[3]->symbol == sym::now || p[0]->symbol == sym::between ? p[3]->value.a[k] : c.now) +
                  p[1]->value.a[k];
         m.b[k] = p[3]->value.a[k];
       }
       return m.b[0] >= m.a[0];
     }},
    {sym::dtrange, "before|until the? dt|dtrange",
     [](in p, at c, out m) {
       if (p[2]->value.no_start || p[2]->value.no_end) return false;
       m.skip = 0;
       m.no_start = true;
       m.b[0] = p[2]->value.a[0];
       m.b[1] = p[2]->value.a[1];
       m.twelve = p[2]->value.twelve;
       return true;
     }},
    {sym::dtrange, "after|since the? dt",
     [](in p, at c, out m) {
       m.skip = 0;
       m.no_end = true;
       m.a[0] = p[2]->value.a[0];
       m.a[1] = p[2]->value.a[1];
       m.twelve = p[2]->value.twelve;
       return true;
     }},
};

} // namespace

rule_set combined_rules() { return {rules, std::size(rules)}; }

} // namespace steward::entities
