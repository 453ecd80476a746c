// A seat's line to the engine: carries what a desk asks, and brings what happens. Threads of its own, so that whoever
// draws never waits. No user interface here.
//
// Changes go one after the other, in the order given; reads beside them. The feed is followed from where it stands at
// the start, without gaps; heartbeats go out as long as this lives. `news` is called from these threads, one call at a
// time.
#pragma once
#include "clients/bus_session.hpp"
#include "clients/seat_view/events.hpp"

#include <functional>

namespace steward {

class seat_line {
public:
  seat_line(bus_session&, tenant_id, std::string seat, std::function<void(seat_ui::event)> news);
  ~seat_line(); // waits for its threads, at most as long as a request takes
  void ask(seat_ui::request);
  void watch(const entity_id& conversation); // instead of the one before; empty: none
  bool idle() const;                         // no change is under way

private:
  struct impl;
  std::unique_ptr<impl> impl_;
};

} // namespace steward
