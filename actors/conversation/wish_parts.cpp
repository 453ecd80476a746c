#include "actors/conversation/wish_parts.hpp"

#include <algorithm>

namespace steward {

std::optional<parts_plan> plan_parts(const knowledge_result& r) {
  if (r.parts.size() < 2) return std::nullopt;
  parts_plan out;
  for (auto& p : r.parts) {
    if (p.outcome == verdict::answer && !p.candidates.empty()) {
      auto& article = p.candidates.front().article;
      auto said = std::ranges::any_of(out.answered, [&](auto* a) { return a->candidates.front().article == article; });
      if (!said) out.answered.push_back(&p);
    } else if (!out.open) {
      out.open = &p;
    }
  }
  if (out.answered.empty() || (out.answered.size() == 1 && !out.open)) return std::nullopt;
  // Left open only where the question was taken apart wrongly: the whole is answered by what its part is.
  if (out.answered.size() == 1 && out.open && r.outcome == verdict::answer && out.open->candidates.empty())
    return std::nullopt;
  return out;
}

} // namespace steward
