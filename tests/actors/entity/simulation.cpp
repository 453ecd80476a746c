// The schedule: virtual time, customers, faults, and what must hold when all has come to rest.
#include "tests/actors/entity/simulation.hpp"

#include <algorithm>
#include <cstdio>

namespace steward::simulation {
namespace {
constexpr int64_t tick_ms = 20;
constexpr int64_t rest_within_ms = 30'000;
} // namespace

bool from_string(std::string_view s, mutation& m) {
  constexpr std::string_view names[] = {
      "none",        "no_expected_sequence", "no_chain", "accept_gaps", "timeout_is_failure",
      "no_seen_ids", "no_watermarks",        "no_trim",  "no_trials",   "cut_unwritten",
      "stale_look"};
  auto i = std::find(std::begin(names), std::end(names), s);
  if (i == std::end(names)) return false;
  m = static_cast<mutation>(i - std::begin(names));
  return true;
}

world::world(const options& o, tally& t)
    : options_(o)
    , tally_(t)
    , random_(o.seed * 0x2545f4914f6cdd1dull + 1) {
  auto maybe = [&](std::initializer_list<uint32_t> levels) {
    return *(levels.begin() + static_cast<long>(random_.below(levels.size())));
  };
  auto& f = faults_;
  for (auto* x : {&f.drop, &f.twice, &f.swap, &f.reading_lost}) *x = maybe({0, 0, 20, 100});
  for (auto* x : {&f.ack_lost, &f.lost, &f.delayed, &f.stale_refusal, &f.refused, &f.read_fails, &f.replay_cut})
    *x = maybe({0, 0, 30, 200});
  f.peer_fails = maybe({0, 0, 50, 300});
  f.entity_fails = maybe({0, 0, 0, 50});
  f.crash_at_action = maybe({0, 0, 3, 15});
  for (auto* x : {&f.crash, &f.pause, &f.fight}) *x = maybe({0, 0, 20, 100});
  f.release = maybe({0, 0, 30});
  f.clean = maybe({0, 0, 500});
  f.recreate_in = maybe({0, 0, 0, 0, 0, 0, 20});
  f.recreate_turn = maybe({0, 0, 0, 0, 0, 0, 0, 0, 0, 20});
  dedupe_ = chance(300);
  partitions_ = static_cast<uint8_t>(random_.between(1, 2));
  chaos_ends_ = random_.between(200, 800);
  only_messages_kill_ =
      f.crash + f.crash_at_action + f.pause + f.fight + f.recreate_in + f.recreate_turn + f.entity_fails == 0;

  deadly_timers_ = maybe({0, 0, 20});
  ins_.resize(partitions_);
  turns_.resize(partitions_);
  for (auto& in : ins_) in.push_back({1, {}, {}});
  for (auto& log : turns_) log.created = 1;
  nodes_.resize(static_cast<size_t>(random_.between(2, 3)));
  for (uint32_t i = 0; i < nodes_.size(); ++i) {
    nodes_[i].number = i;
    start(nodes_[i]);
  }
  auto messages = static_cast<uint64_t>(random_.between(6, 20));
  accepted_.resize(messages);
  kills_.resize(messages);
  breaks_.resize(messages);
  harmful_.resize(messages);
  for (uint64_t i = 0; i < messages; ++i) {
    if (chance(10)) kills_[i] = maybe({1, 2, 3, 4, 7, 1000});
    if (chance(20)) breaks_[i] = maybe({1, 2, 3, 6, 1000});
    harmful_[i] = kills_[i] + breaks_[i] > 0;
    at(random_.between(0, chaos_ends_), [this, i] { send_outside(i, false); });
  }
  at(tick_ms, [this] { every_tick(); });
  tally_.messages += messages;
}

core_config world::config_of(uint32_t number, uint8_t p) const {
  core_config c;
  c.self = node_id{"n" + std::to_string(number)};
  c.partition = {p};
  c.read_ahead = 8, c.window = 32, c.in_work = 4;
  c.deliveries = 3, c.peers_in_delivery = 4, c.peer_backlog = 16;
  c.delivery_retry_ms = 20, c.delivery_retry_cap_ms = 200, c.log_retry_cap_ms = 100;
  c.floors_after_ms = 80, c.settle_retry_ms = 20, c.verify_after_ms = 100, c.settle_limit = 20;
  c.release_within_ms = 500, c.release_delivery_ms = 100;
  c.alone_within_ms = 2000, c.calm_after_ms = 400;
  c.gathering = "g", c.gather_ms = 60, c.gather_most = 4;
  c.rules.suspects_alone = options_.mutate != mutation::no_trials;
  c.rules.expected_sequence = options_.mutate != mutation::no_expected_sequence;
  c.rules.chained = options_.mutate != mutation::no_chain;
  // What the careless variants do is told of one commit at a time.
  auto alone = !c.rules.expected_sequence || options_.mutate == mutation::timeout_is_failure;
  c.commits = alone ? 1 : 1 + static_cast<uint32_t>(options_.seed % 4);
  c.rules.ordered_reading = options_.mutate != mutation::accept_gaps;
  c.rules.settle_doubts = options_.mutate != mutation::timeout_is_failure;
  return c;
}

void world::at(int64_t delay, std::function<void()> what) {
  events_.push_back({now_ + delay, ++order_, std::move(what)});
  std::push_heap(events_.begin(), events_.end());
}

void world::run() {
  while (!stopped_) {
    std::pop_heap(events_.begin(), events_.end());
    auto e = std::move(events_.back());
    events_.pop_back();
    now_ = e.at;
    e.what();
    ++tally_.events;
  }
  check_rest();
}

uint8_t world::partition_for(const entity_id& e) const {
  return static_cast<uint8_t>((e.value[0] == 'u' ? 1 : 0) + (e.value[1] == '1' ? 1 : 0)) % partitions_;
}

// A customer's platform sends until it is told that the message was accepted, and sometimes once more.
void world::send_outside(uint64_t number, bool again) {
  if (accepted_[number] && !again) return;
  random_source draw(number + 77);
  auto m = std::make_shared<in_message>();
  m->tenant = tenant_id{"t"};
  m->entity = entity_id{(draw.chance(700) ? "c" : "u") + std::to_string(draw.below(2))};
  m->id = message_id{"m" + std::to_string(number)};
  m->accepted_ms = static_cast<int64_t>(number);
  auto land = [this, m] {
    --on_the_wire_;
    append_in(partition_for(m->entity), m);
  };
  if (again || !chance(faults_.lost)) {
    ++on_the_wire_;
    if (chance(faults_.delayed)) {
      at(random_.between(40, 300), land);
    } else {
      at(net(), land);
      if (!chance(faults_.ack_lost)) at(4, [this, number] { accepted_[number] = true; });
    }
  }
  at(50, [this, number] { send_outside(number, false); });
  if (in_chaos_ && !again && chance(200)) at(random_.between(1, 500), [this, number] { send_outside(number, true); });
}

void world::every_tick() {
  if (in_chaos_ && now_ >= chaos_ends_) heal();
  if (in_chaos_) chaos();
  own_what_nobody_owns();
  for (auto& n : nodes_)
    for (uint8_t p = 0; p < partitions_ && n.alive && !n.asleep; ++p) {
      n.seats[p].core->tick(now_);
      carry_out(n, p);
    }
  if (!in_chaos_ && at_rest()) {
    stopped_ = true;
    return;
  }
  if (now_ > chaos_ends_ + rest_within_ms) {
    for (auto& n : nodes_)
      for (uint8_t p = 0; p < partitions_ && n.alive; ++p) {
        auto& c = *n.seats[p].core;
        say(name(n, p), "state ", static_cast<int>(c.state()), " undecided ", c.undecided(), " undelivered ",
            c.undelivered(), " in_floor ", c.in_floor(), " out_floor ", c.out_floor(), " last ", c.last_seq());
      }
    fail("does not come to rest");
  }
  at(tick_ms, [this] { every_tick(); });
}

// Membership in one line: where no waking node thinks that it owns the partition, one of them takes it.
void world::own_what_nobody_owns() {
  for (uint8_t p = 0; p < partitions_; ++p) {
    std::vector<node*> awake;
    bool owned = false;
    for (auto& n : nodes_)
      if (n.alive && !n.asleep) {
        awake.push_back(&n);
        owned |= n.seats[p].core->state() != ownership::none;
      }
    if (owned || awake.empty() || chance(500)) continue;
    auto& n = *awake[random_.below(awake.size())];
    n.seats[p].core->take(now_);
    carry_out(n, p);
  }
}

void world::heal() {
  say("the faults end");
  in_chaos_ = false;
  faults_ = {};
  for (auto& n : nodes_)
    if (n.asleep) wake(n);
}

bool world::at_rest() const {
  if (on_the_wire_ != 0) return false;
  if (std::find(accepted_.begin(), accepted_.end(), false) != accepted_.end()) return false;
  for (uint8_t p = 0; p < partitions_; ++p) {
    auto& log = turns_[p];
    auto owner = std::find_if(nodes_.begin(), nodes_.end(), [&](auto& n) {
      if (!n.alive) return false;
      auto& c = *n.seats[p].core;
      return c.state() == ownership::mine && n.seats[p].turn_created == log.created &&
             c.last_seq() == log.records.size() && c.undecided() == 0 && c.undelivered() == 0 &&
             c.out_floor() == log.records.size() && // its replay has ended too
             c.in_floor() == ins_[p].back().messages.size() && log.records.back()->in_floor == c.in_floor();
    });
    if (owner == nodes_.end()) return false;
    for (auto& [id, e] : log.entities)
      for (auto& t : log.records[e.seq - 1]->timers) {
        in_message m;
        m.entity = id, m.topic = t.name;
        if (!parked_.contains(key_of(m, false))) return false;
      }
  }
  return true;
}

void world::fail(const std::string& why) const {
  if (options_.trace) print({"BROKEN: ", why});
  throw violation("at " + std::to_string(now_) + " ms: " + why);
}

void world::print(std::initializer_list<std::string> parts) const {
  std::printf("%6lld ", static_cast<long long>(now_));
  for (auto& s : parts) std::fputs(s.c_str(), stdout);
  std::putchar('\n');
}

void run(const options& o, tally& t) {
  ++t.schedules;
  world(o, t).run();
}

std::optional<uint64_t> first_failure(options o, uint64_t schedules, tally& t, std::string& why) {
  for (uint64_t end = o.seed + schedules; o.seed < end; ++o.seed) try {
      run(o, t);
    } catch (const violation& v) {
      why = v.what();
      return o.seed;
    }
  return std::nullopt;
}

} // namespace steward::simulation
