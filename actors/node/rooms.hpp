// The actors of a node that its supervisor may replace, as they stand now.
#pragma once
#include "actors/engine.hpp"

#include <array>
#include <caf/send.hpp>
#include <functional>
#include <string>

namespace steward {

/// Operators' requests. Those that come while their actor is being replaced wait for the next one. Thread-safe.
class reception {
public:
  static constexpr size_t most_wait = 256;

  ops_actor get() const {
    std::lock_guard lock(mutex_);
    return actor_;
  }
  /// None: there is none now.
  void set(ops_actor a) {
    std::lock_guard lock(mutex_);
    actor_ = std::move(a);
    if (!actor_) return;
    for (auto& m : std::exchange(waiting_, {})) caf::anon_send(actor_, atom::ops_v, std::move(m));
  }
  /// False: too many wait already.
  bool take(bus_message m) {
    std::lock_guard lock(mutex_);
    if (actor_) return caf::anon_send(actor_, atom::ops_v, std::move(m)), true;
    if (waiting_.size() >= most_wait) return false;
    waiting_.push_back(std::move(m));
    return true;
  }

private:
  mutable std::mutex mutex_;
  ops_actor actor_;
  std::vector<bus_message> waiting_;
};

struct rooms {
  held<seat_door_actor> seats;
  std::array<held<ingress_actor>, 2> doors;
  reception ops;
  held<forget_actor> forgetter;

  /// A customer's conversation always meets the same door of a node, so its rate has one keeper.
  ingress_actor door_of(const std::string& customer) const {
    return doors[std::hash<std::string>{}(customer) % doors.size()].get();
  }
};

} // namespace steward
