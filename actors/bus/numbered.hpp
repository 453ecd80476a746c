// A table that hands out a number for each object. For callbacks of C libraries that may come after the object is
// gone: they get the number, and a number that is gone finds nothing. Thread-safe; no lock is held while an object
// dies.
#pragma once
#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <vector>

namespace steward {

template <class T>
class numbered {
public:
  uint64_t next() { return ++last_; } // for an object that must know its number
  void put(uint64_t n, std::shared_ptr<T> x) {
    std::lock_guard lock(mutex_);
    table_.emplace(n, std::move(x));
  }
  uint64_t add(std::shared_ptr<T> x) {
    auto n = next();
    put(n, std::move(x));
    return n;
  }
  std::shared_ptr<T> find(uint64_t n) {
    std::lock_guard lock(mutex_);
    auto it = table_.find(n);
    return it == table_.end() ? nullptr : it->second;
  }
  void remove(uint64_t n) {
    std::shared_ptr<T> last; // dies after the lock
    std::lock_guard lock(mutex_);
    if (auto it = table_.find(n); it != table_.end()) {
      last = std::move(it->second);
      table_.erase(it);
    }
  }
  std::vector<std::shared_ptr<T>> all() {
    std::vector<std::shared_ptr<T>> out;
    std::lock_guard lock(mutex_);
    out.reserve(table_.size());
    for (auto& [n, x] : table_) out.push_back(x);
    return out;
  }

private:
  std::mutex mutex_;
  std::atomic<uint64_t> last_ = 0;
  std::unordered_map<uint64_t, std::shared_ptr<T>> table_;
};

} // namespace steward
