#include "actors/knowledge/knowledge.hpp"

#include "actors/knowledge/answer_pool.hpp"
#include "actors/knowledge/librarian.hpp"

#include <caf/actor_system.hpp>
#include <caf/send.hpp>
#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>
#include <list>
#include <unicode/unistr.h>

namespace steward {
namespace {

constexpr size_t cached_answers = 50'000;

struct front_state {
  static inline const char* name = "knowledge";
  engine_ptr env;
  std::shared_ptr<answer_pool> pool;
  librarian_actor librarian;
  std::shared_ptr<const served_map> cached_for; // the cache is of this snapshot
  struct entry {
    std::string key;
    knowledge_result answer;
  };
  std::list<entry> by_use; // newest first
  std::unordered_map<std::string, std::list<entry>::iterator> cache;
  // Questions on their way, so that the same one asked twice is looked up once.
  std::unordered_map<std::string, std::vector<caf::typed_response_promise<knowledge_result>>> asked;
};

using self_ptr = knowledge_actor::stateful_pointer<front_state>;

/// Case, width and outer blanks do not make another question.
std::string key_of(const knowledge_query& q) {
  auto u = icu::UnicodeString::fromUTF8(q.text);
  u.foldCase().trim();
  std::string out = q.tenant.value + '\0' + q.language + '\0' + q.pick + '\0';
  u.toUTF8String(out);
  return out;
}

void keep(front_state& s, const std::string& key, const knowledge_result& r) {
  if (s.cache.size() >= cached_answers) {
    s.cache.erase(s.by_use.back().key);
    s.by_use.pop_back();
  }
  s.by_use.push_front({key, r});
  s.cache[key] = s.by_use.begin();
}

caf::result<knowledge_result> ask(self_ptr self, knowledge_query& q) {
  auto& s = self->state;
  if (auto now = s.pool->served(); now != s.cached_for) {
    s.cache.clear(), s.by_use.clear();
    s.cached_for = std::move(now);
  }
  auto key = key_of(q);
  if (auto hit = s.cache.find(key); hit != s.cache.end()) {
    s.env->figures->count(figure::cached);
    s.by_use.splice(s.by_use.begin(), s.by_use, hit->second);
    auto answer = hit->second->answer;
    answer.step = "cache";
    return answer;
  }
  auto promise = self->make_response_promise<knowledge_result>();
  auto& waiting = s.asked[key];
  waiting.push_back(promise);
  if (waiting.size() == 1)
    s.pool->ask(std::move(q), [me = caf::actor_cast<knowledge_actor>(self->address()), key](knowledge_result r) {
      caf::anon_send(me, atom::loaded_v, key, std::move(r));
    });
  return promise;
}

void answered(front_state& s, const std::string& key, knowledge_result& r) {
  if (r.step == "encoder")
    s.env->figures->count(figure::encoder_asked);
  else if (r.step == "lexical")
    s.env->figures->count(figure::lexical_settled);
  if (r.step != "overloaded" && s.cached_for == s.pool->served()) keep(s, key, r);
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

knowledge_actor::behavior_type run_front(self_ptr self, engine_ptr env, tenant_map tenants) {
  auto& s = self->state;
  s.env = env;
  s.pool = std::make_shared<answer_pool>(std::max(1u, env->config.encoder_threads));
  s.cached_for = s.pool->served();
  s.librarian = self->spawn<caf::detached + caf::linked>(run_librarian, env, s.pool, std::move(tenants));
  return {
      [self](atom::ask, knowledge_query& q) { return ask(self, q); },
      [self](atom::loaded, const std::string& key, knowledge_result& r) { answered(self->state, key, r); },
      [self](atom::ops, bus_message& m) {
        if (m.subject.ends_with("kb_search")) return search(self->state, m);
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
