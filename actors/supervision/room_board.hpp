// How the actors do that a supervisor watches (partitions, and those that stand alone: doors, the store, …): written by
// the supervisor, read by operators' commands.
#pragma once
#include <caf/actor_addr.hpp>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace steward {

struct room_row {
  std::string name;
  bool running = false;
  uint64_t restarts = 0;
  int64_t since_ms = 0; // steady, of the present actor
};

/// Thread-safe.
class room_board {
public:
  void begins(const std::string& name, caf::actor_addr, int64_t now_ms, bool vital);
  /// Was it ended by `end`?
  bool failed(const std::string& name);
  std::vector<room_row> all() const;

  enum class found { ended, vital, nobody };
  /// Ends it as a failure would, which does not count as one; its supervisor makes another. One without a second life
  /// is left alone.
  found end(const std::string& name);

private:
  struct place {
    caf::actor_addr actor;
    room_row row;
    bool vital = false, asked = false;
  };
  mutable std::mutex mutex_;
  std::map<std::string, place> places_;
};

} // namespace steward
