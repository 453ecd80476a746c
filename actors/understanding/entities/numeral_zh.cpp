// Chinese numerals, alone or mixed with digits: 两千三百, 7万5千, 十点二, 三分之一, 一又二分之一, 第三. Characters may
// stand apart.
#include "actors/understanding/entities/numeral.hpp"

#include <cmath>
#include <string_view>
#include <unordered_map>

namespace steward::entities {

namespace {

const std::unordered_map<std::string_view, int>& digit_characters() {
  static const std::unordered_map<std::string_view, int> table = {
      {"零", 0}, {"〇", 0}, {"一", 1}, {"壹", 1}, {"二", 2}, {"两", 2}, {"俩", 2}, {"贰", 2},
      {"三", 3}, {"叁", 3}, {"仨", 3}, {"四", 4}, {"肆", 4}, {"五", 5}, {"伍", 5}, {"六", 6},
      {"陆", 6}, {"七", 7}, {"柒", 7}, {"八", 8}, {"捌", 8}, {"九", 9}, {"玖", 9},
  };
  return table;
}

const std::unordered_map<std::string_view, double>& unit_characters() {
  static const std::unordered_map<std::string_view, double> table = {
      {"十", 10},  {"拾", 10},  {"百", 100}, {"佰", 100},  {"千", 1e3},
      {"仟", 1e3}, {"万", 1e4}, {"亿", 1e8}, {"兆", 1e12},
  };
  return table;
}

int digit(std::string_view w) {
  auto it = digit_characters().find(w);
  return it == digit_characters().end() ? -1 : it->second;
}

double unit(std::string_view w) {
  auto it = unit_characters().find(w);
  return it == unit_characters().end() ? 0 : it->second;
}

struct count {
  double value = 0;
  std::size_t last = 0;
  bool units = false;    // held 十 百 千 ...
  bool vague = false;    // 三四十
  std::size_t signs = 0; // characters of numerals
};

// 廿三, 卅: tens in one character.
int tens_character(std::string_view w) { return w == "廿" ? 20 : w == "卅" ? 30 : w == "卌" ? 40 : 0; }

bool and_more(std::string_view w) { return w == "多" || w == "余" || w == "几"; }

// 两三个, 七八次: what is counted stands behind; 九八 alone is read digit by digit.
bool counted_thing(std::string_view w) {
  for (auto c : {"个", "件", "天", "次", "周", "小", "岁", "块", "元", "人", "斤", "米", "遍", "家", "张", "条", "只",
                 "本", "瓶", "盒", "箱", "包", "双", "套", "封", "位", "口", "句", "里", "公", "分", "秒", "毛"})
    if (w == c) return true;
  return false;
}

// A whole number: sections below 万, each with its large unit.
std::optional<count> whole(const source_text& t, std::size_t i) {
  double total = 0, section = 0, pending = -1, last_unit = 0;
  std::size_t at = i, run = 0, signs = 0;
  bool zero = false, units = false, last_zero = false, vague = false;
  int last_digit = -1;
  while (at < t.size() && signs < 64) {
    const auto w = t.word(at);
    if (t.digits(at)) {
      if (pending >= 0 || (units && run > 0)) break;
      auto n = read_plain_digits(t, at, tongue::chinese);
      if (!n || (at != i && !units && !last_zero)) break;
      if (at != i && t[at].spaced && unit(t.word(n->last)) == 0) break;
      pending = n->value;
      at = n->last;
      run = 1;
      zero = false;
      ++signs;
      if (and_more(t.word(at)) && unit(t.word(at + 1)) >= 1e4) ++at; // 500余万
      continue;
    }
    if (const int tens = tens_character(w); tens > 0 && pending < 0 && (last_unit == 0 || last_unit > 10)) {
      section += tens;
      last_unit = 10;
      units = true;
      zero = last_zero = false;
      ++at;
      ++signs;
      continue;
    }
    if (const int d = digit(w); d >= 0) {
      if (d == 0 && units && run == 0) {
        zero = true;
        last_zero = true;
        ++at;
        ++signs;
        continue;
      }
      if (pending >= 0 && (units || run > 0)) {
        if (units || t.digits(at - 1)) break;
        const bool pair = run == 1 && last_digit > 0 && d == last_digit + 1;
        if (pair && (unit(t.word(at + 1)) > 0 || counted_thing(t.word(at + 1)))) {
          pending = d; // 三四十, 两三个
          vague = true;
        } else {
          pending = pending * 10 + d; // digit by digit: 二零零四
          ++run;
        }
      } else {
        pending = d;
        run = 1;
      }
      last_digit = d;
      ++at;
      ++signs;
      continue;
    }
    if (const double u = unit(w); u > 0) {
      if (u == 10 && (pending < 0 || (pending == 0 && run == 1 && !units))) pending = 1; // 十二, 零十
      if (u < 1e4) {
        if (pending < 0 || run > 1 || (last_unit > 0 && last_unit <= u && last_unit < 1e4)) break;
        section += pending * u;
        last_unit = u;
      } else {
        if (pending > 0) section += pending;
        if (section == 0 && total == 0) break;
        if (section == 0 || (total > 0 && u > last_unit && last_unit >= 1e4 && section == 0))
          total *= u; // 万亿
        else if (total > 0 && u >= 1e8 && total < u && last_unit < 1e4)
          total = (total + section) * u;
        else
          total += section * u;
        section = 0;
        last_unit = u;
      }
      pending = -1;
      run = 0;
      units = true;
      zero = false;
      last_zero = false;
      ++at;
      ++signs;
      continue;
    }
    // 十多万, 五百余万, 几亿: "and more" inside a number.
    if (units && pending < 0 && and_more(w) && unit(t.word(at + 1)) >= 1e4) {
      ++at;
      continue;
    }
    break;
  }
  if (at == i) return std::nullopt;
  if (pending >= 0) {
    // 二百五 is 250, 九十二万四 is 924000, but 一百零五 is 105.
    const bool digits = t.digits(at - 1);
    if (units && !zero && !last_zero && run == 1 && last_unit >= 100 && !digits)
      section += pending * last_unit / 10;
    else
      section += pending;
  } else if (zero && units) {
    // a trailing 零 is no part of it
    --at;
  }
  if (!units && signs == 0) return std::nullopt;
  return count{total + section, at, units, vague, signs};
}

bool point(std::string_view w) { return w == "点"; }

// A whole number or a decimal, in characters or digits.
std::optional<numeral> quantity(const source_text& t, std::size_t i) {
  auto start = i;
  auto c = whole(t, start);
  if (!c) {
    if (!t.digits(i) && !t.is(i, ".")) return std::nullopt;
    return read_digits(t, i, tongue::chinese);
  }
  if (c->signs == 1 && t.digits(i)) {
    auto n = read_digits(t, i, tongue::chinese);
    if (n && n->last >= c->last) return n;
  }
  double value = c->value;
  auto last = c->last;
  auto shape = numeral_shape::integer;
  if (point(t.word(last)) && digit(t.word(last + 1)) >= 0 && !t.digits(last - 1)) {
    std::string digits;
    auto at = last + 1;
    while (digits.size() < 18 && digit(t.word(at)) >= 0) digits += static_cast<char>('0' + digit(t.word(at++)));
    value += std::atof(("0." + digits).c_str());
    last = at;
    shape = numeral_shape::decimal;
    while (unit(t.word(last)) >= 1e4) value *= unit(t.word(last++));
  }
  auto out = spelled_numeral(t, i, last, value, shape);
  out.vague = c->vague;
  return out;
}

} // namespace

std::optional<numeral> read_cardinal_zh(const source_text& t, std::size_t i) {
  if (t.is(i, "半") && (t.is(i + 1, "百") || t.is(i + 1, "打")))
    return spelled_numeral(t, i, i + 2, t.is(i + 1, "百") ? 50 : 6, numeral_shape::integer);
  auto at = i;
  double sign = 1;
  const bool word_sign = t.is(i, "负");
  if (word_sign) {
    sign = -1;
    ++at;
  }
  auto n = quantity(t, at);
  if (!n) return std::nullopt;
  auto fraction = [&](std::size_t from) -> std::optional<std::pair<double, std::size_t>> {
    auto under = quantity(t, from);
    if (!under || !t.is(under->last, "分") || !t.is(under->last + 1, "之")) return std::nullopt;
    auto top = static_cast<std::size_t>(under->last) + 2;
    double s = 1;
    if (t.is(top, "负")) {
      s = -1;
      ++top;
    }
    auto over = quantity(t, top);
    if (!over || under->value == 0) return std::nullopt;
    return std::pair{s * over->value / under->value, static_cast<std::size_t>(over->last)};
  };
  if (auto f = fraction(at)) return spelled_numeral(t, i, f->second, sign * f->first, numeral_shape::fraction);
  if (t.is(n->last, "又")) {
    if (auto f = fraction(n->last + 1))
      return spelled_numeral(t, i, f->second, sign * (n->value + f->first), numeral_shape::fraction);
    if (auto f = read_digits(t, n->last + 1, tongue::chinese); f && f->shape == numeral_shape::fraction && f->value > 0)
      return spelled_numeral(t, i, f->last, sign * (n->value + f->value), numeral_shape::fraction); // 3又1/2
  }
  if (t.is(n->last, "打")) return spelled_numeral(t, i, n->last + 1, sign * n->value * 12, numeral_shape::integer);
  if (word_sign) {
    n->first = static_cast<std::uint32_t>(i);
    n->begin = t[i].begin;
    n->value *= sign;
  }
  return n;
}

std::optional<numeral> read_ordinal_zh(const source_text& t, std::size_t i) {
  if (!t.is(i, "第")) return std::nullopt;
  auto n = quantity(t, i + 1);
  if (!n || n->shape != numeral_shape::integer) return std::nullopt;
  n->first = static_cast<std::uint32_t>(i);
  n->begin = t[i].begin;
  n->ordinal = true;
  return n;
}

} // namespace steward::entities
