#include "actors/entity/store_clean.hpp"

#include "actors/entity/retention.hpp"
#include "actors/entity/store_worker.hpp"
#include "actors/log.hpp"
#include "storage/keys.hpp"

#include <algorithm>

namespace steward {
namespace {

std::optional<turn_record> record_at(store& db, const std::string& key) {
  auto raw = db.get(table::turns, key);
  if (!raw || !*raw) return std::nullopt;
  auto r = decode<turn_record>(**raw, {.bytes = 8 << 20});
  if (!r) return std::nullopt;
  return std::move(*r);
}

/// Where in the log its last whole state stands; 0: nowhere that the store knows of. Stops below the cut.
uint64_t whole_state_at(store& db, const entity_id& e, const entity_row& row, uint64_t cut) {
  auto seq = row.at.seq;
  for (auto turn = row.turn; turn > 0 && seq >= cut; --turn) {
    if (auto whole = db.get(table::turns, keys::whole(e, turn)); whole && *whole) return seq;
    auto r = record_at(db, keys::turn(e, turn));
    if (!r) return 0;
    if (!r->state.empty() || turn == 1) return seq;
    seq = r->prev_seq;
  }
  return 0;
}

int64_t last_turn_ms(store& db, const entity_id& e, uint64_t turn) {
  auto r = record_at(db, keys::turn(e, turn));
  if (!r) r = record_at(db, keys::whole(e, turn));
  if (!r) return 0;
  auto input = decode<turn_input>(r->input.data);
  return input ? input->now_ms : 0;
}

} // namespace

bool forgets(const turn_record& r) { return r.kind == record_kind::snapshot && r.state.empty(); }

turn_record tombstone(const entity_state& s) {
  turn_record r;
  r.kind = record_kind::snapshot;
  r.tenant = s.frame.tenant, r.entity = s.frame.entity, r.turn = s.frame.turn, r.prev_seq = s.last_seq;
  return r;
}

turn_record snapshot_of(const entity_state& s, int64_t last_ms) {
  auto r = tombstone(s);
  r.timers = s.frame.timers;
  r.state = whole_state(s);
  turn_input input;
  input.now_ms = last_ms;
  r.input.data = encode(input);
  return r;
}

cut_found look_for_cut(store& db, const entity_kinds& kinds, const cut_scan& q) {
  cut_found out;
  out.life = q.life;
  auto prefix = keys::partition_prefix(q.partition);
  std::vector<std::pair<entity_id, entity_row>> rows;
  auto from = q.from.empty() ? std::string() : keys::entity(q.partition, q.from);
  auto ok = db.scan(table::entity, prefix, from, scan_order::ascending, [&](std::string_view key, std::string_view v) {
    auto row = decode<entity_row>(v);
    rows.emplace_back(entity_id{std::string(key.substr(prefix.size()))}, row ? std::move(*row) : entity_row{});
    return rows.size() <= q.rows; // one more: where to go on
  });
  if (!ok) log::error("store cannot list entities", {{"why", ok.error().message}});
  for (auto& [e, row] : rows) {
    if (out.rows >= q.rows || out.entities.size() >= q.writes) {
      out.next = e;
      break;
    }
    ++out.rows;
    auto elsewhere = row.at.incarnation != q.incarnation;
    auto falls = q.cut != 0 && (elsewhere || row.at.seq < q.cut || whole_state_at(db, e, row, q.cut) < q.cut);
    if (!falls && !q.forget) continue;
    auto last_ms = last_turn_ms(db, e, row.turn);
    auto s = load_entity(db, kinds, q.partition, e);
    if (!s || !*s) {
      log::error("entity cannot be written anew",
                 {{"entity", e.value}, {"why", s ? std::string("it has no row") : s.error().message}});
      if (falls) out.entities.push_back({}); // the log keeps what it stands on
      continue;
    }
    auto tenant = q.tenants->find(row.tenant);
    auto kind = kinds.find(e.value[0]);
    auto days = tenant == q.tenants->end() ? 0 : tenant->second->retention_days;
    if (kind != kinds.end()) days = std::max(days, kind->second.keep_days);
    auto forget =
        tenant != q.tenants->end() && !lives({(*s)->model->is_open(), !row.timers.empty(), last_ms}, days, q.now_ms);
    if (falls || forget) out.entities.push_back({std::move(*s), last_ms, forget, elsewhere});
  }
  return out;
}

} // namespace steward
