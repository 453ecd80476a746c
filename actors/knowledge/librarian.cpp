#include "actors/knowledge/librarian.hpp"

#include "actors/defaults.hpp"
#include "actors/knowledge/article_reader.hpp"
#include "actors/log.hpp"
#include "storage/keys.hpp"

#include <caf/send.hpp>
#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>
#include <cstring>
#include <future>

namespace steward {
namespace {

using self_ptr = librarian_actor::stateful_pointer<librarian_state>;
using namespace std::chrono_literals;
constexpr size_t many_missing = 40; // vectors; fewer are embedded before the index is served

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
  // Imports come in bursts: build once they pause.
  self->delayed_send(self, 60ms, atom::internal_v, atom::tick_v);
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
        stale.insert({t, a->language});
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
    if (auto old = all.find(a->id); old != all.end()) stale.insert({t, old->second.language});
    stale.insert({t, a->language});
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

std::shared_ptr<embedder> librarian_state::encoder_for(const tenant_config& t, const std::string& language) {
  auto model = t.models.find(language);
  if (model == t.models.end()) return nullptr;
  auto& name = model->second;
  if (auto known = encoders.find(name); known != encoders.end()) return known->second;
  std::shared_ptr<embedder> made;
  result<std::unique_ptr<embedder>> r = failure{errc::unavailable, ""};
  if (name.starts_with("endpoint:")) {
    endpoint_options o;
    o.url = name.substr(9);
    if (auto m = std::getenv("STEWARD_EMBEDDINGS_MODEL")) o.model = m;
    if (auto k = std::getenv("STEWARD_EMBEDDINGS_KEY")) o.key = k;
    r = make_endpoint_embedder(o);
  } else {
    encoder_options o;
    o.workers = std::max(1u, env->config.encoder_threads) + 1; // the pool's threads, and this one
    o.cache = std::filesystem::path(env->config.cache) / "compiled";
    auto folder = name.find('/') != std::string::npos ? std::filesystem::path(name)
                                                      : std::filesystem::path(env->config.models) / name;
    r = make_openvino_embedder(folder, o);
  }
  if (r)
    made = std::move(*r);
  else
    encoder_notes[name] = "language " + language + " is answered by words alone: " + r.error().message;
  return encoders[name] = made;
}

std::shared_ptr<const token_embedder> librarian_state::table_for(const tenant_config& t, const std::string& language) {
  auto model = t.models.find(language);
  if (model == t.models.end() || model->second.starts_with("endpoint:")) return nullptr;
  auto& name = model->second;
  if (auto known = tables.find(name); known != tables.end()) return known->second;
  auto folder = name.find('/') != std::string::npos ? std::filesystem::path(name)
                                                    : std::filesystem::path(env->config.models) / name;
  auto r = make_static_embedder(folder);
  if (!r && encoders[name])
    encoder_notes[name + "/table"] = "the encoder of language " + language +
                                     " has no static table, so it is asked for every question: " + r.error().message;
  return tables[name] = r ? std::shared_ptr<const token_embedder>(std::move(*r)) : nullptr;
}

void librarian_state::serve(const tenant_id& t, const std::string& language,
                            std::shared_ptr<const knowledge_index> index, std::shared_ptr<embedder> encoder) {
  auto s = std::make_shared<served_index>();
  for (uint32_t i = 0; i < index->articles().size(); ++i) s->by_id[index->articles()[i].id] = i;
  s->index = std::move(index), s->encoder = std::move(encoder), s->version = folded;
  auto& tenant = served[t];
  tenant.by_language[language] = std::move(s);
  pool->serve(std::make_shared<const served_map>(served));
}

/// Weights, curve and gate from the tenant's labelled questions in this language.
retrieval_policy librarian_state::policy_for(const tenant_config& t, const std::string& language,
                                             const knowledge_index& index, embedder* encoder) {
  auto policy = default_policy();
  std::vector<labelled_question> evidence;
  std::vector<std::string> texts;
  std::vector<looked> looks;
  std::vector<const tenant_question*> asked;
  for (auto& q : t.questions) {
    if (!q.language.empty() && q.language != language) continue;
    asked.push_back(&q);
    looks.push_back(index.first_look(q.question));
    texts.push_back(looks.back().query);
  }
  if (encoder && !texts.empty()) {
    auto vectors = encode_cached(*encoder, texts);
    if (vectors)
      for (size_t i = 0; i < texts.size(); ++i) {
        std::vector<std::uint32_t> candidates;
        evidence.push_back(index.evidence_of(looks[i], vectors->row(i), asked[i]->expected, &candidates));
      }
  }
  if (!evidence.empty()) policy = fit_policy(evidence);
  policy.limits = {t.answer_at, t.choose_at};
  return policy;
}

result<embeddings> librarian_state::encode_cached(embedder& e, const std::vector<std::string>& texts) {
  embeddings out;
  out.dimension = e.dimension();
  out.values.resize(texts.size() * out.dimension);
  auto cache = vectors();
  std::vector<std::string> missing;
  std::vector<size_t> places;
  for (size_t i = 0; i < texts.size(); ++i)
    if (!cache.get(e.name(), text_hash(texts[i]), out.row(i))) missing.push_back(texts[i]), places.push_back(i);
  for (size_t at = 0; at < missing.size(); at += 32) {
    auto n = std::min<size_t>(32, missing.size() - at);
    auto got = e.embed(std::span(missing).subspan(at, n));
    if (!got) return got;
    for (size_t i = 0; i < n; ++i) {
      std::copy(got->row(i).begin(), got->row(i).end(), out.row(places[at + i]).begin());
      cache.put(e.name(), text_hash(missing[at + i]), got->row(i));
    }
  }
  return out;
}

vector_cache librarian_state::vectors() {
  auto key = [](const std::string& embedder, uint64_t hash) { return keys::vector(embedder, std::to_string(hash)); };
  vector_cache c;
  c.get = [this, key](const std::string& embedder, uint64_t hash, std::span<float> row) {
    auto v = env->db->get(table::vectors, key(embedder, hash));
    if (!v || !*v || (*v)->size() != row.size_bytes()) return false;
    std::memcpy(row.data(), (*v)->data(), row.size_bytes());
    return true;
  };
  c.put = [this, key](const std::string& embedder, uint64_t hash, std::span<const float> row) {
    write_batch b;
    b.put(table::vectors, key(embedder, hash),
          std::string(reinterpret_cast<const char*>(row.data()), row.size_bytes()));
    if (auto ok = env->db->write(std::move(b)); !ok)
      log::warn("store cannot keep a vector", {{"why", ok.error().message}});
  };
  return c;
}

bool librarian_state::build_next() {
  while (!stale.empty()) {
    auto [t, language] = *stale.begin();
    stale.erase(stale.begin());
    auto config = tenants->find(t);
    if (config == tenants->end() || language.empty()) continue; // built when its tenant is known
    auto& tc = *config->second;
    std::vector<article> mine;
    for (auto& [id, a] : articles[t])
      if (a.language == language) mine.push_back(a);
    served[t].languages = tc.languages;
    if (mine.empty()) {
      served[t].by_language.erase(language);
      pool->serve(std::make_shared<const served_map>(served));
      continue;
    }
    auto started = steady_ms();
    index_sources sources;
    auto encoder = encoder_for(tc, language);
    sources.table = table_for(tc, language);
    sources.cache = vectors();
    size_t missing = 0;
    auto get = sources.cache.get;
    if (encoder && !served[t].by_language.contains(language) && mine.size() > many_missing) {
      // Nothing is served yet: words first, so that customers get answers while the encoder reads.
      sources.cache.get = [&](const std::string& e, uint64_t h, std::span<float> row) {
        auto hit = get(e, h, row);
        missing += !hit;
        return hit;
      };
      index_sources quick;
      if (auto index = knowledge_index::build(language, mine, quick, policy_with(default_policy(), tc)))
        serve(t, language, *index, nullptr);
    }
    sources.encoder = encoder;
    auto index = knowledge_index::build(language, mine, sources, policy_with(default_policy(), tc));
    if (!index && encoder) {
      log::error("encoder fails, and words decide alone", {{"why", index.error().message}});
      sources.encoder = nullptr, encoder = nullptr;
      index = knowledge_index::build(language, mine, sources, policy_with(default_policy(), tc));
    }
    if (!index) {
      log::error("index cannot be built",
                 {{"tenant", t.value}, {"language", language}, {"why", index.error().message}});
      continue;
    }
    auto with_policy = (*index)->with(policy_for(tc, language, **index, encoder.get()));
    serve(t, language, with_policy, encoder);
    log::info("librarian builds an index", {{"tenant", t.value},
                                            {"language", language},
                                            {"articles", uint64_t{mine.size()}},
                                            {"encoder", encoder ? encoder->name() : "none"},
                                            {"gate", with_policy->policy().gate.settled_from},
                                            {"ms", steady_ms() - started}});
    return true;
  }
  return false;
}

retrieval_policy librarian_state::policy_with(retrieval_policy p, const tenant_config& t) {
  p.limits = {t.answer_at, t.choose_at};
  return p;
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
  for (auto& a : read.articles) {
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

knowledge_view librarian_state::view() const {
  knowledge_view v;
  v.kb_seq = folded;
  v.ready = caught_up && stale_known().empty();
  for (auto& [model, note] : encoder_notes) v.notes.push_back(note);
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
    v.tenants.push_back(std::move(s));
  }
  return v;
}

/// Stale languages whose tenant is known: the others wait for their tenant and keep nobody from being ready.
std::set<std::pair<tenant_id, std::string>> librarian_state::stale_known() const {
  std::set<std::pair<tenant_id, std::string>> out;
  for (auto& s : stale)
    if (tenants->contains(s.first)) out.insert(s);
  return out;
}

librarian_actor::behavior_type run_librarian(self_ptr self, engine_ptr env, std::shared_ptr<answer_pool> pool,
                                             tenant_map tenants) {
  auto& s = self->state;
  s.env = std::move(env), s.pool = std::move(pool), s.tenants = std::move(tenants);
  s.load_from_store();
  read_stream(self);
  return {
      [self](atom::wake) { take_events(self); },
      [self](atom::tenants, tenant_map& t) {
        auto& s = self->state;
        for (auto& [id, config] : *t) {
          auto old = s.tenants->find(id);
          if (old != s.tenants->end() && old->second == config) continue;
          if (auto mine = s.articles.find(id); mine != s.articles.end())
            for (auto& [name, a] : mine->second) s.stale.insert({id, a.language});
        }
        s.tenants = std::move(t);
        self->send(self, atom::internal_v, atom::tick_v);
      },
      [self](atom::ops, bus_message& m) { self->state.import(m); },
      [self](atom::internal, atom::tick) {
        if (self->state.build_next()) self->send(self, atom::internal_v, atom::tick_v);
      },
      [self](atom::internal, atom::take) { read_stream(self); },
      [self](atom::view) { return self->state.view(); },
  };
}

} // namespace steward
