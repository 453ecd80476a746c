#include "storage/store.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <mutex>

namespace steward {
namespace {

class memory_store final : public store {
public:
  result<std::optional<std::string>> get(table t, std::string_view key) override {
    std::lock_guard lock(mutex_);
    auto& m = of(t);
    auto i = m.find(key);
    return i == m.end() ? std::optional<std::string>{} : std::optional{i->second};
  }

  status write(write_batch b) override {
    std::lock_guard lock(mutex_);
    for (auto& e : b.entries) {
      if (e.value)
        of(e.in).insert_or_assign(std::move(e.key), std::move(*e.value));
      else
        of(e.in).erase(e.key);
    }
    return success();
  }

  status scan(table t, std::string_view prefix, std::string_view from, scan_order order,
              const std::function<bool(std::string_view, std::string_view)>& visit) override {
    std::vector<std::pair<std::string, std::string>> rows;
    {
      std::lock_guard lock(mutex_);
      for (auto i = of(t).lower_bound(prefix); i != of(t).end() && i->first.starts_with(prefix); ++i)
        rows.push_back(*i);
    }
    auto ahead = [&](const std::string& k) {
      return from.empty() || (order == scan_order::ascending ? k >= from : k <= from);
    };
    if (order == scan_order::descending) std::reverse(rows.begin(), rows.end());
    for (auto& [k, v] : rows)
      if (ahead(k) && !visit(k, v)) break;
    return success();
  }

  status erase_prefix(table t, std::string_view prefix) override {
    std::lock_guard lock(mutex_);
    auto& m = of(t);
    for (auto i = m.lower_bound(prefix); i != m.end() && i->first.starts_with(prefix);) i = m.erase(i);
    return success();
  }

  status scour(table, std::string_view, std::string_view) override { return success(); }
  uint64_t bytes_on_disk() override { return 0; }

private:
  using rows = std::map<std::string, std::string, std::less<>>;
  rows& of(table t) { return tables_[static_cast<size_t>(t)]; }
  std::mutex mutex_;
  std::array<rows, table_count> tables_;
};

} // namespace

std::unique_ptr<store> make_memory_store() { return std::make_unique<memory_store>(); }

} // namespace steward
