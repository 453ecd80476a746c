// Lengths of time, and what recurs.
#include "actors/understanding/entities/time_rule.hpp"

namespace steward::entities {

namespace {

bool length(double n, const item* unit, meaning& m) {
  if (n < 0 || n > 1e9) return false;
  set_duration(m, n, unit->value.unit);
  return true;
}

bool letter_unit(const time_context& c, const item* unit) {
  return unit->last - unit->first == 1 && c.text.word(unit->first).size() == 1;
}

std::string weekday_text(int w) { return "XXXX-WXX-" + std::to_string(w); }

// The time of a recurrence as it is said: T15, T19:13.
std::string clock_said(const time_context& c, const item* t) {
  (void)c;
  const auto s = t->value.a[0];
  std::string out = "T";
  auto two = [&](std::int64_t v) { out += (v < 10 ? "0" : "") + std::to_string(v); };
  two(s / 3600);
  if (t->value.digits == 2 || s % 3600) {
    out += ':';
    two(s / 60 % 60);
  }
  return out;
}

const char* part_text(double hour) {
  return hour == 8 ? "TMO" : hour == 12 ? "TAF" : hour == 16 ? "TEV" : hour == 20 ? "TNI" : hour == 9 ? "TDT" : "T";
}

bool every(double n, period unit, meaning& m) {
  set_duration(m, n, unit);
  if (unit == period::quarter) m.text = "P" + number_text(3 * n) + "M";
  return true;
}

// "a second wave": what follows is a thing, not the end of the phrase.
bool ordinal_second(const time_context& c, const item* unit) {
  if (c.lang != tongue::english || !c.text.is(unit->first, "second") || unit->last >= c.text.size() ||
      c.text[unit->last].kind != token_kind::word)
    return false;
  for (auto w :
       {"ago",  "later", "before", "after",  "from", "and",     "or", "to",  "in", "if",    "but", "for", "while", "at",
        "when", "i",     "so",     "please", "per",  "earlier", "is", "was", "of", "until", "it",  "we",  "you"})
    if (c.text.is(unit->last, w)) return false;
  return true;
}

const rule rules[] = {
    {sym::dur, "num dash? unit",
     [](in p, at c, out m) {
       if (!p[1] && military(c, p[0], p[2])) return false;
       const bool letter = letter_unit(c, p[2]);
       if (letter && (!c.text.glued(p[2]->first) || p[0]->value.digits == 0)) return false;
       // the m of 2h30m, not of 5m
       if (letter && c.text.is(p[2]->first, "m") && !(c.text.glued(p[0]->first) && word_before(c, p[0]) == "h"))
         return false;
       if (p[0]->value.digits == 4 && p[0]->value.n >= 1900 && p[0]->value.n < 2100) return false;
       if (p[1] && c.lang == tongue::chinese) return false;
       if (c.text.is(p[2]->first, "night") && p[0]->value.n > 1) return false;
       return (!p[0]->value.weak || word_before(c, p[0]) == "h") && length(p[0]->value.n, p[2], m);
     }},
    {sym::dur, "article unit",
     [](in p, at c, out m) { return length(1, p[1], m) && !letter_unit(c, p[1]) && !ordinal_second(c, p[1]); }},
    {sym::dur, "article? some unit",
     [](in p, at c, out m) { return length(p[1]->value.n, p[2], m) && !letter_unit(c, p[2]); }},
    {sym::dur, "some of unit", [](in p, at c, out m) { return length(p[0]->value.n, p[2], m); }},
    {sym::dur, "half unit", [](in p, at c, out m) { return length(0.5, p[1], m) && !letter_unit(c, p[1]); }},
    {sym::dur, "half article unit", [](in p, at c, out m) { return length(0.5, p[2], m); }},
    {sym::dur, "piece of unit",
     [](in p, at c, out m) {
       if (p[2]->value.unit != period::hour) return false;
       set_duration(m, p[0]->value.n, period::minute);
       return true;
     }},
    // a quarter of an hour, three quarters of an hour
    {sym::dur, "article|num? piece|quarter of article? unit",
     [](in p, at c, out m) {
       const double count = p[0] && p[0]->symbol == sym::num ? p[0]->value.n : 1;
       if (p[4]->value.unit != period::hour || count < 1 || count > 3) return false;
       set_duration(m, count * 15, period::minute);
       return p[1]->symbol == sym::piece || c.lang == tongue::english;
     }},
    // one hour and a half, one year and a quarter
    {sym::dur, "num|article unit and article? half|piece",
     [](in p, at c, out m) {
       const double part = p[4]->symbol == sym::half ? 0.5 : p[4]->value.n / 60;
       const double n = p[0]->symbol == sym::article ? 1 : p[0]->value.n;
       return length(n + part, p[1], m);
     }},
    // hora y media; tres cuartos de hora
    {sym::dur, "unit and half|piece",
     [](in p, at c, out m) {
       return c.lang == tongue::spanish && p[0]->value.unit == period::hour && c.text.is(p[0]->first, "hora") &&
              length(p[2]->symbol == sym::half ? 1.5 : 1 + p[2]->value.n / 60, p[0], m);
     }},
    {sym::dur, "num of article? unit",
     [](in p, at c, out m) {
       if (c.lang == tongue::chinese || p[3]->value.unit != period::hour || p[0]->value.n <= 0 || p[0]->value.n >= 1)
         return false;
       set_duration(m, p[0]->value.n * 60, period::minute);
       return true;
     }},
    {sym::dur, "num and article? half|piece unit",
     [](in p, at c, out m) {
       const double part = p[3]->symbol == sym::half ? 0.5 : p[3]->value.n / 60;
       return p[0]->value.digits <= 3 && length(p[0]->value.n + part, p[4], m);
     }},
    {sym::dur, "dur and? dur",
     [](in p, at c, out m) {
       const auto &x = p[0]->value, &y = p[2]->value;
       if (x.unit == y.unit || x.text.empty() || y.text.empty()) return false;
       if (c.lang != tongue::chinese && y.unit > x.unit) return false;
       const int skip = m.skip;
       m = x;
       m.skip = skip;
       add_duration(m, y);
       if (m.days == 0 && m.seconds == 0 && x.unit == period::year && y.unit == period::quarter)
         m.text = "P" + number_text(m.months / 12) + "Y";
       // a year and three months are said as one and a quarter
       if (m.days == 0 && m.seconds == 0 && x.unit == period::year && y.unit == period::month &&
           c.lang == tongue::spanish)
         m.text = "P" + number_text(m.months / 12) + "Y";
       return true;
     }},
    {sym::dur, "more dur",
     [](in p, at c, out m) {
       m = p[1]->value;
       m.skip = 0;
       m.limit = true;
       return true;
     }},
    {sym::dur, "dur every",
     [](in p, at c, out m) {
       const int skip = m.skip;
       m = p[0]->value;
       m.skip = skip;
       return p[1]->value.n == 2 && c.lang == tongue::spanish;
     }},
    {sym::set, "every part",
     [](in p, at c, out m) {
       m.text = part_text(p[1]->value.n);
       return p[0]->value.n != 2;
     }},
    {sym::dur, "every unit",
     [](in p, at c, out m) { return p[0]->value.n == 2 && length(1, p[1], m); }}, // "all day", "toda la semana"
    {sym::dur, "the unit",
     [](in p, at c, out m) {
       return c.lang == tongue::english && p[1]->value.unit == period::hour && c.text.word(p[1]->first) == "hour" &&
              length(1, p[1], m);
     }},

    {sym::set, "every unit",
     [](in p, at c, out m) {
       return p[0]->value.n != 2 && every(1, p[1]->value.unit, m) && p[1]->value.unit != period::second;
     }},
    {sym::set, "every num|ord unit",
     [](in p, at c, out m) {
       return p[0]->value.n != 2 && whole_between(p[1], 1, 1000) && every(p[1]->value.n, p[2]->value.unit, m);
     }},
    {sym::set, "every once unit", [](in p, at c, out m) { return every(2, p[2]->value.unit, m); }}, // every other day
    {sym::set, "every wday",
     [](in p, at c, out m) {
       m.text = weekday_text(as_int(p[1]));
       return p[0]->value.n != 2;
     }},
    // every other Friday, every second Friday
    {sym::set, "every once|ord wday",
     [](in p, at c, out m) {
       m.text = weekday_text(as_int(p[2]));
       return p[0]->value.n != 2 && c.lang == tongue::english;
     }},
    {sym::set, "on? plural",
     [](in p, at c, out m) {
       m.text = weekday_text(as_int(p[1]));
       m.skip = p[0] ? 1 : 0;
       return c.lang == tongue::english;
     }},
    {sym::set, "every part",
     [](in p, at c, out m) {
       m.text = part_text(p[1]->value.n);
       return p[0]->value.n != 2;
     }},
    {sym::set, "every weekend",
     [](in p, at c, out m) {
       m.text = "P1WE";
       return p[0]->value.n != 2;
     }},
    {sym::set, "once article|every|the|in unit", [](in p, at c, out m) { return every(1, p[2]->value.unit, m); }},
    {sym::set, "set at? time",
     [](in p, at c, out m) {
       const auto clock = clock_said(c, p[2]);
       m.text = p[0]->value.text.rfind("XXXX", 0) == 0 ? p[0]->value.text + clock : clock;
       return true;
     }},
    {sym::set, "time on|at? set",
     [](in p, at c, out m) {
       const auto clock = clock_said(c, p[0]);
       m.text = p[2]->value.text.rfind("XXXX", 0) == 0 ? p[2]->value.text + clock : clock;
       return true;
     }},
    {sym::set, "set part",
     [](in p, at c, out m) {
       m.text = p[0]->value.text.rfind("XXXX", 0) == 0 ? p[0]->value.text + part_text(p[1]->value.n)
                                                       : part_text(p[1]->value.n);
       return true;
     }},
    {sym::set, "wday part",
     [](in p, at c, out m) {
       const auto w = c.text.word(p[1]->last - 1);
       m.text = weekday_text(as_int(p[0])) + part_text(p[1]->value.n);
       return c.lang == tongue::english && !w.empty() && w.back() == 's';
     }},
};

} // namespace

rule_set duration_rules() { return {rules, std::size(rules)}; }

} // namespace steward::entities
