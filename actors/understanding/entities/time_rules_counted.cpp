// So many days, weeks or hours before or behind now: "the last three weeks", "within two days".
#include "actors/understanding/entities/time_rule.hpp"

namespace steward::entities {

namespace {

// "the last 3 months and 2 weeks"
bool counted_length(const parts& p, const time_context& c, meaning& m) {
  if (is_clock(p[1]->value) || p[0]->value.n == 0 || p[1]->last - p[1]->first <= 3) return false;
  const auto base = c.today * day_seconds;
  const bool ahead = p[0]->value.n > 0;
  m.a[0] = m.a[1] = ahead ? base + day_seconds : shifted(base, p[1]->value, -1);
  m.b[0] = m.b[1] = ahead ? shifted(base + day_seconds, p[1]->value, 1) : base;
  return true;
}

bool plural_unit(const time_context& c, const item* unit) {
  return !c.text.word(unit->last - 1).empty() && c.text.word(unit->last - 1).back() == 's';
}

// "it won't last two weeks": behind an auxiliary "last" is a verb.
bool verb_last(const time_context& c, const item* rel) {
  if (c.lang != tongue::english || !c.text.is(rel->first, "last")) return false;
  const auto before = word_before(c, rel);
  for (auto w : {"will", "would", "shall", "should", "can", "could", "may", "might", "must", "not", "t", "ll", "to",
                 "won", "does", "did", "do", "d"})
    if (before == w) return true;
  return false;
}

const rule rules[] = {
    {sym::drange, "the? rel num|some unit",
     [](in p, at c, out m) {
       if (!p[0] && verb_last(c, p[1])) return false;
       m.skip = p[0] ? 1 : 0;
       return p[3]->value.unit > period::hour && set_counted(m, c, p[2]->value.n, p[3]->value.unit, p[1]->value.n) &&
              (m.skip = p[0] && p[3]->value.unit != period::decade ? 1 : 0, true);
     }},
    {sym::dtrange, "the? rel num|some unit",
     [](in p, at c, out m) {
       if (!p[0] && verb_last(c, p[1])) return false;
       m.skip = p[0] ? 1 : 0;
       return p[3]->value.unit <= period::hour && set_counted(m, c, p[2]->value.n, p[3]->value.unit, p[1]->value.n);
     }},
    {sym::drange, "the? num rel unit",
     [](in p, at c, out m) {
       m.skip = p[0] ? 1 : 0;
       return p[3]->value.unit > period::hour && plural_unit(c, p[3]) &&
              set_counted(m, c, p[1]->value.n, p[3]->value.unit, p[2]->value.n);
     }},
    {sym::dtrange, "num rel unit",
     [](in p, at c, out m) {
       return p[2]->value.unit <= period::hour && set_counted(m, c, p[0]->value.n, p[2]->value.unit, p[1]->value.n);
     }},
    {sym::drange, "the? dur rel",
     [](in p, at c, out m) {
       m.skip = p[0] ? 1 : 0;
       return c.lang == tongue::spanish && p[1]->value.unit > period::hour &&
              set_counted(m, c, p[1]->value.n, p[1]->value.unit, p[2]->value.n);
     }},
    {sym::dtrange, "dur rel",
     [](in p, at c, out m) {
       return c.lang == tongue::spanish && p[0]->value.unit <= period::hour &&
              set_counted(m, c, p[0]->value.n, p[0]->value.unit, p[1]->value.n);
     }},
    {sym::drange, "the? rel dur",
     [](in p, at c, out m) {
       m.skip = p[0] ? 1 : 0;
       if (!p[0] && verb_last(c, p[1])) return false;
       const parts q = {p[1], p[2]};
       return counted_length(q, c, m);
     }},
    {sym::drange, "within rel? dur",
     [](in p, at c, out m) {
       if (is_clock(p[2]->value)) return false;
       m.a[0] = m.a[1] = c.today * day_seconds;
       m.b[0] = m.b[1] = shifted(c.today * day_seconds, p[2]->value, 1);
       return true;
     }},
    {sym::dtrange, "within rel? dur",
     [](in p, at c, out m) {
       if (!is_clock(p[2]->value)) return false;
       m.a[0] = m.a[1] = c.now;
       m.b[0] = m.b[1] = shifted(c.now, p[2]->value, 1);
       return true;
     }},
};

} // namespace

rule_set counted_rules() { return {rules, std::size(rules)}; }

} // namespace steward::entities
