// The engine's clocks.
#include "actors/engine.hpp"

#include <chrono>
#include <cstdlib>

namespace steward {

/// STEWARD_CLOCK_AHEAD_MS: for tests, of a node whose clock is wrong, and of what takes days.
int64_t now_ms() {
  static const int64_t ahead = [] {
    auto e = std::getenv("STEWARD_CLOCK_AHEAD_MS");
    return e ? std::atoll(e) : 0;
  }();
  return ahead +
         std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
             .count();
}
int64_t steady_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

} // namespace steward
