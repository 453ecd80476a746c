#include "actors/forget/forgetter.hpp"

#include "actors/defaults.hpp"
#include "actors/entity/archive_reads.hpp"
#include "actors/entity/store_forget.hpp"
#include "actors/log.hpp"
#include "actors/supervision/crash_point.hpp"

#include <caf/event_based_actor.hpp>
#include <caf/send.hpp>
#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>
#include <random>

namespace steward {
namespace {

using self_ptr = forget_actor::stateful_pointer<forgetter_state>;
using namespace std::chrono_literals;
constexpr auto tick = 300ms;
constexpr int64_t pause_ms = 2000; // after a failure
constexpr uint32_t credit = 1000;

problem as_problem(const failure& f) { return {std::string(to_string(f.code)), f.message}; }

void read_notes(self_ptr self) {
  auto& s = self->state;
  auto me = caf::actor_cast<forget_actor>(self->address());
  s.reading = s.env->nats->js_read({"FORGET", {}, s.next, 256}, [me](read_event e) {
    if (e.lost) return caf::anon_send(me, atom::restart_v);
    bus_message m;
    m.subject = std::to_string(e.message.seq), m.data = std::move(e.message.data);
    caf::anon_send(me, atom::event_v, std::move(m));
  });
  s.reading->grant(credit);
}

void take_note(forgetter_state& s, const bus_message& m) {
  s.next = std::stoull(m.subject) + 1;
  if (s.reading) s.reading->grant(1);
  if (auto n = decode<forget_note>(m.data, {.bytes = 8 << 20}))
    s.book.add(*n);
  else
    log::error("note of stream FORGET does not decode", {{"seq", m.subject}, {"why", n.error().message}});
}

/// Finds the customer, says what would go or writes the order, answers. On a thread of its own: it reads the log.
void take_order(const engine_ptr& env, const ops_request& q, const std::string& reply) {
  forget_receipt out;
  out.tenant = q.tenant;
  auto answer = [&](const failure* f) {
    if (f) out.error = as_problem(*f);
    env->nats->publish(reply, encode(out));
  };
  auto scope = find_customer(*env, q.tenant, q.name, q.entity, q.filter == "dry_run");
  if (!scope) return answer(&scope.error());
  for (auto& e : scope->of) out.conversations += e.value.starts_with(static_cast<char>(entity_kind::conversation));
  if (q.filter == "dry_run") {
    out.state = "dry_run";
    for (uint8_t p = 0; p < partition_count; ++p)
      out.erased["records"] += scope->would.turns[p].size(), out.erased["messages"] += scope->would.ins[p].size();
    out.erased["replies"] = scope->would.replies.size(), out.erased["dead_letters"] = scope->would.letters.size();
    return answer(nullptr);
  }
  forget_note n;
  std::random_device random;
  n.receipt = hash_name({"receipt", std::to_string(random()), std::to_string(random()), std::to_string(now_ms())})
                  .substr(0, 16);
  n.tenant = q.tenant, n.time_ms = now_ms(), n.by = q.by, n.of = std::move(scope->of);
  if (auto ok = publish_note(*env, n); !ok) return answer(&ok.error());
  log::info("operator has a customer forgotten", {{"tenant", n.tenant.value}, {"receipt", n.receipt}, {"by", n.by}});
  out.receipt = n.receipt, out.state = "ordered", out.by = n.by, out.ordered_ms = n.time_ms;
  answer(nullptr);
}

void on_request(self_ptr self, bus_message& m) {
  auto& s = self->state;
  auto q = decode<ops_request>(m.data);
  auto verb = m.subject.substr(m.subject.rfind('.') + 1);
  if (verb == "forgotten") {
    if (!q) return s.env->nats->publish(m.reply, encode(forget_list{{}, as_problem(q.error())}));
    self->request(s.cluster, 2s, atom::view_v).then([self, q = *q, reply = m.reply](const node_view& v) {
      std::vector<node_id> living;
      for (auto& [n, owns] : v.living) living.push_back(n);
      self->state.env->nats->publish(reply, encode(self->state.book.list(q.tenant, q.name, living)));
    });
    return;
  }
  auto refuse = [&](errc code, std::string why) {
    forget_receipt r;
    r.error = {std::string(to_string(code)), std::move(why)};
    s.env->nats->publish(m.reply, encode(r));
  };
  if (!q) return refuse(q.error().code, q.error().message);
  if (!s.env->tenants.load()->contains(q->tenant))
    return refuse(errc::unknown_tenant, "there is no tenant '" + q->tenant.value + "' here");
  if (q->name.empty() == q->entity.empty())
    return refuse(errc::bad_request, "name a customer, or a conversation by its whole id");
  self->spawn<caf::detached>([env = s.env, q = *q, reply = m.reply] { take_order(env, q, reply); });
}

void carry_out_next(self_ptr self) {
  auto& s = self->state;
  auto o = s.book.open();
  if (s.carrying_out || !o) return;
  s.carrying_out = true;
  auto me = caf::actor_cast<forget_actor>(self->address());
  self->spawn<caf::detached>([env = s.env, o = *o, stop = s.stop, me] {
    auto ok = carry_out(*env, o, [stop] { return stop->load(); });
    if (ok)
      log::info("customer is erased from the log", {{"receipt", o.ordered.receipt}});
    else
      log::warn("customer is not erased yet, and it is tried again",
                {{"receipt", o.ordered.receipt}, {"why", ok.error().message}});
    caf::anon_send(me, atom::report_v, ok.ok());
  });
}

/// From this node's store: rows, RocksDB's own log, and the answers in memory.
bool clean_store(engine& env, const std::vector<forget_note>& notes) {
  std::string kinds; // whose rows may hold words of others
  for (auto& [letter, kind] : env.kinds)
    if (letter != static_cast<char>(entity_kind::conversation)) kinds += letter;
  env.answers->forget();
  auto rows = erase_forgotten(*env.db, notes, kinds);
  if (!rows) {
    log::error("store cannot erase a customer", {{"why", rows.error().message}});
    return false;
  }
  if (auto ok = erase_archived(env, notes); !ok) {
    log::error("archive cannot erase a customer", {{"why", ok.error().message}});
    return false;
  }
  crash_point("forget_cleaned");
  for (auto& n : notes) {
    forget_note done;
    done.step = forget_step::cleaned, done.receipt = n.receipt, done.tenant = n.tenant, done.time_ms = now_ms();
    done.node = env.node;
    if (&n == &notes.front()) done.counts["rows"] = *rows;
    if (!publish_note(env, done)) return false;
    log::info("customer is erased from the store", {{"receipt", n.receipt}, {"rows", *rows}});
  }
  return true;
}

void clean_next(self_ptr self) {
  auto& s = self->state;
  auto notes = s.book.to_clean(s.env->node);
  if (s.cleaning || notes.empty()) return;
  s.cleaning = true;
  auto me = caf::actor_cast<forget_actor>(self->address());
  self->request(s.env->storing, 30s, atom::forget_v, notes)
      .then(
          [self, me, notes](bool) {
            self->spawn<caf::detached>(
                [env = self->state.env, notes, me] { caf::anon_send(me, atom::erase_v, clean_store(*env, notes)); });
          },
          [self](const caf::error&) { self->state.cleaning = false; });
}

void look(self_ptr self) {
  auto& s = self->state;
  if (s.env->nats->state() != connection_state::connected || steady_ms() < s.again_ms) return;
  if (!s.reading) read_notes(self);
  clean_next(self);
  if (s.carrying_out || !s.book.open()) return;
  self->request(s.cluster, 2s, atom::view_v)
      .then(
          [self](const node_view& v) {
            if (v.mine.contains(0)) carry_out_next(self);
          },
          [](const caf::error&) {});
}

} // namespace

forget_actor::behavior_type run_forgetter(self_ptr self, engine_ptr env, cluster_actor cluster) {
  self->state.env = std::move(env), self->state.cluster = std::move(cluster);
  self->send(self, atom::internal_v, atom::tick_v);
  auto pause = [self] { self->state.again_ms = steady_ms() + pause_ms; };
  return {
      [self](atom::ops, bus_message& m) { on_request(self, m); },
      [self](atom::event, const bus_message& m) { take_note(self->state, m); },
      [self, pause](atom::restart) {
        self->state.reading.reset();
        pause();
      },
      [self, pause](atom::report, bool) {
        self->state.carrying_out = false;
        pause(); // its note of the end is still on its way
      },
      [self, pause](atom::erase, bool done) {
        self->state.cleaning = false;
        if (!done) pause();
      },
      [self](atom::internal, atom::tick) {
        look(self);
        self->delayed_send(self, tick, atom::internal_v, atom::tick_v);
      },
  };
}

} // namespace steward
