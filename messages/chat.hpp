// What customers, platform teams and pages exchange with Steward.
#pragma once
#include "messages/codec.hpp"
#include "messages/ids.hpp"

#include <vector>

namespace steward {

/// Request on `say.<tenant>.<channel>.<peer>` and body of POST /v1/{tenant}/conversations/{id}/messages: a customer's
/// message. Send it again with the same id when no answer came: it counts once.
struct say_request {
  std::string id;       // the sender's, 1 to 200 bytes
  std::string text;     // UTF-8, 1 to 4000 characters
  std::string account;  // of the channel, where one channel serves several
  std::string customer; // what the company calls this customer, when it knows
  std::string language; // ISO 639-1, when the sender knows
  int64_t time_ms = 0;  // the sender's clock, Unix milliseconds; kept, never trusted
  template <class F>
  void fields(F& f) {
    f.required("id", id), f.required("text", text), f("account", account), f("customer", customer),
        f("language", language), f("time_ms", time_ms);
  }
};

/// Request on `event.<tenant>.<type>`: something that happened to a customer.
struct event_request {
  std::string id;
  std::string customer;
  int64_t time_ms = 0;
  value data; // any map
  template <class F>
  void fields(F& f) {
    f.required("id", id), f.required("customer", customer), f("time_ms", time_ms), f("data", data);
  }
};

/// What went wrong, in every answer that can fail.
struct problem {
  std::string code; // name of an errc
  std::string message;
  bool empty() const { return code.empty(); }
  template <class F>
  void fields(F& f) {
    f.required("code", code), f.required("message", message);
  }
};

/// Answer to say and event: `ok` only after the log has it.
struct accept_ack {
  bool ok = false;
  std::string id;         // the sender's own
  entity_id conversation; // conversation or customer that it went to
  problem error;
  int64_t retry_after_ms = 0; // with `overloaded` and `unavailable`
  template <class F>
  void fields(F& f) {
    f.required("ok", ok), f("id", id), f("conversation", conversation), f("error", error),
        f("retry_after_ms", retry_after_ms);
  }
};

/// Command `sign_in` to a page visitor's conversation: whose it is from now on. It goes on in that customer's.
struct sign_in_command {
  peer_id peer;         // of the customer's conversation, on the same channel
  std::string customer; // what the company calls this customer
  std::string name;
  template <class F>
  void fields(F& f) {
    f.required("peer", peer), f.required("customer", customer), f("name", name);
  }
};

enum class speaker : uint8_t { customer = 0, ai = 1, person = 2, system = 3 };
std::string_view to_string(speaker);
bool from_string(std::string_view, speaker&);

enum class reply_kind : uint8_t {
  answer = 0,
  choice = 1,
  unknown = 2,
  handover = 3,
  message = 4,
  notice = 5,
  trouble = 6
};
std::string_view to_string(reply_kind);
bool from_string(std::string_view, reply_kind&);

struct citation {
  std::string article;
  std::string title;
  std::string passage; // heading, may be empty
  std::string source;
  template <class F>
  void fields(F& f) {
    f.required("article", article), f("title", title), f("passage", passage), f("source", source);
  }
};

/// On `reply.<tenant>.<channel>.<peer>`, and in the feed: what Steward says to a customer. The same id is the same
/// reply.
struct reply_message {
  std::string id; // "<conversation>:<turn>:<k>"
  entity_id conversation;
  peer_id peer;
  std::string account;
  std::string in_reply_to; // the sender's id of the message that it answers
  reply_kind kind = reply_kind::answer;
  speaker by = speaker::ai;
  std::string text; // safe Markdown subset
  std::vector<std::string> choices;
  std::vector<citation> citations;
  double confidence = 0;
  uint64_t seq = 0; // of the feed
  int64_t time_ms = 0;
  std::string name; // of the person who speaks, where they gave one
  template <class F>
  void fields(F& f) {
    f.required("id", id), f.required("conversation", conversation), f("peer", peer), f("account", account),
        f("in_reply_to", in_reply_to), f.required("kind", kind), f.required("by", by), f.required("text", text),
        f("choices", choices), f("citations", citations), f("confidence", confidence), f("seq", seq),
        f("time_ms", time_ms), f("name", name);
  }
};

/// One line of a conversation's or a seat's feed. `seq` counts from 1 without gaps.
struct feed_item {
  uint64_t seq = 0;
  int64_t time_ms = 0;
  speaker by = speaker::customer;
  std::string id; // the sender's message id, or the reply id
  std::string text;
  std::string kind; // of a reply
  std::string in_reply_to;
  std::vector<std::string> choices;
  std::vector<citation> citations;
  double confidence = 0;
  std::string trace; // W3C traceparent of the message that caused it
  std::string name;  // of the person who speaks
  // Of a seat's feed (messages/seat.hpp).
  entity_id conversation;
  std::string queue;
  int64_t until_ms = 0;
  template <class F>
  void fields(F& f) {
    f.required("seq", seq), f("time_ms", time_ms), f.required("by", by), f("id", id), f.required("text", text),
        f("kind", kind), f("in_reply_to", in_reply_to), f("choices", choices), f("citations", citations),
        f("confidence", confidence), f("trace", trace), f("name", name), f("conversation", conversation),
        f("queue", queue), f("until_ms", until_ms);
  }
};

/// Request on `engine.<p>.feed`, answered by the partition's owner.
struct feed_request {
  tenant_id tenant;
  entity_id conversation;
  uint64_t from = 1; // first sequence number wanted
  uint32_t limit = 200;
  template <class F>
  void fields(F& f) {
    f.required("tenant", tenant), f.required("conversation", conversation), f("from", from), f("limit", limit);
  }
};

struct feed_page {
  entity_id conversation;
  std::string mode; // who may speak: ai, waiting, person, closed
  std::vector<feed_item> items;
  uint64_t next = 1; // ask from here next time
  problem error;
  std::string name;              // of the person who has the conversation
  uint32_t place = 0;            // in the queue, from 1, as it was last told; 0: does not wait, or not known
  uint32_t from_s = 0, to_s = 0; // of who waits: four times of five it still takes so long; 0, 0: not known
  template <class F>
  void fields(F& f) {
    f("conversation", conversation), f("mode", mode), f.required("items", items), f.required("next", next),
        f("error", error), f("name", name), f("place", place), f("from_s", from_s), f("to_s", to_s);
  }
};

} // namespace steward
