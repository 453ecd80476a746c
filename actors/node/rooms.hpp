// The actors of a node that its supervisor may replace, as they stand now.
#pragma once
#include "actors/actors.hpp"

#include <array>
#include <functional>
#include <mutex>
#include <string>

namespace steward {

/// Thread-safe.
template <class Actor>
class held {
public:
  Actor get() const {
    std::lock_guard lock(mutex_);
    return now_;
  }
  void set(Actor a) {
    std::lock_guard lock(mutex_);
    now_ = std::move(a);
  }

private:
  mutable std::mutex mutex_;
  Actor now_;
};

struct rooms {
  held<seat_door_actor> seats;
  std::array<held<ingress_actor>, 2> doors;
  held<ops_actor> ops;

  /// A customer's conversation always meets the same door of a node, so its rate has one keeper.
  ingress_actor door_of(const std::string& customer) const {
    return doors[std::hash<std::string>{}(customer) % doors.size()].get();
  }
};

} // namespace steward
