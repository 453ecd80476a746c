// A candidate's similarity is taken less half of what its row is near to on average (the mean over all titles): rows
// that are near to everything, an overview say, would otherwise come first everywhere.
#include "actors/knowledge/candidates.hpp"

#include <algorithm>
#include <unordered_map>

namespace steward {
namespace {

constexpr std::size_t rows_looked_at = 160, articles_by_words = 40, questions_looked_at = 48;

} // namespace

candidates gather(const knowledge_parts& p, const taught_questions* taught,
                  std::span<const std::pair<std::uint32_t, float>> lexical, std::span<const float> vector,
                  nearness near, std::size_t but) {
  candidates out;
  std::unordered_map<std::uint32_t, std::size_t> at;
  const auto add = [&](std::uint32_t article) -> candidate_row& {
    const auto [it, fresh] = at.emplace(article, out.rows.size());
    if (fresh) out.rows.push_back({article, {}, 0, 0, 0, 0});
    return out.rows[it->second];
  };
  for (const auto& [article, score] : lexical.first(std::min(articles_by_words, lexical.size()))) add(article);
  const bool seeing = !vector.empty() && vector.size() == p.vectors.dimension();
  for (const auto& h : p.vectors.search(vector, rows_looked_at)) add(p.rows[h.row].article);
  std::unordered_map<std::uint32_t, float> asked; // less nearness
  if (taught != nullptr && seeing) {
    for (const auto& h : taught->vectors.search(vector, questions_looked_at)) {
      if (h.row == but) continue;
      const auto& q = taught->questions[h.row];
      if (q.unanswerable()) out.refused = std::max(out.refused, h.score);
      for (const auto article : q.articles) {
        auto& c = add(article);
        c.asked = std::max(c.asked, h.score);
        const auto value = near == nearness::taken_off ? h.score - taught->nearness[h.row] : h.score;
        const auto [it, fresh] = asked.emplace(article, value);
        if (!fresh) it->second = std::max(it->second, value);
      }
    }
    // Some are known, but none is near enough to be among those looked at.
    if (out.refused == -1 && taught->any_unanswerable) out.refused = 0;
  }
  for (const auto& [article, score] : lexical)
    if (const auto it = at.find(article); it != at.end()) out.rows[it->second].seen.lexical = score;
  if (!seeing) return out;
  for (auto& c : out.rows) {
    const auto& range = p.ranges[c.article];
    float title = -1, whole = -1, passage = -1;
    c.cosine = c.asked;
    for (auto row = range.first; row < range.second; ++row) {
      const auto raw = dot(vector, p.vectors.row(row));
      const auto value = near == nearness::taken_off ? raw - p.nearness[row] : raw;
      c.cosine = std::max(c.cosine, raw);
      switch (p.rows[row].kind) {
      case row_kind::title: title = std::max(title, value); break;
      case row_kind::whole: whole = std::max(whole, value); break;
      case row_kind::passage:
        if (value > passage) passage = value, c.passage = p.rows[row].passage;
        break;
      }
    }
    if (whole == -1) whole = std::max(title, passage);
    if (passage == -1) passage = whole;
    if (title == -1) title = whole;
    c.seen.title = title, c.seen.whole = whole, c.seen.passage = passage;
    const auto it = asked.find(c.article);
    c.seen.asked = it == asked.end() ? title : std::max(title, it->second);
  }
  return out;
}

} // namespace steward
