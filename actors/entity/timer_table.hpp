// The timers that are set in a partition's entities, as far as their records are known. Pure.
#pragma once
#include "messages/record.hpp"

#include <map>
#include <unordered_map>

namespace steward {

/// Not thread-safe. A timer is named by (entity, name, due_ms) and comes out of take_due() once.
class timer_table {
public:
  struct due_timer {
    tenant_id tenant;
    entity_id entity;
    timer what;
  };

  void clear();
  /// All timers of the entity after the record at `seq`. Ignored when a later record of it is known.
  void set(const tenant_id&, const entity_id&, uint64_t seq, const std::vector<timer>&);
  /// Every record before the ones that come in order from now on is known: entities without timers are forgotten.
  void older_are_known();
  std::vector<due_timer> take_due(int64_t now_ms);
  bool has(const entity_id&, const timer&) const;
  void remove(const entity_id&, const timer&);
  size_t size() const { return schedule_.size(); } // entities with a timer to come

private:
  struct slot {
    timer what;
    bool taken = false;
  };
  struct entry {
    uint64_t number = 0; // ties of due times are broken by it, so that runs repeat
    uint64_t seq = 0;
    int64_t scheduled = 0;
    bool is_scheduled = false;
    tenant_id tenant;
    std::vector<slot> timers;
  };
  using table = std::unordered_map<entity_id, entry>;
  void unschedule(entry&);
  void schedule(table::iterator);

  table entities_;
  std::map<std::pair<int64_t, uint64_t>, table::value_type*> schedule_; // the earliest of each entity
  uint64_t next_number_ = 0;
  bool keep_empty_ = true;
};

} // namespace steward
