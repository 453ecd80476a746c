#include "actors/supervision/restart_policy.hpp"

#include <algorithm>

namespace steward {

restart_verdict restart_policy::on_failure(int64_t now_ms) {
  ++total_;
  while (!recent_.empty() && recent_.front() <= now_ms - limits_.window_ms) recent_.pop_front();
  recent_.push_back(now_ms);
  if (recent_.size() > limits_.most) return {false, 0};
  auto pause = limits_.first_pause_ms;
  for (size_t i = 1; i < recent_.size() && pause < limits_.longest_pause_ms; ++i) pause *= 2;
  return {true, std::min(pause, limits_.longest_pause_ms)};
}

} // namespace steward
