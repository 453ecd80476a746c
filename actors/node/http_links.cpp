#include "actors/node/http_links.hpp"

#include "actors/answer.hpp"
#include "actors/defaults.hpp"
#include "actors/http/page.hpp"
#include "actors/seat/live_places.hpp"
#include "messages/ops.hpp"

#include <caf/send.hpp>
#include <cstdlib>

namespace steward {

using namespace std::chrono_literals;

namespace {

std::shared_ptr<live_places> places_of(const engine_ptr& env) {
  auto read = [env](const tenant_id& t, const std::string& queue, std::function<void(std::optional<queue_data>)> done) {
    ops_request q;
    q.tenant = t, q.entity = queue_id(t, queue), q.number = UINT64_MAX; // without a feed
    env->nats->request(subjects::engine(partition_of(t, q.entity), "show"), encode(q), 1s, {},
                       [done = std::move(done)](result<bus_message> m) {
                         auto v = m ? decode<conversation_view>(m->data, {.bytes = 1 << 20, .items = 100'000})
                                    : result<conversation_view>(m.error());
                         auto d = v && v->error.empty()
                                      ? decode<queue_data>(v->state, {.bytes = 1 << 20, .items = 100'000})
                                      : result<queue_data>(errc::not_found, "");
                         done(d ? std::optional(std::move(*d)) : std::nullopt);
                       });
  };
  return std::make_shared<live_places>(std::move(read), now_ms);
}

} // namespace

http_engine make_http_engine(engine_ptr env, std::function<ingress_actor(const std::string&)> door_of,
                             std::function<readiness()> ready) {
  http_engine e;
  e.say = [door_of = std::move(door_of)](door_message m, std::function<void(accept_ack)> answer) {
    accept_ack replaced;
    replaced.id = m.body.id, replaced.retry_after_ms = 500;
    replaced.error = {std::string(to_string(errc::unavailable)),
                      "the door failed just now, and another opens: send again, with the same id"};
    auto door = door_of(m.peer.value);
    caf::anon_send(door, atom::say_v,
                   door_say{std::move(m), answered_in_any_case(std::move(answer), std::move(replaced))});
  };
  e.feed = [env, places = places_of(env)](tenant_id t, peer_id p, uint64_t from, uint32_t limit,
                                          std::function<void(feed_page)> answer) {
    auto tenants = env->tenants.load();
    if (!tenants->contains(t)) {
      feed_page page;
      page.error = {std::string(to_string(errc::unknown_tenant)), "there is no tenant '" + t.value + "' here"};
      return answer(std::move(page));
    }
    feed_request q;
    q.tenant = t, q.from = from, q.limit = limit;
    q.conversation = conversation_id(t, channel_id{"web"}, account_id{}, p);
    env->nats->request(subjects::engine(partition_of(t, q.conversation), "feed"), encode(q), 3s, {},
                       [=, tenant = tenants->at(t), c = q.conversation](result<bus_message> m) {
                         feed_page page;
                         if (m) {
                           auto got = decode<feed_page>(m->data, {.bytes = 16 << 20});
                           if (got)
                             page = std::move(*got);
                           else
                             page.error = {std::string(to_string(got.error().code)), got.error().message};
                         } else {
                           page.error = {std::string(to_string(errc::unavailable)),
                                         "nobody owns this conversation's partition at the moment: ask again"};
                         }
                         if (page.mode != "waiting") return answer(std::move(page));
                         // The log has the place that was told; meanwhile others have gone.
                         std::vector<std::string> queues;
                         for (auto& [name, config] : tenant->queues) queues.push_back(name);
                         if (queues.empty()) queues.push_back(tenant->first_queue);
                         places->find(t, std::move(queues), c, [answer, page](live_place now) mutable {
                           if (now.place) page.place = now.place;
                           page.from_s = now.from_s, page.to_s = now.to_s;
                           answer(std::move(page));
                         });
                       });
  };
  e.watch = [env](tenant_id t, peer_id p, std::function<void()> changed) -> std::shared_ptr<void> {
    auto c = conversation_id(t, channel_id{"web"}, account_id{}, p);
    auto s = env->nats->subscribe(subjects::feed(t, c), "", [changed = std::move(changed)](bus_message) { changed(); });
    return s ? std::shared_ptr<void>(std::move(*s)) : nullptr;
  };
  e.types = [env](tenant_id t, peer_id p) {
    auto c = conversation_id(t, channel_id{"web"}, account_id{}, p);
    env->nats->publish(subjects::typing(t, c), encode(typing_note{}));
  };
  e.watch_typing = [env](tenant_id t, peer_id p, std::function<void(typing_note)> typed) -> std::shared_ptr<void> {
    auto c = conversation_id(t, channel_id{"web"}, account_id{}, p);
    auto s = env->nats->subscribe(subjects::typing(t, c), "", [typed = std::move(typed)](bus_message m) {
      if (auto n = decode<typing_note>(m.data, {.bytes = 1024, .items = 8, .depth = 2})) typed(std::move(*n));
    });
    return s ? std::shared_ptr<void>(std::move(*s)) : nullptr;
  };
  // Through the same door as a platform team's: one way in for events.
  e.event = [env](door_event m, std::function<void(accept_ack)> answer) {
    env->nats->request(
        subjects::event(m.tenant, m.type), encode(m.body), 3s, {{"traceparent", m.trace}},
        [answer](result<bus_message> r) {
          accept_ack ack;
          auto got = r ? decode<accept_ack>(r->data) : result<accept_ack>(r.error());
          if (got)
            ack = std::move(*got);
          else
            ack.error = {std::string(to_string(errc::unavailable)), got.error().message}, ack.retry_after_ms = 1000;
          answer(std::move(ack));
        });
  };
  e.sign_in = [env](door_sign_in s, std::function<void(accept_ack)> answer) {
    in_message m;
    m.kind = in_kind::command, m.topic = "sign_in";
    m.tenant = s.tenant, m.from = {channel_id{"web"}, account_id{}, s.visitor}, m.trace = s.trace;
    m.entity = conversation_id(s.tenant, m.from.channel, m.from.account, s.visitor);
    m.id = message_id{hash_name({"sign-in", m.entity.value, s.customers_peer.value})};
    m.accepted_ms = now_ms();
    m.body.data = encode(sign_in_command{s.customers_peer, s.customer, s.name});
    env->nats->js_publish(subjects::in(partition_of(m.tenant, m.entity), m.tenant), encode(m),
                          {{message_id_header, m.id.value}}, defaults::accept_timeout,
                          [answer, entity = m.entity](result<publish_ack> r) {
                            accept_ack ack;
                            ack.ok = r.ok(), ack.conversation = entity;
                            if (!r)
                              ack.error = {std::string(to_string(errc::unavailable)),
                                           "the log cannot be reached now (" + r.error().message + "): sign in again"},
                              ack.retry_after_ms = 1000;
                            answer(std::move(ack));
                          });
  };
  e.page = [env](tenant_id t) -> result<std::shared_ptr<const page_facts>> {
    auto read = env->tenants_read.load(); // before the look at them
    auto all = env->tenants.load();
    if (!read && !(all && all->contains(t)))
      return {errc::unavailable, "this engine has just started and does not know its tenants yet: try again"};
    if (!all || !all->contains(t)) return {errc::unknown_tenant, "there is no tenant '" + t.value + "' here"};
    auto& c = *all->at(t);
    auto f = std::make_shared<page_facts>();
    f->tenant = t.value, f->name = c.name, f->languages = c.languages;
    for (auto& [language, w] : c.words) f->greeting[language] = w.greeting;
    f->questions = c.page.questions, f->retention_days = c.retention_days, f->text_chars = c.text_chars;
    f->colour = c.page.colour, f->avatar = c.page.avatar, f->embed_on = c.page.embed_on;
    f->out_of_hours = !desk_at(c.hours, c.holidays, c.wall_clock(), now_ms()).open;
    f->identity = c.page.identity;
    for (auto& k : f->identity.keys)
      if (auto secret = k.secret_env.empty() ? nullptr : std::getenv(k.secret_env.c_str())) k.key = secret;
    return std::shared_ptr<const page_facts>(std::move(f));
  };
  e.ready = std::move(ready);
  e.metrics = [env] { return env->figures->text(); };
  return e;
}

} // namespace steward
