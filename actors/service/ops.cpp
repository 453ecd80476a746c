#include "actors/service/ops.hpp"

#include "access/sign_in.hpp"
#include "actors/answer.hpp"
#include "actors/defaults.hpp"
#include "actors/log.hpp"
#include "actors/service/actor_rows.hpp"
#include "actors/service/audit_log.hpp"
#include "actors/service/dead_letters.hpp"

#include <algorithm>
#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>
#include <map>

namespace steward {
namespace {

using self_ptr = ops_actor::stateful_pointer<ops_state>;
using namespace std::chrono_literals;

/// Asks all and calls `done` once all have answered or failed.
template <class T, class... Args, class F>
void ask_partitions(self_ptr self, F done, Args... args) {
  auto list = self->state.links.partitions->all();
  auto got = std::make_shared<std::vector<T>>();
  auto left = std::make_shared<size_t>(list.size());
  auto one = [got, left, done] {
    if (--*left == 0) done(std::move(*got));
  };
  for (auto& p : list)
    self->request(p, 2s, args...)
        .then(
            [got, one](T& x) {
              got->push_back(std::move(x));
              one();
            },
            [one](const caf::error&) { one(); });
}

void answer_status(self_ptr self, std::string reply) {
  ask_partitions<partition_status>(
      self,
      [self, reply](std::vector<partition_status> all) {
        auto& l = self->state.links;
        self->request(l.env->knowledge, 2s, atom::view_v)
            .then([self, reply, all = std::move(all)](knowledge_view& k) mutable {
              auto& l = self->state.links;
              self->request(l.cluster, 2s, atom::view_v)
                  .then([self, reply, all = std::move(all), k = std::move(k)](node_view& v) mutable {
                    auto& l = self->state.links;
                    node_status s;
                    s.node = l.env->node;
                    s.version = STEWARD_VERSION;
                    s.http = l.http();
                    s.nats = without_password(l.env->config.nats_url) + " (nats-server " +
                             l.env->nats->server().version + ")";
                    s.up_s = (now_ms() - static_cast<int64_t>(l.env->start_ms)) / 1000;
                    s.draining = v.draining;

                    for (auto& [n, owns] : v.living) s.peers.push_back(n);
                    s.notes = l.notes();
                    for (auto& n : k.notes) s.notes.push_back(n);
                    for (auto& p : all)
                      if (p.state != "none") s.partitions.push_back(std::move(p));
                    std::sort(s.partitions.begin(), s.partitions.end(),
                              [](auto& a, auto& b) { return a.partition < b.partition; });
                    s.ready = k.ready && l.env->nats->state() == connection_state::connected;
                    s.tenants = std::move(k.tenants);
                    s.counters = l.env->figures->all();
                    answer_request(*l.env->nats, reply, s);
                  });
            });
      },
      atom::status_v);
}

void answer_actors(self_ptr self, std::string reply, uint32_t limit, std::string name) {
  if (!name.empty()) limit = UINT32_MAX - 1; // one that is looked for may be any
  ask_partitions<actor_report>(
      self,
      [self, reply, name](std::vector<actor_report> all) {
        auto& env = *self->state.links.env;
        actor_list out;
        out.node = env.node;
        auto now = steady_ms();
        std::map<std::string, uint64_t> restarts; // by path
        for (auto& r : self->state.links.rooms->all()) {
          auto path = env.node.value + "/" + r.name;
          restarts[path] = r.restarts;
          if (r.name.starts_with("partition-")) continue; // tells the rest itself
          out.actors.push_back({path, r.name.substr(0, r.name.find_last_not_of("-0123456789") + 1),
                                r.running ? "running" : "restarting", 0, r.restarts, (now - r.since_ms) / 1000, true});
        }
        auto age = (now_ms() - static_cast<int64_t>(env.start_ms)) / 1000;
        out.actors.push_back({env.node.value + "/supervisor", "supervisor", "running", 0, 0, age, true});
        for (auto& r : all) {
          for (auto& a : r.actors) {
            if (auto known = restarts.find(a.path); known != restarts.end()) a.restarts = known->second;
            out.actors.push_back(std::move(a));
          }
          out.left_out += r.left_out;
        }
        arrange(out, name);
        self->request(self->state.links.cluster, 2s, atom::view_v)
            .then([self, reply, out = std::move(out)](node_view& v) mutable {
              for (auto& [n, owns] : v.living) out.peers.push_back(n);
              answer_request(*self->state.links.env->nats, reply, out);
            });
      },
      atom::actors_v, limit);
}

ops_ack refused(errc c, std::string why) { return {false, {}, {std::string(to_string(c)), std::move(why)}}; }

void restart(self_ptr self, std::string reply, std::string which) {
  auto name = which.substr(which.rfind('/') + 1);
  auto is_partition = name.starts_with("partition-");
  switch (self->state.links.rooms->end(name)) {
  case room_board::found::ended: {
    auto more = is_partition ? ": it takes its partition over again" : "";
    return self->state.links.env->nats->publish(reply, encode(ops_ack{true, name + " is restarted" + more, {}}));
  }
  case room_board::found::vital:
    return self->state.links.env->nats->publish(
        reply, encode(refused(errc::unsupported, name + " has no second life: its node is to be restarted. "
                                                        "'steward drain' hands its work to others before")));
  case room_board::found::nobody:
    if (!is_partition) break; // of an entity
    return self->state.links.env->nats->publish(
        reply, encode(refused(errc::not_found, "partitions are numbered 0 to " + std::to_string(partition_count - 1))));
  }
  auto left = std::make_shared<size_t>(partition_count);
  auto found = std::make_shared<bool>(false);
  auto one = [self, reply, left, found, name](bool ok) {
    *found = *found || ok;
    if (--*left) return;
    auto a = *found ? ops_ack{true, name + " is restarted: it is rebuilt from the log with its next message", {}}
                    : refused(errc::not_found, "no actor " + name + " is awake on this node");
    self->state.links.env->nats->publish(reply, encode(a));
  };
  for (auto& p : self->state.links.partitions->all())
    self->request(p, 2s, atom::restart_v, name)
        .then([one](bool ok) { one(ok); }, [one](const caf::error&) { one(false); });
}

/// A line per step of one conversation's turns, for a while: in this node's own log, whichever node has the door.
void follow(self_ptr self, std::string reply, const ops_request& q) {
  constexpr uint64_t longest_s = 24 * 3600;
  auto& env = *self->state.links.env;
  auto told = [&](errc c, std::string why) { env.nats->publish(reply, encode(refused(c, std::move(why)))); };
  if (q.entity.value.size() != 27 || q.entity.value[0] != static_cast<char>(entity_kind::conversation))
    return told(errc::bad_request, "'entity' is not a conversation's id");
  auto seconds = std::min(q.number, longest_s);
  if (!log::follow(q.entity.value, static_cast<int64_t>(seconds) * 1000))
    return told(errc::overloaded, "a hundred conversations are followed already: wait for one to end");
  log::info("operator follows a conversation", {{"entity", q.entity.value}, {"seconds", seconds}});
  self->request(self->state.links.cluster, 2s, atom::view_v).then([self, reply, q](node_view& v) {
    auto& env = *self->state.links.env;
    conversation_list out;
    out.node = env.node;
    for (auto& [n, owns] : v.living) out.peers.push_back(n);
    conversation_row row;
    row.tenant = q.tenant, row.conversation = q.entity;
    out.rows.push_back(std::move(row));
    answer_request(*env.nats, reply, out);
  });
}

void on_request(self_ptr self, bus_message& m) {
  auto& l = self->state.links;
  if (m.subject.starts_with("by.")) return take_action(l.env, std::move(m));
  auto verb = m.subject.substr(m.subject.rfind('.') + 1);
  auto answer = [&](const auto& a) { l.env->nats->publish(m.reply, encode(a)); };
  auto q = m.data.empty() ? result<ops_request>(ops_request{}) : decode<ops_request>(m.data);
  if (verb == "tenant_push" || verb == "tenant_check" || verb == "tenant_list" || verb == "tenant_rollback")
    return self->send(l.tenants, atom::ops_v, std::move(m));
  if (verb == "kb_import" || verb == "kb_search" || verb == "kb_list" || verb == "nlu_explain")
    return self->send(l.env->knowledge, atom::ops_v, std::move(m));
  if (verb == "forget" || verb == "forgotten") {
    auto f = l.forgetter();
    if (!f) return answer(refused(errc::unavailable, "the forgetter of this node is being replaced: ask again"));
    return self->send(f, atom::ops_v, std::move(m));
  }
  if (!q) return answer(refused(q.error().code, q.error().message));
  if (verb == "status" || verb == "nodes") return answer_status(self, m.reply);
  if (verb == "actors") return answer_actors(self, m.reply, q->limit ? q->limit : 100, q->name);
  if (verb == "tail") {
    for (uint8_t p = 0; p < partition_count; ++p) {
      auto copy = m;
      self->send(l.partitions->get(p), atom::ops_v, std::move(copy));
    }
    return answer(ops_ack{true, "tail flows", {}});
  }
  if (verb == "conversations" || verb == "report") {
    self->request(l.cluster, 2s, atom::view_v).then([self, m = std::move(m)](node_view& v) mutable {
      self->send(self->state.links.env->storing, atom::ops_v, std::move(m), std::move(v));
    });
    return;
  }
  if (verb == "trace") return follow(self, m.reply, *q);
  if (verb == "drain" || verb == "undrain") {
    self->send(l.cluster, atom::drain_v, verb == "drain");
    log::info("operator drains a node", {{"on", verb == "drain" ? "yes" : "no"}, {"by", q->by}});
    return answer(ops_ack{true,
                          verb == "drain" ? "the node gives up its partitions one by one and takes no new ones"
                                          : "the node takes partitions again",
                          {}});
  }
  if (verb == "restart") return restart(self, m.reply, q->name);
  if (verb == "audit") return answer_audit(l.env, *q, m.reply);
  if (verb.starts_with("dead_letter")) return answer_dead_letters(l.env, verb, *q, m.reply);
  answer(refused(errc::unsupported, "no such request: " + m.subject));
}

} // namespace

ops_actor::behavior_type run_ops(self_ptr self, ops_links links) {
  self->state.links = std::move(links);
  return {[self](atom::ops, bus_message& m) {
    auto subject = m.subject, reply = m.reply;
    try { // what one request breaks is its own
      on_request(self, m);
    } catch (const std::exception& e) {
      log::error("operator's request fails", {{"subject", subject}, {"why", e.what()}});
      answer_request(*self->state.links.env->nats, reply,
                     refused(errc::internal, "a fault of this node, of which its log tells more"));
    }
  }};
}

} // namespace steward
