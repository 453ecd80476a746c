// A world for partition cores: virtual time, virtual streams, nodes that crash and sleep, a network that loses, doubles
// and delays, customers that send twice. One schedule is one seed; everything in it is drawn from that seed. The shell
// around each core is the product's in small: it admits, advances and loads frames with actors/entity/frame.hpp.
//
// What is checked, at each append and when all has come to rest:
//   every accepted message is decided exactly once, or dead-lettered; an entity decides in the order of IN;
//   every reply is delivered, in order, to peers that honour ids; nothing is delivered that is not in the log;
//   what entities send to each other is applied exactly once; timers fire once;
//   epochs never decrease, and no record of a stale owner follows a newer owner's;
//   no record that something depends on is cut off, whoever dies in the middle of it;
//   floors never pass what is undecided or undelivered; the world comes to rest;
//   where only messages and timers kill, one that does no harm is never given up, whatever ran beside it.
#pragma once
#include "actors/entity/frame.hpp"
#include "actors/entity/partition_core.hpp"
#include "actors/entity/retention.hpp"

#include <functional>
#include <stdexcept>
#include <unordered_set>

namespace steward::simulation {

enum class mutation {
  none,
  no_expected_sequence,
  no_chain,
  accept_gaps,
  timeout_is_failure,
  no_seen_ids,
  no_watermarks,
  no_trim,
  no_trials,
  cut_unwritten,
  stale_look
};
bool from_string(std::string_view, mutation&);

struct options {
  uint64_t seed = 1;
  mutation mutate = mutation::none;
  bool trace = false;
};

/// What a schedule went through, to see that the faults do happen.
struct tally {
  uint64_t schedules = 0, events = 0, messages = 0, records = 0, takeovers = 0, fenced = 0, crashes = 0, pauses = 0,
           doubts = 0, duplicates = 0, redeliveries = 0, given_up = 0, parked = 0, recreated = 0, timers = 0,
           snapshots = 0, purged = 0, gathered = 0;
};

/// Runs one schedule; throws `violation` when an invariant breaks.
struct violation : std::runtime_error {
  using std::runtime_error::runtime_error;
};
void run(const options&, tally&);

/// The first seed from `seed` on that fails within `schedules`; nullopt: none.
std::optional<uint64_t> first_failure(options, uint64_t schedules, tally&, std::string& why);

// ---------------------------------------------------------------------------------------------------------------------

class random_source { // splitmix64
public:
  explicit random_source(uint64_t seed)
      : x_(seed) {}
  uint64_t next() {
    uint64_t z = (x_ += 0x9e3779b97f4a7c15ull);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
    return z ^ (z >> 31);
  }
  uint64_t below(uint64_t n) { return next() % n; }
  int64_t between(int64_t a, int64_t b) { return a + static_cast<int64_t>(below(static_cast<uint64_t>(b - a + 1))); }
  bool chance(uint32_t per_mille) { return per_mille > 0 && below(1000) < per_mille; }

private:
  uint64_t x_;
};

/// How often what goes wrong, in per mille; drawn per schedule, many of them zero, so that schedules differ in kind.
struct faults {
  uint32_t drop = 0, twice = 0, swap = 0, reading_lost = 0, replay_cut = 0;                     // readers
  uint32_t ack_lost = 0, lost = 0, delayed = 0, stale_refusal = 0, refused = 0, read_fails = 0; // the log
  uint32_t crash_at_action = 0, peer_fails = 0, entity_fails = 0;
  uint32_t crash = 0, pause = 0, fight = 0, release = 0, recreate_in = 0, recreate_turn = 0, clean = 0; // per 20 ms
};

/// Names a message, reply or timer in the whole world: what it is decided or delivered by.
using key = uint64_t;
key outside_key(uint64_t number);
key reply_key(uint8_t partition, uint64_t incarnation, uint64_t seq, uint32_t k);
key key_of(const in_message&, bool from_the_stream);
std::vector<key> keys_of(const in_message&, bool from_the_stream); // with what travels in it

struct in_log {
  uint64_t created = 0;
  std::vector<shared_message> messages; // sequence 1 first
  std::unordered_set<std::string> ids;
};
struct entity_tail {
  uint64_t seq = 0, turn = 0;
  stream_pos in;
};
struct turn_log {
  uint64_t created = 0;
  std::vector<shared_record> records; // sequence 1 first; absent: purged
  std::unordered_map<entity_id, entity_tail> entities;
  std::unordered_set<key> decided;
  uint64_t last_own = 0; // sequence
  uint64_t epoch = 0, n = 0;
  node_id node;
  uint64_t in_created = 0, in_checked = 0, out_checked = 0;
};
struct peer_log {
  std::unordered_set<key> seen;
  key last = 0;
};

class world;

/// One core and its shell.
struct seat {
  std::unique_ptr<partition_core> core;
  uint64_t turn_created = 0; // of the view that it took over from
  uint64_t in_created = 0;
  struct cached {
    entity_frame frame;
    uint64_t seq = 0;
  };
  std::unordered_map<entity_id, cached> frames;
  tail_cleaner cleaner;
  std::optional<std::unordered_set<entity_id>> touched; // since the cleaner's look
  // the reading of IN
  ticket reading = 0;
  uint64_t next = 1, consumer_seq = 0, credit = 0, reading_created = 0;
  bool broken = false;
  int64_t arrives = 0; // the last message on its way
};

struct node {
  uint32_t number = 0;
  uint64_t life = 1;
  bool alive = true, asleep = false;
  std::vector<std::function<void()>> inbox; // what came while it slept
  std::vector<seat> seats;                  // per partition
  std::shared_ptr<turnstile> gate;
};

class world {
public:
  world(const options&, tally&);
  void run();

private:
  // simulation.cpp: time, workload, rest
  void at(int64_t delay, std::function<void()>);
  void send_outside(uint64_t number, bool again);
  void every_tick();
  void own_what_nobody_owns();
  void heal();
  bool at_rest() const;

  // simulation_chaos.cpp
  void chaos();
  void crash(node&);
  void start(node&);
  void wake(node&);
  void recreate_in(uint8_t p);
  void recreate_turn(uint8_t p);

  // simulation_clean.cpp: the tail cleaner
  void clean(node&, uint8_t p);
  void look_for_cut(node&, uint8_t p, const clean::scan&);
  void purge(node&, uint8_t p, uint64_t keep_from);

  // simulation_log.cpp: the streams and their invariants, at each append and at rest
  enum class landing { appended, wrong_sequence };
  landing append(uint8_t p, uint64_t created, const shared_record&, uint64_t expected, uint64_t behind);
  void check_append(uint8_t p, const turn_record&, uint64_t seq);
  void check_turn(uint8_t p, const turn_record&, uint64_t seq);
  void check_floors(uint8_t p, const turn_record&);
  bool append_in(uint8_t p, shared_message); // false: dropped as a duplicate by the stream
  uint8_t partition_for(const entity_id&) const;
  void deliver_to_peer(uint8_t p, uint64_t created, uint64_t seq, uint32_t k, const turn_record&);
  entity_frame load(uint8_t p, const entity_id&, uint64_t& seq) const;
  void check_rest() const;
  void check_in_log(uint8_t p, uint64_t created, uint64_t seq, const shared_record&) const;

  // simulation_shell.cpp: the shell around a core
  void shell(node&, uint8_t p, int64_t delay, std::function<void(seat&)>); // unless it dies before
  void carry_out(node&, uint8_t p);
  void carry_out(node&, uint8_t p, const action::read_tail&);
  void carry_out(node&, uint8_t p, const action::publish&);
  void carry_out(node&, uint8_t p, const action::read_record&);
  void carry_out(node&, uint8_t p, const action::read_in&);
  void carry_out(node&, uint8_t p, const action::grant&);
  void carry_out(node&, uint8_t p, const action::replay&);
  void carry_out(node&, uint8_t p, const action::deliver&);
  void carry_out(node&, uint8_t p, const action::park&);
  void carry_out(node&, uint8_t p, const action::stand_down&);
  void carry_out(node&, uint8_t p, const action::took_over&);
  void pump_reading(node&, uint8_t p);

  // simulation_entities.cpp: what the shell hands messages to
  void carry_out(node&, uint8_t p, const action::hand&);
  void carry_out(node&, uint8_t p, const action::committed&);
  int64_t& harm_of_timer(const in_message&);
  void after_admission(node&, uint8_t p, const action::hand&, stream_pos at);
  decision_record decide(const seat::cached&, const shared_message&, stream_pos at);
  void fold(entity_frame&, const turn_record&) const;

  core_config config_of(uint32_t node, uint8_t p) const;
  [[noreturn]] void fail(const std::string&) const;
  template <class... T>
  void say(const T&... parts) const {
    if (options_.trace) print({text(parts)...});
  }
  void print(std::initializer_list<std::string>) const;
  static std::string text(const std::string& s) { return s; }
  static std::string text(const char* s) { return s; }
  template <class N>
  requires std::is_arithmetic_v<N>
  static std::string text(N n) { return std::to_string(n); }
  std::string name(const node& n, uint8_t p) const {
    return "n" + std::to_string(n.number) + "/" + std::to_string(p) + " ";
  }
  bool chance(uint32_t per_mille) { return random_.chance(per_mille); }
  int64_t net() { return random_.between(1, 3); }

  struct event {
    int64_t at;
    uint64_t order;
    std::function<void()> what;
    bool operator<(const event& o) const { return at != o.at ? at > o.at : order > o.order; }
  };

  options options_;
  tally& tally_;
  random_source random_;
  faults faults_;
  bool in_chaos_ = true, dedupe_ = false;
  bool only_messages_kill_ = false;
  int64_t chaos_ends_ = 0;
  std::vector<event> events_;
  int64_t now_ = 0;
  uint64_t order_ = 0;
  uint64_t on_the_wire_ = 0; // publishes that have yet to land
  bool stopped_ = false;

  uint8_t partitions_ = 2;
  std::vector<node> nodes_;
  std::vector<std::vector<in_log>> ins_; // per partition, per incarnation
  std::vector<turn_log> turns_;
  std::vector<shared_message> inputs_; // of records, by index
  std::vector<entity_frame> frames_;
  std::unordered_map<std::string, peer_log> peers_;
  std::unordered_set<key> decided_ever_, delivered_, parked_, lost_;
  std::vector<bool> accepted_; // outside messages, by number
  std::vector<bool> harmful_;
  std::vector<int64_t> kills_, breaks_; // what these messages do to whom they are handed to: so many times
  std::unordered_map<key, int64_t> timer_kills_;
  uint32_t deadly_timers_ = 0; // per mille
};

std::string index_bytes(uint64_t);
uint64_t index_of(const std::string&);

} // namespace steward::simulation
