#include "actors/entity/verify.hpp"

#include "actors/bus/read_whole.hpp"
#include "actors/entity/store_clean.hpp"
#include "storage/keys.hpp"

#include <map>
#include <thread>

namespace steward {
namespace {

using namespace std::chrono_literals;

/// The store follows the log by a moment: waits until its marker has reached `seq`.
void store_reaches(engine& env, partition_id p, uint64_t seq) {
  for (int i = 0; i < 60; ++i) {
    auto raw = env.db->get(table::meta, keys::applied(p));
    if (raw && *raw)
      if (auto m = decode<applied_marker>(**raw); m && m->at.seq >= seq) return;
    std::this_thread::sleep_for(50ms);
  }
}

bool is_later(std::string_view stored, const turn_record& r) {
  auto x = decode<turn_record>(stored, {.bytes = 8 << 20});
  return x && std::pair(x->epoch, x->n) > std::pair(r.epoch, r.n);
}

void finding(verify_report& r, std::string what) {
  if (r.findings.size() < 20) r.findings.push_back(std::move(what));
}

} // namespace

verify_report verify_partition(engine& env, partition_id p, const tenant_id& only) {
  verify_report out;
  out.partition = p.value;
  auto stream = subjects::turn_stream(p);
  auto info = answer_of<stream_info>([&](auto f) { env.nats->js_info(stream, std::move(f)); });
  if (!info) return out.error = {std::string(to_string(info.error().code)), info.error().message}, out;
  if (info->messages == 0) return out;
  if (info->first_seq > 1) out.cut_before = info->first_seq;
  // Floors and ownership records do not reach the store: a marker behind them is no fault. So the wait may run out.
  store_reaches(env, p, info->last_seq);
  std::map<entity_id, std::pair<stream_pos, uint64_t>> last; // record, turn
  std::map<entity_id, std::vector<uint64_t>> missing;        // turns
  std::map<entity_id, std::vector<uint64_t>> newer;          // turns of which the store has a later one
  auto ok = read_whole(*env.nats, {stream, {}, info->first_seq, 512}, info->last_seq, [&](stored_message& m) {
    auto r = decode<turn_record>(m.data, {.bytes = 8 << 20});
    if (!r) {
      ++out.different;
      finding(out, "record " + std::to_string(m.seq) + " does not decode: " + r.error().message);
      return;
    }
    if (r->entity.empty() || (r->kind != record_kind::turn && r->kind != record_kind::snapshot)) return;
    if (!only.empty() && r->tenant != only) return;
    ++out.records;
    if (forgets(*r)) { // it may begin anew: what is missing before this is as it should be
      missing.erase(r->entity);
      newer.erase(r->entity);
      last.erase(r->entity);
      return;
    }
    auto snapshot = r->kind == record_kind::snapshot;
    auto row = env.db->get(table::turns, snapshot ? keys::whole(r->entity, r->turn) : keys::turn(r->entity, r->turn));
    if (!row || !*row) {
      missing[r->entity].push_back(r->turn);
    } else if (snapshot && is_later(**row, *r)) {
      // written anew since, after the same turn
    } else if (**row != m.data && !snapshot && is_later(**row, *r)) {
      newer[r->entity].push_back(r->turn); // of its next life, if the log forgets this one further on
    } else if (**row != m.data) {
      ++out.different;
      finding(out, r->entity.value + " turn " + std::to_string(r->turn) + " differs in the store");
    }
    last[r->entity] = {{info->created_ns, m.seq}, r->turn};
  });
  if (!ok) return out.error = {std::string(to_string(ok.error().code)), ok.error().message}, out;
  for (auto& [entity, turns] : missing) {
    out.missing += turns.size();
    finding(out, entity.value + " turn " + std::to_string(turns.front()) + " is missing in the store");
  }
  for (auto& [entity, turns] : newer) {
    out.different += turns.size();
    finding(out, entity.value + " turn " + std::to_string(turns.front()) + " differs in the store");
  }
  for (auto& [entity, at] : last) {
    ++out.entities;
    auto raw = env.db->get(table::entity, keys::entity(p, entity));
    auto row = raw && *raw ? decode<entity_row>(**raw) : result<entity_row>(errc::not_found, "");
    // Newer than what was read is right too: the conversation went on meanwhile.
    if (!row || row->at < at.first || row->turn < at.second) {
      ++out.stale;
      finding(out, entity.value + " stands at turn " + (row ? std::to_string(row->turn) : "none") +
                       " in the store, at " + std::to_string(at.second) + " in the log");
    }
  }
  return out;
}

} // namespace steward
