// Spans of hours: parts of the day, from one time to another, before and after a time.
#include "actors/understanding/entities/time_rule_clock.hpp"

namespace steward::entities {

namespace {

const rule rules[] = {
    {sym::trange, "part",
     [](in p, at c, out m) {
       m.skip = 0;
       m.weak = p[0]->value.weak;
       const double h = p[0]->value.n;
       m.n = h;
       m.named = true;
       const std::int64_t from = h < 0 ? 0 : static_cast<std::int64_t>(h * 3600), to = h < 0      ? 8 * 3600
                                                                                       : h == 20  ? day_seconds - 1
                                                                                       : h == 11  ? 13 * 3600
                                                                                       : h == 17  ? 20 * 3600
                                                                                       : h == 9   ? 18 * 3600
                                                                                       : h == 8.5 ? 12 * 3600
                                                                                       : h == 5   ? 8 * 3600
                                                                                                  : from + 4 * 3600;
       m.a[0] = m.a[1] = h == 17 ? 16 * 3600 : h == 8.5 ? 8 * 3600 : from;
       m.b[0] = m.b[1] = to;
       return true;
     }},
    {sym::trange, "in|at the? part",
     [](in p, at c, out m) {
       for (const auto& _ : {0}) (void)_;
       m = meaning{};
       const double h = p[2]->value.n;
       m.n = h;
       m.named = true;
       const std::int64_t from = h < 0 ? 0 : static_cast<std::int64_t>(h * 3600);
       m.a[0] = m.a[1] = h == 17 ? 16 * 3600 : h == 8.5 ? 8 * 3600 : from;
       m.b[0] = m.b[1] = h < 0      ? 8 * 3600
                         : h == 20  ? day_seconds - 1
                         : h == 11  ? 13 * 3600
                         : h == 17  ? 20 * 3600
                         : h == 9   ? 18 * 3600
                         : h == 8.5 ? 12 * 3600
                         : h == 5   ? 8 * 3600
                                    : from + 4 * 3600;
       m.skip = c.lang == tongue::spanish ? static_cast<int>(p[2]->first - p[0]->first) : 0;
       return p[1] || p[0]->symbol == sym::in || c.text.is(p[0]->first, "at");
     }},
    {sym::trange, "late|edge in? the? trange|part",
     [](in p, at c, out m) {
       const auto& r = p[3]->value;
       if (p[3]->symbol == sym::part || !r.named || r.no_start) return false;
       m = r;
       m.skip = 0;
       if (p[0]->value.n > 0)
         m.a[0] = m.a[1] = r.a[0] + 2 * 3600;
       else
         m.b[0] = m.b[1] = r.a[0] + 2 * 3600;
       return true;
     }},
    // from 5 to 7pm
    {sym::trange, "from|between? time|num to|dash|and time|num",
     [](in p, at c, out m) {
       if ((p[1]->symbol == sym::num && !hour(p[1])) || (p[3]->symbol == sym::num && !hour(p[3]))) return false;
       const bool between = p[0] && p[0]->symbol == sym::between;
       if (p[2]->symbol == sym::both && !between) return false;
       if (!p[0] && (p[1]->value.weak || p[3]->value.weak)) return false;
       if (p[2]->symbol == sym::dash && c.text.glued(p[3]->last) && c.text.is(p[3]->last, "-")) return false;
       const auto x = end_of(p[1]), y = end_of(p[3]);
       auto a = x.at, b = y.at;
       m.skip = p[0] ? 0 : p[1]->value.skip;
       m.twelve = false;
       if (x.open && y.open) {
         if (a < b)
           m.twelve = true;
         else if (a > b)
           a >= half_day&& b < half_day&& a - half_day < b && false ? a : (b < half_day ? b += half_day : b);
         if (a == 12 * 3600 && y.at < a) m.twelve = false;
       } else if (x.open) {
         if (a < half_day && a + half_day < b && (b >= half_day))
           a += half_day;
         else if (a >= half_day && b < half_day && a - half_day < b)
           a -= half_day;
       } else if (y.open) {
         if (b <= a && b < half_day) b += half_day;
       }
       m.a[0] = m.a[1] = a;
       m.b[0] = m.b[1] = b;
       m.weak = p[1]->symbol == sym::num && p[3]->symbol == sym::num &&
                !(c.lang == tongue::spanish && c.text.is(p[3]->first - 1, "las"));
       return true;
     }},
    {sym::trange, "from? time|num for dur",
     [](in p, at c, out m) {
       if ((p[1]->symbol == sym::num && (!hour(p[1]) || !p[0])) || !is_clock(p[3]->value)) return false;
       const auto x = end_of(p[1]);
       m.skip = 0;
       m.a[0] = m.a[1] = x.at;
       m.b[0] = m.b[1] = x.at + static_cast<std::int64_t>(p[3]->value.seconds);
       return true;
     }},
    {sym::trange, "for? dur comma? from time|num",
     [](in p, at c, out m) {
       if (!is_clock(p[1]->value) || (p[4]->symbol == sym::num && (!p[0] || !hour(p[4])))) return false;
       m.skip = 0;
       m.a[0] = m.a[1] = end_of(p[4]).at;
       m.b[0] = m.b[1] = m.a[0] + static_cast<std::int64_t>(p[1]->value.seconds);
       return true;
     }},
    {sym::trange, "before|until at? around? time",
     [](in p, at c, out m) {
       m = p[3]->value;
       m.skip = 0;
       m.weak = false;
       m.n = 0; // an hour, not a part of the day
       m.b[0] = m.a[0];
       m.b[1] = m.a[1];
       m.no_start = true;
       m.named = false;
       return true;
     }},
    {sym::trange, "after|since at? around? time",
     [](in p, at c, out m) {
       m = p[3]->value;
       m.skip = 0;
       m.weak = false;
       m.n = 0; // an hour, not a part of the day
       m.no_end = true;
       m.named = false;
       return true;
     }},
    {sym::trange, "before|until the? trange",
     [](in p, at c, out m) {
       const auto& r = p[2]->value;
       if (!r.named || r.no_end || r.no_start) return false;
       m = r;
       m.skip = 0;
       m.named = false;
       m.b[0] = m.b[1] = r.a[0];
       m.no_start = true;
       m.weak = false;
       return true;
     }},
    {sym::trange, "after the? trange",
     [](in p, at c, out m) {
       const auto& r = p[2]->value;
       if (!r.named || r.no_end || r.no_start) return false;
       m = r;
       m.skip = 0;
       m.named = false;
       m.a[0] = m.a[1] = r.b[0];
       m.no_end = true;
       m.weak = false;
       return true;
     }},
    {sym::trange, "time orlater",
     [](in p, at c, out m) {
       m.a[0] = m.a[1] = m.b[0] = m.b[1] = p[0]->value.a[0];
       m.twelve = p[0]->value.twelve;
       (p[1]->value.n > 0 ? m.no_end : m.no_start) = true;
       return !p[0]->value.weak;
     }},
};

} // namespace

rule_set hours_rules() { return {rules, std::size(rules)}; }

} // namespace steward::entities
