// What happens to the nodes and streams of the simulated world: crashes, sleep, fights, deleted streams.
#include "tests/actors/entity/simulation.hpp"

#include <algorithm>

namespace steward::simulation {

void world::chaos() {
  auto& n = nodes_[random_.below(nodes_.size())];
  auto p = static_cast<uint8_t>(random_.below(partitions_));
  if (chance(faults_.crash) && n.alive) crash(n);
  if (chance(faults_.pause) && n.alive && !n.asleep) {
    say("n", n.number, " falls asleep");
    ++tally_.pauses;
    n.asleep = true;
    at(random_.between(50, 600), [this, i = n.number, life = n.life] {
      if (nodes_[i].life == life) wake(nodes_[i]);
    });
  }
  if (n.alive && !n.asleep) {
    auto& core = *n.seats[p].core;
    if (chance(faults_.fight) && core.state() == ownership::none) core.take(now_), carry_out(n, p);
    if (n.alive && chance(faults_.release) && n.seats[p].core->state() == ownership::mine)
      n.seats[p].core->release(now_), carry_out(n, p);
  }
  for (auto& c : nodes_)
    for (uint8_t q = 0; q < partitions_ && c.alive && !c.asleep; ++q)
      if (chance(faults_.clean)) clean(c, q);
  if (chance(faults_.recreate_in)) recreate_in(p);
  if (chance(faults_.recreate_turn)) recreate_turn(p);
}

void world::crash(node& n) {
  say("n", n.number, " crashes");
  ++tally_.crashes;
  n.alive = n.asleep = false;
  ++n.life;
  n.inbox.clear();
  at(random_.between(20, 200), [this, i = n.number] { start(nodes_[i]); });
}

void world::start(node& n) {
  n.alive = true;
  n.seats.clear();
  n.seats.resize(partitions_);
  n.gate = std::make_shared<turnstile>();
  for (uint8_t p = 0; p < partitions_; ++p)
    n.seats[p].core = std::make_unique<partition_core>(config_of(n.number, p), n.gate, [this, i = n.number, p] {
      shell(nodes_[i], p, 0, [](seat& s) { s.core->on_turn(); });
    });
}

void world::wake(node& n) {
  if (!n.alive || !n.asleep) return;
  say("n", n.number, " wakes");
  n.asleep = false;
  for (auto& x : std::exchange(n.inbox, {})) x();
}

void world::recreate_in(uint8_t p) {
  say("IN_", p, " is made anew");
  ++tally_.recreated;
  for (auto& m : ins_[p].back().messages)
    for (auto k : keys_of(*m, true)) lost_.insert(k);
  ins_[p].push_back({ins_[p].back().created + 1, {}, {}});
  for (auto& n : nodes_) pump_reading(n, p); // they learn of it
}

void world::recreate_turn(uint8_t p) {
  say("TURN_", p, " is made anew");
  ++tally_.recreated;
  auto created = turns_[p].created + 1;
  turns_[p] = {};
  turns_[p].created = created;
}

} // namespace steward::simulation
