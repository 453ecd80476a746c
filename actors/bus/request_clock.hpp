// Requests with deadlines, and the one thread that ends those which nobody answers. The thread also runs what is posted
// to it, and a tick.
#pragma once
#include "actors/bus/pending_requests.hpp"

#include <atomic>
#include <condition_variable>
#include <thread>

namespace steward {

class request_clock : public std::enable_shared_from_this<request_clock> {
public:
  using time = pending_requests::time;
  using handler = pending_requests::handler;

  /// `tick` runs every half second, the readings' pulse.
  static std::shared_ptr<request_clock> start(std::function<void(time now)> tick);
  /// Ends the thread, then every request that is left, as timed out. Idempotent; may be called on the thread itself.
  /// What is added or posted later ends at once.
  void stop();

  uint64_t add(handler, time deadline);
  handler take(uint64_t token) { return pending_.take(token); }
  void post(std::function<void()>);

private:
  void run();
  void wake_by(time deadline);

  std::function<void(time)> tick_;
  pending_requests pending_;
  std::mutex mutex_; // posted_
  std::condition_variable wakes_;
  std::vector<std::function<void()>> posted_;
  std::atomic<bool> stop_ = false; // set under the mutex
  // When the thread will look again. A request with an earlier deadline wakes it.
  std::atomic<time> wakes_at_{time::min()};
  std::thread thread_;
};

} // namespace steward
