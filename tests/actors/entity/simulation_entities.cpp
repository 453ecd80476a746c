// The entities of the simulated world: loading, admission, what they decide, and what breaks them.
#include "tests/actors/entity/simulation.hpp"

namespace steward::simulation {

void world::carry_out(node& n, uint8_t p, const action::hand& a) {
  auto& s = n.seats[p];
  if (s.touched) s.touched->insert(a.entity);
  auto i = s.frames.find(a.entity);
  if (i == s.frames.end()) {
    seat::cached c;
    c.frame = load(p, a.entity, c.seq);
    i = s.frames.emplace(a.entity, std::move(c)).first;
  }
  stream_pos at = a.seq == 0 ? stream_pos{} : stream_pos{s.in_created, a.seq};
  admission_rules rules{options_.mutate != mutation::no_seen_ids, options_.mutate != mutation::no_watermarks};
  auto verdict = admit(i->second.frame, *a.message, at, rules);
  say(name(n, p), "hand ", a.entity.value, " ", a.seq, " ", a.message->id.value, " attempt ", a.attempt,
      verdict == admission::fresh ? "" : " dropped");
  if (verdict == admission::fresh) return after_admission(n, p, a, at);
  if (verdict == admission::duplicate) ++tally_.duplicates;
  shell(n, p, 0, [t = a.t](seat& x) { x.core->dropped(t); });
}

// A timer that does harm does it so many times; not for ever, since one that is given up without its entity stays set.
int64_t& world::harm_of_timer(const in_message& m) {
  auto [i, fresh] = timer_kills_.try_emplace(key_of(m, false));
  if (fresh) {
    random_source draw(i->first * 17 + options_.seed);
    i->second = draw.chance(deadly_timers_) ? draw.between(1, 5) : 0;
  }
  return i->second;
}

void world::after_admission(node& n, uint8_t p, const action::hand& a, stream_pos at) {
  auto work = random_.between(0, 20);
  if (a.seq != 0 && a.message->source.empty()) {
    auto number = static_cast<size_t>(a.message->accepted_ms);
    if (kills_[number] > 0) {
      --kills_[number];
      return shell(n, p, work, [this, number = n.number](seat&) { crash(nodes_[number]); });
    }
    if (breaks_[number] > 0) {
      --breaks_[number];
      return shell(n, p, work, [t = a.t](seat& x) { x.core->failed(t, "it threw"); });
    }
  }
  if (auto* left = a.seq == 0 ? &harm_of_timer(*a.message) : nullptr; left && *left > 0) {
    if (--*left == 0) *left = -1; // it did harm
    return shell(n, p, work, [this, number = n.number](seat&) { crash(nodes_[number]); });
  }
  if (chance(faults_.entity_fails)) return shell(n, p, work, [t = a.t](seat& x) { x.core->failed(t, "it threw"); });
  shell(n, p, work, [this, a, at](seat& x) {
    auto i = x.frames.find(a.entity);
    if (i != x.frames.end()) x.core->decided(a.t, decide(i->second, a.message, at));
  });
}

// What an entity of this world does is drawn from its message, so that it does the same when it decides again.
decision_record world::decide(const seat::cached& c, const shared_message& received, stream_pos at) {
  auto& f = c.frame;
  auto m = received;
  if (!m->gathered.empty() && options_.mutate != mutation::no_trim)
    m = std::make_shared<in_message>(without_seen(f, *received));
  auto number = key_of(*m, !at.empty());
  random_source draw(number * 31 + static_cast<uint64_t>(m->entity.value[0]));
  decision_record d;
  auto& r = d.record;
  r.tenant = m->tenant, r.entity = m->entity;
  r.turn = f.turn + 1, r.prev_seq = c.seq;
  r.input.data = index_bytes(inputs_.size());
  inputs_.push_back(m);
  for (auto k : keys_of(*m, !at.empty())) r.events.push_back({"did", {index_bytes(k)}});
  auto timers = f.timers;
  outgoing to_peer{out_kind::peer, {channel_id{"web"}, {}, peer_id{m->entity.value}}, {}, "", {}};
  if (m->kind == in_kind::give_up) {
    ++tally_.given_up;
    bool harmless = at.empty() ? timer_kills_[number] == 0 : !m->source.empty() || !harmful_[number];
    if (only_messages_kill_ && harmless) fail("a harmless message is given up");
    r.replies.push_back({out_kind::dead_letter, {}, m->entity, m->topic, {}});
    r.replies.push_back(to_peer);
  } else {
    if (draw.chance(700)) r.replies.push_back(to_peer);
    if (m->source.empty() && !at.empty() && draw.chance(400)) {
      auto other = (m->entity.value[0] == 'c' ? "u" : "c") + std::to_string(draw.below(2));
      if (draw.chance(500)) other = "g0"; // its messages wait for each other
      r.replies.push_back({out_kind::entity, {}, entity_id{other}, "note", {}});
      if (draw.chance(300)) r.replies.push_back({out_kind::entity, {}, entity_id{other}, "more", {}});
    }
    if (draw.chance(200)) r.replies.push_back(to_peer);
    if (draw.chance(100)) timers.clear();
    if (!at.empty() && draw.chance(200)) timers.push_back({std::to_string(r.turn), now_ + draw.between(20, 300)});
  }
  if (at.empty()) ++tally_.timers;
  auto next = f;
  next.tenant = r.tenant, next.entity = r.entity;
  advance(next, *m, at, timers);
  r.timers = next.timers;
  if (carries_state(r.turn)) {
    fold(next, r);
    r.state.data = index_bytes(frames_.size());
    frames_.push_back(std::move(next));
  }
  return d;
}

void world::carry_out(node& n, uint8_t p, const action::committed& a) {
  auto& frames = n.seats[p].frames;
  if (auto& t = n.seats[p].touched) t->insert(a.record->entity);
  auto i = frames.find(a.record->entity);
  if (i == frames.end()) return;
  auto& c = i->second;
  if (c.seq != a.record->prev_seq) fail("a frame in memory is not of the record before");
  c.seq = a.seq;
  if (a.record->kind == record_kind::snapshot) return;
  advance(c.frame, *inputs_[index_of(a.record->input.data)], a.record->in, a.record->timers);
  c.frame.tenant = a.record->tenant, c.frame.entity = a.record->entity;
  fold(c.frame, *a.record);
  if (chance(100)) frames.erase(i); // it goes to sleep
}

} // namespace steward::simulation
