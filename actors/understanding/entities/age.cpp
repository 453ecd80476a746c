// Ages: a number and a period that a word says is one ("old", "de edad", 岁), or "age 87".
#include "actors/understanding/entities/quantity.hpp"

#include <map>

namespace steward::entities {

// Where "age 87", "aged 87" or "age of 87" begins; the number's own place where none of them stands in front.
static std::size_t age_in_front(const source_text& t, const numeral& n) {
  if (n.shape != numeral_shape::integer || n.value < 0 || n.value > 130 || t.is(n.last, "%") || t.is(n.last, "percent"))
    return n.first;
  const auto i = static_cast<std::size_t>(n.first);
  if (i >= 1 && (t.is(i - 1, "age") || t.is(i - 1, "aged"))) return i - 1;
  return i >= 2 && t.is(i - 1, "of") && t.is(i - 2, "age") ? i - 2 : i;
}

std::vector<quantity_span> read_ages(const source_text& t, tongue lang) {
  static const std::map<std::string, const char*, std::less<>> periods = {
      {"year", "Year"}, {"years", "Year"}, {"yrs", "Year"},    {"month", "Month"}, {"months", "Month"},
      {"week", "Week"}, {"weeks", "Week"}, {"day", "Day"},     {"days", "Day"},    {"año", "Year"},
      {"años", "Year"}, {"mes", "Month"},  {"meses", "Month"}, {"semana", "Week"}, {"semanas", "Week"},
      {"dia", "Day"},   {"dias", "Day"},   {"岁", "Year"},     {"年", "Year"},     {"月", "Month"},
      {"周", "Week"},   {"天", "Day"}};
  std::vector<quantity_span> out;
  for (const auto& n : numbers_before_units(t, lang)) {
    auto j = static_cast<std::size_t>(n.last);
    std::size_t last = 0;
    const char* name = nullptr;
    if (lang == tongue::english) {
      if (t.is(j, "yo") || t.is(j, "y") || t.is(j, "yr")) {
        if (t.is(j, "yo"))
          last = j + 1;
        else if ((t.is(j + 1, "/") && t.is(j + 2, "o")) || t.is(j + 1, "old"))
          last = t.is(j + 1, "old") ? j + 2 : j + 3;
        name = "Year";
      } else {
        if (t.is(j, "-")) ++j;
        auto p = periods.find(t.word(j));
        if (p == periods.end()) {
          if (const auto from = age_in_front(t, n); from < n.first)
            out.push_back({"age", t[from].begin, n.end, true, n.value, "Year"});
          continue;
        }
        name = p->second;
        auto k = t.is(j + 1, "-") ? j + 2 : j + 1;
        if (t.is(k, "old"))
          last = k + 1;
        else if (t.is(k, "of") && t.is(k + 1, "age"))
          last = k + 2;
      }
    } else if (lang == tongue::spanish) {
      auto p = periods.find(t.word(j));
      if (p == periods.end()) continue;
      name = p->second;
      if (t.is(j + 1, "de") && (t.is(j + 2, "edad") || t.is(j + 2, "antiguedad") || t.is(j + 2, "vida")))
        last = t.is(j + 2, "vida") ? j + 1 : j + 3;
      else {
        // An age without the word needs a verb that says so near by.
        for (auto back = n.first; back > 0 && n.first - back < 5 && !last; --back) {
          const auto w = t.word(back - 1);
          for (auto verb : {"tiene", "tenia", "tengo", "tenian", "tienen", "cuenta", "cumple", "cumplio", "cumplido",
                            "cumplir", "tenemos", "edad", "tener", "tenga"})
            if (w == verb) last = j + 1;
        }
        if (last && t.is(j + 1, "para")) last = 0;
        // un niño de 7 años, mayores de 18 años
        if (!last && n.first > 1 && t.is(n.first - 1, "de"))
          for (auto who : {"bebe",  "nino",   "niño",    "nina",    "niña",    "niños",   "niñas",   "hijo",
                           "hija",  "hombre", "mujer",   "persona", "chico",   "chica",   "joven",   "adolescente",
                           "señor", "señora", "menor",   "menores", "mayor",   "mayores", "perro",   "gato",
                           "nieto", "nieta",  "hermano", "hermana", "anciano", "anciana", "personas"})
            if (t.is(n.first - 2, who)) last = j + 1;
      }
    } else if (lang == tongue::chinese) {
      j = behind_more(t, j, lang);
      if (t.is(j, "周") && t.is(j + 1, "岁")) ++j;
      if (t.is(j, "个")) ++j;
      auto p = periods.find(t.word(j));
      if (p == periods.end()) continue;
      name = p->second;
      if (t.is(j, "岁"))
        last = t.is(j + 1, "半") ? j + 2 : j + 1;
      else if (t.is(j + 1, "大"))
        last = j + 2;
    }
    if (!last) continue;
    double half = t.is(last - 1, "半") ? 0.5 : 0;
    if (lang == tongue::spanish && last == j + 1 && t.is(last, "y") && t.is(last + 1, "medio")) {
      last += 2;
      half = 0.5;
    }
    out.push_back({"age", n.begin, t[last - 1].end, true, n.value + half, name});
  }
  return out;
}

} // namespace steward::entities
