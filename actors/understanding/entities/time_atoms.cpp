// What is written in digits: years, dates such as 5/17/2018 or 2019-08-01, clock times such as 7:30, and the numbers in
// words.
#include "actors/understanding/entities/time_build.hpp"

#include <cmath>
#include <cstdlib>

namespace steward::entities {

namespace {

int integer(const source_text& t, std::size_t i) {
  return t.word(i).size() <= 9 ? std::atoi(std::string(t.word(i)).c_str()) : -1;
}

std::size_t width(const source_text& t, std::size_t i) { return t.word(i).size(); }

bool is_year(const source_text& t, std::size_t i) {
  return t.digits(i) && width(t, i) == 4 && integer(t, i) >= 1500 && integer(t, i) <= 2199;
}

bool separator(const source_text& t, std::size_t i) { return t.is(i, "-") || t.is(i, "/") || t.is(i, "."); }

// Token i continues digits and a separator in front of it: "138-2010".
bool continues(const source_text& t, std::size_t i) {
  if (i == 0 || !t.glued(i)) return false;
  if ((t[i - 1].kind == token_kind::word && !(t.is(i - 1, "t") && i >= 2 && t.digits(i - 2))) || t.digits(i - 1) ||
      t.is(i - 1, "$") || t.is(i - 1, ".") || t.is(i - 1, "€") || t.is(i - 1, "£"))
    return true;
  if (!separator(t, i - 1) || i < 2 || !t.glued(i - 1) || !t.digits(i - 2)) return false;
  if (is_year(t, i) && i >= 3 && t.glued(i - 2) && t.is(i - 3, "q")) return false; // q2/2023
  const bool chain = i >= 4 && t.glued(i - 2) && t.is(i - 3, "-") && t.glued(i - 3) && t.digits(i - 4);
  return !(t.is(i - 1, "-") && (is_year(t, i - 2) || (width(t, i - 2) <= 2 && !chain)));
}

struct numeric_date {
  int year = 0, month = 0, day = 0;
  std::size_t last = 0;
};

// Three or two groups of digits with one separator.
bool read_numeric(const source_text& t, std::size_t i, tongue lang, numeric_date& out) {
  if (!t.digits(i) || !t.glued(i + 1) || !separator(t, i + 1) || !t.digits(i + 2) || !t.glued(i + 2)) return false;
  const auto s = t.word(i + 1);
  const bool three = t.glued(i + 3) && t.is(i + 3, s) && t.glued(i + 4) && t.digits(i + 4);
  const int x = integer(t, i), y = integer(t, i + 2), z = three ? integer(t, i + 4) : 0;
  auto split = [&](int first, int second, bool day_first) {
    const bool swap = day_first ? second > 12 : first > 12;
    out.month = day_first != swap ? second : first;
    out.day = day_first != swap ? first : second;
    return out.month >= 1 && out.month <= 12 && out.day >= 1 && out.day <= 31;
  };
  const bool day_first = lang == tongue::spanish;
  if (three) {
    out.last = i + 5;
    if (width(t, i) == 4 && width(t, i + 2) <= 2 && width(t, i + 4) <= 2) {
      if (x < 1000) return false;
      out.year = x;
      return split(y, z, false) && out.day <= days_in_month(x, out.month);
    }
    if (width(t, i) > 2 || width(t, i + 2) > 2) return false;
    if (width(t, i + 4) == 4) {
      out.year = z;
      if (s == "." ? !split(x, y, true) : !split(x, y, day_first)) return false;
      return z >= 1000;
    }
    if (width(t, i + 4) != 2 || s == ".") return false;
    if (lang == tongue::chinese) {
      out.year = full_year(x);
      return split(y, z, false) && width(t, i) == 2;
    }
    out.year = full_year(z);
    return split(x, y, day_first);
  }
  if (s != "/" || width(t, i) > 2 || width(t, i + 2) > 2 ||
      (t.glued(i + 3) && (t.is(i + 3, "%") || (t.is(i + 3, ".") && t.glued(i + 4) && t.digits(i + 4)))))
    return false;
  if (x == 24 && y == 7 && !day_first) return false; // round the clock
  out.last = i + 3;
  return split(x, y, day_first);
}

void clock(const time_context& c, std::size_t i, std::vector<item>& out) {
  const auto& t = c.text;
  const int h = integer(t, i);
  if (width(t, i) > 2 || h > 24) return;
  const bool colon = t.is(i + 1, ":"), dot = t.is(i + 1, ".");
  if (!(colon || dot) || !t.glued(i + 1) || !t.digits(i + 2) || width(t, i + 2) != 2 || integer(t, i + 2) > 59) return;
  if (!t.glued(i + 2) && !(colon && t[i + 2].begin == t[i + 1].end + 1)) return;
  item it{sym::time, static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(i + 3), {}};
  int seconds = 0;
  if (t.is(i + 3, t.word(i + 1)) && t.glued(i + 3) && t.digits(i + 4) && t.glued(i + 4)) {
    if (dot || width(t, i + 4) != 2 || integer(t, i + 4) > 59) return;
    seconds = integer(t, i + 4);
    it.last += 2;
  }
  it.value.weak = dot;
  it.value.digits = 2;
  it.value.a[0] = it.value.a[1] = (h % 24) * 3600 + integer(t, i + 2) * 60 + seconds;
  it.value.twelve = h >= 1 && h <= 12 && seconds == 0;
  it.value.n = h;
  out.push_back(it);
}

} // namespace

void read_atoms(const time_context& c, std::size_t i, std::vector<item>& out) {
  const auto& t = c.text;
  auto make = [&](sym s, std::size_t last) -> meaning& {
    out.push_back({s, static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(last), {}});
    return out.back().value;
  };
  if (t.digits(i)) {
    const bool inside = continues(t, i);
    numeric_date d;
    if (!inside && read_numeric(t, i, c.lang, d)) {
      // A full date may be followed by a hyphen and another one, not by more digits of the same code.
      const bool more = t.glued(d.last) && separator(t, d.last) && t.glued(d.last + 1) && t.digits(d.last + 1);
      numeric_date next;
      const bool letters =
          t.glued(d.last) && d.last < t.size() && t[d.last].kind == token_kind::word && !t.is(d.last, "t");
      if (!letters && (!more || (t.is(d.last, "-") && read_numeric(t, d.last + 1, c.lang, next)))) {
        meaning m;
        if (set_month_day(m, c, d.year, d.month, d.day)) {
          if (!(d.last - i == 3 && more && t.is(d.last, "."))) make(sym::date, d.last) = m;
        }
      }
    }
    if (!inside && width(t, i) == 8 && !(t.glued(i + 1) && (t.digits(i + 1) || t.is(i + 1, "-")) && t.digits(i + 2))) {
      const int all = integer(t, i), y = all / 10000, mo = all / 100 % 100, day = all % 100;
      meaning m;
      if (y >= 1900 && y <= 2199 && mo >= 1 && mo <= 12 && day >= 1 && day <= days_in_month(y, mo) &&
          set_month_day(m, c, y, mo, day))
        make(sym::date, i + 1) = m;
    }
    // 2016 10 16
    if (!inside && is_year(t, i) && t.digits(i + 1) && t.digits(i + 2) && width(t, i + 1) == 2 &&
        width(t, i + 2) == 2 && integer(t, i + 1) <= 12 && integer(t, i + 1) >= 1) {
      meaning m;
      if (integer(t, i + 2) >= 1 && integer(t, i + 2) <= days_in_month(integer(t, i), integer(t, i + 1)) &&
          set_month_day(m, c, integer(t, i), integer(t, i + 1), integer(t, i + 2)))
        make(sym::date, i + 3) = m;
    }
    // 2015-12, 12-2015
    if (!inside && (t.is(i + 1, "-") || t.is(i + 1, "/")) && t.glued(i + 1) && t.glued(i + 2) && t.digits(i + 2) &&
        !(t.glued(i + 3) && separator(t, i + 3) && t.glued(i + 4) && t.digits(i + 4))) {
      const bool year_first = is_year(t, i) && width(t, i + 2) <= 2;
      if (year_first || (is_year(t, i + 2) && width(t, i) <= 2)) {
        const int y = integer(t, year_first ? i : i + 2), mo = integer(t, year_first ? i + 2 : i);
        if (mo >= 1 && mo <= 12 && !(t.glued(i + 3) && i + 3 < t.size() && t[i + 3].kind == token_kind::word))
          set_month(make(sym::drange, i + 3), c, y, mo);
      }
    }
    if (!inside) clock(c, i, out);
    const bool decimal_behind =
        t.glued(i + 1) && (t.is(i + 1, ".") || t.is(i + 1, ",")) && t.glued(i + 2) && t.digits(i + 2);
    const bool code_behind = t.glued(i + 1) && t.is(i + 1, "-") && t.glued(i + 2) && t.digits(i + 2) &&
                             !is_year(t, i + 2) && width(t, i + 2) > 2;
    const bool tail_code =
        t.glued(i + 1) && t.is(i + 1, "-") && t.glued(i + 2) && t.digits(i + 2) && t.glued(i + 3) && t.is(i + 3, "-");
    // "23-2020-September", "q1-2019": letters beside the digits leave the year alone
    const bool named_before =
        (i >= 3 && t[i - 3].kind == token_kind::word && t.glued(i - 2) && !t.is(i - 3, "t")) ||
        (i >= 4 && t.glued(i - 2) && t.is(i - 3, "-") && t.glued(i - 3) && t[i - 4].kind == token_kind::word);
    const bool named_behind = t.glued(i + 2) && t[i + 2].kind == token_kind::word;
    const bool month_before = i >= 2 && t.glued(i) && t.is(i - 1, "-") && t[i - 2].kind == token_kind::word;
    const bool odd_before =
        !named_before && !(named_behind && t.is(i + 1, "-")) && i >= 2 && t.glued(i) && separator(t, i - 1) &&
        t.glued(i - 1) && t.digits(i - 2) &&
        (!is_year(t, i - 2) || (i >= 4 && t.glued(i - 2) && separator(t, i - 3) && t.digits(i - 4)));
    const bool odd_behind =
        !month_before && t.glued(i + 1) && t.is(i + 1, "-") && t.glued(i + 2) && t.digits(i + 2) && !is_year(t, i + 2);
    // 1990s
    if (!inside && t.digits(i) && width(t, i) == 4 && t.word(i).back() == '0' && integer(t, i) >= 1500 &&
        integer(t, i) <= 2100) {
      const auto s = t.is(i + 1, "'") ? i + 2 : i + 1;
      if (t.is(s, "s"))
        set_range(make(sym::drange, s + 1), days_of(integer(t, i), 1, 1), days_of(integer(t, i) + 10, 1, 1));
    }
    if (!inside && !odd_before && !odd_behind && is_year(t, i) && !decimal_behind && !code_behind && !tail_code &&
        !(t.glued(i + 1) && t.is(i + 1, "%")))
      set_year(make(sym::year, i + 1), integer(t, i));
  }
  // May '18
  if (t.is(i, "'") && i > 0 && t.digits(i + 1) && t.glued(i + 1) && width(t, i + 1) == 2 && !t.is(i + 2, "'") &&
      !(t.glued(i + 2) && i + 2 < t.size() && t[i + 2].kind == token_kind::word) && c.lang == tongue::english) {
    set_year(make(sym::year, i + 2), full_year(integer(t, i + 1)));
    out.back().value.weak = true;
  }
  if (t.digits(i) && i > 0 && t.glued(i) && (t.digits(i - 1) || t.is(i - 1, "$"))) return;
  // what stands behind a decimal point: "37.1 in the morning"
  if (t.digits(i) && i > 1 && t.glued(i) && t.is(i - 1, ".") && t.glued(i - 1) && t.digits(i - 2)) return;
  const bool glued_word = i > 0 && t.glued(i) && t.digits(i) && t[i - 1].kind == token_kind::word && !t.is(i - 1, "t");
  std::optional<numeral> n;
  if (t.digits(i) || t.is(i, ".")) {
    if (auto plain = read_plain_digits(t, i, c.lang)) {
      meaning& m = make(sym::num, plain->last);
      m.n = plain->value;
      m.digits = plain->shape == numeral_shape::integer ? static_cast<int>(t[plain->last - 1].end - t[i].begin) : 9;
      m.weak = glued_word;
      if (plain->last > i + 1 && t.digits(i)) {
        // "3. " and "8.30": the first group alone too
        meaning& first = make(sym::num, i + 1);
        first.n = integer(t, i);
        first.digits = static_cast<int>(width(t, i));
      }
    }
  }
  if (auto full = read_number(t, i, c.lang);
      full && (full->spelled || full->shape == numeral_shape::fraction) && full->last > i) {
    meaning& m = make(sym::num, full->last);
    m.n = full->value;
    m.digits = full->shape == numeral_shape::integer ? 0 : 9;
    if (full->spelled && full->shape == numeral_shape::integer && full->value >= 1500 && full->value <= 2199 &&
        c.lang != tongue::chinese)
      set_year(make(sym::year, full->last), static_cast<int>(full->value));
    // nineteen eighty six
    if (full->spelled && (full->value >= 15 && full->value <= 21) && c.lang == tongue::english)
      if (auto rest = read_cardinal_en(t, full->last);
          rest && rest->value >= 10 && rest->value < 100 && rest->shape == numeral_shape::integer)
        set_year(make(sym::year, rest->last), static_cast<int>(full->value * 100 + rest->value));
    // "three thirty" must not hide "three"
    if (full->last > i + 1 && (full->shape == numeral_shape::fraction || full->value > 12)) {
      const source_text head(t.folded(t[i].begin, t[i].end));
      if (auto one = read_number(head, 0, c.lang); one && one->last == 1 && c.lang != tongue::chinese) {
        meaning& small = make(sym::num, i + 1);
        small.n = one->value;
      }
    }
  }
  // 十点二十 is a time as well as ten point two: the part before the point alone.
  if (c.lang == tongue::chinese && t[i].kind == token_kind::han) {
    if (auto full = read_cardinal_zh(t, i))
      for (auto at = full->first + 1; at < full->last; ++at)
        if (t.is(at, "点")) {
          const source_text head(t.folded(t[i].begin, t[at].begin));
          if (auto whole = read_cardinal_zh(head, 0); whole && whole->last == head.size()) {
            out.push_back({sym::num, static_cast<std::uint32_t>(i), at, {}});
            out.back().value.n = whole->value;
          }
          break;
        }
  }
  if (auto o = read_ordinal(t, i, c.lang); o && o->value <= 1000) {
    meaning& m = make(sym::ord, o->last);
    m.n = o->value;
  }
}

} // namespace steward::entities
