#include "actors/channel/rate_limit.hpp"

#include <algorithm>
#include <cmath>

namespace steward {

int64_t rate_limit::take(const std::string& key, const rate& r, int64_t now_ms) {
  auto found = index_.find(key);
  if (found == index_.end()) {
    if (index_.size() >= most_) {
      index_.erase(by_use_.back().key);
      by_use_.pop_back();
    }
    by_use_.push_front({key, r.burst, now_ms});
    found = index_.emplace(key, by_use_.begin()).first;
  } else {
    by_use_.splice(by_use_.begin(), by_use_, found->second);
  }
  auto& b = *found->second;
  auto passed = std::max<int64_t>(0, now_ms - b.at_ms); // a clock that went back gives nothing
  b.tokens = std::min(r.burst, b.tokens + static_cast<double>(passed) * r.per_second / 1000);
  b.at_ms = now_ms;
  if (b.tokens >= 1) {
    b.tokens -= 1;
    return 0;
  }
  return std::max<int64_t>(1, static_cast<int64_t>(std::ceil((1 - b.tokens) * 1000 / r.per_second)));
}

} // namespace steward
