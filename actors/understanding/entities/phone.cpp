// Phone numbers: runs of digit groups with the separators that people put between them, judged by the sizes of the
// groups. What only looks like one (dates, social security and account numbers, decimals, parts of codes) is left out.
#include "actors/understanding/entities/contact.hpp"

#include <array>
#include <string_view>

namespace steward::entities {

namespace {

struct candidate {
  std::uint32_t begin = 0, end = 0;
  std::size_t first = 0, last = 0; // tokens
  std::vector<std::string_view> groups;
  std::string separators; // one sign for each gap: the strongest of - . / ) or space
  bool plus = false, bracket = false, extension = false, spaced_sign = false, double_space = false;
  std::size_t digits = 0;
};

// 04/21/2020 behind a number is no part of it.
bool begins_date(const source_text& t, std::size_t i) {
  if (!t.digits(i + 2) || !t.digits(i + 4) || !t.is(i + 1, "/") || !t.is(i + 3, "/")) return false;
  for (auto k = i + 1; k < i + 5; ++k)
    if (!t.glued(k)) return false;
  const auto a = t.word(i).size(), b = t.word(i + 2).size(), c = t.word(i + 4).size();
  return (a <= 2 && b <= 2 && (c == 4 || c == 2)) || (a == 4 && b <= 2 && c <= 2);
}

// Tokens from i on that may belong to one number.
candidate collect(const source_text& t, std::size_t i) {
  candidate c;
  c.first = i;
  c.begin = t[i].begin;
  int open = 0;
  auto at = i;
  std::size_t last_digits = i;
  std::string gap;
  for (; at < t.size() && c.groups.size() < 10; ++at) {
    const auto w = t.word(at);
    if (at > i && t[at].spaced) {
      if (t[at].begin - t[at - 1].end > 1) c.double_space = !c.groups.empty() && t.digits(at) ? true : c.double_space;
      if (t[at].begin - t[at - 1].end > 2) break;
      gap += ' ';
    }
    if (t.digits(at)) {
      if (!c.groups.empty() && t[at].spaced && begins_date(t, at)) break;
      if (!c.groups.empty()) {
        char sign = ' ';
        for (char g : gap)
          if (g != ' ') sign = g;
        c.separators += sign;
      }
      gap.clear();
      c.groups.push_back(w);
      c.digits += w.size();
      last_digits = at;
    } else if (w == "+" && c.groups.empty() && !c.plus)
      c.plus = true;
    else if (w == "(" && !open) {
      ++open;
      c.bracket = true;
      gap += '(';
    } else if (w == ")" && (open || c.groups.size() == 1)) {
      if (open) --open;
      c.bracket = true;
      gap += ')';
    } else if ((w == "-" || w == "." || w == "/") && !c.groups.empty() && gap.find_first_of("-./") == std::string::npos)
      gap += w[0];
    else
      break;
  }
  c.last = last_digits + 1;
  c.end = t[last_digits].end;
  // an extension: x123, ext 123
  auto e = c.last;
  if ((t.is(e, "x") || t.is(e, "ext")) && t.digits(e + 1) && t.word(e + 1).size() <= 6 && c.digits >= 8) {
    c.extension = true;
    c.last = e + 2;
    c.end = t[e + 1].end;
  }
  return c;
}

std::string shape(const candidate& c) {
  std::string out;
  for (std::size_t g = 0; g < c.groups.size(); ++g) {
    if (g) out += c.separators[g - 1];
    out += std::to_string(c.groups[g].size());
  }
  return out;
}

bool uniform(const std::string& s) { return s.find_first_not_of(s.empty() ? ' ' : s[0]) == std::string::npos; }

bool plausible(const candidate& c) {
  const auto n = c.groups.size();
  const auto& g = c.groups;
  if (c.digits < 6 || c.digits > 17 || g.back().size() < 2 || c.double_space) return false;
  const auto s = shape(c);
  const auto first = g[0];
  if (n == 1 && c.digits == 8 && (first.substr(0, 2) == "19" || first.substr(0, 2) == "20") && first[4] <= '1' &&
      first[6] <= '3' && !c.plus)
    return false; // 20180506
  if (n == 1) return c.plus ? c.digits >= 8 : c.digits >= 7 ? c.digits <= 14 : first[0] == '0' && c.digits >= 6;
  if (!c.plus && !c.bracket) {
    // dates, social security numbers, fractions, decimals
    if (n == 3 && uniform(c.separators) && c.separators[0] != ' ') {
      if (s == "3-2-4" || (g[0].size() <= 2 && g[1].size() <= 2) ||
          (g[0].size() == 4 && g[1].size() <= 2 && g[2].size() <= 2))
        return false;
    }
    if (n == 2 && (c.separators[0] == '.' || (c.separators[0] == '/' && (first[0] != '0' || c.digits < 8))))
      return false;
    // an ISO date, whatever follows it; a card
    if (n >= 3 && s.rfind("4-2-2", 0) == 0 && (first[0] == '1' || first[0] == '2')) return false;
    if (n == 4 && g[0].size() == 4 && g[1].size() == 4 && g[2].size() == 4 && g[3].size() == 4) return false;
    if (n == 4 && uniform(c.separators) && c.separators[0] == '.' && c.digits < 10) return false;
  }
  if (c.digits < 7) return false;
  if (n == 2 && c.digits == 7)
    return first.size() == 3 && (first[0] >= '2' || first[0] == '0') && first != "911" && c.separators[0] != '/';
  if (n == 2 && s == "4-4" && first[0] == '0') return false; // form numbers
  if (c.plus && !c.bracket && n >= 5 && uniform(c.separators) && c.separators[0] == '-')
    return false; // a country code is set apart from pairs of digits
  // single digits between larger groups are rare outside of a trunk zero or a leading 1
  for (std::size_t k = 0; k < n; ++k)
    if (g[k].size() == 1 && !(k == 0 && g[k] == "1") && !c.plus && !c.bracket && !(n == 3 && k == 1) &&
        !(n == 4 && k == 1))
      return false;
  if (!c.plus && !c.bracket) {
    // groups of a list ("37 41 4") are short; a number holds eight digits or more
    if (c.digits < 8) return false;
    if (c.separators.find('/') != std::string::npos && n > 2 && !(n == 3 && g[1].size() == 1)) return g[0].size() >= 3;
  }
  return c.digits >= 8;
}

bool blocked_before(const source_text& t, std::size_t i) {
  if (i == 0) return false;
  const auto w = t.word(i - 1);
  if (t.glued(i)) {
    static constexpr std::array<std::string_view, 13> signs = {"#", "$", "€", "£", "¥", "%", ".",
                                                               ",", "/", "*", "=", "+", "_"};
    for (auto s : signs)
      if (w == s)
        return !(s == "," && i >= 2 && t.digits(i - 2) && t.word(i - 2).size() >= 7) &&
               !(s == "." && i >= 2 && !t.digits(i - 2));
    if (t[i - 1].kind == token_kind::word || t.digits(i - 1)) return true;
    if (w == ")" && !t.is(i, "(")) return true;
    // a hyphen: a minus or the end of a code, unless the number has brackets of its own or stands behind a sign or Han
    // text
    if (w == "-")
      return i == 1 || t[i - 1].spaced || t.digits(i - 2) ||
             (t[i - 2].kind == token_kind::word && !t.is(i, "(") && !t.is(i + 1, "("));
  }
  for (auto back = i; back > 0 && i - back < 3; --back) {
    const auto b = t.word(back - 1);
    static constexpr std::string_view others[] = {"account",  "card",   "ssn",     "order",  "invoice", "serial",
                                                  "tracking", "cuenta", "tarjeta", "pedido", "factura", "seguimiento"};
    for (auto o : others)
      if (b == o) return true;
    // 订单号, 卡号, 账号: a number of something else; 电话号, 手机号 are not among them
    if (b == "号" && back >= 2)
      for (auto of :
           {"单", "卡", "账", "帐", "编", "工", "货", "型", "序", "证", "票", "批", "款", "單", "賬", "編", "貨"})
        if (t.is(back - 2, of)) return true;
    if (b == "phone" || b == "tel") break;
  }
  return false;
}

bool blocked_behind(const source_text& t, std::size_t last) {
  if (!t.glued(last) || last >= t.size()) return false;
  const auto w = t.word(last);
  if (t[last].kind == token_kind::word || w == "%" || w == "*" || w == "€") return true;
  if (w == ")") return true;
  return w == "-" && t.glued(last + 1) && last + 1 < t.size() && t[last + 1].kind == token_kind::word;
}

} // namespace

std::vector<contact> read_phones(const source_text& t, const std::vector<contact>& taken) {
  std::vector<contact> out;
  for (std::size_t i = 0; i < t.size();) {
    const bool opens = t.digits(i) || ((t.is(i, "+") || t.is(i, "(")) && i + 1 < t.size());
    if (!opens) {
      ++i;
      continue;
    }
    auto c = collect(t, i);
    if (c.groups.empty()) {
      ++i;
      continue;
    }
    bool inside = false;
    for (const auto& a : taken)
      inside = inside || (c.begin < a.end && c.end > a.begin && std::string_view(a.kind) != "mention" &&
                          std::string_view(a.kind) != "hashtag");
    if (!inside && plausible(c) && !blocked_before(t, i) && !blocked_behind(t, c.last)) {
      out.push_back({"phone", c.begin, c.end});
      i = c.last;
    } else
      i = t.digits(i) || c.groups.size() > 3 ? c.last : i + 1;
  }
  return out;
}

} // namespace steward::entities
