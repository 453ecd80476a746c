// Numbers in digits. A run of digits and separators is cut into groups first; what the separators mean follows from the
// language and from the sizes of the groups, and a run that makes no number is left to be read piece by piece.
#include "actors/understanding/entities/numeral.hpp"

#include <cmath>
#include <cstdio>
#include <cstdlib>

namespace steward::entities {

namespace {

struct run {
  std::vector<std::string> groups;
  std::vector<char> separators;
  std::vector<std::uint32_t> tokens; // token of each group
};

std::string digits_of(const source_text& text, std::size_t i) { return std::string(text.word(i)); }

bool sized(const run& r, std::size_t from, std::size_t to, std::size_t width) {
  for (auto g = from; g < to; ++g)
    if (r.groups[g].size() != width) return false;
  return true;
}

bool same(const run& r, std::size_t count, char c) {
  for (std::size_t s = 0; s < count; ++s)
    if (r.separators[s] != c) return false;
  return true;
}

// Groups [0, n) written with one separator are a whole number: 1,234,567 or 12,34,567.
bool grouped(const run& r, std::size_t n) {
  if (n < 2 || r.groups[0].size() > 3) return false;
  if (sized(r, 1, n, 3)) return r.groups[0] != "0";
  return r.groups[n - 1].size() == 3 && r.groups[0].size() <= 2 && sized(r, 1, n - 1, 2) && n > 2;
}

struct reading {
  std::size_t groups = 1;
  std::string digits;
  bool decimal = false;
};

std::string joined(const run& r, std::size_t n) {
  std::string out;
  for (std::size_t g = 0; g < n; ++g) out += r.groups[g];
  return out;
}

reading meaning(const run& r, tongue lang) {
  const char point = lang == tongue::spanish ? ',' : '.', comma = lang == tongue::spanish ? '.' : ',';
  const auto n = r.groups.size();
  if (n == 1) return {1, r.groups[0], false};
  const char last = r.separators.back();
  const bool uniform = same(r, n - 1, r.separators[0]);
  if (uniform && last == comma) {
    if (grouped(r, n)) return {n, joined(r, n), false};
    if (n == 2) return {2, r.groups[0] + "." + r.groups[1], true};
    return {1, r.groups[0], false};
  }
  if (uniform && last == point) {
    if (n == 2) return {2, r.groups[0] + "." + r.groups[1], true};
    if (grouped(r, n) && sized(r, 1, n, 3)) return {n, joined(r, n), false};
    return {1, r.groups[0], false};
  }
  // Mixed: the last separator divides, all before it group.
  if (n >= 3 && same(r, n - 2, r.separators[0]) && last != r.separators[0] && grouped(r, n - 1))
    return {n, joined(r, n - 1) + "." + r.groups[n - 1], true};
  for (auto m = n - 1; m >= 2; --m)
    if (same(r, m - 1, comma) && grouped(r, m)) return {m, joined(r, m), false};
  return {1, r.groups[0], false};
}

double power_of(std::string_view suffix, bool upper_k_only) {
  (void)upper_k_only;
  if (suffix == "k") return 1e3;
  if (suffix == "m" || suffix == "mm" || suffix == "mil" || suffix == "mio" || suffix == "mln") return 1e6;
  if (suffix == "g" || suffix == "b" || suffix == "bn" || suffix == "bln") return 1e9;
  if (suffix == "t") return 1e12;
  return 0;
}

// A signed whole number behind ^ or e: returns the token behind it.
std::optional<std::pair<double, std::size_t>> exponent(const source_text& text, std::size_t i, tongue lang) {
  double sign = 1;
  while (i < text.size() && text.glued(i) && (text.is(i, "-") || text.is(i, "+"))) {
    if (text.is(i, "-")) sign = -sign;
    ++i;
  }
  if (!text.digits(i) || !text.glued(i) || text[i].end - text[i].begin > 6) return std::nullopt;
  (void)lang;
  return std::pair{sign * std::atof(digits_of(text, i).c_str()), i + 1};
}

} // namespace

std::optional<numeral> read_plain_digits(const source_text& text, std::size_t i, tongue lang) {
  numeral out;
  out.first = static_cast<std::uint32_t>(i);
  const char point = lang == tongue::spanish ? ',' : '.';
  std::string leading;
  auto at = i;
  if (text.size() > i + 1 && text[i].kind == token_kind::sign && text.word(i) == std::string_view(&point, 1) &&
      text.digits(i + 1) && text.glued(i + 1) &&
      !(i > 0 && text.glued(i) && (text.digits(i - 1) || text.word(i - 1) == text.word(i)))) {
    out.value = std::atof(("0." + digits_of(text, i + 1)).c_str());
    out.shape = numeral_shape::decimal;
    out.last = static_cast<std::uint32_t>(i + 2);
  } else if (text.digits(i)) {
    run r;
    r.groups.push_back(digits_of(text, at));
    r.tokens.push_back(static_cast<std::uint32_t>(at));
    // What is left of a list or an address ("1,2,3", 192.168.1.2) is read piece by piece.
    const bool rest = i >= 2 && text.glued(i) && (text.is(i - 1, ",") || text.is(i - 1, ".")) && text.glued(i - 1) &&
                      text.digits(i - 2);
    // A comma as wide as a character ends a clause; it groups no digits of half its width.
    const auto groups = [&](std::size_t sign) {
      return text.is(sign, ".") ||
             (text.is(sign, ",") && (text.raw(text[sign].begin) < 0x80 || text.raw(text[sign].begin - 1) >= 0x80));
    };
    while (!rest && r.groups.size() < 12 && text.glued(at + 1) && groups(at + 1) && text.digits(at + 2) &&
           text.glued(at + 2)) {
      r.separators.push_back(text.word(at + 1)[0]);
      at += 2;
      r.groups.push_back(digits_of(text, at));
      r.tokens.push_back(static_cast<std::uint32_t>(at));
    }
    // 192.168.1.2 and 3.4.5 are no decimals: four or more groups, or groups that do not fit, are read one by one.
    auto m = meaning(r, lang);
    if (m.groups == 1 && r.groups.size() == 1) {
      // 1 234 567: thousands apart.
      std::string spaced = r.groups[0];
      std::size_t n = 1;
      auto j = i + 1;
      while (spaced.size() <= 24 && text.digits(j) && text[j].spaced && text[j].begin == text[j - 1].end + 1 &&
             text[j].end - text[j].begin == 3) {
        spaced += digits_of(text, j);
        ++n;
        ++j;
      }
      const bool decimals =
          n >= 2 && text.is(j, std::string_view(&point, 1)) && text.glued(j) && text.digits(j + 1) && text.glued(j + 1);
      if (decimals) j += 2;
      const bool more =
          (text.digits(j) && text[j].spaced) || (text.glued(j) && text.size() > j && text[j].kind == token_kind::word);
      if (n >= 2 && r.groups[0].size() <= 3 && r.groups[0][0] != '0' && !more && (n >= 3 || lang == tongue::spanish)) {
        m.digits = decimals ? spaced + "." + digits_of(text, j - 1) : spaced;
        m.decimal = decimals;
        r.tokens[0] = static_cast<std::uint32_t>(j - 1);
      }
    }
    out.value = std::atof(m.digits.c_str());
    out.shape = m.decimal ? numeral_shape::decimal : numeral_shape::integer;
    out.last = r.tokens[m.groups - 1] + 1;
  } else
    return std::nullopt;
  out.begin = text[out.first].begin;
  out.end = text[out.last - 1].end;
  return out;
}

std::optional<numeral> read_digits(const source_text& text, std::size_t i, tongue lang) {
  auto n = read_plain_digits(text, i, lang);
  if (!n) return n;
  auto j = static_cast<std::size_t>(n->last);
  auto close = [&](std::size_t last) {
    n->last = static_cast<std::uint32_t>(last);
    n->end = text[last - 1].end;
  };
  if (j < text.size() && text.is(j, "^") && text.glued(j)) {
    if (auto e = exponent(text, j + 1, lang)) {
      n->value = std::pow(n->value, e->first);
      n->shape = numeral_shape::power;
      close(e->second);
    }
    return n;
  }
  if (j < text.size() && text.glued(j) && text.is(j, "e")) {
    if (auto e = exponent(text, j + 1, lang)) {
      n->value *= std::pow(10, e->first);
      n->shape = numeral_shape::power;
      close(e->second);
    }
    return n;
  }
  if (j + 2 < text.size() && text.glued(j) && (text.is(j, "x") || text.is(j, "×") || text.is(j, "*")) &&
      text.is(j + 1, "10") && text.is(j + 2, "^")) {
    if (auto e = exponent(text, j + 3, lang)) {
      n->value *= std::pow(10, e->first);
      n->shape = numeral_shape::power;
      close(e->second);
    }
    return n;
  }
  // 5/17/2018 and 222-2222/2222 hold no fractions.
  const bool inside = i >= 2 && text.glued(i) && (text.is(i - 1, "/") || text.is(i - 1, "-")) && text.glued(i - 1) &&
                      text.digits(i - 2);
  auto slash_fraction = [&](std::size_t at) -> std::optional<std::pair<double, std::size_t>> {
    if (!inside && text.digits(at) && at + 2 < text.size() && text.is(at + 1, "/") && text.glued(at + 1) &&
        text.digits(at + 2) && text.glued(at + 2) &&
        !(text.glued(at + 3) && text.size() > at + 3 &&
          (text.is(at + 3, "/") || text[at + 3].kind == token_kind::word))) {
      const auto over = std::atof(digits_of(text, at + 2).c_str());
      if (over > 0 && text[at + 2].end - text[at + 2].begin <= 6)
        return std::pair{std::atof(digits_of(text, at).c_str()) / over, at + 3};
    }
    return std::nullopt;
  };
  if (n->shape == numeral_shape::integer && j == i + 1)
    if (auto f = slash_fraction(i)) {
      n->value = f->first;
      n->shape = numeral_shape::fraction;
      close(f->second);
      return n;
    }
  if (n->shape == numeral_shape::integer && j < text.size() && text[j].spaced)
    if (auto f = slash_fraction(j)) {
      n->value += f->first;
      n->shape = numeral_shape::fraction;
      close(f->second);
      return n;
    }
  if (j < text.size() && text[j].kind == token_kind::word) {
    const auto p = power_of(text.word(j), false);
    const bool next_glued =
        text.glued(j + 1) && text.size() > j + 1 && (text.digits(j + 1) || text[j + 1].kind == token_kind::word);
    // "10 k" may stand apart, other suffixes only behind the digits; "2.5 M" with a capital letter too.
    const bool apart = text[j].spaced;
    const bool capital =
        text.raw(text[j].begin) < 0x80 && text.raw(text[j].begin) >= 'A' && text.raw(text[j].begin) <= 'Z';
    const auto w = text.word(j);
    const bool fits =
        !apart ? (w == "k" || w == "mil" || w == "mm" || w == "bn" || w == "mln" || w == "mio" || w == "bln" || capital)
               : (w == "k" || w == "mil" || w == "bn" || (capital && w.size() == 1 && w != "t"));
    const bool thousand_mil =
        lang == tongue::spanish && w == "mil"; // Spanish mil is a thousand, read by its own reader
    if (p > 0 && !next_glued && fits && !thousand_mil && !(w == "mm" && !capital)) {
      n->value *= p;
      n->scale = p;
      close(j + 1);
    }
  }
  return n;
}

std::string decimal_text(double value) {
  char buffer[40];
  std::snprintf(buffer, sizeof buffer, "%.15G", value == 0 ? 0.0 : value);
  return buffer;
}

tongue tongue_of(std::string_view language) {
  const auto two = language.substr(0, 2);
  return two == "en" ? tongue::english : two == "es" ? tongue::spanish : two == "zh" ? tongue::chinese : tongue::other;
}

} // namespace steward::entities
