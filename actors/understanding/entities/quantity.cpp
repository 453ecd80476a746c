// Money and measures: a number and a unit in either order. Units are found by table, longest first.
#include "actors/understanding/entities/quantity.hpp"

#include <cstdlib>
#include <map>
#include <optional>

namespace steward::entities {

namespace {

struct compiled {
  phrase_table phrases;
  std::vector<unit_word> units;
};

void add(compiled& out, const unit_word* table) {
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

struct lexicon {
  compiled codes, money, measures, multipliers;
  phrase_table adjectives;
};

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

struct found_unit {
  std::size_t last = 0;
  const unit_word* unit = nullptr;
  double factor = 1; // MEUR
};

// Nothing that is counted or measured stands at a token: 三块五, not 三块五个.
bool nothing_counted(const source_text& t, std::size_t i, const compiled& measures) {
  if (i >= t.size() || t[i].kind != token_kind::han) return i >= t.size() || !t.digits(i);
  if (measures.phrases.longest(t, i).last > i || read_number(t, i, tongue::chinese)) return t.is(i, "一");
  for (auto w : {"个", "件", "张", "条", "双", "只", "本", "次", "天", "年", "月", "周", "小", "分", "秒", "点", "号",
                 "折", "成", "人", "份", "位", "箱", "盒", "瓶", "包", "袋", "套", "台", "块", "元", "角", "毛", "岁"})
    if (t.is(i, w)) return false;
  return true;
}

// What is said behind a unit in its own parts, digit by digit: 一米七五, 1米75, 三块五. Moves `last` behind it.
double decimals_behind(const source_text& t, std::size_t& last, std::size_t most, const compiled& measures) {
  const auto n = t.glued(last) ? read_number(t, last, tongue::chinese) : std::nullopt;
  if (!n || n->shape != numeral_shape::integer || n->vague || n->value < 1) return 0;
  const auto width = n->spelled ? n->last - n->first : n->end - n->begin;
  const bool digit_by_digit = n->value < (width == 1 ? 10 : 100) && n->value >= (width == 1 ? 1 : 11);
  const bool tens = n->spelled && width > 1 && (t.is(n->last - 1, "十") || t.is(n->first, "十"));
  if (width > most || !digit_by_digit || tens || !nothing_counted(t, n->last, measures)) return 0;
  last = n->last;
  return n->value / (width == 1 ? 10 : 100);
}

bool sign_unit(const source_text& t, std::size_t first) { return t[first].kind == token_kind::sign; }

// A unit of money at token i: a name, with a nation in front of it, a code or a sign.
found_unit money_at(const source_text& t, std::size_t i, const lexicon& l) {
  found_unit out;
  auto take = [&](const compiled& c, std::size_t at) {
    const auto m = c.phrases.longest(t, at);
    // "A$5" are Australian, "a $5" is an article and a sign.
    if (m.last == at + 2 && t.is(at, "a") && sign_unit(t, at + 1) && !t.glued(at + 1)) return;
    if (m.last > at && m.last > out.last &&
        !(m.last < t.size() && t.glued(m.last) && t[m.last].kind == token_kind::word &&
          t[m.last - 1].kind == token_kind::word))
      out = {m.last, &c.units[m.id], 1};
  };
  take(l.codes, i);
  take(l.money, i);
  if (!out.unit) {
    const auto nation = l.adjectives.longest(t, i);
    if (nation.last > i) {
      take(l.money, nation.last);
    } else if (t.word(i).size() == 4 && (t.word(i)[0] == 'm' || t.word(i)[0] == 'k')) {
      // MEUR, KUSD: a multiplier in front of a code, in capitals.
      const source_text code(t.word(i).substr(1));
      const auto m = l.codes.phrases.longest(code, 0);
      if (m.last == 1 && t.raw(t[i].begin) < 'a') out = {i + 1, &l.codes.units[m.id], t.word(i)[0] == 'm' ? 1e6 : 1e3};
    }
  }
  return out;
}

} // namespace

// 20多块, 十几公里, 三十来岁: behind the word for "and some more", or the place itself.
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

std::vector<quantity_span> read_money(const source_text& t, tongue lang, const std::vector<numeral>& numbers) {
  const auto& l = lexicon_of(lang);
  std::vector<quantity_span> out;
  std::map<std::size_t, const numeral*> at;
  for (const auto& n : numbers) at[n.first] = &n;
  auto number_at = [&](std::size_t i) -> const numeral* {
    auto it = at.find(i);
    return it == at.end() ? nullptr : it->second;
  };
  auto multiplied = [&](std::size_t i, double& value) {
    const auto m = l.multipliers.phrases.longest(t, i);
    if (m.last > i) value *= std::atof(l.multipliers.units[m.id].name);
    return m.last;
  };
  // "50" or "50 cents" behind the unit; the end of it, or i.
  auto rest = [&](std::size_t i, double& value) {
    auto j = i;
    if (t.is(j, "and") || t.is(j, "y") || t.is(j, "con")) ++j;
    const auto* n = number_at(j);
    if (!n || n->value >= 100 || n->value < 0 || n->shape != numeral_shape::integer) return i;
    const auto u = money_at(t, n->last, l);
    if (u.unit && u.unit->part > 0) {
      value += n->value * u.unit->part;
      return u.last;
    }
    const bool letters = n->last < t.size() && t.glued(n->last) && t[n->last].kind == token_kind::word;
    const bool percent = t.is(n->last, "%") || t.is(n->last, "percent") || t.is(n->last, "times");
    if (u.unit || letters || percent || lang == tongue::chinese || (t.glued(j) && t[j - 1].kind == token_kind::sign))
      return i;
    // "two dollars fifty" adds cents, "two dollars one day" does not
    if (n->spelled && n->value < 10 && j == i) return i;
    value += n->value / 100;
    return static_cast<std::size_t>(n->last);
  };
  // 三块五, 3元5角2分, 六块六毛六: what stands behind the unit at u and, where `last` is behind it, its first part.
  auto chinese_parts = [&](const found_unit& u, std::size_t last, double& value) {
    const bool yuan = std::string_view(u.unit->name) == "CNY" && (t.is(u.last - 1, "块") || t.is(u.last - 1, "元"));
    if (!yuan) return last;
    if (last == u.last) {
      if (t.is(last - 1, "块")) value += decimals_behind(t, last, 1, l.measures);
      return last;
    }
    if (const auto* n = number_at(last); n && n->value >= 1 && n->value < 10 && t.is(n->last, "分")) {
      value += n->value / 100;
      return static_cast<std::size_t>(n->last) + (t.is(n->last + 1, "钱") ? 2 : 1);
    }
    if (t.is(last - 1, "毛") || t.is(last - 1, "角")) value += decimals_behind(t, last, 1, l.measures) / 10;
    return last;
  };
  for (std::size_t i = 0; i < t.size();) {
    if (const auto* n = number_at(i)) {
      auto j = static_cast<std::size_t>(n->last);
      if (lang == tongue::spanish && t.is(j, "de")) ++j;
      if (t.is(j, "-") && t.glued(j) && t.glued(j + 1)) ++j;
      if (const auto k = behind_more(t, j, lang); k > j && money_at(t, k, l).unit) j = k;
      auto u = money_at(t, j, l);
      // A sign belongs to what follows when it stands directly before digits and apart from these: "10 $20".
      if (u.unit && sign_unit(t, j) && number_at(u.last) && t.glued(u.last) && !t.glued(j)) u.unit = nullptr;
      if (u.unit) {
        quantity_span q{"currency", n->begin, t[u.last - 1].end, true, n->value * u.factor, u.unit->name};
        auto last = multiplied(u.last, q.value);
        if (last == u.last && u.unit->part == 0) last = rest(u.last, q.value);
        if (lang == tongue::chinese) last = chinese_parts(u, last, q.value);
        // 8亿元人民币
        if (const auto again = money_at(t, last, l); again.unit && lang == tongue::chinese && again.unit->part == 0)
          if (std::string_view(again.unit->name) == u.unit->name) last = again.last;
        q.end = t[last - 1].end;
        out.push_back(std::move(q));
        i = last;
        continue;
      }
      i = n->last;
      continue;
    }
    const auto u = money_at(t, i, l);
    const bool glued_name =
        t.glued(i) && (t[i - 1].kind == token_kind::word || t.is(i - 1, "'")) && t[i].kind == token_kind::word;
    if (!u.unit || glued_name || (lang == tongue::english && u.unit->part > 0 && !number_at(u.last))) {
      ++i;
      continue;
    }
    const auto* n = number_at(u.last);
    std::optional<numeral> hanging; // USD115.5
    if (!n && t.digits(u.last) && t.glued(u.last) && u.unit->part == 0 && (hanging = read_number(t, u.last, lang)))
      n = &*hanging;
    // a name is no prefix ("dollar 22.5 million" is one, "yen 20" too), but of two numbers around a name the former
    // takes it
    if (n && u.unit->part == 0) {
      quantity_span q{"currency", t[i].begin, n->end, true, n->value * u.factor, u.unit->name};
      auto last = static_cast<std::size_t>(n->last);
      const auto behind = money_at(t, last, l);
      const bool same = behind.unit && (std::string_view(behind.unit->name) == u.unit->name ||
                                        (sign_unit(t, i) && behind.unit->part == 0));
      if (same && (!sign_unit(t, last) || t.glued(last))) {
        last = behind.last;
      } else if (!behind.unit || behind.unit->part > 0)
        last = n->scale > 1 ? last : rest(last, q.value);
      q.end = t[last - 1].end;
      out.push_back(std::move(q));
      i = last;
      continue;
    }
    if (!sign_unit(t, i) && !(t[i].kind == token_kind::han && t[i].end - t[i].begin == 1 && u.last == i + 1)) {
      const auto w = t.word(i);
      static constexpr std::string_view bare[] = {"dollar", "dollars", "rmb", "usd", "euro", "euros", "peso", "pesos",
                                                  "dolar",  "dolares", "人",  "美",  "港",   "欧",    "日",   "英"};
      for (auto b : bare)
        if (w == b && (t[i].kind != token_kind::han || u.last - i >= 2)) {
          out.push_back({"currency", t[i].begin, t[u.last - 1].end, false, 0, u.unit->name});
          break;
        }
    }
    i = u.last;
  }
  return out;
}

// 半斤, 半公里
static void read_halves(const source_text& t, const lexicon& l, std::vector<quantity_span>& out) {
  static constexpr std::string_view halved[] = {"Jin",       "Liang", "Kilogram", "Ton",   "Pound", "Meter",
                                                "Kilometer", "Li",    "Mile",     "Liter", "Mu",    "Gallon"};
  for (std::size_t i = 0; i + 1 < t.size(); ++i) {
    if (!t.is(i, "半")) continue;
    const auto m = l.measures.phrases.longest(t, i + 1);
    for (auto name : halved)
      if (m.last > i + 1 && l.measures.units[m.id].name == name)
        out.push_back({"dimension", t[i].begin, t[m.last - 1].end, true, 0.5, std::string(name)});
  }
}

std::vector<quantity_span> read_measures(const source_text& t, tongue lang) {
  const auto& l = lexicon_of(lang);
  std::vector<quantity_span> out;
  if (lang == tongue::chinese) read_halves(t, l, out);
  std::size_t free = 0; // first token that no measure has taken
  for (const auto& n : numbers_before_units(t, lang)) {
    if (n.first < free) continue;
    auto j = static_cast<std::size_t>(n.last);
    if (lang == tongue::spanish && t.is(j, "de")) ++j;
    if (t.is(j, "-") && t.glued(j) && t.glued(j + 1) && j + 1 < t.size() && t[j + 1].kind == token_kind::word) ++j;
    const auto open = t.word(j);
    const bool bracket = open == "(" || open == "[" || open == "{" || open == "<";
    auto u = bracket ? j + 1 : j;
    if (const auto k = behind_more(t, u, lang); k > u && l.measures.phrases.longest(t, k).last > k) u = k;
    const auto m = l.measures.phrases.longest(t, u);
    if (m.last == u) continue;
    const auto& unit = l.measures.units[m.id];
    auto last = m.last;
    if (last < t.size() && t.glued(last) && (t[last].kind == token_kind::word || t.digits(last)) &&
        t[last - 1].kind == token_kind::word)
      continue;
    const auto w = t.word(u);
    const bool letters = u + 1 == m.last && t[u].kind == token_kind::word;
    if (bracket) {
      const auto shut = open == "(" ? ")" : open == "[" ? "]" : open == "{" ? "}" : ">";
      if (!t.is(last, shut)) continue;
      ++last;
    }
    // Clock times and prepositions are no measures; a lone letter must stand close, "in" takes no part in a sentence.
    if (letters && (w == "pm" || w == "in")) {
      const bool clock = n.first > 0 && (t.is(n.first - 1, ":") || t.is(n.first - 1, "."));
      const auto before = n.first > 0 ? t.word(n.first - 1) : std::string_view{};
      if (w == "in" || clock || t.glued(u) || before == "at" || before == "until" || before == "to" || before == "by" ||
          before == "from" || before == "before" || before == "after")
        continue;
    }
    if (n.shape == numeral_shape::integer && n.spelled && letters && w.size() == 1) continue;
    // codes such as SCP-173 m: digits that hang on a word by a hyphen
    if (n.first > 1 && t.is(n.first - 1, "-") && t.glued(n.first) && t.glued(n.first - 1) &&
        (t[n.first - 2].kind == token_kind::word ||
         (n.first > 2 && t.digits(n.first - 2) && t.glued(n.first - 2) && t[n.first - 3].kind == token_kind::word)))
      continue;
    // 24703 L-202
    if (letters && w.size() == 1 && t.is(last, "-") && t.glued(last) && t.digits(last + 1) && t.glued(last + 1))
      continue;
    std::string name = unit.name;
    if (letters && (w == "mb" || w == "kb" || w == "gb" || w == "tb") && lang == tongue::english) {
      const bool capital = t.raw(t[u].begin + 1) == U'B';
      name = std::string(w == "mb"   ? "Mega"
                         : w == "kb" ? "Kilo"
                         : w == "gb" ? "Giga"
                                     : "Tera") +
             (capital ? "byte" : "bit");
    }
    quantity_span q{"dimension", n.begin, t[last - 1].end, true, n.value, name};
    if (std::string_view(unit.name) == "Foot" && lang == tongue::english) {
      if (auto more = read_plain_digits(t, t.is(last, "and") ? last + 1 : last, lang)) {
        const auto inch = l.measures.phrases.longest(t, more->last);
        if (inch.last > more->last && std::string_view(l.measures.units[inch.id].name) == "Inch") {
          q.value += more->value / 12;
          last = inch.last;
        }
      }
    }
    if (lang == tongue::chinese && t.is(last, "半")) {
      q.value += 0.5;
      ++last;
    } else if (lang == tongue::chinese && t.is(last - 1, "米") && name == "Meter") {
      q.value += decimals_behind(t, last, 2, l.measures);
    }
    if (lang == tongue::chinese && n.first > 1 && t.is(n.first - 1, "下") && t.is(n.first - 2, "零") && q.value > 0 &&
        (name == "Degree" || name == "C" || name == "F")) {
      q.value = -q.value;
      q.begin = t[n.first - 2].begin;
    }
    if (n.first > 0 && t.is(n.first - 1, "-") && t.glued(n.first) && t[n.first - 1].spaced && q.value > 0) {
      q.value = -q.value;
      q.begin = t[n.first - 1].begin;
    }
    q.end = t[last - 1].end;
    free = last;
    out.push_back(std::move(q));
  }
  return out;
}

} // namespace steward::entities
