// What the partition's core asks of its shell, and how it is set. Pure.
#pragma once
#include "messages/record.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace steward {

using ticket = uint64_t;
using shared_message = std::shared_ptr<const in_message>;
using shared_record = std::shared_ptr<const turn_record>;

namespace action {
/// Read what tail_view holds, in its order, through the leader. -> on_tail
struct read_tail {
  ticket t;
};
/// `expected` of a publish that must not expect anything (never in the product).
inline constexpr uint64_t any_sequence = UINT64_MAX;
/// Publish to TURN_p expecting `expected` as the stream's last sequence and, unless `behind` is 0, this owner's record
/// of that n as its last message. The same record may come again: the bytes must be the same. -> on_published
struct publish {
  ticket t;
  std::string subject;
  shared_record record;
  uint64_t expected;
  uint64_t behind = 0;
};
/// Read one record of TURN_p through the leader. -> on_record
struct read_record {
  ticket t;
  uint64_t seq;
};
/// (Re)start reading IN_p after this sequence, in order; a reading before this one may end. Nothing may arrive beyond
/// what `grant` allows from here on. Before the first message is passed on, the shell reads the stream's creation time
/// and calls on_streams. -> on_message…
struct read_in {
  ticket t;
  uint64_t after;
};
/// So many more messages may be read from IN_p.
struct grant {
  uint32_t messages;
};
/// Read TURN_p from..to, in order and without gaps in the reading, for delivery and timers. -> on_replayed…, then
/// on_replay_end
struct replay {
  ticket t;
  uint64_t from;
  uint64_t to;
};
/// Give the entity this message. -> decided, dropped or failed, with this ticket. A timer has seq 0, kind timer, topic
/// its name, accepted_ms when it was due. `attempt` counts from 1. Kind give_up: the message (encoded, in its body)
/// broke its entity too often, `topic` says how; with seq 0 the message inside is a timer. Where even that fails, the
/// core writes a dead letter of its own: the shell needs no path for it.
struct hand {
  ticket t;
  entity_id entity;
  uint64_t seq;
  shared_message message;
  uint32_t attempt;
};
/// Deliver the k-th reply of the record at `seq`. -> on_delivered or on_undelivered
struct deliver {
  struct reply {
    uint64_t seq;
    uint32_t k;
    shared_record record;
  };
  uint64_t seq;
  uint32_t k;
  shared_record record;
  uint32_t attempt;
  std::vector<reply> with = {}; // go with it as one message, in this order after it; one answer is of them all
};
/// Write the k-th reply of the record at `seq` to the DLQ: it could not be delivered. -> on_delivered or on_undelivered
/// (not worth retrying: it is dropped, and the shell logs it)
struct park {
  uint64_t seq;
  uint32_t k;
  shared_record record;
  std::string reason;
};
/// The record of an entity is in the log: the store may follow, and the entity's actor may go on. Emitted in log order.
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
  std::map<uint64_t, uint32_t> suspects;       // those with more than one death
  uint64_t suspects_from = 0, suspects_to = 0; // from < seq <= to: at least one
};
} // namespace action

using core_action = std::variant<action::read_tail, action::publish, action::read_record, action::read_in,
                                 action::grant, action::replay, action::hand, action::deliver, action::park,
                                 action::committed, action::stand_down, action::took_over>;

struct core_config {
  node_id self;
  partition_id partition;
  uint32_t read_ahead = 2048;      // undecided messages held at most
  uint32_t window = 16384;         // messages above in_floor, decided or not: bounds what a death makes suspect
  uint32_t in_work = 1024;         // entities at work at once
  uint32_t commits = 8;            // in flight at once
  uint32_t attempts = 3;           // a message that fails so often is given up
  int64_t alone_within_ms = 5'000; // a suspect waits so long for the node's other work to come to rest
  int64_t calm_after_ms = 60'000;  // an owner that lives so long ends the row of deaths
  uint32_t deliveries = 6;         // a reply that fails so often is parked
  // Deliveries in flight. All partitions' replies share one stream, whose disk may be slower than the sixteen that
  // commits go to: more than it acknowledges in a second only time out there, and go out twice.
  uint32_t peers_in_delivery = 32;
  uint32_t peer_backlog = 1024;    // a peer's waiting replies; what exceeds it is parked
  int64_t delivery_retry_ms = 500; // doubles with each failure…
  int64_t delivery_retry_cap_ms = 30'000;
  int64_t log_retry_cap_ms = 2'000; // …up to here for what goes to a stream of ours, which is tried for ever
  std::string gathering = {};       // first letters of entities whose messages wait for each other and go as one:
  int64_t gather_ms = 500;          // so long at most,
  uint32_t gather_most = 32;        // and so many at most,
  size_t gather_bytes = 256 << 10;  // nor more than one message takes
  int64_t floors_after_ms = 800;    // a floor that moved is written within a second
  int64_t settle_retry_ms = 250;    // pause between readings of a record in doubt
  int64_t verify_after_ms = 2'000;  // an owner that commits nothing reads the tail: did the log go on without it?
  uint32_t settle_limit = 40;       // refused with nothing there so often: the stream is not the one it was
  int64_t release_within_ms = 30'000;
  int64_t release_delivery_ms = 5'000; // a release waits so long for replies on their way
  // Switches for the tests that show the simulation notices; all on in the product.
  struct {
    bool expected_sequence = true; // publish with the expected last sequence
    bool chained = true;           // a commit behind another names it
    bool ordered_reading = true;   // refuse a gap in IN
    bool settle_doubts = true;     // a timeout is read back rather than taken as a failure
    bool suspects_alone = true;    // who died with two owners runs while nothing else on the node does
  } rules;
};

} // namespace steward
