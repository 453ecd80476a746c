#include "actors/seat/seat_door.hpp"

#include "actors/defaults.hpp"
#include "actors/log.hpp"
#include "actors/seat/queue_state.hpp"
#include "actors/seat/seat_audit.hpp"
#include "actors/seat/seat_model.hpp"
#include "actors/seat/seat_policy.hpp"
#include "messages/codec_impl.hpp"
#include "storage/keys.hpp"

#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>
#include <cstdlib>

namespace steward {

/// What of a conversation's state a seat sees besides its row and feed.
struct conversation_notes {
  struct guest {
    std::string seat;
    template <class F>
    void fields(F& f) {
      f("seat", seat);
    }
  };
  std::vector<private_note> notes;
  std::string customer;
  std::vector<guest> guests;
  template <class F>
  void fields(F& f) {
    f("notes", notes), f("customer", customer), f("guests", guests);
  }
  bool has(const std::string& seat) const {
    return std::any_of(guests.begin(), guests.end(), [&](auto& g) { return g.seat == seat; });
  }
};

/// What of a customer's state a seat sees.
struct happening {
  int64_t time_ms = 0;
  std::string what, id;
  value data;
  template <class F>
  void fields(F& f) {
    f("time_ms", time_ms), f("what", what), f("id", id), f("data", data);
  }
};
struct customer_events {
  uint64_t events = 0; // all that there were
  std::vector<happening> recent;
  template <class F>
  void fields(F& f) {
    f("events", events), f("recent", recent);
  }
};

} // namespace steward

STEWARD_CODEC(steward::conversation_notes::guest)
STEWARD_CODEC(steward::conversation_notes)
STEWARD_CODEC(steward::happening)
STEWARD_CODEC(steward::customer_events)

namespace steward {
namespace {

using namespace std::chrono_literals;
constexpr size_t most_heard = 100'000;
constexpr uint32_t most_suggestions = 10;
constexpr decode_limits request_limits{.bytes = 64 * 1024, .items = 200, .depth = 8};
constexpr decode_limits answer_limits{.bytes = 16 << 20, .items = 1'000'000};

template <class T>
void answer(const engine_ptr& env, const std::string& reply, bool json, const T& x) {
  if (!reply.empty()) env->nats->publish(reply, json ? to_json(x) : encode(x));
}

bool is_json(const bus_message& m) { return !m.data.empty() && m.data.front() == '{'; }
problem as_problem(const failure& f) { return {std::string(to_string(f.code)), f.message}; }

accept_ack refusal(const std::string& id, const failure& f, int64_t retry_after_ms = 0) {
  accept_ack a;
  a.id = id, a.error = as_problem(f), a.retry_after_ms = retry_after_ms;
  return a;
}

failure no_owner() { return {errc::unavailable, "nobody owns this partition at the moment: ask again"}; }

constexpr uint64_t no_items = UINT64_MAX;

/// Asks the owner to show an entity, with its feed from there on; `then` gets the view or why not.
template <class F>
void show(const engine_ptr& env, const tenant_id& t, const entity_id& e, uint64_t from, F then) {
  ops_request q;
  q.tenant = t, q.entity = e, q.number = from;
  env->nats->request(subjects::engine(partition_of(t, e), "show"), encode(q), 3s, {},
                     [then = std::move(then)](result<bus_message> m) {
                       if (!m) return then(result<conversation_view>(no_owner()));
                       auto v = decode<conversation_view>(m->data, answer_limits);
                       if (v && !v->error.empty())
                         return then(result<conversation_view>(errc_from(v->error.code), v->error.message));
                       then(std::move(v));
                     });
}

/// Newest last, numbered like all that ever happened.
feed_page page_of(const customer_events& c) {
  feed_page out;
  auto seq = c.events - std::min<uint64_t>(c.events, c.recent.size());
  for (auto& h : c.recent) {
    feed_item i;
    i.seq = ++seq, i.time_ms = h.time_ms, i.by = speaker::system, i.id = h.id, i.kind = h.what;
    if (!h.data.empty()) i.text = json_of(h.data.msgpack);
    out.items.push_back(std::move(i));
  }
  out.next = seq + 1;
  return out;
}

queue_view view_of(const queue_data& q, const std::string& name, const seat_request& ask, const tenant_config& t) {
  queue_view out;
  out.queue = name;
  auto c = t.queues.find(name);
  out.mode = c != t.queues.end() && c->second.mode == queue_mode::offer ? "offer" : "pick";
  out.waiting = q.head.size() + q.back.size();
  for (auto& s : q.shelves) out.waiting += s.count;
  for (auto& e : q.head) {
    if (out.rows.size() >= std::min<uint32_t>(ask.limit ? ask.limit : 200, 200)) break;
    auto& k = e.ticket;
    out.rows.push_back({k.conversation, static_cast<uint32_t>(out.rows.size() + 1), k.since_ms, k.priority, k.skill,
                        k.language, k.text, e.offered});
  }
  if (auto r = wait_estimate(q.waits, static_cast<uint32_t>(out.waiting + 1))) {
    auto told = rounded(*r);
    out.from_s = told.from_s, out.to_s = told.to_s;
  }
  for (auto& s : q.seats)
    if (s.is != presence::home)
      out.seats.push_back({s.seat, s.name, s.is, static_cast<uint32_t>(std::max<int64_t>(0, room_of(q, s)))});
  return out;
}

seat_view view_of(const seat_data& s, const std::string& name, const entity_id& entity) {
  seat_view out;
  out.seat = name, out.name = s.name, out.is = s.is, out.reason = s.reason, out.capacity = s.capacity;
  out.queues = s.active, out.held = s.held, out.next = s.feed_seq + 1, out.entity = entity;
  return out;
}

} // namespace

void seat_door_state::request(const bus_message& m) {
  auto json = is_json(m);
  auto where = subjects::parse_seat(m.subject);
  if (!where) return answer(env, m.reply, json, refusal({}, where.error()));
  if (where->verb == "beat") {
    if (heard.size() > most_heard) heard.clear(); // somebody invents seats: those that are there are looked at again
    heard[seat_id(where->tenant, where->seat)] = steady_ms();
    return;
  }
  auto q = m.data.empty() ? result<seat_request>(seat_request{}) : decode<seat_request>(m.data, request_limits);
  if (!q) return answer(env, m.reply, json, refusal({}, q.error()));
  auto tenants = env->tenants.load();
  auto t = tenants->find(where->tenant);
  if (t == tenants->end()) {
    if (!env->tenants_read)
      return answer(env, m.reply, json,
                    refusal(q->id, {errc::unavailable, "this engine has just started: send again"}, 500));
    return answer(env, m.reply, json,
                  refusal(q->id, {errc::unknown_tenant, "there is no tenant '" + where->tenant.value + "' here"}));
  }
  if (where->verb == "typing") {
    env->nats->publish(subjects::typing(where->tenant, q->conversation), encode(typing_note{speaker::person, q->name}));
    if (!m.reply.empty()) answer(env, m.reply, json, accept_ack{true, q->id, q->conversation, {}, 0});
    return;
  }
  if (where->verb == "suggest") return suggest(m, *where, *q);
  if (where->verb == "timeline") return timeline(m, *where, *q);
  if (where->verb == "read" || where->verb == "texts") return read_conversation(m, *where, *q, t->second);
  if (where->verb == "search") return search(m, *where, *q);
  if (is_seat_read(where->verb)) return read(m, *where, *q, *t->second);
  change(m, *where, std::move(*q), *t->second);
}

void seat_door_state::change(const bus_message& m, const subjects::seat_subject& where, seat_request q,
                             const tenant_config& t) {
  auto json = is_json(m);
  auto id = q.id;
  auto conversation = q.conversation;
  auto in = seat_message(where, std::move(q), t, now_ms());
  if (!in) return answer(env, m.reply, json, refusal(id, in.error()));
  if (where.verb == "join" || where.verb == "available") heard[in->entity] = steady_ms();
  if (is_supervisors(where.verb)) tell_audit(env, where, where.verb, conversation);
  env->nats->js_publish(subjects::in(partition_of(in->tenant, in->entity), in->tenant), encode(*in),
                        {{message_id_header, in->id.value}}, defaults::accept_timeout,
                        [env = env, reply = m.reply, json, id, conversation](result<publish_ack> ack) {
                          if (ack) return answer(env, reply, json, accept_ack{true, id, conversation, {}, 0});
                          auto f = ack.error();
                          if (f.code != errc::overloaded && f.code != errc::too_large) f.code = errc::unavailable;
                          f.message = "the log cannot be reached now (" + f.message + "): send again, with the same id";
                          answer(env, reply, json, refusal(id, f, 1000));
                        });
}

void seat_door_state::read(const bus_message& m, const subjects::seat_subject& where, const seat_request& q,
                           const tenant_config& t) {
  auto json = is_json(m);
  auto me = seat_id(where.tenant, where.seat);
  if (where.verb == "feed") {
    feed_request f;
    f.tenant = where.tenant, f.conversation = me, f.from = q.from, f.limit = q.limit;
    env->nats->request(subjects::engine(partition_of(where.tenant, me), "feed"), encode(f), 3s, {},
                       [env = env, reply = m.reply, json](result<bus_message> r) {
                         if (r) return env->nats->publish(reply, json ? json_of(r->data) : r->data);
                         feed_page none;
                         none.error = as_problem(no_owner());
                         answer(env, reply, json, none);
                       });
    return;
  }
  if (where.verb == "me")
    return show(env, where.tenant, me, no_items, [=, env = env, reply = m.reply](result<conversation_view> v) {
      auto d = v ? decode<seat_data>(v->state, answer_limits) : result<seat_data>(v.error());
      if (!d && d.error().code == errc::not_found) d = seat_data{}; // never joined
      auto out = d ? view_of(*d, where.seat, me) : seat_view{};
      if (!d) out.error = as_problem(d.error());
      answer(env, reply, json, out);
    });
  auto name = q.queue.empty() ? t.first_queue : q.queue;
  if (auto ok = check_queue(name, t); !ok) {
    queue_view bad;
    bad.error = as_problem(ok.error());
    return answer(env, m.reply, json, bad);
  }
  auto tenant = env->tenants.load()->at(where.tenant);
  show(env, where.tenant, queue_id(where.tenant, name), no_items,
       [=, env = env, reply = m.reply](result<conversation_view> v) {
         auto d = v ? decode<queue_data>(v->state, answer_limits) : result<queue_data>(v.error());
         if (!d && d.error().code == errc::not_found) d = queue_data{}; // nobody has waited yet
         auto out = d ? view_of(*d, name, q, *tenant) : queue_view{};
         if (!d) out.error = as_problem(d.error());
         answer(env, reply, json, out);
       });
}

void seat_door_state::read_conversation(const bus_message& m, const subjects::seat_subject& where,
                                        const seat_request& q, tenant_ptr t) {
  auto json = is_json(m);
  auto texts = [=, env = env, reply = m.reply](const conversation_row& row, problem p) {
    canned_texts out;
    out.error = std::move(p);
    out.texts = filled_texts(*t, row.language,
                             {{"company", t->name},
                              {"seat", q.name.empty() ? where.seat : q.name},
                              {"customer", row.peer},
                              {"conversation", row.conversation.value.substr(0, 9)}});
    answer(env, reply, json, out);
  };
  if (where.verb == "texts" && q.conversation.empty()) {
    conversation_row none;
    none.language = q.languages.empty() ? "" : q.languages[0];
    return texts(none, {});
  }
  auto read = where.verb == "read";
  show(env, where.tenant, q.conversation, read ? std::max<uint64_t>(q.from, 1) : no_items,
       [=, env = env, looks = looks, reply = m.reply](result<conversation_view> v) {
         if (!read) return texts(v ? v->row : conversation_row{}, v ? problem{} : as_problem(v.error()));
         seat_conversation out;
         if (!v) {
           out.error = as_problem(v.error());
         } else {
           out.row = std::move(v->row), out.items = std::move(v->items);
           auto n = decode<conversation_notes>(v->state, answer_limits);
           auto others = out.row.mode == "person" && out.row.seat != where.seat && !(n && n->has(where.seat));
           if (others && looks->is_new(where.seat, q.conversation, now_ms()))
             tell_audit(env, where, "look", q.conversation);
           if (n) out.notes = std::move(n->notes);
         }
         answer(env, reply, json, out);
       });
}

/// What the articles say about a text, in the conversation's language or the one that is named. Any node knows.
void seat_door_state::suggest(const bus_message& m, const subjects::seat_subject& where, const seat_request& q) {
  auto json = is_json(m);
  auto refuse = [env = env, reply = m.reply, json](const failure& f) {
    kb_search_result none;
    none.error = as_problem(f);
    answer(env, reply, json, none);
  };
  if (auto ok = check_suggest(q); !ok) return refuse(ok.error());
  ops_request o;
  o.tenant = where.tenant, o.text = q.text, o.limit = std::min<uint32_t>(q.limit, most_suggestions);
  if (!q.languages.empty()) o.language = q.languages[0];
  env->nats->request(subjects::ops("one.kb_search"), encode(o), 3s, {},
                     [env = env, reply = m.reply, json, refuse](result<bus_message> r) {
                       if (!r)
                         return refuse({errc::unavailable, "no engine looks up articles at the moment: ask again"});
                       env->nats->publish(reply, json ? json_of(r->data) : r->data);
                     });
}

/// What happened to the customer of a conversation; of one that nobody has named, nothing.
void seat_door_state::timeline(const bus_message& m, const subjects::seat_subject& where, const seat_request& q) {
  auto done = [env = env, reply = m.reply, json = is_json(m)](result<feed_page> p) {
    feed_page none;
    if (!p) none.error = as_problem(p.error());
    answer(env, reply, json, p ? *p : none);
  };
  show(env, where.tenant, q.conversation, no_items,
       [env = env, tenant = where.tenant, done](result<conversation_view> v) {
         auto of = v ? decode<conversation_notes>(v->state, answer_limits) : result<conversation_notes>(v.error());
         if (!of) return done(of.error());
         if (of->customer.empty()) return done(feed_page{});
         show(env, tenant, customer_id(tenant, of->customer), no_items, [done](result<conversation_view> c) {
           if (!c && c.error().code == errc::not_found) return done(feed_page{});
           auto events = c ? decode<customer_events>(c->state, answer_limits) : result<customer_events>(c.error());
           done(events ? result<feed_page>(page_of(*events)) : result<feed_page>(events.error()));
         });
       });
}

/// Every owner searches its part; what comes is put together, the newest first.
void seat_door_state::search(const bus_message& m, const subjects::seat_subject& where, const seat_request& q) {
  auto json = is_json(m);
  if (auto ok = check_search(q); !ok) {
    seat_found bad;
    bad.error = as_problem(ok.error());
    return answer(env, m.reply, json, bad);
  }
  ops_request ask;
  ask.tenant = where.tenant, ask.text = q.text, ask.limit = search_limit(q);
  auto all = std::make_shared<search_sum>(partition_count, ask.limit);
  for (uint8_t p = 0; p < partition_count; ++p)
    env->nats->request(subjects::engine({p}, "search"), encode(ask), 4s, {},
                       [env = env, all, json, reply = m.reply](result<bus_message> r) {
                         auto part = r ? decode<seat_found>(r->data, answer_limits) : result<seat_found>(no_owner());
                         if (auto whole = all->take(std::move(part))) answer(env, reply, json, *whole);
                       });
}

/// Seats of this node's partitions that have not been heard: one that should be there is told that it is lost. Each is
/// looked at once per silence.
void seat_door_state::look_for_silent(const node_view& view) {
  auto now = steady_ms();
  for (auto p : view.mine) {
    auto prefix = keys::partition_prefix({p}) + static_cast<char>(entity_kind::seat);
    (void)env->db->scan(table::entity, prefix, {}, scan_order::ascending,
                        [&](std::string_view key, std::string_view v) {
                          entity_id e{std::string(key.substr(1))};
                          auto [i, fresh] = heard.try_emplace(e, began_ms);
                          if (now - i->second < silence_ms) return true;
                          i->second = now;
                          if (auto row = decode<entity_row>(v)) look_at(row->tenant, e);
                          return true;
                        });
  }
}

void seat_door_state::look_at(const tenant_id& tenant, const entity_id& e) {
  show(env, tenant, e, no_items, [env = env, tenant, e](result<conversation_view> v) {
    if (!v) return;
    auto s = decode<seat_data>(v->state, answer_limits);
    if (!s || s->is == presence::home || s->without_beat || s->reason == "lost") return;
    log::info("seat is silent, and counts as lost", {{"tenant", tenant.value}, {"seat", s->seat}});
    in_message m;
    m.kind = in_kind::command;
    m.tenant = tenant, m.entity = e, m.topic = "lost", m.accepted_ms = now_ms();
    // Several engines may notice: what the seat has seen since is in the id, so it counts once.
    m.id = message_id{hash_name({"seat-lost", e.value, std::to_string(s->feed_seq)})};
    m.body.data = encode(seat_command{s->seat, {}});
    env->nats->js_publish(subjects::in(partition_of(tenant, e), tenant), encode(m), {{message_id_header, m.id.value}},
                          defaults::publish_timeout, [](result<publish_ack>) {});
  });
}

seat_door_actor::behavior_type run_seat_door(seat_door_actor::stateful_pointer<seat_door_state> self, engine_ptr env,
                                             cluster_actor cluster) {
  auto& s = self->state;
  s.env = std::move(env), s.cluster = std::move(cluster), s.began_ms = steady_ms();
  s.silence_ms = defaults::seat_silence_ms;
  if (auto e = std::getenv("STEWARD_SEAT_SILENCE_MS")) s.silence_ms = std::max(200L, std::atol(e)); // for tests
  auto pause = std::chrono::milliseconds(s.silence_ms / 5);
  self->delayed_send(self, pause, atom::internal_v, atom::tick_v);
  return {[self](atom::ops, bus_message& m) { self->state.request(m); },
          [self, pause](atom::internal, atom::tick) {
            self->request(self->state.cluster, 2s, atom::view_v)
                .then([self](node_view& v) { self->state.look_for_silent(v); }, [](const caf::error&) {});
            self->delayed_send(self, pause, atom::internal_v, atom::tick_v);
          }};
}

} // namespace steward
