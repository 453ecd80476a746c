// Requests that wait for their answer: token -> callback, with deadlines. Any thread may call; callbacks are handed
// out, never called from here. Each handler is handed out exactly once.
#pragma once
#include "actors/bus/nats_client.hpp"

#include <mutex>
#include <queue>
#include <unordered_map>

namespace steward {

class pending_requests {
public:
  using time = std::chrono::steady_clock::time_point;
  using handler = std::function<void(result<bus_message>)>;

  uint64_t add(handler, time deadline);
  handler take(uint64_t token); // empty: answered or timed out before
  std::vector<handler> take_due(time now);
  std::vector<handler> take_all();
  /// When take_due should be called next; nothing waits longer than that. nullopt: no request waits.
  std::optional<time> next();

private:
  // Answered requests stay in the queue until their time has passed: cheaper than taking them out, and at ten thousand
  // requests a second with five seconds each it is under a megabyte.
  using entry = std::pair<time, uint64_t>;
  std::mutex mutex_;
  uint64_t last_ = 0;
  std::unordered_map<uint64_t, handler> waiting_;
  std::priority_queue<entry, std::vector<entry>, std::greater<>> deadlines_;
};

} // namespace steward
