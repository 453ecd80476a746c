// Bringing the node's store up to the log after a takeover, and loading entities from the log until it is.
//
// The store's marker names a record. If the log has that very record there, everything up to it is in the store, and
// the replay goes on behind it; otherwise the store's copy of the partition is forgotten and read again from the
// beginning.
#include "actors/entity/partition.hpp"

#include "actors/defaults.hpp"
#include "actors/entity/store_clean.hpp"
#include "actors/log.hpp"

#include <algorithm>
#include <caf/send.hpp>
#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

namespace steward {
namespace {

// The store takes old records beside its other work: more than this of a partition never wait in its mailbox, where
// customers' and pages' requests would stand behind them. Entities come from the log until the last is in.
constexpr uint32_t read_ahead_of_store = 1024, batch_of_store = 512;

} // namespace

void partition_state::follow_log() {
  store_reading.reset();
  store_current = false;
  store_at = 0;
  ++replay_number, replayed_read = 0, replayed_batch = {};
  flush_store();
  if (!requests) {
    auto r = env->nats->subscribe(subjects::engine(id, "*"), {},
                                  [me = caf::actor_cast<partition_actor>(self->address())](bus_message m) {
                                    caf::anon_send(me, atom::ops_v, std::move(m));
                                  });
    if (r)
      requests = std::move(*r);
    else
      log::error("partition cannot listen for requests",
                 {{"partition", uint32_t{id.value}}, {"why", r.error().message}});
  }
  self->send(env->storing, atom::marker_v, id.value);
}

void partition_state::on_marker(const marker_answer& a) {
  if (!core) return;
  if (!a.marker) return on_marker_checked(1);
  if (a.marker->at.incarnation != turn_created) {
    // Only this life's ownership record stands in a stream that the store knows from before it was made anew.
    if (store_target == 1) return restore();
    return on_marker_checked(1);
  }
  store_timers = a.timers;
  env->nats->js_get(subjects::turn_stream(id), a.marker->at.seq,
                    [inbox = inbox, life = life, m = *a.marker](result<std::optional<stored_message>> r) {
                      if (!r) return inbox->push(life, answer::store_replay_lost{r.error().message});
                      uint64_t from = 1;
                      if (*r)
                        if (auto record = decode<turn_record>((*r)->data, {.bytes = 8 << 20}))
                          if (record->node == m.node && record->epoch == m.epoch && record->n == m.n)
                            from = m.at.seq + 1;
                      inbox->push(life, answer::marker_checked{from});
                    });
}

void partition_state::on_marker_checked(uint64_t from) {
  if (from == 1)
    self->send(env->storing, atom::erase_v, id.value);
  else
    for (auto& t : store_timers) core->on_known_timers(t.tenant, t.entity, t.seq, t.timers);
  store_timers.clear();
  store_at = from - 1;
  if (from > store_target) return store_is_current();
  store_reading =
      env->nats->js_read({subjects::turn_stream(id), {}, from, 512}, [inbox = inbox, life = life](read_event e) {
        if (e.lost)
          inbox->push(life, answer::store_replay_lost{e.lost->message});
        else
          inbox->push(life, answer::store_replayed{e.message.seq, std::move(e.message.data)});
      });
  store_reading->grant(read_ahead_of_store);
}

void partition_state::on(answer::store_replayed& a) {
  if (store_current || !store_reading) return;
  if (auto r = decode<turn_record>(a.data, {.bytes = 8 << 20})) {
    if (!r->entity.empty()) core->on_known_timers(r->tenant, r->entity, a.seq, r->timers);
    replayed_batch.entries.push_back({a.seq, std::make_shared<const turn_record>(std::move(*r)),
                                      std::make_shared<const std::string>(std::move(a.data))});
  }
  ++replayed_read;
  auto done = a.seq >= store_target;
  if (replayed_read < batch_of_store && !done) return;
  replayed_batch.partition = id, replayed_batch.incarnation = turn_created, replayed_batch.replay = true;
  if (done) store_reading.reset();
  self->request(env->storing, caf::infinite, atom::apply_v, std::exchange(replayed_batch, {}))
      .then([this, at = a.seq, of = replay_number, read = std::exchange(replayed_read, 0), done] {
        if (of != replay_number || !core) return;
        store_at = std::max(store_at, at);
        if (done)
          store_is_current();
        else if (store_reading)
          store_reading->grant(read);
        act();
      });
}

void partition_state::store_is_current() {
  store_reading.reset();
  core->on_older_timers_known();
  flush_store();
  cleaner.reset(now_ms());
  touched.reset();
  store_current = true; // from here on the marker moves with every batch
  store_at = store_target;
}

/// Somebody deleted TURN_p: the node's store is the best that is left, and IN_p tells what came since. Entities go on
/// from it, each with its whole state in its next record; those that sleep are written into the new log in the
/// background.
void partition_state::restore() {
  log::warn("stream was made anew, and its entities come from this node's store",
            {{"stream", subjects::turn_stream(id)}});
  restoring = true;
  store_is_current();
  self->send(env->storing, atom::restart_v, load_request{life, id, {}, {}}, turn_created);
}

/// One entity from the store that the new log does not have yet.
void partition_state::on_restored(loaded_entity& l) {
  if (!core || l.number != life || !l.state || entities.contains(l.entity)) return;
  turn_record r;
  r.tenant = l.state->frame.tenant, r.entity = l.entity, r.turn = l.state->frame.turn, r.timers = l.state->frame.timers;
  r.kind = record_kind::snapshot;
  r.state = whole_state(*l.state);
  core->snapshot({std::move(r)});
  act();
}

void partition_state::load_from_log(const tenant_id& tenant, const entity_id& entity) {
  struct chain {
    std::vector<std::pair<uint64_t, turn_record>> records; // newest first
  };
  auto c = std::make_shared<chain>();
  auto stream = subjects::turn_stream(id);
  auto finish = [inbox = inbox, life = life, entity](std::shared_ptr<entity_state> s, std::string why) {
    inbox->push(life, answer::loaded{{life, entity, std::move(s), std::move(why)}});
  };
  // Back along prev_seq to a whole state, eight records at most; the step calls itself.
  auto step = std::make_shared<std::function<void(result<std::optional<stored_message>>)>>();
  std::weak_ptr<std::function<void(result<std::optional<stored_message>>)>> again = step;
  *step = [=, env = env](result<std::optional<stored_message>> m) {
    if (!m) return finish(nullptr, m.error().message);
    if (!*m) {
      if (c->records.empty()) return finish(nullptr, {}); // the log knows nothing of it: fresh
      return finish(nullptr, "a record that its chain names is gone");
    }
    auto r = decode<turn_record>((*m)->data, {.bytes = 8 << 20});
    if (!r) return finish(nullptr, r.error().message);
    if (forgets(*r)) return finish(nullptr, {}); // only ever the last one: what follows begins anew
    auto whole = !r->state.empty() || r->turn == 1;
    auto prev = r->prev_seq;
    c->records.emplace_back((*m)->seq, std::move(*r));
    if (!whole && prev != 0) {
      auto next = again.lock();
      env->nats->js_get(stream, prev, [next](result<std::optional<stored_message>> m) { (*next)(std::move(m)); });
      return;
    }
    std::reverse(c->records.begin(), c->records.end());
    auto s = fold(env->kinds, c->records);
    if (!s) return finish(nullptr, s.error().message);
    finish(std::make_shared<entity_state>(std::move(*s)), {});
  };
  env->nats->js_last(stream, subjects::turn(id, tenant, entity),
                     [step](result<std::optional<stored_message>> m) { (*step)(std::move(m)); });
}

} // namespace steward
