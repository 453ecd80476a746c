// What stands in `IN_<p>`: a message for one entity, from outside or from another entity.
#pragma once
#include "messages/codec.hpp"
#include "messages/ids.hpp"

#include <vector>

namespace steward {

/// Where a customer is reached.
struct address {
  channel_id channel;
  account_id account;
  peer_id peer;
  bool empty() const { return channel.empty(); }
  bool operator==(const address&) const = default;
  template <class F>
  void fields(F& f) {
    f("channel", channel), f("account", account), f("peer", peer);
  }
};

/// A place in a stream that may be deleted and made anew: ordered by incarnation first.
struct stream_pos {
  uint64_t incarnation = 0; // the stream's creation time, Unix nanoseconds
  uint64_t seq = 0;
  bool empty() const { return incarnation == 0 && seq == 0; }
  auto operator<=>(const stream_pos&) const = default;
  template <class F>
  void fields(F& f) {
    f("incarnation", incarnation), f("seq", seq);
  }
};

/// The sending record of a message between entities.
struct message_source {
  partition_id partition;
  stream_pos record;
  uint32_t k = 0; // which of its replies
  bool empty() const { return record.empty(); }
  bool operator==(const message_source&) const = default;
  template <class F>
  void fields(F& f) {
    f("partition", partition), f("record", record), f("k", k);
  }
};

/// What went to the same entity before, from the same partition, and travels with a later message: oldest first.
struct gathered_message {
  stream_pos record; // the sending record
  uint32_t k = 0;
  std::string topic;
  bytes body;
  bool operator==(const gathered_message&) const = default;
  template <class F>
  void fields(F& f) {
    f.required("record", record), f("k", k), f("topic", topic), f.required("body", body);
  }
};

enum class in_kind : uint8_t {
  say = 0,     // a customer's message: body is a say_request, masked
  event = 1,   // of a platform team: body is an event_request, `topic` its type
  command = 2, // of an operator or a seat: `topic` is the verb ("reply", "close")
  entity = 3,  // from another entity: `topic` says what
  timer = 4,   // never in the stream: a timer that is due, `topic` its name
  give_up = 5, // never in the stream: stands for a message that broke its entity three times, `topic` the reason
};
std::string_view to_string(in_kind);
bool from_string(std::string_view, in_kind&);

struct in_message {
  uint32_t schema = 1;
  in_kind kind = in_kind::say;
  tenant_id tenant;
  entity_id entity;
  message_id id;
  address from;            // of a customer's message
  message_source source;   // of a message between entities
  std::string topic;       // by kind
  std::string trace;       // W3C traceparent
  int64_t accepted_ms = 0; // the engine's clock at the door
  bytes body;
  std::vector<gathered_message> gathered; // of a message between entities whose sender lets them wait for each other
  template <class F>
  void fields(F& f) {
    f.required("schema", schema), f.required("kind", kind), f.required("tenant", tenant), f.required("entity", entity),
        f.required("id", id), f("from", from), f("source", source), f("topic", topic), f("trace", trace),
        f("accepted_ms", accepted_ms), f("body", body), f("gathered", gathered);
  }
};

} // namespace steward
