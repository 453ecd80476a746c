// What people on duty and Steward say to each other, and what conversation, queue and seat tell each other about it.
//
// Requests go to `seat.<tenant>.<seat>.<verb>` and carry a seat_request. Verbs that change something are answered with
// an accept_ack once the log has them, like `say`; what came of it stands in the seat's feed. An id that comes again
// counts once. messages/README.md lists the verbs.
#pragma once
#include "messages/chat.hpp"
#include "messages/ops.hpp"

namespace steward {

struct seat_request {
  std::string id;         // the sender's, of verbs that change something
  entity_id conversation; // which one it is about
  std::string text;       // of say, note, draft
  std::string queue;      // of pass and queue
  std::string seat;       // of pass: to whom
  std::string reason;     // of away, pass
  std::string code;       // of close: the wrap-up code
  uint64_t turn = 0;      // of say: the conversation's last turn that was seen; 0: does not mind
  uint64_t from = 1;      // of feed, read
  uint32_t limit = 200;   // of feed, queue, search
  // Of join.
  std::string name; // how customers know this person; also of reopen, join_in, take_over
  std::vector<std::string> queues, skills, languages;
  uint32_t capacity = 0;     // conversations at once; 0: 3
  bool without_beat = false; // a program that sends no heartbeats: it is never taken for lost
  int64_t for_ms = 0;        // of say: it may be undone for so long; of snooze: it sleeps for so long
  std::string of;            // of undo: the id of that say; empty: the last one
  template <class F>
  void fields(F& f) {
    f("id", id), f("conversation", conversation), f("text", text), f("queue", queue), f("seat", seat),
        f("reason", reason), f("code", code), f("turn", turn), f("from", from), f("limit", limit), f("name", name),
        f("queues", queues), f("skills", skills), f("languages", languages), f("capacity", capacity),
        f("without_beat", without_beat), f("for_ms", for_ms), f("of", of);
  }
};

enum class presence : uint8_t { home = 0, available = 1, away = 2, leaving = 3 };
std::string_view to_string(presence);
bool from_string(std::string_view, presence&);

/// Body of commands of a seat in the log.
struct seat_command {
  std::string seat; // from the subject: who may use it is the bus's business
  seat_request ask;
  template <class F>
  void fields(F& f) {
    f.required("seat", seat), f.required("ask", ask);
  }
};

/// A conversation that waits: what a queue decides by. Names are short, for thousands of them stand in one state.
struct wait_ticket {
  entity_id conversation;
  uint64_t wait = 0;     // the conversation's turn at which it began: an older ticket is void
  int64_t since_ms = 0;  // kept when it comes back from a seat that vanished
  uint32_t priority = 0; // higher first
  std::string skill, language;
  std::string wanted; // a seat that it was passed to
  std::string text;   // beginning of what the customer said last
  // By the queue. 0: not told, since it came back or nobody was on duty.
  uint32_t place = 0;            // when it came
  uint32_t from_s = 0, to_s = 0; // how long it was expected to wait
  template <class F>
  void fields(F& f) {
    f.required("c", conversation), f.required("w", wait), f("t", since_ms), f("p", priority), f("s", skill),
        f("l", language), f("f", wanted), f("x", text), f("n", place), f("a", from_s), f("b", to_s);
  }
};

// Between conversation, queue, seat and shelf, by topic:
//
//   conversation -> queue   wait (queue, ticket), leave (ticket)
//   queue -> conversation   given (queue, ticket, seat, name), place (ticket, number)
//   queue -> seat           offer (queue, ticket, until_ms, text: why), missed, withdrawn, lost (ticket, seat: who has
//                           it), refused (reason), take (queue, ticket, id: are you there?)
//   seat -> queue           seat (state), take (queue, ticket, seat, id: behind the seat's state)
//   conversation -> seat    began (text: the summary), void, message, said, held (until_ms), undone, noted,
//                           joined, left, unblocked, ended (reason), refused (reason)
//   seat -> conversation    requeue (seat, reason)
//   customer -> conversation  customer_ended (from, number: stars)
//   queue -> shelf          keep (queue, number, tickets), give
//   shelf -> queue          shelf (number, tickets)

/// What a seat tells its queues.
struct seat_state {
  std::string seat, name;
  presence is = presence::home;
  uint32_t free = 0;  // how many more it could take
  uint64_t heard = 0; // gifts of this queue that are counted in `free`
  std::vector<std::string> skills, languages;
  template <class F>
  void fields(F& f) {
    f.required("seat", seat), f("name", name), f.required("is", is), f("free", free), f("heard", heard),
        f("skills", skills), f("languages", languages);
  }
};
struct duty_note {
  std::string queue, seat, name;
  wait_ticket ticket;
  uint64_t number = 0; // a place, a shelf, or stars
  int64_t until_ms = 0;
  std::string text, reason;
  std::string id; // the request that it answers
  entity_id from; // a queue that shelves
  seat_state state;
  std::vector<wait_ticket> tickets;
  template <class F>
  void fields(F& f) {
    f("queue", queue), f("seat", seat), f("name", name), f("ticket", ticket), f("number", number),
        f("until_ms", until_ms), f("text", text), f("reason", reason), f("id", id), f("from", from), f("state", state),
        f("tickets", tickets);
  }
};

// seat.<tenant>.<seat>.queue -> queue_view
struct queue_row {
  entity_id conversation;
  uint32_t place = 0; // from 1
  int64_t since_ms = 0;
  uint32_t priority = 0;
  std::string skill, language, text;
  std::string offered; // to this seat just now
  template <class F>
  void fields(F& f) {
    f.required("conversation", conversation), f.required("place", place), f("since_ms", since_ms),
        f("priority", priority), f("skill", skill), f("language", language), f("text", text), f("offered", offered);
  }
};
struct duty_row {
  std::string seat, name;
  presence is = presence::home;
  uint32_t free = 0;
  template <class F>
  void fields(F& f) {
    f.required("seat", seat), f("name", name), f.required("is", is), f("free", free);
  }
};
struct queue_view {
  std::string queue, mode; // pick, offer
  uint64_t waiting = 0;    // all of them; `rows` has those at the head
  std::vector<queue_row> rows;
  std::vector<duty_row> seats;
  problem error;
  uint32_t from_s = 0, to_s = 0; // four of five who come now will wait so long; 0, 0: not known yet
  template <class F>
  void fields(F& f) {
    f("queue", queue), f("mode", mode), f.required("waiting", waiting), f.required("rows", rows), f("seats", seats),
        f("error", error), f("from_s", from_s), f("to_s", to_s);
  }
};

// seat.<tenant>.<seat>.me -> seat_view
struct held_row {
  entity_id conversation;
  int64_t since_ms = 0;
  std::string queue, draft;
  int64_t until_ms = 0; // it sleeps until then, and takes no room
  template <class F>
  void fields(F& f) {
    f.required("conversation", conversation), f("since_ms", since_ms), f("queue", queue), f("draft", draft),
        f("until_ms", until_ms);
  }
};
struct seat_view {
  std::string seat, name;
  presence is = presence::home;
  std::string reason;
  uint32_t capacity = 0;
  std::vector<std::string> queues;
  std::vector<held_row> held;
  uint64_t next = 1; // of the feed: what comes from now on
  entity_id entity;  // `feed.<tenant>.<entity>` says that the feed grew
  problem error;
  template <class F>
  void fields(F& f) {
    f("seat", seat), f("name", name), f.required("is", is), f("reason", reason), f("capacity", capacity),
        f("queues", queues), f("held", held), f("next", next), f("entity", entity), f("error", error);
  }
};

// seat.<tenant>.<seat>.read (conversation) -> seat_conversation
struct private_note {
  std::string by, text;
  int64_t time_ms = 0;
  template <class F>
  void fields(F& f) {
    f.required("by", by), f.required("text", text), f("time_ms", time_ms);
  }
};
struct seat_conversation {
  conversation_row row;
  std::vector<feed_item> items;
  std::vector<private_note> notes;
  problem error;
  template <class F>
  void fields(F& f) {
    f("row", row), f.required("items", items), f("notes", notes), f("error", error);
  }
};

// seat.<tenant>.<seat>.search (text, limit) -> seat_found
struct found_conversation {
  conversation_row row;
  std::string snippet; // around the words, from the line that holds most of them
  speaker by = speaker::customer;
  std::string name; // of the person who said it
  int64_t time_ms = 0;
  template <class F>
  void fields(F& f) {
    f.required("row", row), f("snippet", snippet), f("by", by), f("name", name), f("time_ms", time_ms);
  }
};
struct seat_found {
  std::vector<found_conversation> found; // newest first
  bool more = false;                     // there are others, or may be: older ones
  uint32_t missing = 0;                  // parts of the archive that nobody answered for just now
  problem error;
  template <class F>
  void fields(F& f) {
    f.required("found", found), f("more", more), f("missing", missing), f("error", error);
  }
};

// seat.<tenant>.<seat>.texts (conversation, language) -> canned_texts, with the variables filled in
struct canned_texts {
  std::map<std::string, std::string> texts;
  problem error;
  template <class F>
  void fields(F& f) {
    f.required("texts", texts), f("error", error);
  }
};

/// On `typing.<tenant>.<conversation>`; nothing durable.
struct typing_note {
  speaker by = speaker::customer;
  std::string name;
  template <class F>
  void fields(F& f) {
    f.required("by", by), f("name", name);
  }
};

} // namespace steward
