// Where conversations stand in their queues now, for pages that show it while somebody waits. Each queue is read at
// most once a second, however many look; nothing of it enters the log. Thread-safe.
#pragma once
#include "actors/seat/queue_state.hpp"

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <unordered_map>

namespace steward {

struct live_place {
  uint32_t place = 0;            // from 1; 0: not known
  uint32_t from_s = 0, to_s = 0; // how long it will still take, four times of five; 0, 0: not known
  bool operator==(const live_place&) const = default;
};

class live_places : public std::enable_shared_from_this<live_places> {
public:
  /// Reads a queue and calls back once, on any thread; nothing where it cannot be read now.
  using read_queue =
      std::function<void(const tenant_id&, const std::string& queue, std::function<void(std::optional<queue_data>)>)>;
  live_places(read_queue, std::function<int64_t()> now_ms);

  /// `done` is called once, perhaps at once: nothing where it stands in none of these queues, or not in a queue's head,
  /// who alone are known by name.
  void find(const tenant_id&, std::vector<std::string> queues, const entity_id& conversation,
            std::function<void(live_place)> done);

private:
  struct queue_table {
    std::optional<int64_t> read_ms;
    bool reading = false;
    std::unordered_map<std::string, uint32_t> places;
    wait_memory waits;                          // none while nobody is on duty
    std::vector<std::function<void()>> waiting; // for this reading
  };
  void look(const tenant_id&, std::vector<std::string> queues, size_t at, const entity_id&,
            std::function<void(live_place)> done);
  live_place place_in(const queue_table&, const entity_id&) const;
  void has_read(const tenant_id&, const std::string& queue, const std::optional<queue_data>&);

  static constexpr int64_t fresh_ms = 1000;
  read_queue read_;
  std::function<int64_t()> now_ms_;
  std::mutex mutex_; // of the tables; nothing is called while it is held
  std::map<std::pair<std::string, std::string>, queue_table> tables_; // tenant, queue
};

} // namespace steward
