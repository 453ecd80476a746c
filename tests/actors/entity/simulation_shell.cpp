// The shell around a core: what the partition manager does in the product, over a network that misbehaves.
#include "tests/actors/entity/simulation.hpp"

namespace steward::simulation {
namespace {
constexpr int64_t request_timeout = 40;
}

void world::shell(node& n, uint8_t p, int64_t delay, std::function<void(seat&)> what) {
  auto number = n.number;
  auto life = n.life;
  at(delay, [this, number, life, p, what = std::move(what)] {
    auto& n = nodes_[number];
    if (n.life != life || !n.alive) return;
    auto run = [this, number, life, p, what] {
      auto& n = nodes_[number];
      if (n.life != life || !n.alive) return;
      what(n.seats[p]);
      if (n.life == life && n.alive) carry_out(n, p);
    };
    if (n.asleep)
      n.inbox.push_back(run);
    else
      run();
  });
}

void world::carry_out(node& n, uint8_t p) {
  auto life = n.life;
  for (auto& a : n.seats[p].core->take_actions()) {
    if (in_chaos_ && chance(faults_.crash_at_action)) crash(n);
    if (n.life != life || !n.alive) return;
    std::visit([&](auto& x) { carry_out(n, p, x); }, a);
  }
}

// Not of one moment, but in the order that tail_view asks for.
void world::carry_out(node& n, uint8_t p, const action::read_tail& a) {
  auto fails = chance(faults_.read_fails);
  auto view = std::make_shared<tail_view>();
  at(net(), [this, p, view] {
    view->in_created = ins_[p].back().created;
    view->in_last = ins_[p].back().messages.size();
    view->turn_created = turns_[p].created;
  });
  at(4, [this, p, view] {
    view->last_seq = turns_[p].records.size();
    if (view->last_seq != 0 && turns_[p].records.back()) view->last = *turns_[p].records.back();
  });
  at(6, [this, p, view] {
    if (turns_[p].last_own != 0) view->last_own = *turns_[p].records[turns_[p].last_own - 1];
  });
  shell(n, p, 6 + net(), [t = a.t, view, fails](seat& s) {
    if (fails) return s.core->on_tail(t, {errc::unavailable, "the log is away"});
    if (s.core->state() == ownership::taking) s.turn_created = view->turn_created, s.in_created = view->in_created;
    s.core->on_tail(t, *view);
  });
}

void world::carry_out(node& n, uint8_t p, const action::publish& a) {
  auto created = n.seats[p].turn_created;
  auto answer = [this, &n, p, t = a.t](int64_t delay, publish_outcome o, uint64_t seq) {
    if (o == publish_outcome::timed_out) ++tally_.doubts;
    shell(n, p, delay, [this, p, t, o, seq](seat& s) {
      s.core->on_published(t, o, seq);
      if (o == publish_outcome::wrong_sequence && chance(300))
        s.core->on_streams(ins_[p].back().created, turns_[p].created);
    });
  };
  auto land = [this, p, created, record = a.record, expected = a.expected, behind = a.behind] {
    --on_the_wire_;
    return append(p, created, record, expected, behind);
  };
  if (chance(faults_.stale_refusal)) return answer(net(), publish_outcome::wrong_sequence, 0);
  if (chance(faults_.refused)) return answer(net(), publish_outcome::refused, 0);
  if (chance(faults_.lost)) return answer(request_timeout, publish_outcome::timed_out, 0);
  if (chance(faults_.twice)) ++on_the_wire_, at(random_.between(3, 200), [land] { land(); });
  ++on_the_wire_;
  if (chance(faults_.delayed)) {
    at(random_.between(request_timeout, 400), [land] { land(); });
    return answer(request_timeout, publish_outcome::timed_out, 0);
  }
  if (chance(faults_.ack_lost)) {
    at(net(), [land] { land(); });
    return answer(request_timeout, publish_outcome::timed_out, 0);
  }
  auto number = n.number;
  at(net(), [this, number, p, land, t = a.t, life = n.life] {
    auto o = land() == landing::appended ? publish_outcome::acknowledged : publish_outcome::wrong_sequence;
    auto seq = turns_[p].records.size();
    if (nodes_[number].life != life) return;
    shell(nodes_[number], p, net(), [this, p, t, o, seq](seat& s) {
      s.core->on_published(t, o, seq);
      if (o == publish_outcome::wrong_sequence && chance(300))
        s.core->on_streams(ins_[p].back().created, turns_[p].created);
    });
  });
}

void world::carry_out(node& n, uint8_t p, const action::read_record& a) {
  auto fails = chance(faults_.read_fails);
  auto there = std::make_shared<std::optional<turn_record>>();
  auto created = n.seats[p].turn_created;
  at(net(), [this, p, there, created, seq = a.seq] {
    auto& log = turns_[p];
    if (created == log.created && seq <= log.records.size() && log.records[seq - 1]) *there = *log.records[seq - 1];
  });
  shell(n, p, 3 + net(), [t = a.t, there, fails](seat& s) {
    if (fails) return s.core->on_record(t, {errc::unavailable, "the log is away"});
    s.core->on_record(t, std::move(*there));
  });
}

void world::carry_out(node& n, uint8_t p, const action::read_in& a) {
  auto& s = n.seats[p];
  s.reading = a.t;
  s.next = a.after + 1;
  s.consumer_seq = s.credit = 0;
  s.reading_created = 0;
  s.broken = false;
  shell(n, p, net(), [this, number = n.number, p, t = a.t](seat& s) {
    if (s.reading != t) return;
    s.reading_created = ins_[p].back().created;
    s.core->on_streams(s.reading_created, turns_[p].created);
    if (s.core->state() == ownership::mine) pump_reading(nodes_[number], p);
  });
}

void world::carry_out(node& n, uint8_t p, const action::grant& a) {
  n.seats[p].credit += a.messages;
  pump_reading(n, p);
}

void world::pump_reading(node& n, uint8_t p) {
  if (!n.alive) return;
  auto& s = n.seats[p];
  if (s.reading == 0 || s.broken || s.reading_created == 0) return;
  auto lose = [&](int64_t delay) { shell(n, p, delay, [t = s.reading](seat& x) { x.core->on_reading_lost(t); }); };
  if (s.reading_created != ins_[p].back().created) {
    s.broken = true;
    return lose(10);
  }
  auto& in = ins_[p].back();
  while (s.credit > 0 && s.next <= in.messages.size()) {
    if (chance(faults_.reading_lost)) {
      s.broken = true;
      return lose(net());
    }
    auto seq = s.next++;
    auto consumer_seq = ++s.consumer_seq;
    --s.credit;
    if (chance(faults_.drop)) { // a shell notices by the heartbeat, when nothing follows
      lose(60);
      continue;
    }
    auto deliver = [&](int64_t delay) {
      shell(n, p, delay, [t = s.reading, seq, consumer_seq, m = in.messages[seq - 1]](seat& x) {
        x.core->on_message(t, seq, consumer_seq, m);
      });
    };
    s.arrives = std::max(s.arrives, now_ + net());
    deliver(s.arrives - now_ + (chance(faults_.swap) ? 5 : 0));
    if (chance(faults_.twice)) deliver(s.arrives - now_ + net());
  }
}

void world::carry_out(node& n, uint8_t p, const action::replay& a) {
  auto created = n.seats[p].turn_created;
  bool cut = chance(faults_.replay_cut);
  shell(n, p, net(), [this, p, t = a.t, from = a.from, to = a.to, cut, created](seat& s) {
    auto& log = turns_[p];
    if (created != log.created) return s.core->on_replay_end(t, false);
    auto end = cut ? (from + to) / 2 : to;
    for (auto seq = from; seq <= end; ++seq)
      if (log.records[seq - 1]) s.core->on_replayed(t, seq, log.records[seq - 1]);
    s.core->on_replay_end(t, !cut);
  });
}

void world::carry_out(node& n, uint8_t p, const action::deliver& a) {
  auto created = n.seats[p].turn_created;
  say(name(n, p), "delivers ", a.seq, ".", a.k, " attempt ", a.attempt);
  check_in_log(p, created, a.seq, a.record);
  auto land = [this, p, created, a] {
    --on_the_wire_;
    auto& o = a.record->replies[a.k];
    auto x = reply_key(p, created, a.seq, a.k);
    if (o.kind == out_kind::peer) return deliver_to_peer(p, created, a.seq, a.k, *a.record);
    delivered_.insert(x);
    if (o.kind == out_kind::dead_letter) return;
    auto m = std::make_shared<in_message>();
    m->kind = in_kind::entity;
    m->tenant = a.record->tenant, m->entity = o.entity;
    m->source = {{p}, {created, a.seq}, a.k};
    m->id = message_id{std::to_string(x)};
    for (auto& w : a.with) { // the last is the message, the others travel in it
      m->gathered.push_back({m->source.record, m->source.k, {}, {}});
      m->source = {{p}, {created, w.seq}, w.k};
      delivered_.insert(reply_key(p, created, w.seq, w.k));
      ++tally_.gathered;
    }
    if (!a.with.empty()) m->id.value += "-" + std::to_string(key_of(*m, true));
    append_in(partition_for(o.entity), std::move(m));
  };
  auto answer = [&](int64_t delay, bool ok, bool worth_retrying = true) {
    shell(n, p, delay, [seq = a.seq, k = a.k, ok, worth_retrying](seat& s) {
      if (ok)
        s.core->on_delivered(seq, k);
      else
        s.core->on_undelivered(seq, k, "away", worth_retrying);
    });
  };
  if (chance(faults_.peer_fails)) {
    if (chance(100)) return answer(net(), false, false);
    if (chance(400)) return answer(request_timeout, false);
    ++on_the_wire_;
    at(chance(500) ? net() : random_.between(request_timeout, 200), land);
    return answer(request_timeout, false);
  }
  ++on_the_wire_;
  auto arrives = net();
  at(arrives, land);
  answer(arrives + net(), true);
}

void world::carry_out(node& n, uint8_t p, const action::park& a) {
  say(name(n, p), "parks ", a.seq, ".", a.k, ": ", a.reason);
  parked_.insert(reply_key(p, n.seats[p].turn_created, a.seq, a.k));
  ++tally_.parked;
  bool ok = !chance(faults_.peer_fails);
  shell(n, p, net(), [seq = a.seq, k = a.k, ok](seat& s) {
    if (ok)
      s.core->on_delivered(seq, k);
    else
      s.core->on_undelivered(seq, k, "away", true);
  });
}

void world::carry_out(node& n, uint8_t p, const action::stand_down& a) {
  auto& s = n.seats[p];
  say(name(n, p), "stands down: ", std::string(to_string(a.why)), ", ", a.reason);
  if (a.why == errc::fenced) {
    ++tally_.fenced;
    auto& log = turns_[p];
    auto seq = s.core->last_seq() + 1;
    if (s.turn_created == log.created && (seq > log.records.size() || log.epoch <= s.core->epoch()))
      fail("a node is fenced although nobody took over");
  }
  s.frames.clear();
  s.touched.reset();
  s.reading = 0;
}

void world::carry_out(node& n, uint8_t p, const action::took_over& a) {
  ++tally_.takeovers;
  say(name(n, p), "took over, epoch ", a.epoch, " at ", a.seq, ", suspects ", a.suspects_from, "..", a.suspects_to);
  n.seats[p].frames.clear();
  retention_config keep;
  keep.keep_records = 8, keep.keep_per_entity = 1, keep.rows_per_scan = 2, keep.writes_per_scan = 2;
  keep.look_after_ms = keep.lap_pause_ms = 0, keep.forget_first_ms = 1'000'000;
  n.seats[p].cleaner = tail_cleaner(keep);
  n.seats[p].cleaner.reset(now_);
  shell(n, p, random_.between(2, 50), [this, p, upto = a.seq, epoch = a.epoch](seat& s) {
    auto& log = turns_[p];
    if (s.core->epoch() != epoch) return;
    for (uint64_t seq = 1; seq <= std::min<uint64_t>(upto, log.records.size()); ++seq) {
      if (!log.records[seq - 1]) continue;
      auto& r = *log.records[seq - 1];
      if (!r.entity.empty()) s.core->on_known_timers(r.tenant, r.entity, seq, r.timers);
    }
    s.core->on_older_timers_known();
  });
}

} // namespace steward::simulation
