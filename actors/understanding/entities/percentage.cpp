#include "actors/understanding/entities/percentage.hpp"

#include <array>
#include <cmath>
#include <string_view>

namespace steward::entities {

namespace {

// The token behind a percent word at i, or i.
std::size_t percent_word(const source_text& t, std::size_t i, tongue lang) {
  if (t.is(i, "%") || t.is(i, "٪")) return i + 1;
  if (lang == tongue::english) {
    for (auto w : {"percent", "percents", "percentage", "pct", "percentages"})
      if (t.is(i, w)) return i + 1;
    if (t.is(i, "per") && (t.is(i + 1, "cent") || t.is(i + 1, "cents"))) return i + 2;
  }
  if (lang == tongue::spanish && t.is(i, "por") && (t.is(i + 1, "ciento") || t.is(i + 1, "cien"))) return i + 2;
  if (lang == tongue::chinese && t.is(i, "个") && t.is(i + 1, "百") && t.is(i + 2, "分") && t.is(i + 3, "点"))
    return i + 4;
  return i;
}

void chinese(const source_text& t, std::vector<percentage>& out) {
  for (std::size_t i = 0; i < t.size(); ++i) {
    auto at = i;
    double per = 0;
    // 百分之…, 千分之…, 万分之…, 万万分之…; not behind another numeral
    auto unit = [&](std::size_t k) {
      return t.is(k, "百") ? 100.0 : t.is(k, "千") ? 1e3 : t.is(k, "万") ? 1e4 : t.is(k, "亿") ? 1e8 : 0.0;
    };
    if (unit(at) > 0) {
      per = 1;
      while (unit(at) > 0) per *= unit(at++);
    }
    const bool behind_numeral = i > 0 && read_number(t, i - 1, tongue::chinese).has_value();
    // 百分之百, 百分百
    const auto whole = t.is(at, "分") ? (t.is(at + 1, "之") ? at + 2 : at + 1) : 0;
    if (per == 100 && at == i + 1 && whole > 0 && t.is(whole, "百") && !t.is(whole + 1, "分") && !behind_numeral) {
      out.push_back({t[i].begin, t[whole].end, true, 100});
      i = whole;
      continue;
    }
    if (per > 0 && t.is(at, "分") && t.is(at + 1, "之") && !behind_numeral) {
      auto n = read_number(t, at + 2, tongue::chinese);
      if (n && !(n->spelled && n->shape == numeral_shape::fraction)) {
        const bool minus = i > 0 && t.is(i - 1, "负");
        if (!n->vague) out.push_back({t[minus ? i - 1 : i].begin, n->end, true, n->value * (minus ? -100 : 100) / per});
        i = n->last - 1;
        continue;
      }
    }
    // 对折, 半折, 半成
    if ((t.is(i, "对") || t.is(i, "半")) && t.is(i + 1, "折")) {
      if (t.is(i, "半") || (i > 0 && t.is(i - 1, "打"))) out.push_back({t[i].begin, t[i + 1].end, true, 50});
      ++i;
      continue;
    }
    if (t.is(i, "半") && t.is(i + 1, "成")) {
      out.push_back({t[i].begin, t[i + 1].end, true, 5});
      ++i;
    }
  }
}

} // namespace

std::vector<percentage> read_percentages(const source_text& t, tongue lang) {
  std::vector<percentage> out;
  if (lang == tongue::chinese) chinese(t, out);
  const auto special = out.size();
  auto taken = [&](std::uint32_t begin) {
    for (std::size_t k = 0; k < special; ++k)
      if (begin >= out[k].begin && begin < out[k].end) return true;
    return false;
  };
  auto before_special = [&](std::size_t i) { return i > 0 ? t.word(i - 1) : std::string_view{}; };
  for (std::size_t i = 0; i < t.size();) {
    auto n = read_number(t, i, lang);
    if (!n) {
      const auto p = percent_word(t, i, lang);
      if (p > i && lang == tongue::english) {
        // "percent of 10"
        if (t.is(p, "of"))
          if (auto m = read_number(t, p + 1, lang)) {
            out.push_back({t[i].begin, m->end, true, m->value});
            i = m->last;
            continue;
          }
        const bool alone = !t.glued(i) && !t.glued(p);
        if (alone || t[i].kind == token_kind::word) out.push_back({t[i].begin, t[p - 1].end, false, 0});
      }
      i = p > i ? p : i + 1;
      continue;
    }
    auto first = n->begin;
    double value = n->value;
    const bool inside =
        taken(n->begin) || (t.glued(i) && (t[i - 1].kind == token_kind::word || t.is(i - 1, "%") || t.is(i - 1, "=")));
    const auto sign = before_special(i);
    if (!inside && (sign == "-" || sign == "负" || sign == "minus" || sign == "menos") && value > 0 &&
        (sign != "-" || (t.glued(i) && t[i - 1].spaced))) {
      value = -value;
      first = t[i - 1].begin;
    }
    auto p = percent_word(t, n->last, lang);
    if (p > n->last && !inside && !(t.glued(p) && t.digits(p))) {
      if (!n->vague) out.push_back({first, t[p - 1].end, true, value});
      i = p;
      continue;
    }
    if (lang == tongue::chinese && !inside && (t.is(n->last, "折") || t.is(n->last, "成")) &&
        !t.is(n->last + 1, "扣")) {
      auto last = static_cast<std::size_t>(n->last) + 1;
      const bool discount = t.is(n->last, "折");
      const bool digits = value >= 10 && n->shape == numeral_shape::integer;
      double percent = digits && !(n->value == 10 && !discount) && (discount || value > 10) ? value : value * 10;
      if (t.is(last, "半")) {
        percent += 5;
        ++last;
      }
      // 九成九, 六成五
      if (const auto more = t.is(last, "半") ? std::nullopt : read_number(t, last, lang);
          !discount && more && more->last == last + 1 && more->spelled && more->value >= 1 && n->spelled &&
          value < 10 && (more->last == t.size() || t[more->last].kind != token_kind::han || t.is(more->last, "的"))) {
        percent += more->value;
        ++last;
      }
      const bool whole_price = discount && n->value == 10;
      const bool verb = !discount && (t.is(last, "功") || t.is(last, "为") || t.is(last, "都") || t.is(last, "员") ||
                                      t.is(last, "立") || t.is(last, "本"));
      if (!whole_price && !verb && !n->vague && percent > 0 && percent <= 100)
        out.push_back({n->begin, t[last - 1].end, true, percent});
      i = last;
      continue;
    }
    i = n->last;
  }
  return out;
}

} // namespace steward::entities
