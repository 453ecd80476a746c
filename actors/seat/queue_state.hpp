// What a queue is folded from. Persisted: golden bytes in tests/golden. Field names are short: with thousands waiting
// they are most of the state.
#pragma once
#include "actors/seat/wait_estimate.hpp"
#include "messages/record.hpp"
#include "messages/seat.hpp"

namespace steward {

struct queue_entry {
  wait_ticket ticket;
  uint64_t number = 0;   // in order of coming
  std::string offered;   // to this seat
  int64_t until_ms = 0;  // when the offer ends
  std::string tried;     // the seat that missed or declined it last
  bool declined = false; // `tried` said no
  template <class F>
  void fields(F& f) {
    f.required("k", ticket), f.required("n", number), f("o", offered), f("u", until_ms), f("r", tried),
        f("d", declined);
  }
};

struct queue_seat {
  std::string seat, name;
  presence is = presence::home;
  uint32_t free = 0; // as the seat told, when it had heard of `heard` gifts
  uint64_t heard = 0, given = 0;
  uint32_t misses = 0; // in a row
  int64_t given_ms = 0;
  std::vector<std::string> skills, languages;
  template <class F>
  void fields(F& f) {
    f.required("s", seat), f("a", name), f("p", is), f("f", free), f("h", heard), f("g", given), f("m", misses),
        f("t", given_ms), f("k", skills), f("l", languages);
  }
};

struct shelf_row {
  uint64_t number = 0;
  uint32_t count = 0;
  std::vector<std::string> needs; // "skill/language" of what lies there, each once
  template <class F>
  void fields(F& f) {
    f.required("n", number), f.required("c", count), f("e", needs);
  }
};

struct past_gift {
  uint64_t conversation = 0; // hash64
  std::string seat;
  template <class F>
  void fields(F& f) {
    f.required("c", conversation), f.required("s", seat);
  }
};

/// Order of service: `head`, the shelves in their order, `back`. Only what is in the head is offered and shown.
struct queue_data {
  std::string name;
  uint64_t last_number = 0, last_shelf = 0;
  std::vector<queue_entry> head, back;
  std::vector<queue_seat> seats; // present and away; not those at home
  std::vector<shelf_row> shelves;
  uint64_t fetching = 0;       // the shelf that was asked for
  std::vector<past_gift> past; // the last 64
  wait_memory waits;
  template <class F>
  void fields(F& f) {
    f("name", name), f("last_number", last_number), f("last_shelf", last_shelf), f("head", head), f("back", back),
        f("seats", seats), f("shelves", shelves), f("fetching", fetching), f("past", past), f("waits", waits);
  }
};

/// Body of every event of a queue; which fields count depends on its name.
struct queue_change {
  std::string name;                 // queued: of the queue
  queue_entry entry;                // queued
  bool back = false;                // queued: not into the head; shelved: before the other shelves if false
  entity_id conversation;           // left, offered, returned, given, blanked
  std::string seat;                 // offered, returned, given
  int64_t time_ms = 0;              // offered: its end; given: now
  bool missed = false;              // returned
  bool declined = false;            // returned
  seat_state state;                 // seated
  shelf_row shelf;                  // shelved, asked, fetched
  std::vector<uint64_t> numbers;    // shelved, moved: of the entries
  std::vector<wait_ticket> tickets; // fetched
  template <class F>
  void fields(F& f) {
    f("name", name), f("entry", entry), f("back", back), f("conversation", conversation), f("seat", seat),
        f("time_ms", time_ms), f("missed", missed), f("declined", declined), f("state", state), f("shelf", shelf),
        f("numbers", numbers), f("tickets", tickets);
  }
};

namespace queue_event {
inline constexpr const char* queued = "queued";
inline constexpr const char* left = "left";
inline constexpr const char* offered = "offered";
inline constexpr const char* returned = "returned"; // an offer ended without a yes
inline constexpr const char* given = "given";       // somebody won
inline constexpr const char* seated = "seated";     // a seat told how it is
inline constexpr const char* shelved = "shelved";
inline constexpr const char* asked = "asked"; // a shelf for what lies there
inline constexpr const char* fetched = "fetched";
inline constexpr const char* moved = "moved";     // from the back to the head
inline constexpr const char* blanked = "blanked"; // what the customer said is gone; the ticket stands
} // namespace queue_event

void fold_queue(queue_data&, const event_entry&);
std::string need_of(const wait_ticket&);
/// How many more this seat may be offered: what it told, less what is on its way to it.
int64_t room_of(const queue_data&, const queue_seat&);

/// A shelf: tickets that a queue laid down.
struct shelf_data {
  entity_id queue;
  uint64_t number = 0;
  std::vector<wait_ticket> tickets;
  template <class F>
  void fields(F& f) {
    f("queue", queue), f("number", number), f("tickets", tickets);
  }
};

} // namespace steward
