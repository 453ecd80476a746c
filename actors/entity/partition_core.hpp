// The turn log's protocol for one partition, as a pure state machine: no clock, no I/O, no actors. The shell (the
// partition manager, or the simulation) feeds it what happened and carries out the actions that it asks for.
//
// Several commits may be in flight. Behind a stream-wide expected sequence alone that is not safe: when another node's
// ownership record takes the place of the first, the second's expectation is met by that very record, and a stale
// record lands behind it. So each also names the one before it, which must be the stream's last message: a chain, of
// which a prefix lands. Only turns follow and are followed; ownership and floors go alone, and so does everything while
// suspects run.
//
// Contract: not thread-safe; every call may append actions; the shell calls take_actions() after each call, carries
// them out in order, and answers each asynchronous one once (answers may come late, doubled answers are ignored).
// Answers carry the `ticket` of their action, so that what was asked in a former life of the partition changes nothing.
#pragma once
#include "actors/entity/core_actions.hpp"
#include "actors/entity/delivery.hpp"
#include "actors/entity/floor.hpp"
#include "actors/entity/timer_table.hpp"
#include "actors/entity/turnstile.hpp"
#include "messages/result.hpp"

#include <optional>

namespace steward {

/// What a decision of an entity comes to; the core adds the node, epoch, n and floors.
struct decision_record {
  turn_record record; // tenant, entity, turn, prev_seq, input, events, replies, effects, timers, state
};

enum class publish_outcome { acknowledged, wrong_sequence, timed_out, refused };
enum class ownership { none, taking, mine, releasing };

/// Read in this order, so that no ownership record can slip in between: the creation times and in_last, then last_seq
/// with `last`, then last_own.
struct tail_view {
  uint64_t in_created = 0, turn_created = 0;
  uint64_t in_last = 0;                // last sequence of IN_p: what may have been in work when a former owner died
  uint64_t last_seq = 0;               // of TURN_p; 0: empty
  std::optional<turn_record> last;     // absent when the stream is empty or its last record was purged
  std::optional<turn_record> last_own; // the last ownership record, if any
};

class partition_core {
public:
  /// All cores of a process share one turnstile. `wake` comes from any thread: see to it that on_turn() is called.
  explicit partition_core(
      core_config, std::shared_ptr<turnstile> gate = nullptr, std::function<void()> wake = [] {});
  ~partition_core();
  partition_core(const partition_core&) = delete;
  partition_core& operator=(const partition_core&) = delete;

  /// Try to become the owner. What a former owner had in work when it died, rather than released, is suspect.
  void take(int64_t now_ms);
  /// Finish what is in work, commit a release record, stand down.
  void release(int64_t now_ms);
  /// Timers, floors, retries of readings and deliveries. Call it a few times a second; time must not go back.
  void tick(int64_t now_ms);
  /// After `wake`: the turnstile may let this partition through.
  void on_turn();

  void on_tail(ticket, result<tail_view>);
  /// Of a `publish`. refused: it certainly did not happen (no room, no server); it is tried again.
  void on_published(ticket, publish_outcome, uint64_t seq);
  void on_record(ticket, result<std::optional<turn_record>>);
  /// Whenever the streams' creation times are read: a stream that was made anew ends the ownership (take again).
  void on_streams(uint64_t in_created, uint64_t turn_created);
  /// `consumer_seq` counts without gaps from 1 in one reading; a gap means that something was lost on the way.
  void on_message(ticket, uint64_t seq, uint64_t consumer_seq, shared_message);
  /// Not an in_message: dead letter. `raw` its bytes, `tenant` by its subject.
  void on_unreadable_message(ticket, uint64_t seq, uint64_t consumer_seq, std::string reason, std::string raw = {},
                             tenant_id tenant = {});
  /// The reading stopped (consumer gone, connection lost): start again after the last seen.
  void on_reading_lost(ticket);
  void on_replayed(ticket, uint64_t seq, shared_record);
  void on_replay_end(ticket, bool complete);
  /// From the shell's own replay of older records, for the timers of sleeping entities: the entity's last record, at
  /// `seq`. When all up to took_over.seq are told: on_older_timers_known.
  void on_known_timers(const tenant_id&, const entity_id&, uint64_t seq, const std::vector<timer>&);
  void on_older_timers_known();

  /// The core adds kind, node, epoch, n, floors and `in`.
  void decided(ticket, decision_record);
  void dropped(ticket); // already decided, or a duplicate
  void failed(ticket, std::string reason);
  /// A fresh whole state, for the tail cleaner. Only of an entity that is not at work, from a frame that has every
  /// committed record in it; false: not now.
  bool snapshot(decision_record);
  /// Writes the ownership record anew, at the end of the log: before the tail cleaner cuts off the one that stands.
  void restate();

  void on_delivered(uint64_t seq, uint32_t k);
  void on_undelivered(uint64_t seq, uint32_t k, std::string reason, bool worth_retrying);
  void on_log_away(uint64_t seq, uint32_t k);

  std::vector<core_action> take_actions();

  ownership state() const { return state_; }
  uint64_t epoch() const { return epoch_; }
  uint64_t in_floor() const { return in_.floor(); }
  uint64_t out_floor() const { return delivery_.floor(); }
  uint64_t last_seq() const { return last_seq_; } // the last record known in the log
  /// For the tail cleaner: this owner's last ownership record, and the out_floor that its last record carries.
  uint64_t last_own() const { return last_own_; }
  uint64_t committed_out_floor() const { return committed_out_floor_; }
  size_t undecided() const { return undecided_; }
  size_t undelivered() const { return delivery_.undelivered(); }
  bool at_work(const entity_id& e) const { return slots_.contains(e); } // has a message in work or waiting

private:
  struct item {       // a message or timer on its way through its entity
    uint64_t seq = 0; // 0: a timer or a snapshot
    shared_message message;
    uint32_t failures = 0;
    std::string reason;
  };
  struct slot { // an entity that has something waiting or in work
    std::deque<item> waiting;
    bool busy = false;
    bool queued = false; // in ready_
  };
  struct work {
    entity_id entity;
    item what;
  };
  struct commit {
    std::shared_ptr<turn_record> record;
    std::string subject;
    std::optional<work> of; // absent: floors, ownership; entity empty: given up without its entity
  };
  struct trial { // what runs alone, so that the log shows who killed the process
    uint64_t seq = 0;
    std::string timer;
    bool empty() const { return seq == 0 && timer.empty(); }
    bool is(const item& x) const;
    bool operator==(const trial&) const = default;
  };
  struct flight {
    commit what;
    uint64_t n = 0;
    ticket t = 0; // of its last publish
    std::optional<publish_outcome> outcome;
    uint64_t seq = 0;   // acknowledged there
    bool first = false; // when the outcome came, so that it is not the consequence of another's
  };
  enum class phase { publishing, reading, waiting }; // of the first flight; the others wait for it

  template <class A>
  void emit(A a) {
    actions_.push_back(std::move(a));
  }
  ticket next_ticket() { return ++tickets_; }
  bool owns() const { return state_ == ownership::mine || state_ == ownership::releasing; }
  void forget();
  void stand_down(errc, std::string reason);
  void go_on(); // whatever can go on now

  // partition_core.cpp: owning
  void claim(const tail_view&);
  void suspect(const tail_view&, turn_record& own);
  void suspect_timer(const tail_view&, turn_record& own);
  void own_is_committed(const turn_record&);
  commit own_record(); // as things stand
  void go_on_releasing();
  void ask_replay();

  // partition_core_work.cpp: reading and handing out
  void restart_reading();
  void grant_more();
  bool accept(ticket, uint64_t seq, uint64_t consumer_seq);
  void fire_timers();
  void dispatch();
  void hand_out();
  bool dispatch_suspects(); // true: nothing else may run
  void hand_next(const entity_id&, slot&);
  void hand(const entity_id&, item);
  void give_up(const entity_id&, item);
  commit dead_letter_of(const tenant_id&, const entity_id&, uint64_t seq, const std::string& reason, uint32_t attempts,
                        std::string raw);
  void done(const work&);
  uint32_t deaths(const item&) const;
  void enqueue_timer(shared_message);

  // partition_core_trial.cpp: what may have killed the process runs while nothing else does
  bool may_work();
  bool may_try(trial);
  bool trial_is_over(); // false: a record must say so first
  void try_timer();
  bool careful() const { return deaths_ >= config_.attempts - 1; }
  void calm_down();
  void keep_the_gate();

  // partition_core_commit.cpp: committing and settling
  void publish_next();
  bool may_follow() const;
  void start(commit);
  void publish(size_t flight);
  void publish_again(); // all that are in flight
  void advance();
  void settle();
  void wait_then(ticket reading); // 0: publish again
  void flight_is_committed(const turn_record&);
  void floors_if_due();
  void verify_if_due();
  void verify(const tail_view&);

  core_config config_;
  std::vector<core_action> actions_;
  ticket tickets_ = 0;
  int64_t now_ = 0;

  ownership state_ = ownership::none;
  ticket tail_ticket_ = 0;
  int64_t tail_again_ = 0; // 0: not waiting
  uint64_t epoch_ = 0, n_ = 0;
  uint64_t own_seq_ = 0, last_own_ = 0, in_created_ = 0, turn_created_ = 0;

  // suspects of this ownership
  std::map<uint64_t, uint32_t> suspects_;
  uint64_t suspects_from_ = 0, suspects_to_ = 0;
  bool suspects_on_ = false;
  std::map<uint64_t, entity_id> suspects_waiting_; // read, not decided

  // trials
  std::shared_ptr<turnstile> gate_;
  std::function<void()> wake_;
  bool entered_ = false, woken_ = false, wants_alone_ = false, trial_ended_ = false, owes_a_go_ = false;
  int64_t asked_alone_ = 0; // since when; 0: it does not
  trial trying_, committed_trying_;
  uint32_t deaths_ = 0;
  int64_t calm_from_ = 0;
  static constexpr uint32_t given_up_for_good = UINT32_MAX; // as a count of deaths
  std::map<std::string, uint32_t> suspect_timers_;
  std::deque<shared_message> careful_timers_;

  // commits
  uint64_t last_seq_ = 0;
  uint64_t committed_in_floor_ = 0, committed_out_floor_ = 0;
  std::deque<commit> commits_;
  std::deque<flight> flights_;              // in the order of the log
  std::vector<uint64_t> decided_in_flight_; // scratch
  phase phase_ = phase::publishing;
  ticket doubt_ = 0; // the reading of what the first of them is in doubt of
  int64_t again_ms_ = 0;
  uint32_t blanks_ = 0; // the first was refused so often, and nothing was there
  bool floors_wanted_ = false, restate_wanted_ = false;
  std::optional<int64_t> floors_since_;
  ticket verify_ = 0;
  int64_t verified_ms_ = 0; // when the log was last known to end at last_seq_

  // reading
  floor_tracker in_;
  ticket reading_ = 0;
  uint64_t next_consumer_seq_ = 1;
  uint64_t granted_ = 0; // and not yet used
  int64_t reading_again_ = 0;
  std::unordered_map<entity_id, slot> slots_;
  std::deque<entity_id> ready_;
  std::unordered_map<ticket, work> works_;
  size_t busy_ = 0, undecided_ = 0;

  // delivery and timers
  delivery_core delivery_{config_};
  timer_table timers_;
  ticket replay_ = 0;
  bool replaying_ = false;
  uint64_t replayed_ = 0;
  int64_t replay_again_ = 0;
  std::deque<std::pair<uint64_t, shared_record>> held_; // committed while the replay runs

  int64_t release_started_ = 0;
};

} // namespace steward
