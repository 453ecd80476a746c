// Who may work on a node while a message is tried that may kill the process. As a rule everybody may; when a partition
// asks to be alone, the others come to rest first and wait. Between two that are alone everybody gets one go. Pure.
#pragma once
#include <atomic>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <vector>

namespace steward {

/// One per process; thread-safe. A seat is a partition's number, below 64. `wake` is called without locks, by whoever
/// made room, and must not block; it may come for nothing: ask again.
class turnstile {
public:
  void join(uint8_t seat, std::function<void()> wake);
  /// Gives back all that the seat has or asked for.
  void leave(uint8_t seat);

  /// Nobody asks to be alone: who has entered need not look further.
  bool open() const noexcept { return open_.load(std::memory_order_acquire); }
  /// May this seat hand out work? Holds until it rests; while the turnstile is not open, for one go. false: it is
  /// woken.
  bool enter(uint8_t seat);
  /// Nothing of the seat is at work.
  void rest(uint8_t seat);

  /// May this seat, which rests, be the only one at work? false: it waits its turn, and is woken.
  bool alone(uint8_t seat);
  /// As alone, but those who do not come to rest are not waited for any longer.
  bool insist(uint8_t seat);
  /// No longer alone, or no longer asking for it.
  void give_back(uint8_t seat);

private:
  using set = uint64_t;
  using wakes = std::vector<std::function<void()>>;
  void settle(wakes&);
  void withdraw(uint8_t seat, wakes&);
  void wake(set, wakes&) const;
  static void run(const wakes&);

  std::mutex mutex_;
  std::atomic<bool> open_{true};
  std::map<uint8_t, std::function<void()>> seats_;
  set working_ = 0, waiting_ = 0, let_in_ = 0;
  std::deque<uint8_t> queue_; // who asks to be alone
  std::optional<uint8_t> holder_;
};

} // namespace steward
