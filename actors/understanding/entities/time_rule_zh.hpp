// What the two sets of Chinese rules share.
#pragma once

#include "actors/understanding/entities/time_rule.hpp"

namespace steward::entities {

// 2018, 二零一八; 18 and 08 where two digits may be a year.
inline int year_number(const time_context& c, const item* n, bool two) {
  const auto width = n->last - n->first;
  if (n->value.n >= 1000 && n->value.n < 3000 &&
      (n->value.digits == 4 || (n->value.digits == 0 && width == 4 && !c.text.is(n->first + 1, "千"))))
    return as_int(n);
  if (n->value.digits == 2 && width == 1 && (two || c.text.word(n->first)[0] == '0')) return full_year(as_int(n));
  if (n->value.digits != 0) return 0;
  // 两千零八年, but 两千年 may be a length of time
  if (n->value.n > 2000 && n->value.n < 2100 && c.text.is(n->first + 1, "千")) return as_int(n);
  // 零八年, 九八年, 一六年: two digits read out one by one, but 三四年 are three or four
  const auto tens = c.text.word(n->first);
  const bool one_by_one =
      width == 2 && n->value.n < 100 && tens != "十" && !c.text.is(n->first + 1, "十") && tens != "廿" && tens != "卅";
  if (one_by_one && (two || tens == "零" || tens == "〇" || n->value.n > 90 || as_int(n) / 10 + 1 != as_int(n) % 10))
    return full_year(as_int(n));
  return 0;
}

// 三日内 is a length of time, no day of the month.
inline bool within(const time_context& c, const item* i) {
  const auto behind = c.text.word(i->last);
  return behind == "内" || ((behind == "之" || behind == "以") && c.text.is(i->last + 1, "内"));
}

inline bool is_word(const time_context& c, const item* i, std::string_view w) {
  return c.text.is(i->first, w) && i->last == i->first + 1;
}

inline bool limit(const item* x, bool before, bool inclusive, meaning& m) {
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
      m.b[k] = r.edge == 1 ? r.whole[1][k] : range && inclusive ? r.b[k] : r.a[k];
    else
      m.a[k] = range && !inclusive ? r.b[k] : r.a[k];
  }
  (before ? m.no_start : m.no_end) = true;
  return true;
}

} // namespace steward::entities
