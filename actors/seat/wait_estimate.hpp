// How long somebody at this place in a queue will wait: a range, learned from waits that have ended. Pure. Persisted in
// the queue's state: folding it is integer arithmetic, the same on every machine.
#pragma once
#include <cstdint>
#include <optional>
#include <vector>

namespace steward {

/// A wait that ended with somebody: from which place, and how long.
struct past_wait {
  uint32_t place = 0; // when it began, from 1
  uint32_t seconds = 0;
  template <class F>
  void fields(F& f) {
    f.required("p", place), f("s", seconds);
  }
};

struct wait_range {
  uint32_t from_s = 0, to_s = 0;
  bool operator==(const wait_range&) const = default;
};

struct wait_memory {
  std::vector<past_wait> past; // the newest last
  uint32_t low = 1000,
           high = 1000; // thousandths: by so much the range's ends are moved, for what was said to come true
  template <class F>
  void fields(F& f) {
    f("past", past), f("low", low), f("high", high);
  }
};

namespace wait_limits {
inline constexpr size_t fewest = 20;  // waits; under them nothing is promised
inline constexpr size_t nearest = 40; // so many of the closest places are looked at
inline constexpr size_t kept = 128;   // the newest
inline constexpr uint32_t longest_s = 30 * 24 * 3600;
} // namespace wait_limits

/// Four of five waits that begin now at this place end inside. Nothing while too few are known.
std::optional<wait_range> wait_estimate(const wait_memory&, uint32_t place);

/// A wait has ended. `said`: what was estimated when it began; {0, 0}: nothing.
void learn_wait(wait_memory&, past_wait, wait_range said);

/// The range in steps that are worth saying: whole minutes, above a quarter of an hour five, above two hours thirty; it
/// only grows. {0, 60}: within a minute.
wait_range rounded(wait_range);

} // namespace steward
