#include "actors/knowledge/librarian.hpp"

#include "actors/answer.hpp"
#include "actors/defaults.hpp"
#include "actors/knowledge/article_reader.hpp"
#include "actors/log.hpp"
#include "storage/keys.hpp"

#include <algorithm>
#include <caf/send.hpp>
#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>
#include <future>

namespace steward {
namespace {

using self_ptr = librarian_actor::stateful_pointer<librarian_state>;
using namespace std::chrono_literals;

void read_stream(self_ptr self) {
  auto& s = self->state;
  s.reading.reset();
  auto p = std::make_shared<std::promise<result<stream_info>>>();
  auto f = p->get_future();
  s.env->nats->js_info("KB", [p](result<stream_info> r) { p->set_value(std::move(r)); });
  auto info = f.get();
  if (!info) {
    self->delayed_send(self, 1s, atom::internal_v, atom::take_v);
    return;
  }
  if (info->created_ns != s.incarnation) { // made anew: what was folded is of another stream
    if (s.incarnation != 0) log::warn("stream KB was made anew, and its articles are folded from the beginning");
    s.incarnation = info->created_ns;
    s.folded = 0;
    for (auto& [t, all] : s.articles)
      if (auto ok = s.env->db->erase_prefix(table::articles, keys::articles_of(t)); !ok)
        log::error("store cannot erase articles", {{"why", ok.error().message}});
    s.articles.clear();
  }
  s.target = info->last_seq;
  s.caught_up = s.folded >= s.target;
  auto me = caf::actor_cast<librarian_actor>(self->address());
  s.reading = s.env->nats->js_read({"KB", {}, s.folded + 1, 256}, [in = s.in, me](read_event e) {
    bool first;
    {
      std::lock_guard lock(in->mutex);
      first = in->waiting.empty();
      in->waiting.push_back(std::move(e));
    }
    if (first) caf::anon_send(me, atom::wake_v);
  });
  s.reading->grant(512);
}

void take_events(self_ptr self) {
  auto& s = self->state;
  std::vector<read_event> events;
  {
    std::lock_guard lock(s.in->mutex);
    events.swap(s.in->waiting);
  }
  for (auto& e : events) {
    if (e.lost) {
      log::info("librarian loses its reading", {{"why", e.lost->message}});
      self->delayed_send(self, 500ms, atom::internal_v, atom::take_v);
      continue;
    }
    s.fold(e);
    if (s.reading) s.reading->grant(1);
  }
  s.caught_up = s.caught_up || s.folded >= s.target;
  // Imports come in bursts: build once they pause, at the latest after two seconds.
  s.last_change_ms = steady_ms();
  if (s.first_change_ms == 0) s.first_change_ms = s.last_change_ms;
  self->delayed_send(self, 250ms, atom::internal_v, atom::tick_v);
}

/// "file:3: x" of a part that begins at line 101 is "file:103: x".
std::string shifted(const std::string& problem, uint32_t first_line) {
  if (first_line <= 1) return problem;
  auto a = problem.find(':');
  auto b = a == std::string::npos ? a : problem.find(':', a + 1);
  if (b == std::string::npos) return problem;
  auto line = std::strtoul(problem.c_str() + a + 1, nullptr, 10);
  return problem.substr(0, a + 1) + std::to_string(line + first_line - 1) + problem.substr(b);
}

bool same(const article& a, const article& b) {
  return a.title == b.title && a.text == b.text && a.language == b.language && a.source == b.source &&
         a.questions == b.questions && a.removed == b.removed;
}

} // namespace

void librarian_state::load_from_store() {
  auto marker = env->db->get(table::meta, keys::kb_applied());
  if (!marker || !*marker || (*marker)->size() != 16) return;
  incarnation = keys::number(**marker);
  folded = keys::number(std::string_view(**marker).substr(8));
  auto ok =
      env->db->scan(table::articles, {}, {}, scan_order::ascending, [&](std::string_view key, std::string_view value) {
        auto a = decode<article>(value, {.bytes = 1 << 20});
        if (!a) return true;
        tenant_id t{std::string(key.substr(0, key.find('\0')))};
        stale.add({t, a->language});
        articles[t][a->id] = std::move(*a);
        return true;
      });
  if (!ok) log::error("store cannot list articles", {{"why", ok.error().message}});
}

void librarian_state::fold(read_event& e) {
  folded = e.message.seq;
  auto& subject = e.message.subject;
  auto dot = subject.find('.', 3);
  tenant_id t{subject.substr(3, dot == std::string::npos ? 0 : dot - 3)};
  auto a = decode<article>(e.message.data, {.bytes = 1 << 20});
  write_batch b;
  if (a && !t.empty() && subjects::is_name(t.value)) {
    auto& all = articles[t];
    if (auto old = all.find(a->id); old != all.end()) stale.add({t, old->second.language});
    stale.add({t, a->language});
    auto key = keys::article(t, a->id);
    if (a->removed) {
      all.erase(a->id);
      b.erase(table::articles, key);
    } else {
      b.put(table::articles, key, e.message.data);
      all[a->id] = std::move(*a);
    }
  } else {
    log::error("article does not decode", {{"subject", subject}, {"why", a ? "bad subject" : a.error().message}});
  }
  auto number = [](uint64_t n) {
    std::string s(8, '\0');
    for (int i = 7; i >= 0; --i, n >>= 8) s[static_cast<size_t>(i)] = static_cast<char>(n & 255);
    return s;
  };
  b.put(table::meta, keys::kb_applied(), number(incarnation) + number(folded));
  if (auto ok = env->db->write(std::move(b)); !ok)
    log::error("store cannot follow stream KB", {{"why", ok.error().message}});
}

std::optional<index_order> librarian_state::next_order() {
  auto is_served = [&](const language_of& l) { return served[l.first].by_language.contains(l.second); };
  auto mute = [&](const language_of& l) {
    auto config = tenants->find(l.first);
    return config != tenants->end() && config->second->models.contains(l.second) && !is_served(l);
  };
  while (auto next = stale.take(mute)) {
    auto& [t, language] = next->which;
    auto config = tenants->find(t);
    if (config == tenants->end() || language.empty()) continue; // built when its tenant is known
    index_order o;
    o.tenant = config->second, o.language = language, o.version = folded, o.words_only = next->words_only;
    for (auto& [id, a] : articles[t])
      if (a.language == language) o.articles.push_back(a);
    if (!o.articles.empty()) return o;
    if (!is_served(next->which)) continue;
    served[t].by_language.erase(language);
    pool->serve(std::make_shared<const served_map>(served));
  }
  return std::nullopt;
}

void librarian_state::serve(made_index& m) {
  if (!m.index) return;
  auto s = std::make_shared<served_index>();
  for (uint32_t i = 0; i < m.index->articles().size(); ++i) s->by_id[m.index->articles()[i].id] = i;
  s->index = std::move(m.index), s->encoder = std::move(m.encoder), s->version = m.version;
  served[m.tenant].by_language[m.language] = std::move(s);
  pool->serve(std::make_shared<const served_map>(served));
}

void librarian_state::serve(learnt_intents& l) {
  if (!tenants->contains(l.tenant)) return;
  if (l.intents)
    served[l.tenant].intents[l.language] = std::move(l.intents);
  else
    served[l.tenant].intents.erase(l.language);
  pool->serve(std::make_shared<const served_map>(served));
}

void librarian_state::know_tenants() {
  for (auto& [id, config] : *tenants) {
    auto& s = served[id];
    if (s.version != config->version || config->version == 0)
      s.meanings = make_own_meanings(*config), s.known_for = config->meanings.known_for;
    s.version = config->version;
    s.languages = config->languages;
    s.clock = config->clock;
  }
  pool->serve(std::make_shared<const served_map>(served));
}

/// Parses a file's articles and publishes those that are new or changed; answers when the last is in.
void librarian_state::import(const bus_message& m) {
  auto out = std::make_shared<kb_import_result>();
  auto answer = [env = env, out, reply = m.reply] { env->nats->publish(reply, encode(*out)); };
  auto refuse = [&](errc c, std::string why) {
    out->error = {std::string(to_string(c)), std::move(why)};
    answer();
  };
  auto q = decode<kb_import_request>(m.data, {.bytes = 8 << 20});
  if (!q) return refuse(q.error().code, q.error().message);
  auto t = tenants->find(q->tenant);
  if (t == tenants->end()) return refuse(errc::unknown_tenant, "there is no tenant '" + q->tenant.value + "' here");
  static const std::map<std::string, article_format> formats{{"md", article_format::markdown},
                                                             {"html", article_format::html},
                                                             {"jsonl", article_format::json_lines},
                                                             {"csv", article_format::csv}};
  auto format = formats.find(q->format);
  if (format == formats.end())
    return refuse(errc::unsupported, "format '" + q->format.substr(0, 20) + "': one of md, html, jsonl, csv");
  auto stem = q->path.substr(0, q->path.rfind('.'));
  auto read = parse_articles(q->content.data, format->second, q->path, stem);
  for (auto& p : read.problems) out->broken.push_back(shifted(p, q->first_line));
  auto publishing = std::make_shared<std::vector<article>>();
  auto& mine = articles[q->tenant];
  std::set<std::string> here;
  for (auto& a : read.articles) {
    if (!here.insert(a.id).second) { // a reader lets each language have its own
      out->broken.push_back(q->path + ": '" + a.id +
                            "' is there in another language too, and an id is one article's: " + "the first is kept");
      continue;
    }
    if (auto there = mine.find(a.id); a.removed) {
      (there == mine.end() ? out->same : out->changed).push_back(a.id);
      if (there == mine.end()) continue;
      a.language = there->second.language;
      publishing->push_back(std::move(a));
      continue;
    }
    if (a.language.empty()) a.language = q->language.empty() ? t->second->languages.front() : q->language;
    auto old = mine.find(a.id);
    if (old != mine.end() && same(old->second, a)) {
      out->same.push_back(a.id);
      continue;
    }
    (old == mine.end() ? out->added : out->changed).push_back(a.id);
    publishing->push_back(std::move(a));
  }
  if (publishing->empty() || q->dry_run) return answer();
  auto left = std::make_shared<std::atomic<size_t>>(publishing->size());
  auto mutex = std::make_shared<std::mutex>();
  for (auto& a : *publishing)
    env->nats->js_publish(subjects::kb(q->tenant, a.id), encode(a), {}, defaults::publish_timeout,
                          [=](result<publish_ack> ack) {
                            {
                              std::lock_guard lock(*mutex);
                              if (ack)
                                out->version = std::max(out->version, ack->seq);
                              else
                                out->error = {std::string(to_string(errc::unavailable)),
                                              "not all articles are in the log (" + ack.error().message +
                                                  "): import again, what is in stays"};
                            }
                            if (--*left == 0) answer();
                          });
}

void librarian_state::list(const bus_message& m) const {
  constexpr size_t page_bytes = 256 << 10;
  kb_page out;
  auto q = decode<ops_request>(m.data);
  if (!q)
    out.error = {std::string(to_string(q.error().code)), q.error().message};
  else if (!tenants->contains(q->tenant))
    out.error = {std::string(to_string(errc::unknown_tenant)), "there is no tenant '" + q->tenant.value + "' here"};
  else if (auto mine = articles.find(q->tenant); mine != articles.end()) {
    size_t bytes = 0;
    auto a = q->name.empty() ? mine->second.begin() : mine->second.upper_bound(q->name);
    for (; a != mine->second.end(); ++a) {
      auto& [id, it] = *a;
      if (!q->language.empty() && it.language != q->language) continue;
      if (!out.articles.empty() && (bytes > page_bytes || out.articles.size() >= std::max(1u, q->limit))) break;
      bytes += it.text.size() + it.title.size();
      out.articles.push_back(it);
    }
    if (a != mine->second.end()) out.next = out.articles.back().id;
  }
  answer_request(*env->nats, m.reply, out);
}

knowledge_view librarian_state::view() const {
  knowledge_view v;
  v.kb_seq = caught_up ? folded : 0; // 0: not all is folded yet that was there at the start
  // Languages whose tenant is not known wait for it and keep nobody from being ready.
  auto waiting = stale.contains([&](auto& l) { return tenants->contains(l.first); });
  v.ready = caught_up && !building && !waiting;
  v.notes = shelf->notes();
  for (auto& [t, config] : *tenants) {
    tenant_status s;
    s.tenant = t, s.name = config->name, s.version = config->version;
    if (auto a = articles.find(t); a != articles.end()) s.articles = a->second.size();
    if (auto i = served.find(t); i != served.end())
      for (auto& [language, index] : i->second.by_language) {
        uint64_t n = 0;
        for (uint32_t a = 0; a < index->index->articles().size(); ++a) n += index->index->passages(a).size();
        s.passages[language] = n;
        s.encoder +=
            (s.encoder.empty() ? "" : ", ") + language + ": " + (index->encoder ? index->encoder->name() : "none");
      }
    s.intents = trainer->progress(t);
    v.tenants.push_back(std::move(s));
  }
  return v;
}

librarian_actor::behavior_type run_librarian(self_ptr self, engine_ptr env, std::shared_ptr<answer_pool> pool,
                                             tenant_map tenants) {
  auto& s = self->state;
  s.env = std::move(env), s.pool = std::move(pool), s.tenants = std::move(tenants);
  s.shelf = encoder_shelf::of(s.env->config, s.env->db);
  s.maker = std::make_shared<index_maker>(s.env->config.encoder_threads, s.shelf);
  s.trainer = std::make_shared<intent_trainer>(
      s.shelf, [me = caf::actor_cast<librarian_actor>(self->address())](std::shared_ptr<learnt_intents> l) {
        caf::anon_send(me, atom::loaded_v, std::move(l));
      });
  s.load_from_store();
  s.know_tenants();
  for (auto& [id, config] : *s.tenants) s.trainer->train(config);
  read_stream(self);
  return {
      [self](atom::wake) { take_events(self); },
      [self](atom::tenants, tenant_map& t) {
        auto& s = self->state;
        for (auto& [id, config] : *t) {
          auto old = s.tenants->find(id);
          if (old != s.tenants->end() && old->second == config) continue;
          s.trainer->train(config);
          if (auto mine = s.articles.find(id); mine != s.articles.end())
            for (auto& [name, a] : mine->second) s.stale.add({id, a.language});
        }
        for (auto& [id, config] : *s.tenants)
          if (!t->contains(id)) s.trainer->forget(id), s.served[id].intents.clear();
        s.tenants = std::move(t);
        s.know_tenants();
        self->send(self, atom::internal_v, atom::tick_v);
      },
      [self](atom::ops, bus_message& m) {
        if (m.subject.ends_with("kb_list")) return self->state.list(m);
        self->state.import(m);
      },
      [self](atom::internal, atom::tick) {
        auto& s = self->state;
        auto now = steady_ms();
        if (s.building || (now - s.last_change_ms < 240 && now - s.first_change_ms < 2000)) return;
        s.first_change_ms = 0;
        auto order = s.next_order();
        if (!order) return;
        s.building = true;
        s.maker->make(std::move(*order),
                      [me = caf::actor_cast<librarian_actor>(self->address())](std::shared_ptr<made_index> m) {
                        caf::anon_send(me, atom::loaded_v, std::move(m));
                      });
      },
      [self](atom::internal, atom::take) { read_stream(self); },
      [self](atom::loaded, std::shared_ptr<made_index>& m) {
        auto& s = self->state;
        s.serve(*m);
        s.building = false;
        self->send(self, atom::internal_v, atom::tick_v);
      },
      [self](atom::loaded, std::shared_ptr<learnt_intents>& l) { self->state.serve(*l); },
      [self](atom::view) { return self->state.view(); },
  };
}

} // namespace steward
