// Days and times at a distance: three days ago, two weeks after Easter.
#include "actors/understanding/entities/time_rule.hpp"

namespace steward::entities {

namespace {

// A distance from a day: days and more give a day, hours and less a time.
bool distance(const time_context& c, std::int64_t from, const meaning& d, int sign, meaning& m) {
  (void)c;
  const auto at = shifted(from, d, sign);
  m.a[0] = m.a[1] = at;
  m.fixed = true;
  return true;
}

const rule rules[] = {
    {sym::date, "within|in dur after|from|since the? date",
     [](in p, at c, out m) {
       m.skip = static_cast<int>(p[0]->last - p[0]->first);
       return c.lang == tongue::spanish && !is_clock(p[1]->value) && distance(c, p[4]->value.a[0], p[1]->value, 1, m);
     }},
    {sym::date, "dur ago",
     [](in p, at c, out m) {
       return !is_clock(p[0]->value) && distance(c, c.today * day_seconds, p[0]->value, -1, m);
     }},
    {sym::dt, "dur ago",
     [](in p, at c, out m) { return is_clock(p[0]->value) && distance(c, c.now, p[0]->value, -1, m); }},
    // hace dos días
    {sym::date, "ago dur",
     [](in p, at c, out m) {
       return p[0]->value.n == -9 && !is_clock(p[1]->value) && distance(c, c.today * day_seconds, p[1]->value, -1, m);
     }},
    {sym::dt, "ago dur",
     [](in p, at c, out m) {
       return p[0]->value.n == -9 && is_clock(p[1]->value) && distance(c, c.now, p[1]->value, -1, m);
     }},
    {sym::date, "dur later",
     [](in p, at c, out m) { return !is_clock(p[0]->value) && distance(c, c.today * day_seconds, p[0]->value, 1, m); }},
    {sym::dt, "dur later",
     [](in p, at c, out m) { return is_clock(p[0]->value) && distance(c, c.now, p[0]->value, 1, m); }},
    {sym::date, "in dur",
     [](in p, at c, out m) {
       return !is_clock(p[1]->value) && p[0]->value.n == 0 && p[0]->value.unit == period::minute &&
              distance(c, c.today * day_seconds, p[1]->value, 1, m);
     }},
    {sym::dt, "in dur",
     [](in p, at c, out m) {
       return is_clock(p[1]->value) && p[0]->value.unit == period::minute && distance(c, c.now, p[1]->value, 1, m);
     }},
    {sym::date, "dur after|from|since the? date",
     [](in p, at c, out m) {
       const auto w = c.text.word(p[1]->first);
       return (p[1]->symbol != sym::since || w == "since" || w == "desde" || w == "a") && !is_clock(p[0]->value) &&
              !p[0]->value.limit && distance(c, p[3]->value.a[0], p[0]->value, 1, m);
     }},
    {sym::date, "dur before|ago the? date",
     [](in p, at c, out m) {
       return !is_clock(p[0]->value) && !p[0]->value.limit && distance(c, p[3]->value.a[0], p[0]->value, -1, m);
     }},
    {sym::dt, "dur after|from|since now",
     [](in p, at c, out m) { return is_clock(p[0]->value) && distance(c, c.now, p[0]->value, 1, m); }},
    {sym::date, "dur after|from|since now",
     [](in p, at c, out m) { return !is_clock(p[0]->value) && distance(c, c.today * day_seconds, p[0]->value, 1, m); }},
    {sym::date, "in dur since|from the? year|drange",
     [](in p, at c, out m) { return !is_clock(p[1]->value) && distance(c, p[4]->value.a[0], p[1]->value, 1, m); }},
};

} // namespace

rule_set distance_rules() { return {rules, std::size(rules)}; }

} // namespace steward::entities
