// Chinese times of day, alone and on a day.
#include "actors/understanding/entities/time_rule_zh.hpp"

namespace steward::entities {

namespace {

constexpr std::int64_t half_day = day_seconds / 2;

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

// 有一点贵, 一点也不: "a little", not one o'clock, unless something around it tells a time.
bool a_little(const time_context& c, const item* n, const item* mark) {
  if (!is_word(c, n, "一") || !is_word(c, mark, "点") || (n->first == 0 && mark->last == c.text.size())) return false;
  const auto before = word_before(c, n);
  for (auto w : {"到", "在", "从", "至", "是", "约", "概", "等", "于", "快", "每", "-", "~"})
    if (before == w) return false;
  for (auto w :
       {"前", "后", "之", "以", "左", "钟", "整", "半", "到", "至", "开", "见", "的", "送", "来", "-", "~", "多"})
    if (c.text.is(mark->last, w)) return false;
  return true;
}

// 10点积分
bool counts_points(const time_context& c, const item* mark) {
  for (auto w : {"积", "数", "经", "伤", "血", "声"})
    if (c.text.is(mark->last, w)) return true;
  return false;
}

// Minutes or quarters before or past a time.
bool minutes_off(const item* n, const item* unit, const meaning& time, int sign, meaning& m) {
  const bool quarters = unit->symbol == sym::piece;
  if ((!quarters && unit->value.unit != period::minute) || !whole_between(n, 1, quarters ? 3 : 59)) return false;
  const auto shift = sign * static_cast<std::int64_t>(n->value.n) * (quarters ? 15 : 1) * 60;
  m.a[0] = m.a[1] = (time.a[0] + shift + day_seconds) % day_seconds;
  m.twelve = time.twelve;
  return true;
}

const rule rules[] = {
    {sym::dtrange, "within of? dur",
     [](in p, at c, out m) {
       return is_clock(p[2]->value) && set_counted(m, c, p[2]->value.n, p[2]->value.unit, p[0]->value.n);
     }},
    {sym::dt, "dur ago",
     [](in p, at c, out m) {
       if (!is_clock(p[0]->value)) return false;
       m.a[0] = m.a[1] = shifted(c.now, p[0]->value, -1);
       return true;
     }},
    {sym::dt, "dur later",
     [](in p, at c, out m) {
       if (!is_clock(p[0]->value)) return false;
       m.a[0] = m.a[1] = shifted(c.now, p[0]->value, 1);
       return true;
     }},

    {sym::time, "num plural",
     [](in p, at c, out m) {
       if (!hour(p[0]) || (p[0]->value.digits == 0 && is_word(c, p[1], "时") && p[0]->last - p[0]->first == 1 &&
                           !c.text.is(p[0]->first, "十")))
         return false;
       set_clock(m, as_int(p[0]), 0);
       m.weak = is_word(c, p[1], "时") || a_little(c, p[0], p[1]) || counts_points(c, p[1]);
       return true;
     }},
    // 差五分八点, 差一刻三点; 八点过五分, 八点差五分
    {sym::time, "till num unit|piece time",
     [](in p, at c, out m) { return p[3]->value.twelve && minutes_off(p[1], p[2], p[3]->value, -1, m); }},
    {sym::time, "time past|till num unit|piece",
     [](in p, at c, out m) {
       return p[0]->value.a[0] % 3600 == 0 &&
              minutes_off(p[2], p[3], p[0]->value, p[1]->symbol == sym::past ? 1 : -1, m);
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
    {sym::trange, "time and time between", [](in p, at c, out m) { return clock_range(p[0]->value, p[2]->value, m); }},
    {sym::trange, "trange between",
     [](in p, at c, out m) {
       m = p[0]->value;
       return m.a[0] != m.b[0] && !m.no_start && !m.no_end;
     }},
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

    {sym::dt, "date of|at? time",
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
         // from Monday to Wednesday when today is Tuesday
         if (m.b[k] < m.a[k] && m.a[k] - m.b[k] < 7 * day_seconds) m.b[k] += 7 * day_seconds;
       }
       m.twelve = x.twelve && y.twelve;
       return true;
     }},
    {sym::dtrange, "dt before|after|orlater",
     [](in p, at c, out m) {
       const bool before = p[1]->symbol == sym::before || (p[1]->symbol == sym::orlater && p[1]->value.n < 0);
       return limit(p[0], before, false, m);
     }},

};

} // namespace

rule_set chinese_clock_rules() { return {rules, std::size(rules)}; }

} // namespace steward::entities
