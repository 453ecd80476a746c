#include "actors/knowledge/knowledge.hpp"

#include "actors/knowledge/answer_pool.hpp"
#include "actors/knowledge/librarian.hpp"
#include "actors/log.hpp"

#include <caf/actor_system.hpp>
#include <caf/send.hpp>
#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

namespace steward {
namespace {

struct front_state {
  static inline const char* name = "knowledge";
  engine_ptr env;
  std::shared_ptr<answer_pool> pool;
  librarian_actor librarian;
  // Questions on their way, so that the same one asked twice is looked up once.
  std::unordered_map<std::string, std::vector<caf::typed_response_promise<knowledge_result>>> asked;
};

using self_ptr = knowledge_actor::stateful_pointer<front_state>;

caf::result<knowledge_result> ask(self_ptr self, knowledge_query& q) {
  auto& s = self->state;
  auto key = answer_cache::key_of(q);
  // Who asks has looked, but the answer may have come since.
  if (auto known = s.env->answers->find(key, now_ms()))
    if (auto answer = decode<knowledge_result>(known->data)) {
      s.env->figures->count(figure::cached);
      return std::move(*answer);
    }
  auto promise = self->make_response_promise<knowledge_result>();
  auto& waiting = s.asked[key];
  waiting.push_back(promise);
  if (waiting.size() == 1)
    s.pool->ask(std::move(q), [me = caf::actor_cast<knowledge_actor>(self->address()), cache = s.env->answers, key,
                               generation = s.env->answers->generation()](knowledge_result r) {
      if (r.step != "overloaded") {
        auto again = r;
        again.step = "cache";
        constexpr int64_t minute = 60'000;
        cache->keep(generation, key, {encode(again)},
                    depends_on_time(r.understood) ? (now_ms() / minute + 1) * minute : 0);
      }
      caf::anon_send(me, atom::loaded_v, key, std::move(r));
    });
  return promise;
}

void answered(front_state& s, const std::string& key, knowledge_result& r) {
  auto& by = r.understood.intent_step;
  if (r.step == "encoder" || by == "encoder" || by == "description")
    s.env->figures->count(figure::encoder_asked);
  else if (r.step == "lexical")
    s.env->figures->count(figure::lexical_settled);
  auto waiting = s.asked.find(key);
  if (waiting == s.asked.end()) return;
  auto promises = std::move(waiting->second);
  s.asked.erase(waiting);
  for (auto& p : promises) p.deliver(r);
}

void search(front_state& s, const bus_message& m) {
  auto reply = m.reply;
  auto env = s.env;
  auto q = decode<ops_request>(m.data);
  if (!q) {
    kb_search_result bad;
    bad.error = {std::string(to_string(q.error().code)), q.error().message};
    return env->nats->publish(reply, encode(bad));
  }
  if (!env->tenants.load()->contains(q->tenant)) {
    kb_search_result bad;
    bad.error = {std::string(to_string(errc::unknown_tenant)), "there is no tenant '" + q->tenant.value + "' here"};
    return env->nats->publish(reply, encode(bad));
  }
  knowledge_query k{q->tenant, q->text, q->language, {}};
  s.pool->explain(std::move(k), q->limit ? q->limit : 5,
                  [env, reply](kb_search_result r) { env->nats->publish(reply, encode(r)); });
}

/// Which step decided what is meant, and why.
std::string why_meant(const knowledge_result& r, double answer_at) {
  auto& u = r.understood;
  auto number = [](double x) { return std::to_string(x).substr(0, 4); };
  if (u.intents.empty()) return "the tenant has no intents in this language, so the articles alone decide";
  auto& first = u.intents.front();
  if (u.intent_step == "built_in") return "the message as a whole is the built-in intent '" + first.name + "'";
  auto out =
      u.intent_step == "example" ? std::string("it is one of the examples, word by word; ")
      : u.intent_step == "words"
          ? "words decided: they were sure enough, or the encoder could not have changed the outcome; "
      : u.intent_step == "description"
          ? "the intent has no examples yet and is known by its name, its description and the labelled questions "
            "of its article alone; "
          : std::string("words were not sure, so the encoder, the nearest examples and the names were asked; ");
  if (u.outside) return out + "the message resembles none of the intents, so the articles decide";
  if (first.confidence < answer_at)
    return out + "'" + first.name + "' is not sure enough (" + number(first.confidence) + ", from " +
           number(answer_at) + " on), so the articles decide";
  return out + "'" + first.name + "' is meant (" + number(first.confidence) + "), beside the articles' " +
         number(r.confidence) + ": the surer of the two leads";
}

void explain(front_state& s, const bus_message& m) {
  auto reply = m.reply;
  auto env = s.env;
  auto refuse = [&](errc c, std::string why) {
    nlu_explanation bad;
    bad.error = {std::string(to_string(c)), std::move(why)};
    env->nats->publish(reply, encode(bad));
  };
  auto q = decode<ops_request>(m.data);
  if (!q) return refuse(q.error().code, q.error().message);
  auto tenants = env->tenants.load();
  auto t = tenants->find(q->tenant);
  if (t == tenants->end()) return refuse(errc::unknown_tenant, "there is no tenant '" + q->tenant.value + "' here");
  s.pool->trace({q->tenant, q->text, q->language, {}},
                [env, reply, answer_at = t->second->answer_at](knowledge_result r, std::vector<nlu_step> steps) {
                  nlu_explanation e;
                  e.why = why_meant(r, answer_at);
                  e.steps = std::move(steps), e.outcome = r.outcome, e.confidence = r.confidence;
                  if (!r.candidates.empty()) e.article = r.candidates.front().article;
                  e.meant = r.meant.article, e.answer_at = answer_at;
                  e.understood = std::move(r.understood);
                  env->nats->publish(reply, encode(e));
                });
}

knowledge_actor::behavior_type run_front(self_ptr self, engine_ptr env, tenant_map tenants) {
  auto& s = self->state;
  s.env = env;
  std::string note;
  auto reader = make_text_reader(env->config.models, note);
  if (!reader) note = "messages are looked up, and no mood or language is read: " + reader.error().message;
  if (!note.empty()) log::warn(note);
  s.pool = std::make_shared<answer_pool>(std::max(1u, env->config.encoder_threads), reader ? *reader : nullptr);
  s.pool->on_serve([cache = env->answers] { cache->forget(); });
  s.librarian = self->spawn<caf::detached + caf::linked>(run_librarian, env, s.pool, std::move(tenants));
  return {
      [self](atom::ask, knowledge_query& q) { return ask(self, q); },
      [self](atom::loaded, const std::string& key, knowledge_result& r) { answered(self->state, key, r); },
      [self](atom::ops, bus_message& m) {
        if (m.subject.ends_with("kb_search")) return search(self->state, m);
        if (m.subject.ends_with("nlu_explain")) return explain(self->state, m);
        self->send(self->state.librarian, atom::ops_v, std::move(m));
      },
      [self](atom::tenants, tenant_map& t) { self->send(self->state.librarian, atom::tenants_v, std::move(t)); },
      [self](atom::view) { return self->delegate(self->state.librarian, atom::view_v); },
  };
}

} // namespace

knowledge_actor spawn_knowledge(caf::actor_system& s, engine_ptr env, tenant_map tenants) {
  return s.spawn(run_front, std::move(env), std::move(tenants));
}

} // namespace steward
