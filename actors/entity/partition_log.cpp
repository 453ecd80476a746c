// What the core asks of the log, and how it is done over NATS. Callbacks only leave their answer in the inbox.
#include "actors/entity/partition.hpp"

#include "actors/defaults.hpp"
#include "actors/log.hpp"
#include "actors/supervision/crash_point.hpp"
#include "messages/traceparent.hpp"

#include <algorithm>
#include <caf/send.hpp>
#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

namespace steward {
namespace {

std::optional<turn_record> decoded(const std::optional<stored_message>& m) {
  if (!m) return std::nullopt;
  auto r = decode<turn_record>(m->data, {.bytes = 8 << 20});
  if (r) return std::move(*r);
  log::error("record does not decode", {{"seq", m->seq}, {"why", r.error().message}});
  return std::nullopt;
}

/// A message to another entity. Its id names all that travels in it: after a crash they may be gathered otherwise.
in_message between_entities(partition_id from, uint64_t turn_created, const action::deliver& d) {
  action::deliver::reply last{d.seq, d.k, d.record};
  if (!d.with.empty()) last = d.with.back();
  auto& o = last.record->replies[last.k];
  in_message m;
  m.kind = in_kind::entity;
  m.tenant = last.record->tenant, m.entity = o.entity, m.topic = o.topic, m.body = o.body;
  m.source = {from, {turn_created, last.seq}, last.k};
  m.trace = trace_of(*last.record);
  auto p = std::to_string(from.value), created = std::to_string(turn_created);
  auto seq = std::to_string(d.seq), k = std::to_string(d.k);
  if (d.with.empty()) {
    m.id = message_id{hash_name({"entity", p, created, seq, k})};
    return m;
  }
  m.id = message_id{hash_name({"entities", p, created, seq, k, std::to_string(last.seq), std::to_string(last.k)})};
  auto before = [&](uint64_t seq, uint32_t k, const turn_record& r) {
    m.gathered.push_back({{turn_created, seq}, k, r.replies[k].topic, r.replies[k].body});
  };
  before(d.seq, d.k, *d.record);
  for (size_t n = 0; n + 1 < d.with.size(); ++n) before(d.with[n].seq, d.with[n].k, *d.with[n].record);
  return m;
}

/// No server, no stream, no space: the reply itself may be fine.
bool is_log_away(errc e) { return e == errc::unavailable || e == errc::timeout || e == errc::overloaded; }

} // namespace

void partition_state::act() {
  while (core) {
    auto actions = core->take_actions();
    if (actions.empty()) return;
    for (auto& a : actions) {
      if (auto s = std::get_if<action::stand_down>(&a)) return stand_down(*s); // nothing follows
      std::visit(
          [this](auto& x) {
            using T = std::decay_t<decltype(x)>;
            if constexpr (std::is_same_v<T, action::read_tail>)
              read_tail(x.t);
            else if constexpr (std::is_same_v<T, action::publish>)
              publish(x);
            else if constexpr (std::is_same_v<T, action::read_record>)
              read_record(x);
            else if constexpr (std::is_same_v<T, action::read_in>)
              read_in(x);
            else if constexpr (std::is_same_v<T, action::grant>) {
              if (in_reading) in_reading->grant(x.messages);
            } else if constexpr (std::is_same_v<T, action::replay>)
              replay(x);
            else if constexpr (std::is_same_v<T, action::hand>)
              hand(x);
            else if constexpr (std::is_same_v<T, action::deliver>)
              deliver(x);
            else if constexpr (std::is_same_v<T, action::park>)
              park(x);
            else if constexpr (std::is_same_v<T, action::committed>)
              committed(x);
            else if constexpr (std::is_same_v<T, action::took_over>) {
              crash_point("after_take");
              took_at = std::chrono::steady_clock::now();
              log::info("node takes over a partition",
                        {{"partition", uint32_t{id.value}}, {"epoch", x.epoch}, {"seq", x.seq}});
              store_target = x.seq;
              self->send(cluster, atom::report_v, partition_report{id, ownership::mine, errc::ok, {}, x.epoch});
              follow_log();
            }
          },
          a);
    }
  }
}

/// In the order that tail_view asks for: creation times and the end of IN, then the last record, then the last
/// ownership record.
void partition_state::read_tail(ticket t) {
  auto view = std::make_shared<tail_view>();
  auto fail = [inbox = inbox, life = life, t](const failure& f) { inbox->push(life, answer::tail{t, f}); };
  auto nats = env->nats;
  auto streams = subjects::all_streams();
  auto turn_name = subjects::turn_stream(id), in_name = subjects::in_stream(id);
  auto definition = [&](const std::string& n) {
    for (auto& s : streams)
      if (s.name == n) return s;
    return subjects::stream_definition{};
  };
  auto done = [inbox = inbox, life = life, t, view] { inbox->push(life, answer::tail{t, *view}); };
  auto last_own = [=, own = subjects::own(id)] {
    nats->js_last(turn_name, own, [=](result<std::optional<stored_message>> m) {
      if (!m) return fail(m.error());
      view->last_own = decoded(*m);
      done();
    });
  };
  auto last = [=](stream_info turn) {
    view->turn_created = turn.created_ns;
    view->last_seq = turn.last_seq;
    if (turn.last_seq == 0) return done();
    nats->js_last(turn_name, ">", [=](result<std::optional<stored_message>> m) {
      if (!m) return fail(m.error());
      // A record may have come since the look at the stream: then it is the last one.
      if (*m) view->last_seq = std::max(view->last_seq, (*m)->seq);
      if (*m && (*m)->seq == view->last_seq) view->last = decoded(*m);
      last_own();
    });
  };
  // An owner that asks only holds its own place against the log: a stream that is gone must not be made anew for that.
  auto owned = core && core->state() == ownership::mine;
  auto look = [=, replicas = env->config.replicas](const subjects::stream_definition& d,
                                                   nats_client::callback<stream_info> then) {
    if (!owned) return nats->js_ensure(d, replicas, std::move(then));
    nats->js_info(d.name, [then](result<stream_info> r) {
      if (!r && r.error().code == errc::not_found) r = stream_info{};
      then(std::move(r));
    });
  };
  look(definition(in_name), [=, turn = definition(turn_name)](result<stream_info> in) {
    if (!in) return fail(in.error());
    view->in_created = in->created_ns;
    view->in_last = in->last_seq;
    look(turn, [=](result<stream_info> turn) {
      if (!turn) return fail(turn.error());
      last(*turn);
    });
  });
}

void partition_state::publish(const action::publish& p) {
  crash_point("before_commit");
  auto& r = *p.record;
  auto one = std::find_if(publishing.begin(), publishing.end(), [&](auto& s) { return s.record == p.record; });
  auto bytes = one == publishing.end() ? std::make_shared<const std::string>(encode(r)) : one->bytes;
  if (one == publishing.end() && !r.entity.empty())
    publishing.push_back({p.record, bytes, std::chrono::steady_clock::now()});
  headers head{{expected_last_sequence, std::to_string(p.expected)}};
  // By its id the next record knows it; an ownership record has none, since a former life's must not pass for it.
  auto id = [&](uint64_t n) { return r.node.value + ":" + std::to_string(r.epoch) + ":" + std::to_string(n); };
  if (r.kind == record_kind::turn || r.kind == record_kind::snapshot) head.emplace_back(message_id_header, id(r.n));
  if (p.behind != 0) head.emplace_back(expected_last_id, id(p.behind));
  env->nats->js_publish(p.subject, *bytes, head, defaults::publish_timeout,
                        [inbox = inbox, life = life, t = p.t](result<publish_ack> ack) {
                          if (ack)
                            return inbox->push(life, answer::published{t, publish_outcome::acknowledged, ack->seq, {}});
                          auto& f = ack.error();
                          auto how = f.code == errc::conflict  ? publish_outcome::wrong_sequence
                                     : f.code == errc::timeout ? publish_outcome::timed_out
                                                               : publish_outcome::refused;
                          inbox->push(life, answer::published{t, how, 0, f.message});
                        });
  crash_point("after_commit_sent");
}

void partition_state::read_record(const action::read_record& r) {
  env->nats->js_get(
      subjects::turn_stream(id), r.seq, [inbox = inbox, life = life, t = r.t](result<std::optional<stored_message>> m) {
        if (!m) return inbox->push(life, answer::record{t, m.error()});
        if (*m && !decoded(*m))
          return inbox->push(life, answer::record{t, failure{errc::corrupt, "the record does not decode"}});
        inbox->push(life, answer::record{t, decoded(*m)});
      });
}

void partition_state::deliver(const action::deliver& d) {
  auto& o = d.record->replies[d.k];
  auto inbox = this->inbox;
  auto trace = trace_of(*d.record);
  if (log::tells(d.record->entity.value))
    log::turn("partition delivers a reply",
              {{"entity", d.record->entity.value}, {"seq", d.seq}, {"k", d.k}, {"trace", trace_id(trace)}});
  auto answered = [inbox, life = life, seq = d.seq, k = d.k, figures = env->figures,
                   begun = std::chrono::steady_clock::now(), trace](result<publish_ack> ack) {
    if (ack) {
      figures->observe(step::deliver, std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count());
      inbox->push(life, answer::delivered{seq, k});
    } else
      inbox->push(life, answer::undelivered{seq, k, ack.error().message, true, is_log_away(ack.error().code), trace});
  };
  if (o.kind == out_kind::peer) {
    auto id = reply_id(d.record->entity, d.record->turn, d.k);
    // The web channel is its feed: a page asks from a sequence number on, so a nudge is all that it needs.
    if (o.to.channel.value == "web") return inbox->push(life, answer::delivered{d.seq, d.k});
    headers head{{message_id_header, id}};
    if (!trace.empty()) head.emplace_back("traceparent", trace);
    env->nats->js_publish(subjects::reply(d.record->tenant, o.to.channel, o.to.peer), o.body.data, std::move(head),
                          defaults::publish_timeout, answered);
  } else if (o.kind == out_kind::entity) {
    auto m = between_entities(id, turn_created, d);
    m.accepted_ms = now_ms();
    env->nats->js_publish(subjects::in(partition_of(m.tenant, m.entity), m.tenant), encode(m),
                          {{message_id_header, m.id.value}}, defaults::publish_timeout, answered);
  } else {
    env->figures->count(figure::dead_letters);
    auto id =
        "dead:" + std::to_string(turn_created) + ":" + std::to_string(this->id.value) + ":" + std::to_string(d.seq);
    auto entity = d.record->entity.empty() ? entity_id{"none"} : d.record->entity;
    env->nats->js_publish(subjects::dead_letter(d.record->tenant, entity), o.body.data, {{message_id_header, id}},
                          defaults::publish_timeout, answered);
  }
}

void partition_state::park(const action::park& p) {
  env->figures->count(figure::parked);
  log::warn("reply is parked", {{"entity", p.record->entity.value},
                                {"seq", p.seq},
                                {"why", p.reason},
                                {"trace", trace_id(trace_of(*p.record))}});
  dead_letter l;
  l.what = "reply", l.reason = p.reason, l.time_ms = now_ms(), l.tenant = p.record->tenant, l.entity = p.record->entity;
  l.message.data = encode(p.record->replies[p.k]);
  auto inbox = this->inbox;
  auto id = "parked:" + std::to_string(turn_created) + ":" + std::to_string(this->id.value) + ":" +
            std::to_string(p.seq) + ":" + std::to_string(p.k);
  env->nats->js_publish(subjects::dead_letter(l.tenant, l.entity), encode(l), {{message_id_header, id}},
                        defaults::publish_timeout, [inbox, life = life, seq = p.seq, k = p.k](result<publish_ack> ack) {
                          if (ack)
                            inbox->push(life, answer::delivered{seq, k});
                          else
                            inbox->push(life, answer::undelivered{seq, k, ack.error().message, true});
                        });
}

void partition_state::committed(const action::committed& c) {
  auto& r = *c.record;
  if (r.kind == record_kind::turn && !r.entity.empty()) {
    env->figures->count(figure::turns);
    if (log::tells(r.entity.value))
      log::turn("partition commits a turn", {{"entity", r.entity.value},
                                             {"turn", r.turn},
                                             {"partition", uint32_t{id.value}},
                                             {"seq", c.seq},
                                             {"trace", trace_id(trace_of(r))}});
    if (auto e = entities.find(r.entity); e != entities.end()) {
      e->second.last_seq = c.seq;
      auto took = std::chrono::steady_clock::now() - e->second.handed;
      env->figures->observe(step::turn, std::chrono::duration<double>(took).count());
      if (took > defaults::slow_turn) tell_slow(r, took);
    }
    count_replies(r);
    if (auto w = watched.find(r.entity); w != watched.end()) changed.push_back(subjects::feed(r.tenant, r.entity));
    if (steady_ms() < tail_until) tell_tail(c);
  }
  if (touched) touched->insert(r.entity);
  while (!publishing.empty() && publishing.front().record != c.record) publishing.pop_front();
  auto bytes =
      publishing.empty() ? std::make_shared<const std::string>(encode(r)) : std::move(publishing.front().bytes);
  if (!publishing.empty()) publishing.pop_front();
  for_store.entries.push_back({c.seq, c.record, std::move(bytes)});
}

/// One line for many: when the log is slow, all turns are.
void partition_state::tell_slow(const turn_record& r, std::chrono::steady_clock::duration took) {
  auto now = std::chrono::steady_clock::now();
  if (now < complains_again_at) return;
  complains_again_at = now + std::chrono::seconds(1);
  log::warn("turn was slow", {{"entity", r.entity.value},
                              {"turn", r.turn},
                              {"partition", uint32_t{id.value}},
                              {"ms", int64_t{std::chrono::duration_cast<std::chrono::milliseconds>(took).count()}},
                              {"trace", trace_id(trace_of(r))}});
}

void partition_state::count_replies(const turn_record& r) {
  auto kind = env->kinds.find(r.entity.value[0]);
  if (kind == env->kinds.end() || !kind->second.said) return;
  for (auto k : kind->second.said(r)) {
    if (k == reply_kind::answer)
      env->figures->count(figure::answered);
    else if (k == reply_kind::unknown)
      env->figures->count(figure::unknown);
    else if (k == reply_kind::choice)
      env->figures->count(figure::choices);
    else if (k == reply_kind::handover)
      env->figures->count(figure::handovers);
  }
}

void partition_state::tell_tail(const action::committed& c) {
  auto& r = *c.record;
  tail_line l;
  l.time_ms = now_ms(), l.tenant = r.tenant, l.entity = r.entity, l.partition = id.value, l.seq = c.seq,
  l.turn = r.turn;
  if (auto input = decode<turn_input>(r.input.data))
    l.what = to_string(input->message.kind), l.trace = input->message.trace;
  for (auto& e : r.events) l.events.push_back(e.name);
  l.replies = static_cast<uint32_t>(r.replies.size());
  env->nats->publish(subjects::tail, encode(l));
}

void partition_state::flush_store() {
  if (!for_store.entries.empty()) {
    for_store.partition = id;
    for_store.incarnation = turn_created;
    for_store.mark = store_current;
    self->send(env->storing, atom::apply_v, std::exchange(for_store, {}));
  }
  // After the store has been told: who asks now reads what was said.
  for (auto& subject : changed) env->nats->publish(subject, {});
  changed.clear();
}

} // namespace steward
