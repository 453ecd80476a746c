#include "actors/cluster/cluster.hpp"

#include "actors/defaults.hpp"
#include "actors/log.hpp"
#include "messages/record.hpp"
#include "messages/subjects.hpp"

#include <algorithm>
#include <caf/send.hpp>
#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

namespace steward {
namespace {

using self_ptr = cluster_actor::stateful_pointer<cluster_state>;

void send_beat(cluster_state& s) {
  heartbeat b;
  b.node = s.env->node;
  b.start_ms = s.env->start_ms;
  b.draining = s.view.draining;
  b.owns.assign(s.view.mine.begin(), s.view.mine.end());
  b.version = STEWARD_VERSION;
  s.env->nats->publish(subjects::beat, encode(b));
}

void plan(self_ptr self, const partition_list& partitions) {
  auto& s = self->state;
  s.view.now_ms = steady_ms();
  auto todo = plan_ownership(s.view);
  for (auto p : todo.take) {
    s.view.mine.insert(p);
    self->send(partitions.get(p), atom::take_v);
  }
  if (todo.release) {
    s.view.releasing.insert(*todo.release);
    log::info("node gives up a partition", {{"partition", uint32_t{*todo.release}}});
    self->send(partitions.get(*todo.release), atom::release_v);
  }
}

/// Customers are answered, if only by words: those come first for every language.
bool answers(const knowledge_view& v) {
  return v.kb_seq > 0 && std::all_of(v.tenants.begin(), v.tenants.end(),
                                     [](auto& t) { return t.articles == 0 || !t.passages.empty(); });
}

/// A node that has just come would tell customers that it knows nothing.
void inform(self_ptr self) {
  auto& s = self->state;
  if (s.informed) return;
  auto now_informed = [self] {
    auto& s = self->state;
    s.informed = true;
    s.view.draining = s.draining;
  };
  auto patient = steady_ms() - s.view.started_ms < defaults::informed_within_ms;
  auto uninformed = [self, patient, now_informed](const char* what) {
    if (patient || self->state.informed) return;
    log::warn("node takes partitions before it knows all that customers may ask for", {{"waits_for", what}});
    now_informed();
  };
  if (!s.env->tenants_read) return uninformed("tenants");
  self->request(s.env->knowledge, std::chrono::seconds(2), atom::view_v)
      .then(
          [self, patient, uninformed, now_informed](knowledge_view& v) {
            if (v.ready) return now_informed();
            if (!answers(v)) return uninformed("articles");
            if (patient || self->state.informed) return;
            log::info("node takes partitions, and answers by words until the encoder has read the articles");
            now_informed();
          },
          [uninformed](const caf::error&) { uninformed("articles"); });
}

/// Who was the last owner of each partition, as the log has it: what is this node's own or nobody's can be taken at
/// once.
void ask_log(self_ptr self) {
  auto& s = self->state;
  auto me = caf::actor_cast<cluster_actor>(self->address());
  for (uint8_t p = 0; p < partition_count; ++p)
    s.env->nats->js_last(subjects::turn_stream({p}), subjects::own({p}),
                         [me, p, node = s.env->node](result<std::optional<stored_message>> m) {
                           if (!m) return; // two heartbeats' time decides then
                           if (*m) {
                             auto own = decode<turn_record>((*m)->data, {.bytes = 8 << 20});
                             if (!own || (own->node != node && !own->released)) return;
                           }
                           caf::anon_send(me, atom::marker_v, p);
                         });
}

} // namespace

cluster_actor::behavior_type run_cluster(self_ptr self, engine_ptr env, std::shared_ptr<partition_list> partitions) {
  auto& s = self->state;
  s.env = std::move(env);
  s.view.self = s.env->node;
  s.view.silence_is_death_ms = defaults::silence_is_death_ms;
  s.view.started_ms = steady_ms();
  s.view.draining = true;
  self->send(self, atom::internal_v, atom::tick_v);
  ask_log(self);
  return {
      [self, partitions](atom::beat, bus_message& m) {
        auto b = decode<heartbeat>(m.data);
        if (!b || b->node == self->state.env->node || b->node.empty()) return;
        auto& seen = self->state.view.others[b->node];
        auto news = seen.at_ms == 0 || seen.last.owns != b->owns || seen.last.draining != b->draining;
        if (seen.at_ms == 0) log::info("node sees another", {{"node", b->node.value}});
        seen.last = std::move(*b);
        seen.at_ms = steady_ms();
        if (news) plan(self, *partitions);
      },
      [self, partitions](atom::report, partition_report& r) {
        auto& s = self->state;
        auto p = r.partition.value;
        if (r.state == ownership::mine) {
          s.owned.insert(p);
        } else {
          s.owned.erase(p), s.view.mine.erase(p), s.view.releasing.erase(p);
          // Who was fenced or lost a race sees the winner's heartbeat before it tries again.
          s.view.not_before[p] =
              steady_ms() + (r.why == errc::ok || r.why == errc::unavailable || r.why == errc::internal
                                 ? 200
                                 : defaults::silence_is_death_ms);
        }
        s.env->figures->set(gauge::partitions, static_cast<double>(s.owned.size()));
        send_beat(s);
        plan(self, *partitions);
      },
      [self, partitions](atom::internal, atom::tick) {
        auto& s = self->state;
        inform(self);
        send_beat(s);
        auto now = steady_ms();
        std::erase_if(s.view.others, [&](auto& o) {
          auto dead = now - o.second.at_ms >= defaults::silence_is_death_ms;
          if (dead) log::warn("node hears nothing of another", {{"node", o.first.value}});
          return dead;
        });
        plan(self, *partitions);
        self->delayed_send(self, s.informed ? defaults::beat : defaults::beat / 5, atom::internal_v, atom::tick_v);
      },
      [self, partitions](atom::drain, bool on) {
        self->state.draining = on;
        self->state.view.draining = on || !self->state.informed;
        send_beat(self->state);
        plan(self, *partitions);
      },
      [self](atom::marker, uint8_t p) { self->state.view.undisputed.insert(p); },
      [self](atom::view) {
        node_view v;
        for (auto& [n, seen] : self->state.view.others) v.living[n] = {seen.last.owns.begin(), seen.last.owns.end()};
        v.living[self->state.env->node] = self->state.owned;
        v.mine = self->state.owned;
        v.draining = self->state.draining;
        return v;
      },
  };
}

} // namespace steward
