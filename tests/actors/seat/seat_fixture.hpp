// One entity, told messages in order.
#pragma once
#include "actors/seat/queue_model.hpp"
#include "actors/seat/seat_model.hpp"

#include <boost/test/unit_test.hpp>
#include <map>

namespace steward {

inline tenant_config desk(queue_mode mode) {
  tenant_config t;
  t.id = tenant_id{"shop"};
  t.languages = {"en"};
  t.queues["main"] = {mode, 30, 3};
  return t;
}

struct told {
  tenant_config tenant;
  entity_kinds kinds{{'q', queue_kind()}, {'h', shelf_kind()}, {'s', seat_kind()}};
  entity_id id;
  entity_state state;
  int64_t now = 1'000'000;
  uint64_t seq = 0;
  size_t largest = 0; // record

  told(tenant_config t, entity_id e)
      : tenant(std::move(t))
      , id(std::move(e))
      , state(std::move(*fresh_entity(kinds, tenant.id, id))) {}

  turn_record tell(in_message m) {
    m.tenant = tenant.id, m.entity = id;
    stream_pos at{1, ++seq};
    if (m.kind == in_kind::timer) at = {};
    auto r = decide_turn(state, m, at, {}, tenant, now);
    largest = std::max(largest, encode(r).size());
    return r;
  }
  turn_record entity(const std::string& topic, const duty_note& n) {
    in_message m;
    m.kind = in_kind::entity, m.topic = topic, m.body.data = encode(n);
    return tell(m);
  }
  turn_record command(const std::string& seat, const std::string& verb, seat_request q = {}) {
    in_message m;
    m.kind = in_kind::command, m.topic = verb, m.id = message_id{"k" + std::to_string(seq)};
    m.body.data = encode(seat_command{seat, std::move(q)});
    return tell(m);
  }
  /// Fires what is due; nothing when nothing is.
  std::optional<turn_record> timer() {
    if (state.frame.timers.empty() || state.frame.timers[0].due_ms > now) return std::nullopt;
    in_message m;
    m.kind = in_kind::timer, m.topic = state.frame.timers[0].name, m.accepted_ms = state.frame.timers[0].due_ms;
    return tell(m);
  }
  turn_record sits(const std::string& seat, uint32_t free, presence is = presence::available, uint64_t heard = 0,
                   std::vector<std::string> skills = {}) {
    duty_note n;
    n.queue = "main", n.state = {seat, seat, is, free, heard, std::move(skills), {}};
    return entity("seat", n);
  }
  turn_record waits(const std::string& c, uint32_t priority = 0, const std::string& skill = {}, uint64_t wait = 1) {
    duty_note n;
    n.queue = "main", n.ticket.conversation = entity_id{c}, n.ticket.wait = wait, n.ticket.priority = priority;
    n.ticket.skill = skill, n.ticket.text = "what the customer said";
    return entity("wait", n);
  }
  turn_record reaches(const std::string& seat, const std::string& c, const std::string& verb = "take") {
    seat_request q;
    q.id = "r" + std::to_string(seq), q.conversation = entity_id{c};
    return command(seat, verb, q);
  }
};

/// "topic>whom" of what a turn sends, seats by name.
inline std::vector<std::string> sent(const turn_record& r) {
  std::vector<std::string> out;
  std::map<entity_id, std::string> names;
  for (auto n : {"anna", "ben", "cem"}) names[seat_id(r.tenant, n)] = n;
  for (auto& o : r.replies) {
    auto n = names.find(o.entity);
    out.push_back(o.topic + ">" + (n == names.end() ? o.entity.value : n->second));
  }
  return out;
}
inline bool says(const turn_record& r, const std::string& what) {
  auto all = sent(r);
  return std::find(all.begin(), all.end(), what) != all.end();
}
inline duty_note note(const turn_record& r, size_t i = 0) { return *decode<duty_note>(r.replies.at(i).body.data); }

} // namespace steward
