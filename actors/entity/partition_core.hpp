// The turn log's protocol for one partition, as a pure state machine: no clock, no I/O, no actors. The shell (the
// partition manager, or the simulation) feeds it what happened and carries out the actions that it asks for.
//
// One commit is in flight at a time. Pipelining them behind a stream-wide expected sequence is not safe: when another
// node's ownership record takes the place of the first, the second's expectation is met by that very record, and a
// stale record lands behind it. Sixteen partitions give the parallelism instead.
//
// Contract: not thread-safe; every call may append actions; the shell calls take_actions() after each call, carries
// them out in order, and answers each asynchronous one once (answers may come late, doubled answers are ignored).
// Answers carry the `ticket` of their action, so that what was asked in a former life of the partition changes nothing.
#pragma once
#include "messages/record.hpp"

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <variant>
#include <vector>

namespace steward {

using ticket = uint64_t;
using shared_message = std::shared_ptr<const in_message>;
using shared_record = std::shared_ptr<const turn_record>;

// What the core asks of its shell.
namespace action {
/// Read the last record of TURN_p through the leader, and both streams' creation times. -> on_tail
struct read_tail {
  ticket t;
};
/// Publish to TURN_p expecting `expected` as the stream's last sequence. -> on_published
struct publish {
  ticket t;
  std::string subject;
  shared_record record;
  uint64_t expected;
};
/// Read one record of TURN_p through the leader. -> on_record
struct read_record {
  ticket t;
  uint64_t seq;
};
/// (Re)start reading IN_p after this sequence, in order, at most `credit` ahead of what grant_reading adds. ->
/// on_message…
struct read_in {
  ticket t;
  uint64_t after;
};
/// More messages may be read from IN_p.
struct grant {
  uint32_t messages;
};
/// Read TURN_p from..to, in order, for delivery and timers. -> on_replayed…, then on_replay_end
struct replay {
  ticket t;
  uint64_t from;
  uint64_t to;
};
/// Give the entity this message. -> decided, dropped or failed, with this seq (a timer's seq is 0 and t tells it apart)
struct hand {
  ticket t;
  entity_id entity;
  uint64_t seq;
  shared_message message;
  uint32_t attempt;
};
/// Deliver the k-th reply of the record at `seq`. -> on_delivered or on_undelivered
struct deliver {
  uint64_t seq;
  uint32_t k;
  shared_record record;
  uint32_t attempt;
};
/// The record is in the log: the store may follow, and the entity's actor may go on. Emitted in log order.
struct committed {
  uint64_t seq;
  shared_record record;
};
/// This node does not own the partition any more, or never got it: stop its actors, forget it. Nothing follows.
struct stand_down {
  errc why;
  std::string reason;
};
/// The partition is this node's, from this record on. Everything at or below `seq` is from former owners.
struct took_over {
  uint64_t seq;
  uint64_t epoch;
  std::map<uint64_t, uint32_t> suspects;
};
} // namespace action

using core_action = std::variant<action::read_tail, action::publish, action::read_record, action::read_in,
                                 action::grant, action::replay, action::hand, action::deliver, action::committed,
                                 action::stand_down, action::took_over>;

struct core_config {
  node_id self;
  partition_id partition;
  uint32_t read_ahead = 2048; // undecided messages held at most
  uint32_t in_work = 1024;    // entities at work at once
  uint32_t attempts = 3;      // a message that fails so often is given up
  uint32_t deliveries = 6;    // a reply that fails so often is parked
  uint32_t peers_in_delivery = 4096;
  int64_t floors_after_ms = 800; // a floor that moved is written within a second
  int64_t settle_retry_ms = 250; // pause between readings of a record in doubt
  // Switches for the tests that show the simulation notices; all on in the product.
  struct {
    bool expected_sequence = true; // publish with the expected last sequence
    bool ordered_reading = true;   // refuse a gap in IN
    bool settle_doubts = true;     // a timeout is read back rather than taken as a failure
  } rules;
};

/// What a decision of an entity comes to; the core adds the node, epoch, n and floors.
struct decision_record {
  turn_record record; // tenant, entity, turn, prev_seq, input, events, replies, effects, timers, state
};

enum class publish_outcome { acknowledged, wrong_sequence, timed_out, refused };
enum class ownership { none, taking, mine, releasing };

struct tail_view {
  uint64_t in_created = 0, turn_created = 0;
  uint64_t last_seq = 0;               // of TURN_p; 0: empty
  std::optional<turn_record> last;     // absent when the stream is empty or its last record was purged
  std::optional<turn_record> last_own; // the last ownership record, if any
};

class partition_core {
public:
  explicit partition_core(core_config);

  /// Try to become the owner. `former_is_dead`: its former owner died rather than released, so what it had in work is
  /// suspect.
  void take(int64_t now_ms);
  /// Finish what is in work, commit a release record, stand down.
  void release(int64_t now_ms);
  /// Timers, floors, retries of readings. Call it a few times a second.
  void tick(int64_t now_ms);

  void on_tail(ticket, result<tail_view>);
  void on_published(ticket, publish_outcome, uint64_t seq);
  void on_record(ticket, result<std::optional<turn_record>>);
  /// `consumer_seq` counts without gaps from 1 in one reading; a gap means that something was lost on the way.
  void on_message(ticket, uint64_t seq, uint64_t consumer_seq, shared_message);
  void on_unreadable_message(ticket, uint64_t seq, uint64_t consumer_seq,
                             std::string reason); // not an in_message: dead letter
  /// The reading stopped (consumer gone, connection lost): start again after the last seen.
  void on_reading_lost(ticket);
  void on_replayed(ticket, uint64_t seq, shared_record);
  void on_replay_end(ticket, bool complete);

  void decided(ticket, decision_record);
  void dropped(ticket); // already decided, or a duplicate
  void failed(ticket, std::string reason);

  void on_delivered(uint64_t seq, uint32_t k);
  void on_undelivered(uint64_t seq, uint32_t k, std::string reason, bool worth_retrying);

  std::vector<core_action> take_actions();

  ownership state() const;
  uint64_t epoch() const;
  uint64_t in_floor() const;
  uint64_t out_floor() const;
  uint64_t last_seq() const; // the last record known in the log
  size_t undecided() const;
  size_t undelivered() const;
  bool at_work(const entity_id&) const; // has a message in work, waiting or in delivery: must not be put to sleep
};

} // namespace steward
