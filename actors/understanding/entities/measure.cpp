// Measures: a number, or a half, and a unit behind it.
#include "actors/understanding/entities/unit_lexicon.hpp"

#include <optional>

namespace steward::entities {

namespace {

// 半斤, half a litre, medio kilo
void read_halves(const source_text& t, tongue lang, const lexicon& l, std::vector<quantity_span>& out) {
  static constexpr std::string_view halved[] = {"Jin",       "Liang", "Kilogram", "Ton",   "Pound", "Meter",
                                                "Kilometer", "Li",    "Mile",     "Liter", "Mu",    "Gallon"};
  for (std::size_t i = 0; i + 1 < t.size(); ++i) {
    const bool half = lang == tongue::english   ? t.is(i, "half") && (t.is(i + 1, "a") || t.is(i + 1, "an"))
                      : lang == tongue::spanish ? (t.is(i, "medio") || t.is(i, "media")) && !(i > 0 && t.is(i - 1, "y"))
                                                : t.is(i, "半");
    const auto unit = i + (lang == tongue::english ? 2 : 1);
    if (!half || (lang == tongue::english && i > 0 && t.is(i - 1, "and"))) continue;
    const auto m = l.measures.phrases.longest(t, unit);
    for (auto name : halved)
      if (m.last > unit && l.measures.units[m.id].name == name)
        out.push_back({"dimension", t[i].begin, t[m.last - 1].end, true, 0.5, std::string(name)});
  }
}

} // namespace

std::vector<quantity_span> read_measures(const source_text& t, tongue lang) {
  const auto& l = lexicon_of(lang);
  std::vector<quantity_span> out;
  if (lang != tongue::other) read_halves(t, lang, l, out);
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
    if (lang == tongue::spanish && t.is(last, "y") && (t.is(last + 1, "medio") || t.is(last + 1, "media"))) {
      q.value += 0.5;
      last += 2;
    } else if (lang == tongue::english && t.is(last, "and") && t.is(last + 1, "a") && t.is(last + 2, "half")) {
      q.value += 0.5;
      last += 3;
    }
    const bool degrees = name == "Degree" || name == "C" || name == "F";
    if (n.first > 0 && degrees && q.value > 0 && (t.is(n.first - 1, "minus") || t.is(n.first - 1, "menos"))) {
      q.value = -q.value;
      q.begin = t[n.first - 1].begin;
    }
    if (lang == tongue::chinese && n.first > 1 && t.is(n.first - 1, "下") && t.is(n.first - 2, "零") && q.value > 0 &&
        degrees) {
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
