// Larger pieces of the rules: holidays, counted periods, ranges between two days.
#include "actors/understanding/entities/time_rule.hpp"

namespace steward::entities {

bool set_holiday(meaning& m, const time_context& c, int code, int year) {
  if (code <= 1231) return set_month_day(m, c, year, code / 100, code % 100);
  auto day = [&](int y) -> std::int64_t {
    if (code < 3000) return easter_of(y) + code - 2000;
    const int rest = code % 1000, month = rest / 10, n = rest % 10 == 9 ? -1 : rest % 10;
    switch (code / 1000) {
    case 3: return nth_weekday(y, month, 1, n);
    case 6: return nth_weekday(y, month, 4, n);
    case 7: return nth_weekday(y, month, 4, n) + 1;
    case 8: return nth_weekday(y, month, 4, n) + 4;
    default: return nth_weekday(y, month, 7, n);
    }
  };
  if (year) {
    set_day(m, day(year));
    return true;
  }
  const int now = civil_of(c.today).year;
  const int future = day(now) >= c.today ? now : now + 1;
  m.a[0] = day(future) * day_seconds;
  m.a[1] = day(day(now) < c.today ? now : now - 1) * day_seconds;
  return true;
}

// "the 4th": of this month or of the ones around it.
bool set_day_alone(meaning& m, const time_context& c, int d) {
  const auto now = civil_of(c.today);
  if (d < 1 || d > 31) return false;
  const auto first = days_of(now.year, now.month, 1);
  for (int side : {0, 1})
    for (int k = 0; k < 12; ++k) {
      const auto month = add_months(first, side ? -k : k);
      const auto y = civil_of(month);
      const auto at = month + d - 1;
      if (d <= days_in_month(y.year, y.month) && (side ? at < c.today : at >= c.today)) {
        m.a[side] = at * day_seconds;
        break;
      }
    }
  m.day = d;
  return true;
}

// The counted units at one end of a period: "the first ten days of last year", "the last 3 weeks of this year".
bool set_counted_in(meaning& m, double n, period unit, const meaning& r, bool end) {
  meaning d;
  set_duration(d, n, unit);
  auto first = r.a[0], behind = r.b[0];
  if (unit == period::week) {
    const auto y = civil_of(first / day_seconds);
    first = r.month ? monday_of(first / day_seconds + 3) * day_seconds : iso_week(y.year, 1) * day_seconds;
    behind = monday_of(behind / day_seconds) * day_seconds;
  }
  m.a[0] = m.a[1] = end ? shifted(behind, d, -1) : first;
  m.b[0] = m.b[1] = end ? behind : shifted(first, d, 1);
  m.fixed = true;
  return true;
}

// "next 3 days", "last 2 weeks", "past 5 minutes": from tomorrow, or up to today.
bool set_counted(meaning& m, const time_context& c, double n, period unit, double rel) {
  if (n <= 0 || n > 100000 || rel == 0) return false;
  meaning d;
  set_duration(d, n, unit);
  auto start = c.today * day_seconds;
  const auto now = civil_of(c.today);
  if (unit == period::quarter || unit == period::decade || unit == period::century) {
    meaning block;
    set_unit_range(block, c.today, unit, 0);
    m.a[0] = m.a[1] = rel > 0 ? block.b[0] : shifted(block.a[0], d, -1);
    m.b[0] = m.b[1] = rel > 0 ? shifted(block.b[0], d, 1) : block.a[0];
    if (rel > 0 && unit != period::quarter) m.a[0] = m.a[1] = block.a[0] + (block.b[0] - block.a[0]);
    m.fixed = true;
    return true;
  }
  (void)now;
  if (is_clock(d)) {
    m.a[0] = m.a[1] = rel > 0 ? c.now : shifted(c.now, d, -1);
    m.b[0] = m.b[1] = rel > 0 ? shifted(c.now, d, 1) : c.now;
  } else if (unit == period::business_day && rel > 0) {
    auto first = c.today + 1;
    while (weekday_of(first) > 5) ++first;
    const auto last = shifted(start, d, 1);
    m.a[0] = m.a[1] = first * day_seconds;
    m.b[0] = m.b[1] = last + day_seconds;
  } else {
    if (rel > 0) start += day_seconds;
    m.a[0] = m.a[1] = rel > 0 ? start : shifted(start, d, -1);
    m.b[0] = m.b[1] = rel > 0 ? shifted(start, d, 1) : start;
  }
  m.fixed = true;
  return true;
}

// Two ends; what the second names and the first does not (the year) is lent to the first.
bool set_between(meaning& m, const time_context& c, const item& from, const item& to) {
  const auto *x = &from, *y = &to;
  meaning a = x->value, b = y->value;
  if (a.no_start || a.no_end || b.no_start || b.no_end || !a.text.empty() || a.joined || b.joined) return false;
  // A day without its month takes that of the other end, by a rule of its own.
  if (b.day && !b.month && !b.weekday && a.month > 0 && c.lang == tongue::chinese) return false;
  // The 9th alone, a day and a whole year, a weekday and a month are no ends of one range.
  if ((a.day && !a.month && a.weak) || (is_month_day(a) && is_whole_year(b)) || (a.weekday && is_month(b)) ||
      (is_month(a) && b.weekday))
    return false;
  for (auto* e : {&a, &b})
    if (e->edge != -2)
      for (int k : {0, 1}) {
        const auto middle =
            e->whole[0][k] + ((e->whole[1][k] - e->whole[0][k]) / day_seconds > 31 ? 181 : 15) * day_seconds;
        e->a[k] = e->edge < 0 ? e->whole[0][k] : e->edge > 0 ? e->whole[1][k] : middle;
      }
  m.joined = true;
  if (a.edge != -2 && b.edge != -2 && !a.fixed) {
    for (int k : {0, 1}) {
      m.a[k] = a.a[k];
      m.b[k] = b.a[k];
    }
    return m.a[0] <= m.b[0];
  }
  if (!b.text.empty()) {
    m.text = b.text;
    return false;
  }
  auto lend = [&](meaning& to, int year) {
    if (is_month_day(to) && to.month > 0)
      set_month_day(to, c, year, to.month, to.day);
    else if (to.month > 0 && to.day == 0 && !to.fixed)
      set_month(to, c, year, to.month);
  };
  const bool a_open = !a.fixed && a.month > 0, b_open = !b.fixed && b.month > 0;
  if (a_open && b.fixed && b.year) {
    lend(a, b.year);
    if (a.a[0] > b.a[0] && a.month) lend(a = x->value, b.year - 1);
  } else if (b_open && a.fixed && a.year) {
    lend(b, a.year);
    if (b.a[0] < a.a[0]) lend(b = y->value, a.year + 1);
  } else if (a_open && b_open) {
    // Both float: years in which they follow one another.
    for (int k : {0, 1}) {
      const int ya = civil_of(a.a[k] / day_seconds).year;
      meaning e = y->value;
      auto put = [&](int year) {
        if (e.day)
          set_month_day(e, c, year, e.month, e.day);
        else {
          set_month(e, c, year, e.month);
          if (e.edge == 1) e.a[0] = e.a[1] = e.b[0]; // until the end of June
        }
      };
      put(ya);
      if (e.a[0] < a.a[k]) {
        e = y->value;
        put(ya + 1);
      }
      b.a[k] = e.a[0];
    }
    // The range ahead is one that is not over: when its end is still to come, a start that is past counts.
    if ((is_month(y->value) ? add_months(b.a[1] / day_seconds, 1) * day_seconds : b.a[1]) > c.today * day_seconds) {
      a.a[0] = a.a[1];
      b.a[0] = b.a[1];
    }
  } else if (x->value.weekday && y->value.weekday && !b.fixed) {
    for (int k : {0, 1}) b.a[k] = a.a[a.fixed ? 0 : k] + (y->value.weekday - x->value.weekday + 7) % 7 * day_seconds;
  } else if (b.fixed && !a.fixed && a.weekday)
    a.a[1] = a.a[0] <= b.a[0] ? a.a[0] : a.a[1];
  for (int k : {0, 1}) {
    m.a[k] = a.a[k];
    m.b[k] = b.a[k];
    if (m.b[k] < m.a[k] && !b.fixed) m.b[k] = b.a[0];
  }
  m.fixed = a.fixed && b.fixed;
  m.month = m.day = 0;
  m.year = 0;
  return m.b[0] >= m.a[0];
}

bool edge_of(int edge, const meaning& r, bool cut_at_now, meaning& m) {
  const auto span = (r.b[0] - r.a[0]) / day_seconds;
  m = r;
  m.skip = 0;
  m.weak = false;
  m.edge = edge;
  for (int k : {0, 1}) {
    m.whole[0][k] = r.a[k];
    m.whole[1][k] = r.b[k];
    const auto a = r.a[k] / day_seconds, b = r.b[k] / day_seconds;
    std::int64_t low = a, high = b;
    if (span == 7) {
      low = edge > 0 ? a + 3 : edge == 0 ? a + 1 : a;
      high = edge < 0 ? a + 3 : edge == 0 ? a + 5 : b;
      if (edge < 0) high = a + 3;
    } else if (span >= 28 && span <= 31) {
      low = edge > 0 ? a + 15 : edge == 0 ? a + 9 : a;
      high = edge < 0 ? a + 15 : edge == 0 ? a + 20 : b;
    } else if (span >= 365) {
      const auto y = civil_of(a).year;
      const bool this_year = cut_at_now;
      if (this_year) {
        low = edge > 0 ? days_of(y, 7, 1) : edge == 0 ? days_of(y, 5, 1) : a;
        high = edge < 0 ? days_of(y, 7, 1) : edge == 0 ? days_of(y, 9, 1) : b;
      } else {
        low = edge > 0 ? days_of(y, 9, 1) : edge == 0 ? days_of(y, 5, 1) : a;
        high = edge < 0 ? days_of(y, 5, 1) : edge == 0 ? days_of(y, 9, 1) : b;
      }
    }
    m.a[k] = low * day_seconds;
    m.b[k] = high * day_seconds;
  }
  return true;
}

bool set_quarter(meaning& m, int q, int year) {
  if (q > 10)
    set_range(m, days_of(year, q == 11 ? 1 : 7, 1), q == 11 ? days_of(year, 7, 1) : days_of(year + 1, 1, 1));
  else
    set_range(m, days_of(year, 3 * q - 2, 1), add_months(days_of(year, 3 * q - 2, 1), 3));
  return true;
}

} // namespace steward::entities
