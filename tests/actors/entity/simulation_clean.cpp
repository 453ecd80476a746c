// The tail cleaner in the simulated world: each of its steps is a step that a node may die or be replaced at, and a cut
// may land long after who asked for it is gone.
#include "tests/actors/entity/simulation.hpp"

namespace steward::simulation {

void world::clean(node& n, uint8_t p) {
  auto& s = n.seats[p];
  if (s.core->state() != ownership::mine) return;
  auto own = [](seat& s) { return owner_view{s.core->last_own(), s.core->committed_out_floor()}; };
  auto step = s.cleaner.next(now_, own(s));
  if (!step) return;
  if (std::get_if<clean::look>(&*step)) {
    shell(n, p, net(), [this, p, own, epoch = s.core->epoch()](seat& s) {
      auto& log = turns_[p];
      if (s.core->epoch() != epoch || s.turn_created != log.created || log.records.empty()) return;
      uint64_t first = 1;
      while (!log.records[first - 1]) ++first;
      s.cleaner.on_extent(now_, std::pair<uint64_t, uint64_t>{first, log.records.size()}, own(s));
    });
  } else if (auto* x = std::get_if<clean::scan>(&*step)) {
    look_for_cut(n, p, *x);
  } else if (std::get_if<clean::restate>(&*step)) {
    s.core->restate();
    carry_out(n, p);
  } else {
    purge(n, p, std::get<clean::purge>(*step).keep_from);
  }
}

// The store has what this node has committed; the answer is a moment old when it comes.
void world::look_for_cut(node& n, uint8_t p, const clean::scan& q) {
  n.seats[p].touched.emplace();
  shell(n, p, net(), [this, number = n.number, p, q, epoch = n.seats[p].core->epoch()](seat& s) {
    auto& log = turns_[p];
    bool follows = s.turn_created == log.created && s.core->last_seq() == log.records.size();
    if (s.core->epoch() != epoch || s.core->state() != ownership::mine || !s.touched) return;
    if (!follows) return s.cleaner.on_scanned(now_, 0, 1, {});
    std::vector<seat::cached> found;
    uint64_t rows = 0;
    entity_id next;
    std::map<std::string, uint64_t> in_order;
    for (auto& [id, e] : log.entities) in_order[id.value] = e.seq;
    for (auto i = in_order.lower_bound(q.from.value); i != in_order.end(); ++i) {
      if (++rows > 2) {
        next = entity_id{i->first};
        break;
      }
      auto whole = i->second;
      while (whole >= q.cut && log.records[whole - 1]->state.empty() && log.records[whole - 1]->prev_seq != 0)
        whole = log.records[whole - 1]->prev_seq;
      if (whole >= q.cut) continue;
      seat::cached c;
      c.frame = load(p, entity_id{i->first}, c.seq);
      found.push_back(std::move(c));
    }
    shell(nodes_[number], p, net(), [this, number, p, epoch, rows, next, found](seat& s) {
      if (s.core->epoch() != epoch || s.core->state() != ownership::mine || !s.touched) return;
      auto since = *std::exchange(s.touched, std::nullopt);
      auto life = nodes_[number].life;
      auto left = options_.mutate == mutation::cut_unwritten ? 0 : found.size();
      s.cleaner.on_scanned(now_, std::min<uint64_t>(rows, 2), left, next);
      for (auto& c : found) {
        auto& id = c.frame.entity;
        if (options_.mutate == mutation::cut_unwritten) continue;
        if (options_.mutate != mutation::stale_look && since.contains(id)) continue;
        if (s.core->at_work(id)) continue;
        if (s.frames.erase(id) > 0 && options_.mutate != mutation::stale_look) continue; // it was awake
        decision_record d;
        d.record.tenant = c.frame.tenant, d.record.entity = id;
        d.record.turn = c.frame.turn, d.record.prev_seq = c.seq, d.record.timers = c.frame.timers;
        d.record.state.data = index_bytes(frames_.size());
        frames_.push_back(c.frame);
        if (s.core->snapshot(std::move(d))) ++tally_.snapshots;
        carry_out(nodes_[number], p);
        if (nodes_[number].life != life || s.core->state() != ownership::mine) return;
      }
    });
  });
}

void world::purge(node& n, uint8_t p, uint64_t keep_from) {
  if (!chance(faults_.lost)) {
    ++on_the_wire_;
    at(chance(faults_.delayed) ? random_.between(40, 400) : net(),
       [this, p, keep_from, created = n.seats[p].turn_created] {
         --on_the_wire_;
         auto& log = turns_[p];
         if (created != log.created) return;
         say("  log TURN_", p, " is cut below ", keep_from);
         if (keep_from > log.last_own) fail("the ownership record is cut off");
         if (keep_from > log.out_checked + 1) fail("what is not delivered is cut off");
         for (auto seq = keep_from; seq > 1 && log.records[seq - 2]; --seq) {
           log.records[seq - 2].reset();
           ++tally_.purged;
         }
       });
  }
  shell(n, p, 5, [this](seat& s) { s.cleaner.on_purged(now_); });
}

} // namespace steward::simulation
