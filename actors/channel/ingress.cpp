#include "actors/channel/ingress.hpp"

#include "actors/defaults.hpp"
#include "actors/log.hpp"
#include "actors/supervision/crash_point.hpp"
#include "messages/traceparent.hpp"

#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>
#include <stdexcept>

namespace steward {
namespace {

accept_ack refusal(const std::string& id, const failure& f, int64_t retry_after_ms = 0) {
  accept_ack a;
  a.id = id;
  a.error = {std::string(to_string(f.code)), f.message};
  a.retry_after_ms = retry_after_ms;
  return a;
}

std::string trace_in(const bus_message& m) {
  auto given = m.header("traceparent");
  return read_traceparent(given.empty() ? m.header("Traceparent") : given); // some clients write names so
}

ingress_state::answer to_subject(const engine_ptr& env, std::string reply, std::string trace, bool json) {
  return [env, reply = std::move(reply), trace = std::move(trace), json](accept_ack a) {
    if (reply.empty()) return; // published without a wish to know
    headers h;
    if (!trace.empty()) h.emplace_back("traceparent", trace);
    env->nats->publish(reply, json ? to_json(a) : encode(a), h);
  };
}

/// What one message breaks is its own: it gets an answer, and the door stays open for the others.
template <class F>
void guarded(const ingress_state::answer& a, const std::string& id, const std::string& trace, F f) {
  try {
    f();
  } catch (const std::exception& e) {
    log::error("door fails at a message", {{"id", id}, {"why", e.what()}, {"trace", trace_id(trace)}});
    a(refusal(id, {errc::internal, "a fault on our side: this message cannot be taken"}));
  }
}

} // namespace

const tenant_config* ingress_state::tenant(const tenant_id& t) const {
  auto i = tenants->find(t);
  return i == tenants->end() ? nullptr : i->second.get();
}

void ingress_state::say(say_request q, const tenant_id& t, const channel_id& c, const peer_id& p, std::string trace,
                        answer a) {
  auto id = q.id;
  guarded(a, id, trace, [&] {
    if (is_poison("door", q.text)) throw std::runtime_error("poison");
    accept(check_say(std::move(q), t, c, p, {tenant(t), trace, now_ms()}), id, a);
  });
}

void ingress_state::event(event_request q, const tenant_id& t, const std::string& type, std::string trace, answer a) {
  auto id = q.id;
  guarded(a, id, trace, [&] { accept(check_event(std::move(q), t, type, {tenant(t), trace, now_ms()}), id, a); });
}

void ingress_state::accept(result<let_in> checked, const std::string& senders_id, const answer& a) {
  auto refuse = [&](const failure& f, int64_t retry = 0) {
    env->figures->count(figure::refused);
    a(refusal(senders_id, f, retry));
  };
  // The newest map may still be on its way to this actor.
  if (!checked && checked.error().code == errc::unknown_tenant &&
      (!env->tenants_read || env->tenants.load() != tenants))
    return refuse({errc::unavailable, "this engine has just started and does not know its tenants yet: send again"},
                  500);
  if (!checked) return refuse(checked.error());
  if (stopping) return refuse({errc::stopping, "this engine stops: send again, with the same id"}, 1000);
  auto& m = checked->message;
  auto& t = *tenant(m.tenant);
  auto now = steady_ms();
  if (m.kind == in_kind::say) {
    auto minute = static_cast<double>(t.messages_per_minute);
    if (auto wait = conversations.take(m.entity.value, {minute / 60, std::max(10.0, minute / 2)}, now))
      return refuse({errc::overloaded, "too many messages in this conversation: at most " +
                                           std::to_string(t.messages_per_minute) + " a minute"},
                    wait);
  }
  auto second = static_cast<double>(t.messages_per_second);
  if (auto wait = whole_tenants.take(m.tenant.value, {second, second * 2}, now))
    return refuse({errc::overloaded,
                   "too many messages of this tenant: at most " + std::to_string(t.messages_per_second) + " a second"},
                  wait);
  if (outstanding->load(std::memory_order_relaxed) >= defaults::door_backlog)
    return refuse({errc::overloaded, "the log is behind: send again, with the same id"}, 1000);
  if (auto masked = mask_and_encode(*checked, t)) env->figures->count(figure::masked, masked);
  outstanding->fetch_add(1, std::memory_order_relaxed);
  auto started = std::chrono::steady_clock::now();
  env->nats->js_publish(
      subjects::in(partition_of(m.tenant, m.entity), m.tenant), encode(m), {{message_id_header, m.id.value}},
      defaults::accept_timeout,
      [env = env, a, started, outstanding = outstanding, senders_id, entity = m.entity,
       trace = log::tells(m.entity.value) ? m.trace : std::string{}](result<publish_ack> ack) {
        outstanding->fetch_sub(1, std::memory_order_relaxed);
        if (!trace.empty())
          log::turn(ack ? "log accepts a message" : "log does not accept a message",
                    {{"entity", entity.value}, {"id", senders_id}, {"trace", trace_id(trace)}});
        if (!ack) {
          env->figures->count(figure::refused);
          auto f = ack.error();
          // Whatever it was, it may have arrived: the same id makes sending again harmless.
          if (f.code != errc::overloaded && f.code != errc::too_large) f.code = errc::unavailable;
          f.message = "the log cannot be reached now (" + f.message + "): send again, with the same id";
          return a(refusal(senders_id, f, 1000));
        }
        crash_point("after_accept");
        env->figures->count(figure::accepted);
        env->figures->observe(step::accept,
                              std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count());
        accept_ack out;
        out.ok = true;
        out.id = senders_id;
        out.conversation = entity;
        a(std::move(out));
      });
}

ingress_actor::behavior_type run_ingress(ingress_actor::stateful_pointer<ingress_state> self, engine_ptr env,
                                         tenant_map tenants) {
  self->state.env = std::move(env);
  self->state.tenants = std::move(tenants);
  return {
      [self](atom::say, bus_message& m) {
        auto& s = self->state;
        auto json = !m.data.empty() && m.data.front() == '{';
        auto trace = trace_in(m);
        auto a = to_subject(s.env, m.reply, trace, json);
        auto where = subjects::parse_say(m.subject);
        if (!where) return a(refusal({}, where.error()));
        auto q = decode<say_request>(m.data, {.bytes = 256 * 1024, .items = 64, .depth = 8});
        if (!q) return a(refusal({}, q.error()));
        s.say(std::move(*q), where->tenant, where->channel, where->peer, std::move(trace), std::move(a));
      },
      [self](atom::event, bus_message& m) {
        auto& s = self->state;
        auto json = !m.data.empty() && m.data.front() == '{';
        auto trace = trace_in(m);
        auto a = to_subject(s.env, m.reply, trace, json);
        auto where = subjects::parse_event(m.subject);
        if (!where) return a(refusal({}, where.error()));
        auto q = decode<event_request>(m.data, {.bytes = 256 * 1024, .items = 5000, .depth = 16});
        if (!q) return a(refusal({}, q.error()));
        s.event(std::move(*q), where->tenant, where->type, std::move(trace), std::move(a));
      },
      [self](atom::say, door_say& d) {
        auto& m = d.message;
        self->state.say(std::move(m.body), m.tenant, channel_id{"web"}, m.peer, std::move(m.trace),
                        std::move(d.answer));
      },
      [self](atom::tenants, tenant_map& t) { self->state.tenants = std::move(t); },
      [self](atom::stop) { self->state.stopping = true; },
  };
}

} // namespace steward
