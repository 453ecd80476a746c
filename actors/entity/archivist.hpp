// Keeps the archive of past conversations beside the store, and searches it. Takes: from the store, which conversations
// have something new; `engine.<p>.search`; its own tick. It has a thread of its own, of the lowest priority, and works
// a fifth of the time at most, and a fiftieth in a rush: a search may be behind, the customers are not. What it was
// told and had not done when the process died it finds by comparing all conversations with the archive, slowly, once.
#pragma once
#include "actors/engine.hpp"

#include <deque>
#include <unordered_set>

namespace steward {

struct archivist_state {
  static inline const char* name = "archivist";
  engine_ptr env;
  std::deque<archive_news> due; // in order, each conversation once
  std::unordered_set<std::string> waiting;
  bool look_again = true; // something may have been missed: compare all
  bool looking = false;
  std::string from; // how far
  int64_t not_before_ms = 0;
  int64_t heard = 0, heard_since_ms = 0; // turns

  void take(archive_news);
  void work();
  void compare();
  bool is_rush(int64_t now_ms);
  void answer(const bus_message&);
};

archive_actor::behavior_type run_archivist(archive_actor::stateful_pointer<archivist_state> self, engine_ptr);

} // namespace steward
