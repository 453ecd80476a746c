#include "actors/entity/partition.hpp"

#include "actors/defaults.hpp"
#include "actors/entity/store_worker.hpp"
#include "actors/log.hpp"
#include "actors/supervision/crash_point.hpp"
#include "messages/traceparent.hpp"

#include <caf/send.hpp>
#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

namespace steward {

void partition_state::start(engine_ptr e, cluster_actor c, partition_id p, tenant_map t) {
  env = std::move(e), cluster = std::move(c), id = p, tenants = std::move(t);
  inbox = std::make_shared<log_inbox>(caf::actor_cast<partition_actor>(self->address()));
}

void partition_state::take() {
  if (core) return;
  ++life;
  core_config c;
  c.self = env->node;
  c.partition = id;
  for (auto& [letter, kind] : env->kinds)
    if (kind.gathers) c.gathering += letter;
  core = std::make_unique<partition_core>(c, env->gate,
                                          [inbox = inbox, life = life] { inbox->push(life, answer::turn{}); });
  core->take(now_ms());
  act();
}

void partition_state::release() {
  if (!core) return;
  crash_point("before_release");
  core->release(now_ms());
  act();
}

void partition_state::tick() {
  if (core) {
    core->tick(now_ms());
    send_to_sleep();
    act();
    clean();
  }
  self->delayed_send(self, defaults::partition_tick, atom::internal_v, atom::tick_v);
}

/// The answers that came since the last look, all in one go.
void partition_state::on_answers() {
  for (auto& [asked_in, any] : inbox->take()) {
    if (!core || asked_in != life) continue;
    std::visit([this](auto& a) { on(a); }, any);
    act();
  }
  flush_store();
}

void partition_state::on(answer::tail& a) {
  // From the takeover on the store's rows and the messages to other entities are stamped with it.
  if (a.view && core->state() == ownership::taking)
    in_created = a.view->in_created, turn_created = a.view->turn_created;
  core->on_tail(a.t, std::move(a.view));
}

/// While NATS is away everything fails twice a second: the node has said why, and sixteen partitions need not.
bool partition_state::log_is_there() const { return env->nats->state() == connection_state::connected; }

void partition_state::on(answer::published& a) {
  if (a.outcome == publish_outcome::acknowledged) {
    crash_point("after_commit");
    if (!publishing.empty())
      env->figures->observe(
          step::commit,
          std::chrono::duration<double>(std::chrono::steady_clock::now() - publishing.front().at).count());
  } else {
    log::write(log_is_there() ? log::level::warn : log::level::debug, "partition doubts a commit",
               {{"partition", uint32_t{id.value}}, {"why", a.why}});
  }
  core->on_published(a.t, a.outcome, a.seq);
}

void partition_state::on(answer::record& a) { core->on_record(a.t, std::move(a.it)); }

void partition_state::on(answer::message& a) {
  in_last = std::max(in_last, a.seq + a.pending);
  auto m = decode<in_message>(a.data, {.bytes = 8 << 20});
  if (m && partition_of(m->tenant, m->entity) != id) m = {errc::bad_request, "a message of another partition"};
  if (m) return core->on_message(a.t, a.seq, a.consumer_seq, std::make_shared<const in_message>(std::move(*m)));
  log::warn("partition cannot read a message",
            {{"partition", uint32_t{id.value}}, {"seq", a.seq}, {"why", m.error().message}});
  tenant_id tenant{a.subject.substr(a.subject.rfind('.') + 1)};
  core->on_unreadable_message(a.t, a.seq, a.consumer_seq, m.error().message, std::move(a.data), std::move(tenant));
}

void partition_state::on(answer::reading_lost& a) {
  log::write(log_is_there() ? log::level::info : log::level::debug, "partition lost its reading",
             {{"partition", uint32_t{id.value}}, {"why", a.why}});
  core->on_reading_lost(a.t);
}

void partition_state::on(answer::replayed& a) {
  auto r = decode<turn_record>(a.data, {.bytes = 8 << 20});
  if (r) return core->on_replayed(a.t, a.seq, std::make_shared<const turn_record>(std::move(*r)));
  log::error("partition cannot read a record",
             {{"partition", uint32_t{id.value}}, {"seq", a.seq}, {"why", r.error().message}});
}

void partition_state::on(answer::replay_end& a) {
  replay_reading.reset();
  core->on_replay_end(a.t, a.complete);
}

void partition_state::on(answer::delivered& a) {
  core->on_delivered(a.seq, a.k);
  crash_point("after_delivery");
}

void partition_state::on(answer::undelivered& a) {
  env->figures->count(figure::redelivered);
  if (auto now = std::chrono::steady_clock::now(); now >= complains_again_at) { // one line for many
    complains_again_at = now + std::chrono::seconds(1);
    log::write(log_is_there() ? log::level::warn : log::level::debug,
               "partition could not deliver a reply and will try again",
               {{"partition", uint32_t{id.value}}, {"seq", a.seq}, {"why", a.reason}, {"trace", trace_id(a.trace)}});
  }
  if (a.log_away) return core->on_log_away(a.seq, a.k);
  core->on_undelivered(a.seq, a.k, std::move(a.reason), a.again);
}

void partition_state::on(answer::turn&) { core->on_turn(); }
void partition_state::on(answer::loaded& a) { on_loaded(a.it); }
void partition_state::on(answer::marker_checked& a) { on_marker_checked(a.from); }
void partition_state::on(answer::store_replay_lost&) { follow_log(); }

void partition_state::stand_down(const action::stand_down& why) {
  if (why.why == errc::fenced) env->figures->count(figure::fenced);
  log::info("partition stands down",
            {{"partition", uint32_t{id.value}}, {"why", to_string(why.why)}, {"reason", why.reason}});
  partition_report r{id, ownership::none, why.why, why.reason, core ? core->epoch() : 0};
  in_reading.reset(), replay_reading.reset(), store_reading.reset();
  for (auto& [name, e] : entities)
    if (e.handle) self->send_exit(e.handle, caf::exit_reason::user_shutdown);
  entities.clear(), by_actor.clear(), at_work.clear(), watched.clear();
  requests.reset();
  flush_store();
  store_current = false, restoring = false;
  ++replay_number;
  touched.reset();
  core.reset();
  publishing.clear();
  ++life;
  self->send(cluster, atom::report_v, std::move(r));
}

partition_status partition_state::status() const {
  partition_status s;
  s.partition = id.value;
  static constexpr const char* names[] = {"none", "taking", "mine", "releasing"};
  s.state = names[core ? static_cast<int>(core->state()) : 0];
  if (!core) return s;
  s.epoch = core->epoch(), s.last_seq = core->last_seq(), s.in_floor = core->in_floor(),
  s.out_floor = core->out_floor(), s.undecided = core->undecided();
  s.in_last = std::max(in_last, s.in_floor);
  s.undelivered = core->undelivered(), s.awake = entities.size(), s.replayed_to = store_current ? s.last_seq : store_at;
  return s;
}

actor_report partition_state::actors(uint32_t limit) const {
  actor_report out;
  actor_info me;
  me.path = env->node.value + "/partition-" + std::to_string(id.value);
  me.kind = "partition";
  me.state = core ? status().state : "none";
  me.mailbox = core ? core->undecided() : 0;
  me.age_s = std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() - took_at).count();
  out.actors.push_back(me);
  for (auto& [name, e] : entities) {
    if (out.actors.size() > limit) {
      out.left_out = entities.size() - limit;
      break;
    }
    auto kind = env->kinds.find(name.value[0]);
    out.actors.push_back({me.path + "/" + name.value, kind == env->kinds.end() ? "entity" : kind->second.name,
                          !e.handle   ? "loading"
                          : e.in_work ? "at work"
                                      : "idle",
                          e.loading.size() + (e.in_work ? 1 : 0), e.restarts, (steady_ms() - e.last_used) / 1000});
  }
  return out;
}

partition_actor::behavior_type run_partition(partition_actor::stateful_pointer<partition_state> self, engine_ptr env,
                                             cluster_actor cluster, partition_id p, tenant_map tenants) {
  self->state.start(std::move(env), std::move(cluster), p, std::move(tenants));
  self->set_down_handler([self](const caf::down_msg& m) {
    self->state.on_entity_down(m.source, caf::to_string(m.reason));
    self->state.act();
  });
  self->delayed_send(self, defaults::partition_tick, atom::internal_v, atom::tick_v);
  return {
      [self](atom::wake) { self->state.on_answers(); },
      [self](atom::take) { self->state.take(); },
      [self](atom::release) { self->state.release(); },
      [self](atom::decided, decided_turn& d) { self->state.on_decided(d); },
      [self](atom::loaded, loaded_entity& l) { self->state.on_loaded(l), self->state.act(); },
      [self](atom::marker, marker_answer& m) { self->state.on_marker(m); },
      [self](atom::restart, loaded_entity& l) { self->state.on_restored(l); },
      [self](atom::view, cut_found& f) { self->state.on_cut_found(f); },
      [self](atom::tenants, tenant_map& t) { self->state.tenants = std::move(t); },
      [self](atom::ops, bus_message& m) { self->state.on_request(m); },
      [self](atom::internal, atom::tick) { self->state.tick(); },
      [self](atom::restart, const std::string& id) { return self->state.restart_entity(id); },
      [self](atom::status) { return self->state.status(); },
      [self](atom::actors, uint32_t limit) { return self->state.actors(limit); },
  };
}

} // namespace steward
