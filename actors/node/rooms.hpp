// The actors of a node that its supervisor may replace, as they stand now.
#pragma once
#include "actors/engine.hpp"

#include <array>
#include <functional>
#include <string>

namespace steward {

struct rooms {
  held<seat_door_actor> seats;
  std::array<held<ingress_actor>, 2> doors;
  held<ops_actor> ops;
  held<forget_actor> forgetter;

  /// A customer's conversation always meets the same door of a node, so its rate has one keeper.
  ingress_actor door_of(const std::string& customer) const {
    return doors[std::hash<std::string>{}(customer) % doors.size()].get();
  }
};

} // namespace steward
