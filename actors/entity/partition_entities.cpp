// Awake entities: loading them, giving them work, taking their answers, surviving their end, putting them to sleep.
#include "actors/entity/partition.hpp"

#include "actors/defaults.hpp"
#include "actors/entity/frame.hpp"
#include "actors/entity/verify.hpp"
#include "actors/log.hpp"
#include "actors/supervision/crash_point.hpp"
#include "messages/traceparent.hpp"

#include <caf/event_based_actor.hpp>
#include <caf/send.hpp>
#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

namespace steward {

void partition_state::hand(action::hand& h) {
  if (touched) touched->insert(h.entity);
  auto& e = entities[h.entity];
  e.last_used = steady_ms();
  e.tenant = h.message->tenant;
  if (e.handle) return give(e, h);
  e.loading.push_back(std::move(h));
  if (e.loading.size() > 1) return; // its load is under way
  auto& name = e.loading.back().entity;
  flush_store(); // a snapshot of it may have been committed just now
  if (store_current)
    self->send(env->storing, atom::load_v, load_request{life, id, e.tenant, name});
  else
    load_from_log(e.tenant, name);
}

void partition_state::give(awake& e, const action::hand& h) {
  e.in_work = h.t;
  e.handed = std::chrono::steady_clock::now();
  e.message = h.message;
  at_work[h.t] = h.entity;
  auto tenant = tenants->find(h.message->tenant);
  static const tenant_ptr unknown = std::make_shared<const tenant_config>();
  entity_work w;
  w.life = life, w.t = h.t, w.message = h.message, w.prev_seq = e.last_seq;
  if (h.seq) w.at = {in_created, h.seq};
  w.tenant = tenant == tenants->end() ? unknown : tenant->second;
  self->send(e.handle, atom::work_v, std::move(w));
}

void partition_state::on_loaded(loaded_entity& l) {
  if (!core || l.number != life) return;
  auto i = entities.find(l.entity);
  if (i == entities.end() || i->second.handle) return;
  auto& e = i->second;
  auto waiting = std::exchange(e.loading, {});
  if (!l.problem.empty()) {
    log::error("entity cannot be loaded", {{"entity", l.entity.value}, {"why", l.problem}});
    entities.erase(i);
    for (auto& h : waiting) core->failed(h.t, "it cannot be loaded: " + l.problem);
    return;
  }
  if (!l.state) {
    auto fresh = fresh_entity(env->kinds, e.tenant, l.entity);
    if (!fresh) {
      entities.erase(i);
      for (auto& h : waiting) core->failed(h.t, fresh.error().message);
      return;
    }
    l.state = std::make_shared<entity_state>(std::move(*fresh));
  }
  e.last_seq = l.incarnation == 0 || l.incarnation == turn_created ? l.state->last_seq : 0;
  e.handle = self->spawn<caf::monitored>(run_entity, env, caf::actor_cast<partition_actor>(self->address()),
                                         std::move(l.state));
  by_actor[e.handle.id()] = l.entity;
  for (auto& h : waiting) give(e, h);
}

/// What the log would refuse again and again, with the whole partition waiting behind it; empty: it takes the record.
std::string partition_state::too_large(const turn_record& r) const {
  constexpr size_t room_for_headers = 16 << 10;
  auto size = weight_of(r);
  if (size < (256 << 10)) return {};
  auto most = static_cast<size_t>(env->nats->server().max_payload);
  if (size + room_for_headers <= most) return {};
  auto why = "its record would have " + std::to_string(size) + " bytes, and the log takes " + std::to_string(most);
  log::error("turn is too large for the log", {{"entity", r.entity.value},
                                               {"turn", r.turn},
                                               {"state", r.state.data.size()},
                                               {"input", r.input.data.size()},
                                               {"why", why},
                                               {"trace", trace_id(trace_of(r))}});
  return why;
}

/// Its state is of a turn that will not be: it is rebuilt from the log with its next message.
void partition_state::end_entity(const entity_id& name) {
  auto e = entities.find(name);
  if (e == entities.end()) return;
  if (e->second.handle) {
    by_actor.erase(e->second.handle.id());
    self->send_exit(e->second.handle, caf::exit_reason::user_shutdown);
  }
  entities.erase(e);
}

void partition_state::on_decided(decided_turn& d) {
  if (!core || d.life != life) return;
  if (auto i = at_work.find(d.t); i != at_work.end()) {
    if (auto e = entities.find(i->second); e != entities.end()) e->second.in_work.reset(), e->second.message.reset();
    at_work.erase(i);
  }
  if (!d.record)
    core->dropped(d.t);
  else if (auto why = too_large(*d.record); !why.empty()) {
    end_entity(d.record->entity);
    core->failed(d.t, std::move(why));
  } else
    core->decided(d.t, decision_record{std::move(*d.record)});
  act();
  flush_store();
}

/// The actor of an entity ended: its state is rebuilt from the log with the next message.
void partition_state::on_entity_down(const caf::actor_addr& who, const std::string& why) {
  auto i = by_actor.find(who.id());
  if (i == by_actor.end()) return;
  auto name = std::move(i->second);
  by_actor.erase(i);
  auto e = entities.find(name);
  if (e == entities.end() || e->second.handle.address() != who) return;
  auto work = e->second.in_work;
  auto message = std::move(e->second.message);
  entities.erase(e);
  if (!work || !core) return;
  at_work.erase(*work);
  env->figures->count(figure::restarts);
  log::warn("entity failed, and is rebuilt from the log",
            {{"entity", name.value}, {"why", why}, {"trace", message ? trace_id(message->trace) : std::string_view{}}});
  core->failed(*work, why);
}

bool partition_state::restart_entity(const std::string& which) {
  auto i = entities.find(entity_id{which});
  if (i == entities.end() || !i->second.handle) return false;
  env->figures->count(figure::restarts);
  self->send_exit(i->second.handle, caf::exit_reason::user_shutdown);
  return true;
}

void partition_state::send_to_sleep() {
  auto now = steady_ms();
  if (now < sleep_again) return;
  sleep_again = now + 2000; // a walk over all that are awake
  std::erase_if(watched, [&](auto& w) { return w.second < now; });
  auto crowded = entities.size() > defaults::entities_awake;
  for (auto i = entities.begin(); i != entities.end();) {
    auto& e = i->second;
    auto idle = now - e.last_used;
    auto wanted = idle > defaults::entity_sleep_ms || (crowded && idle > 1000);
    if (wanted && e.handle && !e.in_work && e.loading.empty() && !core->at_work(i->first)) {
      by_actor.erase(e.handle.id());
      self->send_exit(e.handle, caf::exit_reason::user_shutdown);
      i = entities.erase(i);
      continue;
    }
    ++i;
  }
}

/// A request of `engine.<p>.<verb>`: reads go to the store, commands into the log.
void partition_state::on_request(bus_message& m) {
  auto verb = m.subject.substr(m.subject.rfind('.') + 1);
  if (verb == "tail") {
    tail_until = steady_ms() + defaults::tail_ms;
    return;
  }
  if (verb == "reply" || verb == "close" || verb == "hand_back") return on_command(m, verb);
  if (verb == "verify") {
    auto q = m.data.empty() ? result<ops_request>(ops_request{}) : decode<ops_request>(m.data);
    if (q)
      self->spawn<caf::detached>([env = env, p = id, only = q->tenant, reply = m.reply] {
        env->nats->publish(reply, encode(verify_partition(*env, p, only)));
      });
    return;
  }
  if (verb == "floors") return env->nats->publish(m.reply, encode(status()));
  if (verb == "feed") {
    // Who reads a feed is told of its growth for a while.
    if (auto q = decode<feed_request>(m.data)) watched[q->conversation] = steady_ms() + defaults::watch_ms;
  }
  if (verb == "search") {
    if (auto archive = env->archiving.get()) self->send(archive, atom::ops_v, std::move(m));
    return;
  }
  self->send(env->storing, atom::ops_v, std::move(m), node_view{});
}

/// `engine.<p>.reply|close|hand_back`: an operator's command goes through the log like everything else.
void partition_state::on_command(const bus_message& m, const std::string& verb) {
  auto refuse = [&](errc code, std::string why) {
    env->nats->publish(m.reply, encode(ops_ack{false, {}, {std::string(to_string(code)), std::move(why)}}));
  };
  auto q = decode<ops_request>(m.data);
  if (!q) return refuse(q.error().code, q.error().message);
  if (q->entity.empty() || partition_of(q->tenant, q->entity) != id)
    return refuse(errc::not_found, "no such conversation here");
  in_message in;
  in.kind = in_kind::command;
  in.tenant = q->tenant, in.entity = q->entity, in.topic = verb, in.accepted_ms = now_ms();
  in.id =
      message_id{hash_name({"command", env->node.value, std::to_string(env->start_ms), std::to_string(++commands)})};
  in.body.data = encode(*q);
  env->nats->js_publish(subjects::in(id, in.tenant), encode(in), {{message_id_header, in.id.value}},
                        defaults::publish_timeout, [env = env, reply = m.reply, verb](result<publish_ack> ack) {
                          ops_ack out;
                          out.ok = ack.ok();
                          if (ack)
                            out.text = verb + " accepted";
                          else
                            out.error = {std::string(to_string(ack.error().code)), ack.error().message};
                          env->nats->publish(reply, encode(out));
                        });
}

} // namespace steward
