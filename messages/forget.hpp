// Forgetting a customer: what entities are told, what stands in stream FORGET, and what operators read of it. Nothing
// here is personal: customers and conversations stand in it by the hashes that name their entities.
#pragma once
#include "messages/chat.hpp"
#include "messages/envelope.hpp"

#include <map>
#include <optional>

namespace steward {

/// Topic of a command to an entity: let go of the words of these. Its record carries the whole state, so that what the
/// log has of the entity before it can be erased.
inline constexpr const char* forget_topic = "forget";
struct forget_command {
  std::string receipt;
  std::vector<entity_id> of;
  template <class F>
  void fields(F& f) {
    f.required("receipt", receipt), f.required("of", of);
  }
  bool names(const entity_id&) const;
};
/// Absent: the message is none of these.
std::optional<forget_command> read_forget(const in_message&);
inline bool is_forget(const in_message& m) { return m.kind == in_kind::command && m.topic == forget_topic; }

enum class forget_step : uint8_t {
  ordered = 0, // somebody asked: `of`
  settled = 1, // they have let go, and nothing of them is under way any more: what is to be erased stands at or below
               // `bounds`
  erased = 2,  // from the log: `clean`, `counts`
  cleaned = 3, // from the store of `node`: `counts`
};
std::string_view to_string(forget_step);
bool from_string(std::string_view, forget_step&);

/// How far a partition's log can hold something: its last sequences, and who wrote the record there.
struct forget_bound {
  partition_id partition;
  uint64_t in = 0, turn = 0;
  uint64_t epoch = 0, n = 0; // of that record of TURN
  template <class F>
  void fields(F& f) {
    f("partition", partition), f("in", in), f("turn", turn), f("epoch", epoch), f("n", n);
  }
};

/// A record in which an entity let go: what it wrote before the last of them is to go, what comes after is a new life.
struct forget_place {
  entity_id entity;
  uint64_t seq = 0, epoch = 0, n = 0, turn = 0;
  template <class F>
  void fields(F& f) {
    f.required("entity", entity), f("seq", seq), f("epoch", epoch), f("n", n), f("turn", turn);
  }
};

/// Message in stream FORGET, on `forget.<tenant>.<receipt>`: a step that was reached. A step may stand there twice,
/// when who carried it out died in between.
struct forget_note {
  uint32_t schema = 1;
  forget_step step = forget_step::ordered;
  std::string receipt;
  tenant_id tenant;
  int64_t time_ms = 0;
  std::string by;                         // ordered: who asked
  std::vector<entity_id> of;              // ordered, erased; the customer's own entity and conversations
  std::vector<forget_bound> bounds;       // settled, erased
  uint64_t replies = 0, letters = 0;      // settled: last sequences of REPLY and DLQ
  std::vector<forget_place> clean;        // erased: of those in `of`, and of others who had words of theirs
  std::map<std::string, uint64_t> counts; // erased: by what it was; cleaned: rows
  node_id node;                           // cleaned
  template <class F>
  void fields(F& f) {
    f.required("schema", schema), f.required("step", step), f.required("receipt", receipt),
        f.required("tenant", tenant), f("time_ms", time_ms), f("by", by), f("of", of), f("bounds", bounds),
        f("replies", replies), f("letters", letters), f("clean", clean), f("counts", counts), f("node", node);
  }
};

// ops.one.forget (tenant, name: the customer, or entity: a conversation; filter "dry_run": only say what would go; by)
// -> forget_receipt; ops.one.forgotten (tenant or none, name: a receipt or none) -> forget_list
struct forget_receipt {
  std::string receipt; // empty: a dry run
  tenant_id tenant;
  std::string state; // dry_run, ordered, settled, erased, done
  int64_t ordered_ms = 0, erased_ms = 0;
  std::string by;
  uint64_t conversations = 0;
  std::map<std::string, uint64_t> erased;  // by what it was: messages, records, replies, dead_letters
  std::map<std::string, uint64_t> cleaned; // node -> rows of its store
  std::vector<node_id> waits_for;          // living nodes whose store is not cleaned yet
  problem error;
  template <class F>
  void fields(F& f) {
    f("receipt", receipt), f("tenant", tenant), f("state", state), f("ordered_ms", ordered_ms),
        f("erased_ms", erased_ms), f("by", by), f("conversations", conversations), f("erased", erased),
        f("cleaned", cleaned), f("waits_for", waits_for), f("error", error);
  }
};
struct forget_list {
  std::vector<forget_receipt> rows; // newest first
  problem error;
  template <class F>
  void fields(F& f) {
    f.required("rows", rows), f("error", error);
  }
};

} // namespace steward
