#include "actors/entity/store_lists.hpp"

#include "actors/entity/store_reads.hpp"
#include "actors/entity/store_worker.hpp"
#include "storage/keys.hpp"

#include <algorithm>

namespace steward {
namespace {

constexpr uint32_t most_rows = 2000;
constexpr size_t most_bytes = 600 << 10; // of all rows: they go in one message
constexpr int64_t longest_ms = 2000;     // then what is left is left out: callers wait three seconds
constexpr size_t most_looked_at = 5000;  // of one partition, where a filter passes over some

struct candidates {
  std::vector<entity_id> names; // in the order in which they are looked at
  uint64_t beyond = 0;          // that are not
};

std::string prefix_of(partition_id p, const ops_request& q) {
  // A conversation's id begins with its kind's letter.
  return keys::entity(p, q.entity.empty() ? entity_id{std::string(1, static_cast<char>(entity_kind::conversation))}
                                          : q.entity);
}

result<candidates> waiting_of(store& db, partition_id p, const ops_request& q) {
  candidates out;
  auto ok = db.scan(table::waiting, prefix_of(p, q), {}, scan_order::ascending, [&](std::string_view key, auto value) {
    if (q.tenant.empty() || value == q.tenant.value) out.names.emplace_back(std::string(key.substr(1)));
    return true;
  });
  if (!ok) return ok.error();
  return out;
}

/// The place of its last record in the partition's log tells which of two is newer.
result<candidates> newest_of(store& db, partition_id p, const ops_request& q, size_t most) {
  std::vector<std::pair<stream_pos, entity_id>> all;
  candidates out;
  auto newer = [](auto& a, auto& b) { return b.first < a.first; };
  auto cut = [&] {
    if (all.size() <= most) return;
    std::nth_element(all.begin(), all.begin() + static_cast<ptrdiff_t>(most), all.end(), newer);
    out.beyond += all.size() - most;
    all.resize(most);
  };
  auto ok = db.scan(table::entity, prefix_of(p, q), {}, scan_order::ascending, [&](std::string_view key, auto value) {
    auto row = decode<entity_row>(value);
    if (!row || (!q.tenant.empty() && row->tenant != q.tenant)) return true;
    all.emplace_back(row->at, std::string(key.substr(1)));
    if (all.size() >= 2 * most + 1000) cut();
    return true;
  });
  if (!ok) return ok.error();
  cut();
  std::sort(all.begin(), all.end(), newer);
  for (auto& [at, e] : all) out.names.push_back(std::move(e));
  return out;
}

bool passes(const conversation_row& r, const std::string& filter) {
  return filter.empty() || r.mode == filter || (filter == "open" && r.mode != "closed");
}

/// So many rows as one message carries.
void fit(conversation_list& l, size_t limit) {
  auto all = l.rows.size();
  size_t bytes = 0, keep = 0;
  while (keep < std::min(all, limit) && (bytes += encode(l.rows[keep]).size()) <= most_bytes) ++keep;
  l.rows.resize(keep);
  l.left_out += all - keep;
}

} // namespace

conversation_list list_conversations(engine& env, const ops_request& q, const node_view& view) {
  conversation_list out;
  out.node = env.node;
  for (auto& [n, owns] : view.living) out.peers.push_back(n);
  if (!q.entity.empty() && q.entity.value[0] != static_cast<char>(entity_kind::conversation)) return out;
  auto limit = std::min<uint32_t>(q.limit ? q.limit : 100, most_rows);
  auto waiting = q.filter == "waiting";
  const auto until_ms = steady_ms() + longest_ms;
  for (auto number : view.mine) {
    partition_id p{number};
    auto found = waiting ? waiting_of(*env.db, p, q)
                         : newest_of(*env.db, p, q, q.filter.empty() ? limit : std::max<size_t>(limit, most_looked_at));
    if (!found) {
      out.error = {std::string(to_string(found.error().code)), found.error().message};
      continue;
    }
    out.left_out += found->beyond;
    size_t shown = 0;
    for (size_t i = 0; i < found->names.size(); ++i) {
      // The others of this partition are older; and whoever asks does not wait for ever.
      if (!waiting && (shown >= limit || steady_ms() > until_ms)) {
        out.left_out += found->names.size() - i;
        break;
      }
      auto s = load_entity(*env.db, env.kinds, p, found->names[i]);
      if (!s || !*s) continue;
      auto row = row_of(**s);
      if (!passes(row, q.filter)) continue;
      out.rows.push_back(std::move(row));
      ++shown;
    }
  }
  std::stable_sort(out.rows.begin(), out.rows.end(),
                   [&](auto& a, auto& b) { return waiting ? a.waiting_ms < b.waiting_ms : a.last_ms > b.last_ms; });
  fit(out, limit);
  return out;
}

} // namespace steward
