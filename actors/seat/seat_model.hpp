// The seat of one person on duty: whether they are there, what they hold, and the feed that all their devices follow.
// Pure. Persisted: golden bytes in tests/golden.
#pragma once
#include "actors/entity/entity_model.hpp"
#include "messages/seat.hpp"

namespace steward {

struct seat_queue {
  std::string queue;
  uint64_t heard = 0; // gifts of this queue
  template <class F>
  void fields(F& f) {
    f.required("queue", queue), f("heard", heard);
  }
};

struct seat_data {
  std::string seat, name;
  presence is = presence::home;
  std::string reason; // of being away
  uint32_t capacity = 0, misses = 0;
  bool without_beat = false;
  std::vector<std::string> skills, languages;
  std::vector<seat_queue> queues;  // also those that it left: their count goes on
  std::vector<std::string> active; // of them, those that it works for
  std::vector<held_row> held;
  uint64_t feed_seq = 0;
  int64_t lost_ms = 0; // since when it is lost
  template <class F>
  void fields(F& f) {
    f("seat", seat), f("name", name), f("is", is), f("reason", reason), f("capacity", capacity), f("misses", misses),
        f("without_beat", without_beat), f("skills", skills), f("languages", languages), f("queues", queues),
        f("active", active), f("held", held), f("feed_seq", feed_seq), f("lost_ms", lost_ms);
  }
};

/// Body of every event of a seat but `item`, whose body is a feed_item.
struct seat_change {
  seat_data now;     // signed: who, presence, capacity, skills, queues; the rest is not looked at
  held_row held;     // holds; drafted; slept (until_ms; 0: awake); freed (its conversation)
  std::string queue; // counted: one more gift of this queue
  uint32_t misses = 0;
  template <class F>
  void fields(F& f) {
    f("now", now), f("held", held), f("queue", queue), f("misses", misses);
  }
};

namespace seat_limits {
inline constexpr int64_t lost_for_ms = 120'000; // after it what a lost seat holds goes back to its queue
inline constexpr uint32_t capacity = 3, most_capacity = 20;
inline constexpr int64_t longest_sleep_ms = 31LL * 24 * 3600 * 1000;
inline constexpr size_t draft_bytes = 1000, text_bytes = 400; // of a draft; of texts in the feed
} // namespace seat_limits

entity_kind_definition seat_kind();

} // namespace steward
