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
  std::vector<timeline_entry> recent; // newest last, at most 20; the whole timeline is the log
  template <class F>
  void fields(F& f) {
    f("reference", reference), f("events", events), f("recent", recent);
  }
};

entity_kind_definition customer_kind();

} // namespace steward
