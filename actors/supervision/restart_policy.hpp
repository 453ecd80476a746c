// When a failed actor is started again, and when failing has to be passed on. Pure.
#pragma once
#include <cstdint>
#include <deque>

namespace steward {

struct restart_limits {
  uint32_t most = 3; // restarts within the window
  int64_t window_ms = 60'000;
  int64_t first_pause_ms = 50; // doubled with every failure in the window
  int64_t longest_pause_ms = 5'000;
};

struct restart_verdict {
  bool restart = true; // false: the intensity is passed, tell the level above
  int64_t pause_ms = 0;
};

class restart_policy {
public:
  explicit restart_policy(restart_limits l = {})
      : limits_(l) {}
  restart_verdict on_failure(int64_t now_ms);
  uint64_t total() const { return total_; }

private:
  restart_limits limits_;
  std::deque<int64_t> recent_;
  uint64_t total_ = 0;
};

} // namespace steward
