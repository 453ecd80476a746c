// What money and measures share: units found by table, longest first, and the numbers in front of them.
#include "actors/understanding/entities/unit_lexicon.hpp"

#include <optional>

namespace steward::entities {

namespace {

void add(unit_phrases& out, const unit_word* table) {
  for (; table && table->phrases; ++table) {
    out.units.push_back(*table);
    std::string_view rest(table->phrases);
    while (!rest.empty()) {
      const auto cut = rest.find('|');
      out.phrases.add(rest.substr(0, cut), out.units.size() - 1);
      rest = cut == std::string_view::npos ? std::string_view{} : rest.substr(cut + 1);
    }
  }
}

// Nothing that is counted or measured stands at a token: 三块五, not 三块五个.
bool nothing_counted(const source_text& t, std::size_t i, const unit_phrases& measures) {
  if (i >= t.size() || t[i].kind != token_kind::han) return i >= t.size() || !t.digits(i);
  if (measures.phrases.longest(t, i).last > i || read_number(t, i, tongue::chinese)) return t.is(i, "一");
  for (auto w : {"个", "件", "张", "条", "双", "只", "本", "次", "天", "年", "月", "周", "小", "分", "秒", "点", "号",
                 "折", "成", "人", "份", "位", "箱", "盒", "瓶", "包", "袋", "套", "台", "块", "元", "角", "毛", "岁"})
    if (t.is(i, w)) return false;
  return true;
}

} // namespace

const lexicon& lexicon_of(tongue lang) {
  auto make = [](const unit_tables* t) {
    lexicon out;
    add(out.codes, currency_codes());
    if (t) {
      add(out.money, t->money);
      add(out.measures, t->measures);
      add(out.multipliers, t->multipliers);
      std::string_view rest(t->adjectives);
      while (!rest.empty()) {
        const auto cut = rest.find('|');
        out.adjectives.add(rest.substr(0, cut), 1);
        rest = cut == std::string_view::npos ? std::string_view{} : rest.substr(cut + 1);
      }
    }
    return out;
  };
  static const lexicon english = make(&units_en()), spanish = make(&units_es()), chinese = make(&units_zh()),
                       other = make(nullptr);
  return lang == tongue::english   ? english
         : lang == tongue::spanish ? spanish
         : lang == tongue::chinese ? chinese
                                   : other;
}

double decimals_behind(const source_text& t, std::size_t& last, std::size_t most, const unit_phrases& measures) {
  const auto n = t.glued(last) ? read_number(t, last, tongue::chinese) : std::nullopt;
  if (!n || n->shape != numeral_shape::integer || n->vague || n->value < 1) return 0;
  const auto width = n->spelled ? n->last - n->first : n->end - n->begin;
  const bool digit_by_digit = n->value < (width == 1 ? 10 : 100) && n->value >= (width == 1 ? 1 : 11);
  const bool tens = n->spelled && width > 1 && (t.is(n->last - 1, "十") || t.is(n->first, "十"));
  if (width > most || !digit_by_digit || tens || !nothing_counted(t, n->last, measures)) return 0;
  last = n->last;
  return n->value / (width == 1 ? 10 : 100);
}

std::size_t behind_more(const source_text& t, std::size_t i, tongue lang) {
  const bool more = t.is(i, "多") || t.is(i, "来") || t.is(i, "余") || (t.is(i, "几") && i > 0 && t.is(i - 1, "十"));
  return lang == tongue::chinese && more ? i + 1 : i;
}

std::vector<numeral> numbers_before_units(const source_text& t, tongue lang) {
  std::vector<numeral> out;
  for (std::size_t i = 0; i < t.size();) {
    if (t.glued(i) && t[i - 1].kind == token_kind::word && t.digits(i)) {
      ++i;
      continue;
    }
    auto n = read_number(t, i, lang);
    if (!n) {
      ++i;
      continue;
    }
    // 几十块: how many tens is not told
    if (lang == tongue::chinese && t.is(i, "十") && i > 0 && (t.is(i - 1, "几") || t.is(i - 1, "数"))) {
      i = n->last;
      continue;
    }
    if (lang == tongue::chinese && n->spelled && n->last > n->first + 1 && t.is(n->last - 1, "两")) {
      // 三千两百两: the last 两 is the unit
      source_text cut(t.folded(n->begin, t[n->last - 1].begin));
      if (auto shorter = read_cardinal_zh(cut, 0); shorter && shorter->last == cut.size()) {
        n->value = shorter->value;
        n->last -= 1;
        n->end = t[n->last - 1].end;
      }
    }
    // 12千米: the last character belongs to the unit
    if (lang == tongue::chinese && n->last > n->first + 1 && (t.is(n->last - 1, "千") || t.is(n->last - 1, "兆"))) {
      const auto m = lexicon_of(lang).measures.phrases.longest(t, n->last - 1);
      source_text cut(t.folded(n->begin, t[n->last - 1].begin));
      auto shorter = read_number(cut, 0, lang);
      if (m.last > n->last && shorter && shorter->last == cut.size()) {
        n->value = shorter->value;
        n->last -= 1;
        n->end = t[n->last - 1].end;
      }
    }
    out.push_back(*n);
    i = n->last;
  }
  return out;
}

} // namespace steward::entities
