#include "actors/understanding/entities/relative_ordinal.hpp"

#include "actors/understanding/entities/phrase_table.hpp"

#include <array>

namespace steward::entities {

namespace {

constexpr std::array<const char*, 7> values = {"end+0",     "end-1",     "end-2",    "current-1",
                                               "current+0", "current+1", "current+2"};

struct row {
  std::size_t value;
  const char* phrases;
};

constexpr row english[] = {
    {0, "last|the last one|last one"},
    {1, "penultimate|the last but one|last but one|the one before the last one|the one before the last|next to "
        "last|the next to last|second to last|the second to last"},
    {2, "antepenultimate|third to last|the last but two|last but two"},
    {3, "previous|previous one|the one before|preceding|preceding one|the previous one"},
    {4, "current|current one|the current one"},
    {5, "next|next one|following|following one|the next one|the following one"},
    {6, "the one after next|the one after the next"},
};
constexpr row spanish[] = {
    {0, "último|última|últimos|últimas"},
    {1, "penúltimo|penúltima|anterior al último|anterior a la última|el anterior al último"},
    {2, "antepenúltimo|antepenúltima"},
    {3, "anterior|previo|previa"},
    {4, "actual|actuales"},
    {5, "siguiente|siguientes|próximo|próxima|próximos|próximas"},
    {6, "posterior al siguiente"},
};

template <std::size_t N>
phrase_table compile(const row (&rows)[N]) {
  phrase_table out;
  for (const auto& r : rows) {
    std::string_view rest(r.phrases);
    while (!rest.empty()) {
      const auto cut = rest.find('|');
      out.add(rest.substr(0, cut), r.value);
      rest = cut == std::string_view::npos ? std::string_view{} : rest.substr(cut + 1);
    }
  }
  return out;
}

} // namespace

std::vector<relative_ordinal> read_relative_ordinals(const source_text& t, tongue lang) {
  static const phrase_table en = compile(english), es = compile(spanish);
  std::vector<relative_ordinal> out;
  if (lang != tongue::english && lang != tongue::spanish) return out;
  const auto& table = lang == tongue::english ? en : es;
  for (std::size_t i = 0; i < t.size();) {
    auto m = table.longest(t, i);
    // "the last" alone begins at "last"; only the long forms take their article.
    if (m.last == i) {
      ++i;
      continue;
    }
    auto first = i;
    if (t.is(first, "the") && m.last - i == 3 && t.is(m.last - 1, "one")) ++first;
    out.push_back({t[first].begin, t[m.last - 1].end, values[m.id]});
    i = m.last;
  }
  return out;
}

} // namespace steward::entities
