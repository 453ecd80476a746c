#include "actors/entity/store_forget.hpp"

#include "storage/keys.hpp"

namespace steward {

void forgotten_rows::add(const forget_note& n) {
  order o;
  o.tenant = n.tenant;
  for (auto& e : n.of) o.of.add(e);
  o.clean = n.clean;
  for (auto& b : n.bounds) o.bounds[b.partition.value] = {b.epoch, b.n};
  orders_.push_back(std::move(o));
}

bool forgotten_rows::has(partition_id p, const turn_record& r, std::string_view encoded) const {
  place at{r.epoch, r.n};
  for (auto& o : orders_) {
    if (r.tenant != o.tenant) continue;
    auto own = place{}; // the last time it let go
    auto clean = false;
    for (auto& c : o.clean)
      if (c.entity == r.entity) own = std::max(own, place{c.epoch, c.n}), clean = clean || place{c.epoch, c.n} == at;
    if (clean) continue; // the log keeps it, each time
    if (own != place{}) {
      if (at >= own) continue;
      if (o.of.contains(r.entity)) return true;
    } else if (auto b = o.bounds.find(p.value); b == o.bounds.end() || at > b->second) {
      continue;
    }
    if (!o.of.in(encoded)) continue;
    auto input = decode<turn_input>(r.input.data, {.bytes = 8 << 20});
    if (!r.state.empty() || !input || !is_farewell(input->message.source, r.tenant, o.clean)) return true;
  }
  return false;
}

namespace {

/// The rows under this prefix that are to go, entity by entity; what was erased is scoured.
result<uint64_t> erase_under(store& db, const forgotten_rows& forgotten, const std::string& prefix) {
  write_batch out;
  auto ok = db.scan(table::turns, prefix, {}, scan_order::ascending, [&](std::string_view key, std::string_view value) {
    auto r = decode<turn_record>(value, {.bytes = 8 << 20});
    if (r && forgotten.has(partition_of(r->tenant, r->entity), *r, value)) out.erase(table::turns, std::string(key));
    return true;
  });
  if (!ok) return ok.error();
  auto rows = static_cast<uint64_t>(out.entries.size());
  if (rows == 0) return rows;
  auto first = out.entries.front().key, last = out.entries.back().key;
  if (auto done = db.write(std::move(out)); !done) return done.error();
  if (auto done = db.scour(table::turns, first, last); !done) return done.error();
  return rows;
}

} // namespace

result<uint64_t> erase_forgotten(store& db, const std::vector<forget_note>& notes, std::string_view kinds) {
  forgotten_rows forgotten;
  std::vector<std::string> prefixes;
  for (char k : kinds) prefixes.emplace_back(1, k);
  for (auto& n : notes) {
    forgotten.add(n);
    for (auto& e : n.of)
      if (!e.empty() && kinds.find(e.value[0]) == kinds.npos) prefixes.push_back(keys::turns_of(e));
  }
  uint64_t rows = 0;
  for (auto& p : prefixes) {
    auto n = erase_under(db, forgotten, p);
    if (!n) return n;
    rows += *n;
  }
  return rows;
}

} // namespace steward
