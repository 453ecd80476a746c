// Times of day and ranges of them.
#include "actors/understanding/entities/time_rule_clock.hpp"

namespace steward::entities {

namespace {

bool half_of_day(const meaning& t, double ampm, meaning& m) {
  auto s = t.a[0];
  const auto h = s / 3600;
  if (ampm == 12 && h < 12)
    s += half_day;
  else if (ampm == 0 && h == 12)
    s -= half_day;
  else if (ampm == 12 && h > 12 && !t.twelve)
    s += 0;
  const int digits = t.digits;
  set_clock(m, s, false);
  m.digits = digits;
  m.named = true;
  return true;
}

bool minutes_past(const item* hour_item, double minutes, meaning& m) {
  const double h = hour_item->value.n;
  auto s = hour_item->symbol == sym::time ? hour_item->value.a[0] : of_hour(h);
  s += static_cast<std::int64_t>(minutes * 60);
  if (s < 0) s += hour_item->symbol == sym::time && hour_item->value.named ? day_seconds : half_day;
  const bool twelve = hour_item->symbol == sym::time ? hour_item->value.twelve : ambiguous(h);
  set_clock(m, s, twelve);
  m.named = hour_item->value.named;
  m.digits = 2;
  return true;
}

bool spelled_time(const parts& p, meaning& m) {
  if (!whole_between(p[0], 1, 12) || !whole_between(p[1], 10, 59) || p[0]->value.digits || p[1]->value.digits)
    return false;
  minutes_past(p[0], p[1]->value.n, m);
  m.weak = true;
  return true;
}

const rule rules[] = {
    {sym::time, "num ampm",
     [](in p, at c, out m) {
       if (!whole_between(p[0], 1, 12) || p[0]->value.digits > 2 || p[0]->value.weak) return false;
       const auto w = c.text.word(p[1]->first);
       if (w.size() == 1 && p[1]->last - p[1]->first == 1 && (!c.text.glued(p[1]->first) || p[0]->value.digits == 0))
         return false;
       meaning t;
       t.a[0] = of_hour(p[0]->value.n);
       t.twelve = true;
       return half_of_day(t, p[1]->value.n, m);
     }},
    {sym::time, "num ampm",
     [](in p, at c, out m) {
       return whole_between(p[0], 13, 23) && p[0]->value.digits == 2 && p[1]->value.n == 12 &&
              (set_clock(m, of_hour(p[0]->value.n), false), true);
     }},
    {sym::time, "time ampm",
     [](in p, at c, out m) { return !p[0]->value.named && half_of_day(p[0]->value, p[1]->value.n, m); }},
    {sym::time, "num oclock",
     [](in p, at c, out m) {
       if (!hour(p[0])) return false;
       m.weak = c.lang == tongue::spanish && !c.text.is(p[1]->first, "en");
       set_clock(m, of_hour(p[0]->value.n), ambiguous(p[0]->value.n));
       return true;
     }},
    {sym::time, "time oclock",
     [](in p, at c, out m) {
       const int skip = m.skip;
       m = p[0]->value;
       m.skip = skip;
       m.weak = false;
       return true;
     }},
    {sym::time, "piece past num|time",
     [](in p, at c, out m) {
       return (p[2]->symbol == sym::time || hour(p[2], 1)) && !p[2]->value.weak && minutes_past(p[2], p[0]->value.n, m);
     }},
    {sym::time, "piece till num|time",
     [](in p, at c, out m) {
       return c.lang == tongue::english && (p[2]->symbol == sym::time || hour(p[2], 1)) && !p[2]->value.weak &&
              minutes_past(p[2], -p[0]->value.n, m);
     }},
    {sym::time, "num past num|time",
     [](in p, at c, out m) {
       return c.lang == tongue::english && whole_between(p[0], 1, 59) && (p[2]->symbol == sym::time || hour(p[2], 1)) &&
              !p[2]->value.weak && minutes_past(p[2], p[0]->value.n, m);
     }},
    {sym::time, "num till num|time",
     [](in p, at c, out m) {
       const auto w = c.text.word(p[1]->first);
       const bool said = w == "minutes" || w == "min" || w == "mins" ||
                         ((w == "to" || w == "till") && (whole_between(p[0], 13, 29)) && p[2]->symbol == sym::num &&
                          p[2]->value.digits == 0);
       return c.lang == tongue::english && said && whole_between(p[0], 1, 59) &&
              (p[2]->symbol == sym::time || hour(p[2], 1)) && minutes_past(p[2], -p[0]->value.n, m);
     }},
    // 0730 hours, 1800h
    {sym::time, "num unit",
     [](in p, at c, out m) {
       if (!military(c, p[0], p[1])) return false;
       const int n = static_cast<int>(p[0]->value.n);
       set_clock(m, of_hour(n / 100) + n % 100 * 60, false);
       m.digits = 2;
       return true;
     }},
    // 19h30
    {sym::time, "num unit num",
     [](in p, at c, out m) {
       if (!hour(p[0]) || !p[0]->value.digits || !c.text.is(p[1]->first, "h") || !c.text.glued(p[1]->first) ||
           !c.text.glued(p[2]->first) || p[2]->last != p[2]->first + 1 || c.text.word(p[2]->first).size() != 2 ||
           !whole_between(p[2], 0, 59) ||
           (c.text.glued(p[2]->last) && p[2]->last < c.text.size() && c.text[p[2]->last].kind == token_kind::word))
         return false;
       const auto h = p[0]->value.n;
       set_clock(m, of_hour(h) + static_cast<std::int64_t>(p[2]->value.n) * 60, false);
       m.digits = 2;
       return true;
     }},
    // half past five as it is read off a clock: five-thirty
    {sym::time, "num dash num",
     [](in p, at c, out m) {
       if (c.lang != tongue::english || !c.text.glued(p[1]->first) || !c.text.glued(p[2]->first)) return false;
       const parts q = {p[0], p[2]};
       if (!spelled_time(q, m)) return false;
       m.weak = false;
       return true;
     }},
    {sym::time, "time open? zone close?",
     [](in p, at c, out m) {
       if (!p[1] != !p[3] || (c.text.is(p[2]->first, "z") && !c.text.glued(p[2]->first))) return false;
       const int skip = m.skip;
       m = p[0]->value;
       m.skip = skip;
       return !p[0]->value.weak || p[0]->value.digits > 0;
     }},
    {sym::trange, "trange zone",
     [](in p, at c, out m) {
       const int skip = m.skip;
       m = p[0]->value;
       m.skip = skip;
       m.weak = false;
       return !c.text.is(p[1]->first, "z");
     }},
    {sym::time, "num num", [](in p, at c, out m) { return c.lang == tongue::english && spelled_time(p, m); }},
    // Spanish: las tres y media, las ocho menos cuarto
    {sym::time, "num|time and num|piece",
     [](in p, at c, out m) {
       if (c.lang != tongue::spanish ||
           (p[0]->symbol == sym::num ? !hour(p[0], 1) || p[0]->value.n > 12 : p[0]->value.digits == 2))
         return false;
       if (p[2]->symbol == sym::num && (!whole_between(p[2], 1, 59) || p[2]->value.digits)) return false;
       const auto w = word_before(c, p[0]);
       // "dos horas y media" is how long, "las dos horas y media" when
       const auto hours = c.text.word(p[0]->last - 1);
       if ((hours == "horas" || hours == "hora" || hours == "h" || hours == "hrs") && w != "las" && w != "la")
         return false;
       m.weak = p[0]->symbol == sym::num && p[2]->symbol == sym::num && p[0]->first > 0 && w != "las" && w != "la";
       return minutes_past(p[0], p[2]->value.n, m);
     }},
    {sym::time, "num|time till num|piece",
     [](in p, at c, out m) {
       return c.lang == tongue::spanish && (p[0]->symbol == sym::time || hour(p[0], 1)) &&
              (p[2]->symbol == sym::piece || whole_between(p[2], 1, 30)) && minutes_past(p[0], -p[2]->value.n, m);
     }},
    {sym::time, "at num",
     [](in p, at c, out m) {
       if (c.text.is(p[0]->first, "t")) return false;
       if (!hour(p[1]) || (c.lang == tongue::spanish && c.text.is(p[0]->last - 1, "la") && p[1]->value.n != 1) ||
           (p[1]->value.digits == 0 && c.lang == tongue::english && c.text.is(p[1]->last, "-")))
         return false;
       // at 02-02-2020
       if (p[1]->value.digits && c.text.glued(p[1]->last) &&
           (c.text.is(p[1]->last, "-") || c.text.is(p[1]->last, "/")) && c.text.digits(p[1]->last + 1) &&
           c.text.glued(p[1]->last + 2) && c.text.is(p[1]->last + 2, c.text.word(p[1]->last)))
         return false;
       // "at 18 and 19 June" are days
       if (p[1]->value.n > 12 && c.text.is(p[1]->last, "and") && c.text.digits(p[1]->last + 1)) return false;
       const auto next = c.text.word(p[1]->last);
       for (auto w : {"%", "euros", "dollars", "percent", "of", "dolares", "por"})
         if (next == w) return false;
       set_clock(m, of_hour(p[1]->value.n), ambiguous(p[1]->value.n));
       m.skip = static_cast<int>(p[0]->last - p[0]->first);
       return true;
     }},
    {sym::time, "at time",
     [](in p, at c, out m) {
       const bool weak = p[1]->value.weak;
       m = p[1]->value;
       m.skip = weak && c.lang == tongue::english ? 0 : static_cast<int>(p[0]->last - p[0]->first);
       m.weak = false;
       return true;
     }},
    {sym::time, "around at? time|num",
     [](in p, at c, out m) {
       if (p[2]->symbol == sym::num) {
         if (!hour(p[2])) return false;
         set_clock(m, of_hour(p[2]->value.n), ambiguous(p[2]->value.n));
       } else
         m = p[2]->value;
       m.weak = p[2]->symbol == sym::num && !p[1] && c.lang != tongue::english;
       m.skip = c.lang == tongue::english ? static_cast<int>(p[0]->last - p[0]->first) : 0;
       return true;
     }},
    {sym::time, "num|time of|in|at? the? part",
     [](in p, at c, out m) {
       if (p[0]->symbol == sym::num ? !hour(p[0], 1) || !(p[1] || p[2]) : p[0]->value.named || p[0]->value.weak)
         return false;
       const auto part = p[3]->value.n;
       const auto s = p[0]->symbol == sym::num ? of_hour(p[0]->value.n) : p[0]->value.a[0];
       const auto h = s / 3600;
       auto moved = s;
       if (part == 8 || part == 4 || part == 5)
         moved = h == 12 ? s - half_day : s;
       else if (part == 20)
         moved = h == 12 ? s - half_day : h >= 5 && h < 12 ? s + half_day : s;
       else if (part >= 11)
         moved = h < 12 ? s + half_day : s;
       const int skip = m.skip;
       set_clock(m, moved, false);
       m.skip = skip;
       m.digits = p[0]->symbol == sym::num ? 0 : p[0]->value.digits;
       m.named = true;
       return part > 0;
     }},
    {sym::time, "time late|edge part",
     [](in p, at c, out m) {
       const auto s = p[0]->value.a[0];
       set_clock(m, p[2]->value.n >= 12 && s < half_day ? s + half_day : s, false);
       m.named = true;
       return !p[0]->value.named;
     }},
    {sym::time, "trange at|comma? time",
     [](in p, at c, out m) {
       const auto& r = p[0]->value;
       if (!r.named || r.no_start || r.no_end || p[2]->value.named) return false;
       auto s = p[2]->value.a[0];
       if (p[2]->value.twelve && r.n >= 12 && s < half_day && !(r.n == 20 && s < 5 * 3600)) s += half_day;
       set_clock(m, s, false);
       m.skip = 0;
       m.named = true;
       m.digits = p[2]->value.digits;
       return true;
     }},
};

} // namespace

rule_set clock_rules() { return {rules, std::size(rules)}; }

} // namespace steward::entities
