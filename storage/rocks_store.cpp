// The only file that includes RocksDB. Writes are not synced: the log is the truth, and RocksDB's own log keeps batches
// in order.
#include "storage/store.hpp"

#include <array>
#include <atomic>
#include <filesystem>
#include <mutex>
#include <rocksdb/db.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/options.h>
#include <rocksdb/table.h>
#include <rocksdb/write_batch.h>
#include <thread>

namespace steward {
namespace {

constexpr std::array<const char*, table_count> names = {"meta",    "entity",  "turns",   "waiting", "articles",
                                                        "vectors", "tenants", "archive", "words"};

failure fail(const rocksdb::Status& s) {
  if (s.IsCorruption()) return {errc::corrupt, s.ToString()};
  if (s.IsNoSpace()) return {errc::unavailable, "the disk with the data folder is full: " + s.ToString()};
  return {errc::unavailable, s.ToString()};
}

class rocks_store final : public store {
public:
  rocks_store(std::string folder, store_patience patience)
      : folder_(std::move(folder))
      , patience_(std::move(patience)) {}

  std::unique_ptr<rocksdb::DB> db;
  std::vector<rocksdb::ColumnFamilyHandle*> families; // 0 is RocksDB's own default, ours follow

  ~rocks_store() override {
    for (auto f : families) db->DestroyColumnFamilyHandle(f);
    if (db) db->Close();
  }

  rocksdb::ColumnFamilyHandle* of(table t) { return families[static_cast<size_t>(t) + 1]; }

  result<std::optional<std::string>> get(table t, std::string_view key) override {
    std::string value;
    auto s = db->Get({}, of(t), rocksdb::Slice(key.data(), key.size()), &value);
    if (s.IsNotFound()) return std::optional<std::string>{};
    if (!s.ok()) return fail(s);
    return std::optional{std::move(value)};
  }

  status write(write_batch b) override {
    rocksdb::WriteBatch out;
    for (auto& e : b.entries) {
      if (e.value)
        out.Put(of(e.in), e.key, *e.value);
      else
        out.Delete(of(e.in), e.key);
    }
    return persist(out.GetDataSize(), [&] { return db->Write({}, &out); });
  }

  status scan(table t, std::string_view prefix, std::string_view from, scan_order order,
              const std::function<bool(std::string_view, std::string_view)>& visit) override {
    std::unique_ptr<rocksdb::Iterator> i(db->NewIterator({}, of(t)));
    bool up = order == scan_order::ascending;
    auto seek = [&](std::string_view k) {
      rocksdb::Slice s(k.data(), k.size());
      up ? i->Seek(s) : i->SeekForPrev(s);
    };
    if (!from.empty())
      seek(from);
    else if (up)
      seek(prefix);
    else
      seek(std::string(prefix) + std::string(64, '\xff'));
    for (; i->Valid(); up ? i->Next() : i->Prev()) {
      auto k = i->key(), v = i->value();
      if (!std::string_view(k.data(), k.size()).starts_with(prefix)) break;
      if (!visit({k.data(), k.size()}, {v.data(), v.size()})) break;
    }
    if (!i->status().ok()) return fail(i->status());
    return success();
  }

  status erase_prefix(table t, std::string_view prefix) override {
    auto end = std::string(prefix) + std::string(64, '\xff');
    return persist(prefix.size(),
                   [&] { return db->DeleteRange({}, of(t), rocksdb::Slice(prefix.data(), prefix.size()), end); });
  }

  /// Erased rows are hidden by markers until compaction meets them. A flush of everything ends RocksDB's own logs, and
  /// a forced compaction writes the files of the range anew, the lowest ones too.
  status scour(table t, std::string_view first, std::string_view last) override {
    auto flushed = persist(0, [&] { return db->Flush({}, families); });
    if (!flushed) return flushed;
    rocksdb::CompactRangeOptions o;
    o.bottommost_level_compaction = rocksdb::BottommostLevelCompaction::kForce;
    o.exclusive_manual_compaction = false;
    rocksdb::Slice from(first.data(), first.size()), to(last.data(), last.size());
    if (auto s = db->CompactRange(o, of(t), &from, &to); !s.ok()) return fail(s);
    // The files that it replaced are removed in the background; this looks for them at once.
    db->DisableFileDeletions();
    if (auto s = db->EnableFileDeletions(true); !s.ok()) return fail(s);
    return success();
  }

  uint64_t bytes_on_disk() override {
    uint64_t sum = 0, n = 0;
    for (auto f : families)
      if (db->GetIntProperty(f, rocksdb::DB::Properties::kTotalSstFilesSize, &n)) sum += n;
    return sum;
  }

private:
  /// Is there room for `bytes` more? Asked at the disk ten times a second, and after 4 MiB.
  status has_room(size_t bytes) {
    using clock = std::chrono::steady_clock;
    std::lock_guard lock(room_mutex_);
    written_ += bytes;
    if (clock::now() < look_again_ && written_ < (4 << 20)) return success();
    std::error_code ec;
    auto space = std::filesystem::space(folder_, ec);
    if (!ec && space.available < patience_.free_bytes + bytes)
      return {errc::unavailable, "the disk with the data folder " + folder_ +
                                     " is full: " + std::to_string(space.available >> 20) + " MiB are free, " +
                                     std::to_string(patience_.free_bytes >> 20) + " are kept free"};
    look_again_ = clock::now() + std::chrono::milliseconds(100);
    written_ = 0;
    return success();
  }

  template <class F>
  status persist(size_t bytes, F write) {
    auto until = std::chrono::steady_clock::now() + patience_.most;
    for (bool waiting = false;;) {
      if (gave_up_) return {errc::unavailable, "the store has missed a write and takes no more until the next start"};
      auto ok = has_room(bytes);
      if (ok)
        if (auto s = write(); !s.ok()) ok = fail(s);
      if (ok) {
        if (waiting && patience_.goes_on) patience_.goes_on();
        return ok;
      }
      auto over = std::chrono::steady_clock::now() >= until || (patience_.hurry && patience_.hurry());
      if (over || ok.error().code == errc::corrupt) {
        if (!gave_up_.exchange(true) && patience_.gives_up) patience_.gives_up(ok.error());
        return ok;
      }
      if (!std::exchange(waiting, true) && patience_.waits) patience_.waits(ok.error());
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
  }

  std::string folder_;
  store_patience patience_;
  std::atomic<bool> gave_up_{false};
  std::mutex room_mutex_;
  std::chrono::steady_clock::time_point look_again_;
  size_t written_ = 0;
};

rocksdb::Status open(const std::string& folder, rocks_store& out) {
  rocksdb::DBOptions o;
  o.create_if_missing = true;
  o.create_missing_column_families = true;
  o.paranoid_checks = true;
  o.wal_recovery_mode = rocksdb::WALRecoveryMode::kPointInTimeRecovery;
  o.max_background_jobs = 2;
  o.allow_concurrent_memtable_write = false; // one thread writes nearly everything
  o.max_total_wal_size = 64 << 20;
  o.db_write_buffer_size = 32 << 20;
  o.keep_log_file_num = 3;
  // The list of files names the first and last key of each, and keys hold words: it is written anew with each change,
  // so that none stays that was erased.
  o.max_manifest_file_size = 1;
  o.info_log_level = rocksdb::InfoLogLevel::WARN_LEVEL;
  rocksdb::BlockBasedTableOptions t;
  t.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
  t.block_cache = rocksdb::NewLRUCache(64 << 20);
  t.cache_index_and_filter_blocks = true;
  rocksdb::ColumnFamilyOptions c;
  c.table_factory.reset(rocksdb::NewBlockBasedTableFactory(t));
  c.compression = rocksdb::kLZ4Compression;
  // What is new is written once more soon: only what stays is worth compressing.
  c.compression_per_level = {rocksdb::kNoCompression, rocksdb::kNoCompression, rocksdb::kLZ4Compression};
  c.level0_file_num_compaction_trigger = 8;
  c.write_buffer_size = 8 << 20;
  // Turns are written once and mostly left alone: merging their files half as often is worth a few files more to ask.
  auto turns = c;
  turns.level0_file_num_compaction_trigger = 16;
  turns.level0_slowdown_writes_trigger = 32, turns.level0_stop_writes_trigger = 48;
  // Rows that are written over and over: in a small buffer an insert finds its place in the processor's cache, and one
  // flush keeps the last of many versions.
  auto small = c;
  small.write_buffer_size = 1 << 20;
  std::vector<rocksdb::ColumnFamilyDescriptor> families{{rocksdb::kDefaultColumnFamilyName, small}};
  for (size_t t = 0; t < table_count; ++t) {
    auto is_small = static_cast<table>(t) == table::meta || static_cast<table>(t) == table::entity ||
                    static_cast<table>(t) == table::waiting;
    families.emplace_back(names[t], is_small ? small : static_cast<table>(t) == table::turns ? turns : c);
  }
  rocksdb::DB* db = nullptr;
  auto s = rocksdb::DB::Open(o, folder, families, &out.families, &db);
  out.db.reset(db);
  return s;
}

} // namespace

result<opened_store> open_rocks_store(const std::string& folder, store_patience patience) {
  namespace fs = std::filesystem;
  std::error_code ec;
  fs::create_directories(fs::path(folder).parent_path(), ec);
  auto it = std::make_shared<rocks_store>(folder, patience);
  auto s = open(folder, *it);
  if (s.ok()) return opened_store{it, {}};
  auto text = s.ToString();
  if (text.find("lock") != std::string::npos || text.find("LOCK") != std::string::npos)
    return {errc::conflict,
            "another engine holds the data folder " + folder + ": stop it, or choose another with --data"};
  if (!s.IsCorruption()) return {errc::unavailable, "cannot open the store in " + folder + ": " + text};
  // Everything in it is a copy of the log: set it aside and begin anew.
  it.reset();
  for (int n = 1; n < 1000; ++n) {
    auto aside = folder + ".corrupt-" + std::to_string(n);
    if (fs::exists(aside)) continue;
    fs::rename(folder, aside, ec);
    if (ec) return {errc::corrupt, text + "; and it cannot be set aside: " + ec.message()};
    auto fresh = std::make_shared<rocks_store>(folder, patience);
    if (auto again = open(folder, *fresh); !again.ok()) return fail(again);
    return opened_store{fresh, "the store was damaged (" + text + ") and was set aside as " + aside +
                                   "; it is rebuilt from the log"};
  }
  return {errc::corrupt, text};
}

} // namespace steward
