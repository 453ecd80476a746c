#include "actors/knowledge/index_queue.hpp"

#include <algorithm>

namespace steward {

bool index_queue::contains(const std::function<bool(const language_of&)>& which) const {
  return std::any_of(stale_.begin(), stale_.end(), which);
}

std::optional<index_choice> index_queue::take(const std::function<bool(const language_of&)>& mute) {
  if (stale_.empty()) return std::nullopt;
  for (auto& l : stale_)
    if (!worded_.contains(l) && mute(l)) {
      worded_.insert(l); // once: one that cannot be made must not be tried for ever
      return index_choice{l, true};
    }
  auto l = *stale_.begin();
  stale_.erase(l), worded_.erase(l);
  return index_choice{std::move(l), false};
}

} // namespace steward
