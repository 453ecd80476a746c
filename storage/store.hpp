// What survives on a node, as tables of ordered keys. Everything here is a cache of the log and can be rebuilt from it;
// a batch is atomic and batches survive in order (after a crash a prefix of them is there). Calls block on the disk:
// never on a scheduler thread. Thread-safe.
#pragma once
#include "messages/result.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace steward {

enum class table : uint8_t {
  meta = 0,     // markers: how far a fold has come
  entity = 1,   // partition, entity -> entity_row
  turns = 2,    // entity, turn -> the record as it stands in the log
  waiting = 3,  // partition, entity: conversations that wait for a person
  articles = 4, // tenant, article -> article
  vectors = 5,  // model, text hash -> embedding
  tenants = 6,  // tenant, version -> tenant_version
  archive = 7,  // partition, conversation -> archive_row: which words of it can be found
  words = 8,    // partition, tenant, word, newest first, conversation: nothing
};
inline constexpr size_t table_count = 9;

struct write_batch {
  struct entry {
    table in;
    std::string key;
    std::optional<std::string> value; // absent: delete
  };
  std::vector<entry> entries;
  void put(table t, std::string key, std::string value) { entries.push_back({t, std::move(key), std::move(value)}); }
  void erase(table t, std::string key) { entries.push_back({t, std::move(key), std::nullopt}); }
  bool empty() const { return entries.empty(); }
};

enum class scan_order { ascending, descending };

class store {
public:
  virtual ~store() = default;
  virtual result<std::optional<std::string>> get(table, std::string_view key) = 0;
  virtual status write(write_batch) = 0;
  /// Keys that begin with `prefix`, in order, from `from` on (a full key; empty: from the end that the order begins
  /// at), until `visit` returns false.
  virtual status scan(table, std::string_view prefix, std::string_view from, scan_order,
                      const std::function<bool(std::string_view key, std::string_view value)>& visit) = 0;
  /// All keys with this prefix.
  virtual status erase_prefix(table, std::string_view prefix) = 0;
  /// What was erased between these keys (both included) leaves the disk too, and the store's own log of all writes.
  /// Slow: for what must be gone, not to save room.
  virtual status scour(table, std::string_view first, std::string_view last) = 0;
  virtual uint64_t bytes_on_disk() = 0;
};

/// In memory: for tests and as the contract's other implementation.
std::unique_ptr<store> make_memory_store();

/// RocksDB in `folder`, which is made. errc::conflict when another engine holds it; on corruption the files are set
/// aside
/// (`folder.corrupt-N`) and an empty store is opened, since the log has everything; `notice` then says so.
struct opened_store {
  std::shared_ptr<store> it;
  std::string notice;
};
/// What a store does when the disk takes nothing more. A write that was left out would be a hole that later ones hide,
/// so it waits; and once it has given up, every later write fails too. Reads go on. Callbacks come on the writing
/// thread.
struct store_patience {
  std::chrono::milliseconds most{0}; // how long a write waits for space
  uint64_t free_bytes = 64 << 20;    // below it the disk counts as full: RocksDB is never let run into its end
  std::function<void(const failure&)> waits, gives_up;
  std::function<void()> goes_on;
  std::function<bool()> hurry; // true: do not wait any longer
};
result<opened_store> open_rocks_store(const std::string& folder, store_patience = {});

} // namespace steward
