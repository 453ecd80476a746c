// The virtual streams, and what must hold each time something is appended or delivered.
#include "tests/actors/entity/simulation.hpp"

#include <cstring>

namespace steward::simulation {

std::string index_bytes(uint64_t i) {
  std::string s(8, '\0');
  std::memcpy(s.data(), &i, 8);
  return s;
}
uint64_t index_of(const std::string& s) {
  uint64_t i = 0;
  std::memcpy(&i, s.data(), 8);
  return i;
}

key outside_key(uint64_t number) { return number; }
key reply_key(uint8_t partition, uint64_t incarnation, uint64_t seq, uint32_t k) {
  return (1ull << 63) | (uint64_t{partition} << 58) | (incarnation << 48) | (seq << 8) | k;
}
key key_of(const in_message& m, bool from_the_stream) {
  if (!from_the_stream) { // a timer, named by the turn that set it
    auto timer_name = m.kind == in_kind::give_up ? decode<in_message>(m.body.data)->topic : m.topic;
    return (1ull << 62) | (uint64_t(m.entity.value[0] & 31) << 56) | (uint64_t(m.entity.value[1] & 15) << 52) |
           std::stoull(timer_name);
  }
  if (m.source.empty()) return outside_key(static_cast<uint64_t>(m.accepted_ms));
  return reply_key(m.source.partition.value, m.source.record.incarnation, m.source.record.seq, m.source.k);
}

std::vector<key> keys_of(const in_message& m, bool from_the_stream) {
  std::vector<key> out;
  for (auto& g : m.gathered)
    out.push_back(reply_key(m.source.partition.value, g.record.incarnation, g.record.seq, g.k));
  out.push_back(key_of(m, from_the_stream));
  return out;
}

bool world::append_in(uint8_t p, shared_message m) {
  auto& log = ins_[p].back();
  if (dedupe_ && !log.ids.insert(m->id.value).second) return false;
  say("  log IN_", p, " ", log.messages.size() + 1, ": ", m->id.value, " for ", m->entity.value);
  log.messages.push_back(std::move(m));
  for (auto& n : nodes_) pump_reading(n, p);
  return true;
}

world::landing world::append(uint8_t p, uint64_t created, const shared_record& r, uint64_t expected, uint64_t behind) {
  auto& log = turns_[p];
  // A stream that was made anew has other sequences; that they may coincide is left out (README).
  if (expected != action::any_sequence && (created != log.created || expected != log.records.size()))
    return landing::wrong_sequence;
  if (behind != 0) { // the stream's last message must be that record
    auto last = log.records.empty() ? nullptr : log.records.back();
    if (!last || last->node != r->node || last->epoch != r->epoch || last->n != behind) return landing::wrong_sequence;
  }
  auto seq = log.records.size() + 1;
  check_append(p, *r, seq);
  log.records.push_back(r);
  ++tally_.records;
  return landing::appended;
}

void world::check_append(uint8_t p, const turn_record& r, uint64_t seq) {
  auto& log = turns_[p];
  auto where = "TURN_" + std::to_string(p) + " " + std::to_string(seq) + ": ";
  say("  log ", where, std::string(to_string(r.kind)), " of ", r.node.value, " epoch ", r.epoch, " n ", r.n, " in ",
      r.in.seq, " floors ", r.in_floor, ",", r.out_floor, " ", r.entity.value, r.released ? " released" : "",
      r.trying                 ? " tries " + std::to_string(r.trying)
      : r.trying_timer.empty() ? ""
                               : " tries " + r.trying_timer);
  bool same_owner = r.epoch == log.epoch && r.node == log.node;
  if (r.kind == record_kind::own && !same_owner) {
    if (r.epoch <= log.epoch && log.last_own != 0) fail(where + "an ownership record whose epoch is not newer");
    log.epoch = r.epoch, log.node = r.node, log.n = 0;
  } else {
    if (!same_owner) fail(where + "a record of a stale owner follows a newer owner's");
    if (r.n <= log.n) fail(where + "a record for the second time");
  }
  log.n = r.n;
  if (r.kind == record_kind::own) {
    log.last_own = seq;
    if (r.in_created != log.in_created) log.in_created = r.in_created, log.in_checked = 0;
  }
  if (r.kind == record_kind::turn) check_turn(p, r, seq);
  if (r.kind == record_kind::snapshot) {
    auto& e = log.entities[r.entity];
    if (r.prev_seq != e.seq || r.turn != e.turn) fail(where + "a snapshot is not of its entity's last record");
    e.seq = seq;
  }
  check_floors(p, r);
}

void world::check_turn(uint8_t p, const turn_record& r, uint64_t seq) {
  auto& log = turns_[p];
  auto where = "TURN_" + std::to_string(p) + " " + std::to_string(seq) + ": ";
  if (r.entity.empty()) { // given up without its entity
    if (r.in.empty()) {   // a timer: its entity's state still has it
      auto letter = decode<dead_letter>(r.replies[0].body.data);
      if (!parked_.insert(key_of(*decode<in_message>(letter->message.data), false)).second)
        fail(where + "a timer is given up for the second time");
      return;
    }
    auto& m = *ins_[p].at(r.in.incarnation - 1).messages.at(r.in.seq - 1);
    // The frame does not know of it: should its sender send it again, it is news (README).
    for (auto k : keys_of(m, true)) parked_.insert(k), decided_ever_.insert(k);
    return;
  }
  auto& e = log.entities[r.entity];
  if (r.prev_seq != e.seq || r.turn != e.turn + 1) fail(where + "does not follow its entity's last record");
  if (!r.in.empty() && r.in <= e.in) fail(where + "an entity decides against the order of IN");
  e.seq = seq, e.turn = r.turn;
  if (!r.in.empty()) e.in = r.in;
  for (auto k : keys_of(*inputs_.at(index_of(r.input.data)), !r.in.empty())) {
    if (!log.decided.insert(k).second) fail(where + "a message is decided for the second time");
    decided_ever_.insert(k);
  }
}

void world::check_floors(uint8_t p, const turn_record& r) {
  auto& log = turns_[p];
  if (log.in_created != 0) {
    auto& in = ins_[p].at(log.in_created - 1);
    if (r.in_floor > in.messages.size()) fail("in_floor is beyond the end of IN");
    for (auto s = log.in_checked + 1; s <= r.in_floor; ++s)
      for (auto k : keys_of(*in.messages[s - 1], true)) {
        // What another entity sent may be overtaken when a stream it went through was deleted, or when it was parked.
        auto& from = in.messages[s - 1]->source;
        bool overtaken =
            !from.empty() && (lost_.contains(k) || from.record.incarnation < turns_[from.partition.value].created);
        bool excused = parked_.contains(k) || overtaken;
        if (!log.decided.contains(k) && !excused)
          fail("in_floor passes " + std::to_string(s) + ", which is not decided");
      }
    log.in_checked = std::max(log.in_checked, r.in_floor);
  }
  if (r.out_floor > log.records.size()) fail("out_floor is beyond the end of TURN");
  for (auto s = log.out_checked + 1; s <= r.out_floor; ++s)
    for (uint32_t k = 0; k < log.records[s - 1]->replies.size(); ++k) {
      auto x = reply_key(p, log.created, s, k);
      if (!delivered_.contains(x) && !parked_.contains(x))
        fail("out_floor passes " + std::to_string(s) + ", which is not delivered");
    }
  log.out_checked = std::max(log.out_checked, r.out_floor);
}

void world::check_in_log(uint8_t p, uint64_t created, uint64_t seq, const shared_record& r) const {
  auto& log = turns_[p];
  if (created == log.created && (seq > log.records.size() || (log.records[seq - 1] && log.records[seq - 1] != r)))
    fail("a reply is delivered whose record is not in the log");
}

// A peer that honours ids: it takes what it has not seen.
void world::deliver_to_peer(uint8_t p, uint64_t created, uint64_t seq, uint32_t k, const turn_record& r) {
  auto& peer = peers_[r.replies[k].to.peer.value];
  auto x = reply_key(p, created, seq, k);
  delivered_.insert(x);
  say("  peer ", r.replies[k].to.peer.value, " gets ", p, "/", seq, ".", k, peer.seen.contains(x) ? " again" : "");
  if (!peer.seen.insert(x).second) {
    ++tally_.redeliveries;
    return;
  }
  if (created != turns_[p].created) return; // of a log that somebody deleted
  if (x < peer.last && !parked_.contains(x)) fail("replies reach their peer out of order");
  peer.last = std::max(peer.last, x);
}

void world::fold(entity_frame& f, const turn_record& r) const {
  uint64_t state = f.state.empty() ? 7 : index_of(f.state.data);
  for (auto& e : r.events) state = state * 1099511628211ull + index_of(e.body.data) + 1;
  f.state.data = index_bytes(state);
}

/// As the product does: the last record, back to a whole state, and forward again.
entity_frame world::load(uint8_t p, const entity_id& id, uint64_t& seq) const {
  auto& log = turns_[p];
  entity_frame f;
  f.entity = id;
  auto i = log.entities.find(id);
  seq = i == log.entities.end() ? 0 : i->second.seq;
  std::vector<const turn_record*> back;
  for (auto s = seq; s != 0;) {
    if (!log.records[s - 1]) fail("a record that an entity needs is purged");
    auto& r = *log.records[s - 1];
    if (!r.state.empty()) {
      f = frames_.at(index_of(r.state.data));
      break;
    }
    back.push_back(&r);
    s = r.prev_seq;
  }
  if (back.size() > 7) fail("a whole state is more than eight turns back");
  for (auto r = back.rbegin(); r != back.rend(); ++r) {
    advance(f, *inputs_.at(index_of((*r)->input.data)), (*r)->in, (*r)->timers);
    fold(f, **r);
  }
  return f;
}

void world::check_rest() const {
  for (uint64_t i = 0; i < accepted_.size(); ++i)
    if (!decided_ever_.contains(outside_key(i)) && !lost_.contains(outside_key(i)))
      fail("message m" + std::to_string(i) + " was accepted and is not decided");
  for (uint8_t p = 0; p < partitions_; ++p) {
    auto& log = turns_[p];
    for (uint64_t seq = 1; seq <= log.records.size(); ++seq) {
      auto& r = log.records[seq - 1];
      for (uint32_t k = 0; r && k < r->replies.size(); ++k) {
        auto x = reply_key(p, log.created, seq, k);
        if (parked_.contains(x) || lost_.contains(x)) continue;
        if (!delivered_.contains(x)) fail("a reply of " + std::to_string(seq) + " is not delivered");
        if (r->replies[k].kind == out_kind::entity && !decided_ever_.contains(x))
          fail("what " + std::to_string(seq) + " sent to another entity is not applied");
      }
    }
    // The fold of all records of an entity that are left is what loading finds.
    for (auto& [id, e] : log.entities) {
      entity_frame f;
      bool begun = false;
      for (auto& r : log.records) {
        if (!r || r->entity != id) continue;
        if (!begun && !r->state.empty())
          f = frames_.at(index_of(r->state.data));
        else if (begun && r->kind == record_kind::turn)
          advance(f, *inputs_[index_of(r->input.data)], r->in, r->timers), fold(f, *r);
        begun |= !r->state.empty();
      }
      uint64_t seq = 0;
      if (f != load(p, id, seq)) fail("entity " + id.value + " loads otherwise than its records say");
    }
  }
}

} // namespace steward::simulation
