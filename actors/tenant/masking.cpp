#include "actors/tenant/masking.hpp"
#include "actors/tenant/mask_glyphs.hpp"

#include <algorithm>

namespace steward {
namespace {

struct place {
  size_t begin, end; // bytes
  std::string_view marker;
};

void add(std::vector<place>& places, const glyphs& g, const std::vector<found>& finds, std::string_view marker) {
  for (auto& f : finds) places.push_back({g[f.first].begin, g[f.last].end, marker});
}

// One pass; false when there was nothing to mask.
bool mask_once(masked_text& t, const std::vector<mask_rule>& rules) {
  auto on = [&](mask_rule r) { return std::find(rules.begin(), rules.end(), r) != rules.end(); };
  auto g = fold(t.text);
  std::vector<found> cards, ids, passwords;
  if (on(mask_rule::password)) find_passwords(g, passwords);
  // Most texts have no number in them, and nothing more is looked for.
  auto digits = std::count_if(g.begin(), g.end(), [](const glyph& x) { return is_digit(x.c); });
  if (on(mask_rule::card) && digits >= 13) find_cards(g, cards);
  if (on(mask_rule::national_id) && digits >= 4) find_numeric_ids(g, ids), find_lettered_ids(g, ids);
  std::vector<place> places; // where two rules meet, the longer find names it, then the one added first
  add(places, g, passwords, "[password]");
  add(places, g, ids, "[national id]");
  add(places, g, cards, "[card]");
  if (places.empty()) return false;
  std::stable_sort(places.begin(), places.end(), [](auto& a, auto& b) { return a.begin < b.begin; });
  std::string out;
  size_t at = 0;
  for (size_t i = 0; i < places.size();) {
    auto p = places[i];
    auto longest = p.end - p.begin;
    for (++i; i < places.size() && places[i].begin < p.end; ++i) {
      p.end = std::max(p.end, places[i].end);
      if (auto length = places[i].end - places[i].begin; length > longest)
        longest = length, p.marker = places[i].marker;
    }
    out.append(t.text, at, p.begin - at).append(p.marker);
    at = p.end;
    ++t.masked;
  }
  out.append(t.text, at);
  t.text = std::move(out);
  return true;
}

} // namespace

masked_text mask(std::string_view text, const std::vector<mask_rule>& rules) {
  masked_text out{std::string(text), 0};
  // What is masked may lay bare what stood beside it (an id that was part of a longer row of digits), so: until nothing
  // is found. It ends, because every pass leaves fewer bytes outside markers.
  while (mask_once(out, rules)) {
  }
  return out;
}

} // namespace steward
