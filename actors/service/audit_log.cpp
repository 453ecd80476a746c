#include "actors/service/audit_log.hpp"

#include "actors/audit_line.hpp"
#include "actors/log.hpp"
#include "actors/service/audit_policy.hpp"

namespace steward {
namespace {

using namespace std::chrono_literals;

constexpr auto action_timeout = 60s; // of the slowest action; who asked may have given up before
constexpr uint32_t most_lines = 1000, most_read = 20'000;

ops_ack refused(errc c, std::string why) { return {false, {}, {std::string(to_string(c)), std::move(why)}}; }

struct listing {
  std::string reply;
  audit_collector found;
  uint64_t first = 0;
  uint32_t read = 0;
};

void finish(const engine_ptr& env, listing& l, problem p = {}) {
  auto out = l.found.page();
  out.error = std::move(p);
  env->nats->publish(l.reply, encode(out));
}

/// One get after the other, newest first: people read a page of them.
void read_older(const engine_ptr& env, std::shared_ptr<listing> l, uint64_t seq) {
  if (seq < l->first || seq == 0 || l->found.is_full()) return finish(env, *l);
  if (++l->read > most_read) {
    l->found.cut();
    return finish(env, *l);
  }
  env->nats->js_get("AUDIT", seq, [env, l, seq](result<std::optional<stored_message>> m) {
    if (!m) return finish(env, *l, {std::string(to_string(m.error().code)), m.error().message});
    if (*m)
      if (auto line = decode<audit_line>((*m)->data)) l->found.take(std::move(*line));
    read_older(env, l, seq - 1);
  });
}

} // namespace

void take_action(const engine_ptr& env, bus_message m) {
  auto answer = [env, reply = m.reply](const ops_ack& a) {
    if (!reply.empty()) env->nats->publish(reply, encode(a));
  };
  auto wish = read_action(m.subject, m.data, !env->config.nats_creds.empty());
  if (!wish) return answer(refused(wish.error().code, wish.error().message));
  auto line = wish->line;
  line.id = new_audit_id(), line.time_ms = now_ms();
  log::info("operator acts", {{"user", line.user},
                              {"action", line.action},
                              {"tenant", line.tenant.value},
                              {"on", line.on},
                              {"entity", line.entity.value}});
  auto go = [env, answer, line, reply = m.reply, wish = std::move(*wish)](status written) {
    if (!written)
      return answer(refused(errc::unavailable, "the audit log does not take it (" + written.error().message +
                                                   "), so it was not done: try again"));
    env->nats->request(wish.subject, wish.payload, action_timeout, {},
                       [=, subject = wish.subject](result<bus_message> got) {
                         auto last = line;
                         last.ended = true, last.time_ms = now_ms();
                         if (got)
                           read_outcome(got->data, last);
                         else
                           last.outcome = to_string(got.error().code), last.text = got.error().message;
                         write_audit(env, last, [](status ok) {
                           if (!ok) log::warn("audit log misses an outcome", {{"why", ok.error().message}});
                         });
                         if (!got) return answer(refused(got.error().code, nobody_answered(subject, got.error())));
                         if (!reply.empty()) env->nats->publish(reply, got->data);
                       });
  };
  write_audit(env, line, std::move(go));
}

void answer_audit(const engine_ptr& env, const ops_request& q, const std::string& reply) {
  auto l = std::make_shared<listing>();
  l->reply = reply;
  l->found = audit_collector(q.name, static_cast<int64_t>(q.number), std::min(q.limit ? q.limit : 100, most_lines));
  env->nats->js_info("AUDIT", [env, l](result<stream_info> info) {
    if (!info) return finish(env, *l, {std::string(to_string(info.error().code)), info.error().message});
    l->first = info->first_seq;
    read_older(env, l, info->messages ? info->last_seq : 0);
  });
}

} // namespace steward
