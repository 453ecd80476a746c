#include "actors/understanding/entities/phrase_table.hpp"

#include <algorithm>

namespace steward::entities {

void phrase_table::add(std::string_view phrase, std::size_t id) {
  const source_text cut(phrase);
  if (cut.size() == 0) return;
  entry e{{}, {}, id};
  for (std::size_t i = 0; i < cut.size(); ++i) {
    e.words.emplace_back(cut.word(i));
    e.glued.push_back(i > 0 && !cut[i].spaced && cut[i].kind != token_kind::han);
  }
  auto& list = by_first_[e.words.front()];
  list.push_back(std::move(e));
  std::stable_sort(list.begin(), list.end(),
                   [](const entry& a, const entry& b) { return a.words.size() > b.words.size(); });
}

std::vector<phrase_match> phrase_table::all(const source_text& text, std::size_t i) const {
  std::vector<phrase_match> out;
  auto it = by_first_.find(text.word(i));
  if (it == by_first_.end()) return out;
  for (const auto& e : it->second) {
    bool fits = true;
    for (std::size_t w = 1; w < e.words.size() && fits; ++w)
      fits = text.is(i + w, e.words[w]) && (!e.glued[w] || text.glued(i + w) || text[i + w].kind == token_kind::sign);
    if (fits) out.push_back({i + e.words.size(), e.id});
  }
  return out;
}

phrase_match phrase_table::longest(const source_text& text, std::size_t i) const {
  const auto found = all(text, i);
  return found.empty() ? phrase_match{i, 0} : found.front();
}

} // namespace steward::entities
