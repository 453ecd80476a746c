#include "actors/entity/entity_actor.hpp"

#include "actors/defaults.hpp"
#include "actors/entity/feed_reading.hpp"
#include "actors/entity/frame.hpp"
#include "actors/log.hpp"
#include "actors/supervision/crash_point.hpp"
#include "messages/traceparent.hpp"

#include <caf/send.hpp>
#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>
#include <csignal>
#include <unistd.h>

namespace steward {
namespace {

using self_ptr = entity_actor::stateful_pointer<entity_actor_state>;

void finish(self_ptr self, const entity_work& w, const bytes& looked_up) {
  auto& s = self->state;
  auto started = std::chrono::steady_clock::now();
  auto r = std::make_shared<turn_record>(decide_turn(*s.entity, *w.message, w.at, looked_up, *w.tenant, now_ms()));
  r->prev_seq = w.prev_seq;
  // Nothing to go back to: the record stands for itself.
  if (w.prev_seq == 0 && r->turn > 1 && r->state.empty()) r->state = whole_state(*s.entity);
  s.env->figures->observe(step::decide,
                          std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count());
  if (log::tells(w.message->entity.value))
    log::turn("entity decides a turn", {{"entity", w.message->entity.value},
                                        {"turn", r->turn},
                                        {"what", to_string(w.message->kind)},
                                        {"trace", trace_id(w.message->trace)}});
  self->send(s.partition, atom::decided_v, decided_turn{w.life, w.t, std::move(r)});
}

void poison(const in_message& m) {
  if (m.kind != in_kind::say) return;
  if (is_poison("throw", m.body.data)) throw std::runtime_error("a poisoned message");
  if (is_poison("abort", m.body.data)) kill(getpid(), SIGKILL);
}

/// Comes back as the same work, with more of the feed.
void read_before(self_ptr self, entity_work w) {
  auto reading = w.reading;
  read_on(self->state.env, std::move(reading),
          [me = caf::actor_cast<entity_actor>(self), w = std::move(w)](std::chrono::milliseconds pause) {
            caf::delayed_anon_send(me, pause, atom::work_v, w);
          });
}

} // namespace

entity_actor::behavior_type run_entity(self_ptr self, engine_ptr env, partition_actor partition,
                                       std::shared_ptr<entity_state> entity) {
  self->state.env = std::move(env);
  self->state.partition = std::move(partition);
  self->state.entity = std::move(entity);
  return {[self](atom::work, entity_work& w) {
    auto& s = self->state;
    if (admit(s.entity->frame, *w.message, w.at) != admission::fresh) {
      self->send(s.partition, atom::decided_v, decided_turn{w.life, w.t, nullptr});
      return;
    }
    poison(*w.message);
    if (!w.reading && w.message->kind == in_kind::entity)
      if (auto feed = s.entity->model->reads(*w.message)) {
        w.reading = std::make_shared<feed_reading>();
        w.reading->wanted = std::move(*feed);
      }
    if (w.reading) {
      if (!w.reading->done()) return read_before(self, w);
      return finish(self, w, read_so_far(*w.reading));
    }
    auto query = w.message->kind == in_kind::give_up ? std::nullopt : s.entity->model->needs(*w.message, *w.tenant);
    if (!query) return finish(self, w, {});
    if (auto known = s.env->answers->find(answer_cache::key_of(*query), now_ms())) {
      s.env->figures->count(figure::cached);
      return finish(self, w, *known);
    }
    auto asked = std::chrono::steady_clock::now();
    self->request(s.env->knowledge, defaults::knowledge_timeout, atom::ask_v, std::move(*query))
        .then(
            [self, w, asked](knowledge_result& k) {
              self->state.env->figures->observe(
                  step::look_up, std::chrono::duration<double>(std::chrono::steady_clock::now() - asked).count());
              finish(self, w, {encode(k)});
            },
            [self, w](const caf::error& e) {
              // Without knowledge the honest answer is "I do not know"; the customer is not kept waiting for it.
              log::warn("conversation misses the knowledge actor", {{"why", caf::to_string(e)},
                                                                    {"entity", w.message->entity.value},
                                                                    {"trace", trace_id(w.message->trace)}});
              knowledge_result none;
              none.step = "unavailable";
              finish(self, w, {encode(none)});
            });
  }};
}

} // namespace steward
