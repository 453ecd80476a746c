// The tail cleaner's hands: what retention.hpp asks for, done over the store and the log.
#include "actors/entity/partition.hpp"
#include "actors/entity/store_clean.hpp"
#include "actors/log.hpp"
#include "actors/supervision/crash_point.hpp"

#include <caf/send.hpp>
#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>
#include <cstdlib>

namespace steward {

/// STEWARD_LOG_KEEP: records that a partition keeps, for tests; the cleaner hurries then.
retention_config retention_of_process() {
  retention_config c;
  if (auto keep = std::getenv("STEWARD_LOG_KEEP"); keep && std::atoll(keep) > 0)
    c.keep_records = static_cast<uint64_t>(std::atoll(keep)), c.keep_per_entity = 1, c.look_after_ms = 500,
    c.lap_pause_ms = 0, c.forget_first_ms = c.forget_after_ms = 1000;
  return c;
}

void partition_state::clean() {
  if (!core || core->state() != ownership::mine || !store_current) return;
  owner_view own{core->last_own(), core->committed_out_floor()};
  auto step = cleaner.next(now_ms(), own);
  if (!step) return;
  if (std::get_if<clean::look>(&*step)) {
    env->nats->js_info(subjects::turn_stream(id), [inbox = inbox, life = life](result<stream_info> r) {
      std::optional<std::pair<uint64_t, uint64_t>> extent;
      if (r) extent = {r->first_seq, r->last_seq};
      inbox->push(life, answer::extent{extent});
    });
  } else if (auto* s = std::get_if<clean::scan>(&*step)) {
    auto c = retention_of_process();
    flush_store(); // the look comes after all that is committed
    touched.emplace();
    self->send(env->storing, atom::view_v,
               cut_scan{life, id, turn_created, s->from, s->cut, s->forget, c.rows_per_scan, c.writes_per_scan,
                        now_ms(), tenants});
  } else if (std::get_if<clean::restate>(&*step)) {
    core->restate();
    act();
  } else if (auto* p = std::get_if<clean::purge>(&*step)) {
    crash_point("before_cut");
    env->nats->js_purge(subjects::turn_stream(id), p->keep_from, {},
                        [inbox = inbox, life = life, keep = p->keep_from](result<uint64_t> r) {
                          inbox->push(life, answer::purged{keep, r ? *r : 0, r ? std::string() : r.error().message});
                        });
  }
}

void partition_state::on(answer::extent& a) {
  cleaner.on_extent(now_ms(), a.first_and_last, {core->last_own(), core->committed_out_floor()});
}

void partition_state::on(answer::purged& a) {
  crash_point("after_cut");
  if (a.why.empty())
    log::info("partition cut its log",
              {{"partition", uint32_t{id.value}}, {"before", a.keep_from}, {"records", a.records}});
  else
    log::warn("partition cannot cut its log", {{"partition", uint32_t{id.value}}, {"why", a.why}});
  cleaner.on_purged(now_ms());
}

/// What was handed out or committed since the look, or is awake, is not what the store said: the next lap sees to it.
void partition_state::on_cut_found(cut_found& f) {
  if (!core || f.life != life || !touched) return;
  auto since = *std::exchange(touched, std::nullopt);
  for (auto& x : f.entities) {
    if (!x.state) continue;
    auto& name = x.state->frame.entity;
    if (since.contains(name) || core->at_work(name)) continue;
    if (auto e = entities.find(name); e != entities.end()) {
      if (e->second.handle && !e->second.in_work && e->second.loading.empty()) end_entity(name);
      continue;
    }
    if (x.elsewhere) x.state->last_seq = 0;
    auto fresh = x.forget ? tombstone(*x.state) : snapshot_of(*x.state, x.last_ms);
    if (!too_large(fresh).empty()) continue; // it was found, so nothing is cut
    core->snapshot({std::move(fresh)});
    crash_point("after_rewrite");
  }
  cleaner.on_scanned(now_ms(), f.rows, f.entities.size(), f.next);
  act();
}

} // namespace steward
