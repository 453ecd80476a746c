// The customer: a timeline of what happened to one, over all channels. Pure.
#pragma once
#include "actors/entity/entity_model.hpp"

namespace steward {

struct timeline_entry {
  int64_t time_ms = 0;
  std::string what; // event type, or "conversation"
  std::string id;   // the platform team's id, or the conversation
  value data;
  template <class F>
  void fields(F& f) {
    f("time_ms", time_ms), f.required("what", what), f("id", id), f("data", data);
  }
};

struct customer_data {
  std::string reference;
  uint64_t events = 0;
  std::vector<timeline_entry> recent;   // newest last, at most 20 and 256 KiB; the whole timeline is the log
  std::vector<entity_id> conversations; // the newest last, at most 20
  std::string blocked;                  // by whom; empty: not blocked
  template <class F>
  void fields(F& f) {
    f("reference", reference), f("events", events), f("recent", recent), f("conversations", conversations),
        f("blocked", blocked);
  }
};

/// Body of the events `met` (a conversation), `blocked` and `unblocked` (by).
struct customer_change {
  entity_id conversation;
  std::string by;
  template <class F>
  void fields(F& f) {
    f("conversation", conversation), f("by", by);
  }
};

entity_kind_definition customer_kind();

} // namespace steward
