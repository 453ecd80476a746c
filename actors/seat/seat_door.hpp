// Answers `seat.<tenant>.<seat>.<verb>`. Takes: requests as bus messages, its own tick. What changes something goes to
// IN_p and is acknowledged once the log has it; reads are asked of the owner (`engine.<p>.feed`, `.show`) and passed
// on. `beat` and `typing` are kept nowhere. A seat that sent heartbeats and falls silent is told so by a command
// `lost`.
#pragma once
#include "actors/engine.hpp"
#include "actors/seat/seat_policy.hpp"
#include "messages/seat.hpp"
#include "messages/subjects.hpp"

#include <unordered_map>

namespace steward {

struct seat_door_state {
  static inline const char* name = "seat_door";
  engine_ptr env;
  cluster_actor cluster;
  std::unordered_map<entity_id, int64_t> heard; // seat -> last heartbeat or look at it, steady
  std::shared_ptr<recent_looks> looks = std::make_shared<recent_looks>();
  int64_t began_ms = 0;
  int64_t silence_ms = 0;

  void request(const bus_message&);
  void look_for_silent(const node_view&);

private:
  void change(const bus_message&, const subjects::seat_subject&, seat_request, const tenant_config&);
  void read(const bus_message&, const subjects::seat_subject&, const seat_request&, const tenant_config&);
  void read_conversation(const bus_message&, const subjects::seat_subject&, const seat_request&, tenant_ptr);
  void suggest(const bus_message&, const subjects::seat_subject&, const seat_request&);
  void timeline(const bus_message&, const subjects::seat_subject&, const seat_request&);
  void search(const bus_message&, const subjects::seat_subject&, const seat_request&);
  void look_at(const tenant_id&, const entity_id&);
};

seat_door_actor::behavior_type run_seat_door(seat_door_actor::stateful_pointer<seat_door_state> self, engine_ptr,
                                             cluster_actor);

} // namespace steward
