#include "actors/entity/store_worker.hpp"

#include "actors/entity/frame.hpp"
#include "actors/entity/store_clean.hpp"
#include "actors/entity/store_reads.hpp"
#include "actors/log.hpp"
#include "actors/supervision/crash_point.hpp"
#include "storage/archive_table.hpp"
#include "storage/keys.hpp"

#include <algorithm>
#include <caf/event_based_actor.hpp>
#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>
#include <chrono>

namespace steward {
namespace {

/// What partitions commit within this time is one write, and one waking of this thread. Whoever reads is told what was
/// gathered, since each reading writes it first.
constexpr auto gathering = std::chrono::milliseconds(3);

std::pair<uint64_t, uint64_t> place(const turn_record& r) { return {r.epoch, r.n}; }

std::string turn_key(const turn_record& r) {
  return r.kind == record_kind::snapshot ? keys::whole(r.entity, r.turn) : keys::turn(r.entity, r.turn);
}

void commit(store& db, write_batch& out) {
  if (out.empty()) return;
  if (auto ok = db.write(std::exchange(out, {})); !ok)
    log::error("store cannot follow the log", {{"why", ok.error().message}});
}

/// The rows that the log has before this record; what the entity began anew since stays.
void forget_turns(store& db, write_batch& out, const turn_record& grave) {
  auto ok = db.scan(table::turns, keys::turns_of(grave.entity), {}, scan_order::ascending, [&](auto key, auto value) {
    auto r = decode<turn_record>(value, {.bytes = 8 << 20});
    if (!r || place(*r) < place(grave)) out.erase(table::turns, std::string(key));
    return true;
  });
  if (!ok) log::error("store cannot forget an entity", {{"entity", grave.entity.value}, {"why", ok.error().message}});
}

/// All rows of an entity; what it began anew since comes behind.
void forget(engine& env, write_batch& out, partition_id p, const turn_record& grave) {
  std::lock_guard lock(env.archive_gate); // what is read there before comes out of it with this
  commit(*env.db, out);
  forget_turns(*env.db, out, grave);
  if (auto ok = archive_erase(*env.db, out, p, grave.entity); !ok)
    log::error("archive cannot forget a conversation", {{"entity", grave.entity.value}, {"why", ok.error().message}});
  auto key = keys::entity(p, grave.entity);
  out.erase(table::entity, key), out.erase(table::waiting, key), out.erase(table::meta, keys::timer(p, grave.entity));
  commit(*env.db, out);
}

/// Of a replay that runs beside new commits: a turn's row may be of a later life of its entity.
bool is_newer(store& db, const std::string& key, const turn_record& r) {
  auto raw = db.get(table::turns, key);
  auto there = raw && *raw ? decode<turn_record>(**raw, {.bytes = 8 << 20}) : result<turn_record>(errc::not_found, "");
  return there && place(*there) > place(r);
}

void gather(engine& env, const store_batch& b, const forgotten_rows& forgotten, write_batch& out,
            std::vector<archive_news>* news = nullptr) {
  auto p = b.partition;
  for (auto& e : b.entries) {
    auto& r = *e.record;
    if (r.kind != record_kind::turn && r.kind != record_kind::snapshot) continue;
    if (r.entity.empty()) continue;
    // Read before it was erased from the log, written after it was erased from the store: it must not come back.
    if (b.replay && forgotten.has(p, r, *e.encoded)) continue;
    // A replay that runs beside new commits must not put an older row over a newer one.
    auto key = keys::entity(p, r.entity);
    if (news && r.entity.value[0] == static_cast<char>(entity_kind::conversation)) news->push_back({p, r.entity});
    if (b.replay) {
      auto row = env.db->get(table::entity, key);
      if (row && *row)
        if (auto old = decode<entity_row>(**row); old && old->at >= stream_pos{b.incarnation, e.seq}) {
          if (forgets(r)) {
            commit(*env.db, out);
            forget_turns(*env.db, out, r);
          } else if (auto k = turn_key(r); !is_newer(*env.db, k, r)) {
            out.put(table::turns, std::move(k), *e.encoded);
          }
          continue;
        }
    }
    if (forgets(r)) {
      forget(env, out, p, r);
      continue;
    }
    entity_row row;
    row.tenant = r.tenant, row.at = {b.incarnation, e.seq}, row.turn = r.turn, row.timers = r.timers;
    if (!r.timers.empty()) out.put(table::meta, keys::timer(p, r.entity), {});
    out.put(table::entity, key, encode(row));
    out.put(table::turns, turn_key(r), *e.encoded);
    if (auto kind = env.kinds.find(r.entity.value[0]); kind != env.kinds.end() && kind->second.waits)
      if (auto waits = kind->second.waits(r)) {
        if (*waits)
          out.put(table::waiting, key, r.tenant.value);
        else
          out.erase(table::waiting, key);
      }
  }
  if ((b.mark || b.replay) && !b.entries.empty()) {
    auto& last = b.entries.back();
    out.put(table::meta, keys::applied(p),
            encode(applied_marker{{b.incarnation, last.seq}, last.record->node, last.record->epoch, last.record->n}));
  }
}

void write(store_worker_state& s) {
  if (s.waiting.empty()) return;
  commit(*s.env->db, s.waiting);
  crash_point("after_store");
}

/// The archive hears of what is written, and reads it there.
void tell_archive(store_actor::stateful_pointer<store_worker_state> self) {
  auto& s = self->state;
  if (s.news.empty() || !s.waiting.empty()) return;
  auto news = std::exchange(s.news, {});
  if (auto archive = s.env->archiving.get()) self->send(archive, atom::apply_v, std::move(news));
}

} // namespace

void apply(engine& env, const store_batch& b, const forgotten_rows& forgotten) {
  write_batch out;
  gather(env, b, forgotten, out);
  commit(*env.db, out);
}

namespace {

/// The timers of sleeping entities. Marks of entities that have none any more are cleared.
std::vector<known_timers> timers_of(store& db, partition_id p) {
  std::vector<known_timers> out;
  write_batch stale;
  auto prefix = keys::timers_of(p);
  auto ok = db.scan(table::meta, prefix, {}, scan_order::ascending, [&](std::string_view key, std::string_view) {
    entity_id e{std::string(key.substr(prefix.size()))};
    auto raw = db.get(table::entity, keys::entity(p, e));
    auto row = raw && *raw ? decode<entity_row>(**raw) : result<entity_row>(errc::not_found, "");
    if (row && !row->timers.empty())
      out.push_back({row->tenant, e, row->at.seq, row->timers});
    else
      stale.erase(table::meta, std::string(key));
    return true;
  });
  if (!ok) log::error("store cannot list timers", {{"why", ok.error().message}});
  if (!stale.empty())
    if (auto done = db.write(std::move(stale)); !done)
      log::error("store cannot clear timers", {{"why", done.error().message}});
  return out;
}

} // namespace

result<std::shared_ptr<entity_state>> load_entity(store& db, const entity_kinds& kinds, partition_id p,
                                                  const entity_id& e, uint64_t* incarnation) {
  auto found = db.get(table::entity, keys::entity(p, e));
  if (!found) return found.error();
  if (!*found) return std::shared_ptr<entity_state>{};
  auto row = decode<entity_row>(**found);
  if (!row) return row.error();
  if (incarnation) *incarnation = row->at.incarnation;
  // Back to the last whole state, then forward.
  std::vector<std::pair<uint64_t, turn_record>> records;
  auto turn = row->turn;
  for (; turn > 0; --turn) {
    auto raw = db.get(table::turns, keys::whole(e, turn));
    if (raw && !*raw) raw = db.get(table::turns, keys::turn(e, turn));
    if (!raw) return raw.error();
    if (!*raw) return {errc::corrupt, "turn " + std::to_string(turn) + " of " + e.value + " is missing in the store"};
    auto r = decode<turn_record>(**raw);
    if (!r) return r.error();
    auto whole = !r->state.empty();
    records.emplace_back(turn == row->turn ? row->at.seq : 0, std::move(*r));
    if (whole) break;
  }
  std::reverse(records.begin(), records.end());
  auto s = fold(kinds, records);
  if (!s) return s.error();
  s->last_seq = row->at.seq;
  return std::make_shared<entity_state>(std::move(*s));
}

store_actor::behavior_type run_store(store_actor::stateful_pointer<store_worker_state> self, engine_ptr env) {
  self->state.env = env;
  self->set_exit_handler([self](caf::exit_msg& m) {
    write(self->state);
    self->quit(std::move(m.reason));
  });
  return {
      [self](atom::load, load_request& q) {
        write(self->state);
        auto& env = *self->state.env;
        loaded_entity out{q.number, q.entity, nullptr, {}, 0};
        if (auto s = load_entity(*env.db, env.kinds, q.partition, q.entity, &out.incarnation))
          out.state = std::move(*s);
        else
          out.problem = s.error().message;
        self->send(caf::actor_cast<partition_actor>(self->current_sender()), atom::loaded_v, std::move(out));
      },
      [self](atom::apply, store_batch& b) {
        auto& s = self->state;
        if (b.replay) write(s); // it looks at the rows that are there
        auto first = s.waiting.empty();
        gather(*s.env, b, s.forgotten, s.waiting, &s.news);
        if (b.replay || s.waiting.entries.size() > 2000)
          write(s);
        else if (first)
          self->delayed_send(self, gathering, atom::internal_v, atom::apply_v);
        tell_archive(self);
      },
      [self](atom::internal, atom::apply) {
        write(self->state);
        tell_archive(self);
      },
      [self](atom::marker, uint8_t p) {
        write(self->state);
        marker_answer out;
        auto raw = self->state.env->db->get(table::meta, keys::applied({p}));
        if (raw && *raw)
          if (auto m = decode<applied_marker>(**raw)) {
            out.marker = std::move(*m);
            out.timers = timers_of(*self->state.env->db, {p});
          }
        self->send(caf::actor_cast<partition_actor>(self->current_sender()), atom::marker_v, std::move(out));
      },
      [self](atom::restart, const load_request& q, uint64_t incarnation) {
        write(self->state);
        auto p = q.partition;
        auto& env = *self->state.env;
        auto to = caf::actor_cast<partition_actor>(self->current_sender());
        auto prefix = keys::partition_prefix(p);
        std::vector<entity_id> left;
        auto ok = env.db->scan(table::entity, prefix, {}, scan_order::ascending,
                               [&](std::string_view key, std::string_view value) {
                                 if (auto row = decode<entity_row>(value); row && row->at.incarnation != incarnation)
                                   left.emplace_back(std::string(key.substr(1)));
                                 return true;
                               });
        if (!ok) log::error("store cannot list entities", {{"why", ok.error().message}});
        for (auto& e : left)
          if (auto s = load_entity(*env.db, env.kinds, p, e); s && *s)
            self->send(to, atom::restart_v, loaded_entity{q.number, e, std::move(*s), {}, 0});
      },
      [self](atom::view, const cut_scan& q) {
        write(self->state);
        auto& env = *self->state.env;
        self->send(caf::actor_cast<partition_actor>(self->current_sender()), atom::view_v,
                   look_for_cut(*env.db, env.kinds, q));
      },
      [self](atom::erase, uint8_t p) {
        write(self->state);
        // Rows of turns are named by entity; they are written over as the log is read again.
        auto prefix = keys::partition_prefix({p});
        auto& db = *self->state.env->db;
        for (auto t : {table::entity, table::waiting})
          if (auto ok = db.erase_prefix(t, prefix); !ok)
            log::error("store cannot erase a partition", {{"why", ok.error().message}});
        write_batch b;
        b.erase(table::meta, keys::applied({p}));
        if (auto ok = db.write(std::move(b)); !ok)
          log::error("store cannot erase a marker", {{"why", ok.error().message}});
      },
      [self](atom::forget, const std::vector<forget_note>& notes) {
        write(self->state);
        for (auto& n : notes) self->state.forgotten.add(n);
        return true;
      },
      [self](atom::ops, bus_message& m, const node_view& view) {
        write(self->state);
        if (!m.subject.ends_with(".conversations")) return answer_read(*self->state.env, m, view);
        // A list looks at every conversation there is, and nobody's message shall wait for that.
        constexpr int most_lists = 4; // at once: each has a thread
        auto going = self->state.lists;
        if (going->fetch_add(1) >= most_lists) {
          --*going;
          conversation_list busy;
          busy.node = self->state.env->node;
          busy.error = {std::string(to_string(errc::overloaded)), "other lists are being made: ask again in a moment"};
          if (!m.reply.empty()) self->state.env->nats->publish(m.reply, encode(busy));
          return;
        }
        self->spawn<caf::detached>([env = self->state.env, m, view, going] {
          answer_read(*env, m, view);
          --*going;
        });
      },
  };
}

} // namespace steward
