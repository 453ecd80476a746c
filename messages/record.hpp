// What stands in `TURN_<p>`: one record per decided turn, and the owner's own records. Persisted: golden bytes in
// tests/golden.
#pragma once
#include "messages/envelope.hpp"

#include <map>
#include <vector>

namespace steward {

/// Something that happened in an entity; what its state is folded from.
struct event_entry {
  std::string name;
  bytes body;
  bool operator==(const event_entry&) const = default;
  template <class F>
  void fields(F& f) {
    f.required("name", name), f("body", body);
  }
};

enum class out_kind : uint8_t {
  peer = 0,        // to the customer, by the channel of `to`: body is a reply_message
  entity = 1,      // to another entity: body goes into its in_message, `topic` with it
  dead_letter = 2, // to the DLQ stream: body is a dead_letter
};
std::string_view to_string(out_kind);
bool from_string(std::string_view, out_kind&);

/// One reply of a turn. Its place in the record is its k.
struct outgoing {
  out_kind kind = out_kind::peer;
  address to;
  entity_id entity;
  std::string topic;
  bytes body;
  bool operator==(const outgoing&) const = default;
  template <class F>
  void fields(F& f) {
    f.required("kind", kind), f("to", to), f("entity", entity), f("topic", topic), f("body", body);
  }
};

/// An outside call that the turn asked for; its result comes back as an input of its own.
struct effect {
  std::string kind;
  std::string key; // idempotency key
  bytes body;
  bool operator==(const effect&) const = default;
  template <class F>
  void fields(F& f) {
    f.required("kind", kind), f("key", key), f("body", body);
  }
};

struct timer {
  std::string name; // one timer of a name per entity
  int64_t due_ms = 0;
  bool operator==(const timer&) const = default;
  template <class F>
  void fields(F& f) {
    f.required("name", name), f.required("due_ms", due_ms);
  }
};

/// How far a target entity has seen a source partition.
struct watermark {
  partition_id partition;
  stream_pos record;
  uint32_t k = 0;
  bool operator==(const watermark&) const = default;
  template <class F>
  void fields(F& f) {
    f("partition", partition), f("record", record), f("k", k);
  }
};

/// What the mechanism keeps of every entity, and the entity's own state inside.
struct entity_frame {
  tenant_id tenant;
  entity_id entity;
  uint64_t turn = 0;                 // of the last record
  stream_pos in;                     // the last message decided
  std::vector<uint64_t> seen;        // hash64 of the last 64 outside message ids, oldest first
  std::vector<watermark> watermarks; // at most one per partition
  std::vector<timer> timers;
  bytes state; // the model's own
  bool operator==(const entity_frame&) const = default;
  template <class F>
  void fields(F& f) {
    f.required("tenant", tenant), f.required("entity", entity), f("turn", turn), f("in", in), f("seen", seen),
        f("watermarks", watermarks), f("timers", timers), f("state", state);
  }
};

/// What a decision was made from: replaying it gives the same events and replies.
struct turn_input {
  in_message message;
  bytes looked_up; // what models, knowledge and tools answered
  int64_t now_ms = 0;
  template <class F>
  void fields(F& f) {
    f.required("message", message), f("looked_up", looked_up), f("now_ms", now_ms);
  }
};

enum class record_kind : uint8_t { turn = 0, own = 1, floors = 2, snapshot = 3 };
std::string_view to_string(record_kind);
bool from_string(std::string_view, record_kind&);

struct turn_record {
  uint32_t schema = 1;
  record_kind kind = record_kind::turn;
  node_id node; // the writer: (node, epoch, n) names the record
  uint64_t epoch = 0;
  uint64_t n = 0;
  uint64_t in_floor = 0;  // every message of IN at or below is decided
  uint64_t out_floor = 0; // every reply of TURN at or below is delivered or parked

  // turn and snapshot
  tenant_id tenant;
  entity_id entity;
  uint64_t turn = 0;
  stream_pos in;         // the message decided; empty for a timer
  uint64_t prev_seq = 0; // the entity's record before this one; 0: none
  bytes input;           // a turn_input
  std::vector<event_entry> events;
  std::vector<outgoing> replies;
  std::vector<effect> effects;
  std::vector<timer> timers; // all that are set after this turn
  bytes state;               // an entity_frame; at turn 1 and every eighth, and in snapshots

  // own
  uint64_t in_created = 0; // incarnations, Unix nanoseconds
  uint64_t turn_created = 0;
  bool released = false;                          // the owner gave the partition up in order
  std::map<uint64_t, uint32_t> suspects;          // IN sequence -> deaths while it was in work, where more than one
  uint64_t suspects_to = 0;                       // every message above in_floor up to here has at least one
  std::string layout;                             // of entities over partitions: "blake2b-64/16"
  uint32_t deaths = 0;                            // of owners, one soon after the other
  std::map<std::string, uint32_t> suspect_timers; // the id of a timer's message -> deaths

  // any record of an owner: what is tried alone from here on; empty: nothing
  uint64_t trying = 0;      // IN sequence
  std::string trying_timer; // the id of a timer's message

  template <class F>
  void fields(F& f) {
    f.required("schema", schema), f.required("kind", kind), f.required("node", node), f.required("epoch", epoch),
        f.required("n", n), f("in_floor", in_floor), f("out_floor", out_floor), f("tenant", tenant),
        f("entity", entity), f("turn", turn), f("in", in), f("prev_seq", prev_seq), f("input", input),
        f("events", events), f("replies", replies), f("effects", effects), f("timers", timers), f("state", state),
        f("in_created", in_created), f("turn_created", turn_created), f("released", released), f("suspects", suspects),
        f("suspects_to", suspects_to), f("layout", layout), f("deaths", deaths), f("suspect_timers", suspect_timers),
        f("trying", trying), f("trying_timer", trying_timer);
  }
};

/// What stands in `DLQ`: a message or reply that was given up, with the reason.
struct dead_letter {
  std::string what; // "message" or "reply"
  std::string reason;
  uint32_t attempts = 0;
  int64_t time_ms = 0;
  bytes message; // the in_message or outgoing
  tenant_id tenant;
  entity_id entity;
  template <class F>
  void fields(F& f) {
    f.required("what", what), f.required("reason", reason), f("attempts", attempts), f("time_ms", time_ms),
        f("message", message), f("tenant", tenant), f("entity", entity);
  }
};

/// The W3C traceparent of the message that a turn was decided from; empty when there is none. Cheaper than decoding the
/// input in whole.
std::string trace_of(const turn_record&);

} // namespace steward
