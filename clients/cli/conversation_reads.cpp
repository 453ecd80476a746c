#include "clients/cli/conversation_reads.hpp"

#include <algorithm>
#include <set>

namespace steward::cli {

result<std::vector<conversation_row>> newest_conversations(context& c, const tenant_id& tenant, uint32_t most) {
  auto all = call_all<conversation_list>(c, "conversations", {.tenant = tenant, .limit = most});
  if (!all) return all.error();
  std::vector<conversation_row> rows;
  std::set<entity_id> seen; // while a partition changes hands two nodes may list it
  for (auto& part : all->found) {
    if (!part.error.empty()) return failure_of(part.error);
    for (auto& row : part.rows)
      if (seen.insert(row.conversation).second) rows.push_back(std::move(row));
  }
  std::ranges::stable_sort(rows, std::ranges::greater{}, &conversation_row::last_ms);
  if (rows.size() > most) rows.resize(most);
  return rows;
}

result<conversation_view> whole_view(context& c, const tenant_id& tenant, const entity_id& e) {
  constexpr std::size_t most_items = 20000;
  auto part = [&](uint64_t from) {
    return call<conversation_view>(c, subjects::engine(partition_of(tenant, e), "show"),
                                   ops_request{.tenant = tenant, .entity = e, .number = from, .limit = 1000});
  };
  auto out = part(0);
  while (out && !out->items.empty() && out->items.size() < most_items) {
    auto last = out->items.back().seq;
    auto more = part(last + 1);
    if (!more) return more.error();
    auto known = out->items.size();
    for (auto& i : more->items)
      if (i.seq > last) out->items.push_back(std::move(i));
    if (out->items.size() == known) break;
  }
  return out;
}

} // namespace steward::cli
