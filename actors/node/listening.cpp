#include "actors/node/listening.hpp"

#include "actors/answer.hpp"

#include <caf/send.hpp>

namespace steward {

result<subscription_list> listen_to(const engine& env, rooms& r, const cluster_actor& cluster) {
  subscription_list all;
  status ok = success();
  auto on = [&](std::string_view subject, std::string_view queue, auto f) {
    if (!ok) return;
    auto s = env.nats->subscribe(subject, queue, std::move(f));
    if (s)
      all.push_back(std::move(*s));
    else
      ok = s.error();
  };
  on(subjects::all_say, "engine", [&r](bus_message m) {
    auto d = r.door_of(m.subject);
    caf::anon_send(d, atom::say_v, std::move(m));
  });
  on(subjects::all_events, "engine", [&r](bus_message m) {
    auto d = r.door_of(m.subject);
    caf::anon_send(d, atom::event_v, std::move(m));
  });
  // Heartbeats of seats go to every engine, their requests to one.
  auto seat = [&r](bus_message m) {
    if (auto door = r.seats.get()) caf::anon_send(door, atom::ops_v, std::move(m));
  };
  on(subjects::all_seat_beats, "", seat);
  on(subjects::all_seats, "engine", [seat](bus_message m) {
    if (!m.subject.ends_with(".beat")) seat(std::move(m));
  });
  on(subjects::beat, "", [cluster](bus_message m) { caf::anon_send(cluster, atom::beat_v, std::move(m)); });
  auto ops = [&r, nats = env.nats](bus_message m) {
    if (auto reply = m.reply; !r.ops.take(std::move(m)))
      answer_request(
          *nats, reply,
          ops_ack{false,
                  {},
                  {std::string(to_string(errc::overloaded)), "too many requests wait for this node: ask again"}});
  };
  on(subjects::ops("all.*"), "", ops);
  on(subjects::ops("one.*"), "engine", ops);
  on(subjects::node(env.node, "*"), "", ops);
  on(subjects::all_by, "engine", ops);
  if (!ok) return ok.error();
  return all;
}

} // namespace steward
