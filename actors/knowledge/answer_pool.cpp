#include "actors/knowledge/answer_pool.hpp"

#include "actors/log.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace steward {
namespace {

constexpr size_t batch = 16;
constexpr size_t worth_a_pass = 8; // texts: the encoder takes them before words are looked at again
constexpr auto longest_wait = std::chrono::milliseconds(20); // for company
constexpr size_t never_parted = 4;                           // so few share a pass even where another thread is idle

knowledge_result picked(const served_index& s, const std::string& language, const knowledge_query& q) {
  knowledge_result r;
  r.language = language, r.version = s.version, r.step = "pick";
  auto hash = q.pick.rfind('#');
  auto a = s.by_id.find(q.pick.substr(0, hash));
  if (hash == std::string::npos || a == s.by_id.end()) return r; // gone since it was offered
  auto passage = static_cast<uint32_t>(std::strtoul(q.pick.c_str() + hash + 1, nullptr, 10));
  r.candidates.push_back(s.index->candidate_of(s.index->picked_answer(a->second, passage, q.before), true));
  r.outcome = verdict::answer;
  r.confidence = 1;
  return r;
}

knowledge_result result_of(const served_index& s, const std::string& language, const found& f, std::string step) {
  knowledge_result r;
  r.language = language, r.version = s.version, r.step = std::move(step);
  r.outcome = f.outcome, r.confidence = f.confidence;
  size_t most = r.outcome == verdict::answer ? 1 : 3;
  for (size_t i = 0; i < f.hits.size() && i < most; ++i) r.candidates.push_back(s.index->candidate_of(f.hits[i], true));
  return r;
}

kb_search_result explained(const served_index& s, const std::string& language, const looked& first, const found& f,
                           std::string step, uint32_t limit) {
  kb_search_result r;
  r.language = language, r.step = step, r.outcome = f.outcome, r.confidence = f.confidence;
  auto gate = s.index->policy().gate.settled_from;
  auto number = [](double x) { return std::to_string(x).substr(0, 4); };
  if (!s.index->has_encoder())
    r.why = "no encoder for this language: words and the static table decide";
  else if (!first.repeats.empty())
    r.why = "it repeats the labelled question \"" + first.repeats + "\", so the encoder was not asked";
  else if (step == "lexical")
    r.why = "words and the static table are sure enough (" + number(first.certainty) + ", from " + number(gate) +
            " on), so the encoder was not asked";
  else if (gate > 1)
    r.why = "the encoder is always asked: too few labelled questions to know when it could be spared";
  else
    r.why = "words and the static table were not sure (" + number(first.certainty) + ", needed " + number(gate) +
            "), so the encoder was asked";
  for (size_t i = 0; i < f.hits.size() && i < limit; ++i) {
    auto& h = f.hits[i];
    r.hits.push_back(
        {s.index->candidate_of(h, true), h.lexical, h.guessed, h.dense, s.index->words_shared(first.query, h.article)});
  }
  return r;
}

} // namespace

answer_pool::answer_pool(uint32_t threads, std::shared_ptr<const text_reader> reader, size_t most_waiting)
    : reader_(std::move(reader))
    , most_(most_waiting)
    , served_(std::make_shared<const served_map>()) {
  for (uint32_t i = 0; i < std::max(1u, threads); ++i) threads_.emplace_back([this] { run(); });
}

answer_pool::~answer_pool() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  for (auto& t : threads_) t.join();
}

void answer_pool::serve(std::shared_ptr<const served_map> s) {
  served_.store(std::move(s));
  if (changed_) changed_();
}
std::shared_ptr<const served_map> answer_pool::served() const { return served_.load(); }

void answer_pool::ask(knowledge_query q, std::function<void(knowledge_result)> answer) {
  if (q.parts.empty())
    enqueue(std::move(q), std::move(answer));
  else
    ask_parts(std::move(q), std::move(answer));
}

/// Whoever is last puts them together.
void answer_pool::ask_parts(knowledge_query q, std::function<void(knowledge_result)> answer) {
  struct gathered {
    std::vector<knowledge_result> results;
    std::vector<std::string> texts;
    std::atomic<size_t> left;
    std::function<void(knowledge_result)> answer;
  };
  auto all = std::make_shared<gathered>();
  all->texts = std::exchange(q.parts, {});
  all->results.resize(all->texts.size() + 1);
  all->left = all->results.size();
  all->answer = std::move(answer);
  auto arrive = [all](size_t i, knowledge_result r) {
    all->results[i] = std::move(r);
    if (--all->left != 0) return;
    auto whole = std::move(all->results.back());
    for (size_t k = 0; k < all->texts.size(); ++k) {
      auto& one = all->results[k];
      whole.parts.push_back({std::move(all->texts[k]), one.outcome, one.confidence, std::move(one.candidates)});
    }
    all->answer(std::move(whole));
  };
  auto texts = all->texts; // the last to arrive empties the other
  for (size_t i = 0; i < texts.size(); ++i)
    enqueue({q.tenant, std::move(texts[i]), q.language, {}},
            [arrive, i](knowledge_result r) { arrive(i, std::move(r)); });
  auto last = texts.size();
  enqueue(std::move(q), [arrive, last](knowledge_result r) { arrive(last, std::move(r)); });
}

void answer_pool::enqueue(knowledge_query q, std::function<void(knowledge_result)> answer) {
  {
    std::lock_guard lock(mutex_);
    if (waiting_.size() + asking_.size() < most_) {
      waiting_.push_back({std::move(q), std::move(answer), {}, 5});
      wake_.notify_one();
      return;
    }
  }
  knowledge_result full;
  full.step = "overloaded";
  answer(std::move(full));
}

void answer_pool::explain(knowledge_query q, uint32_t limit, std::function<void(kb_search_result)> answer) {
  std::lock_guard lock(mutex_);
  waiting_.push_back({std::move(q), {}, std::move(answer), limit});
  wake_.notify_one();
}

void answer_pool::trace(knowledge_query q, std::function<void(knowledge_result, std::vector<nlu_step>)> answer) {
  auto steps = std::make_shared<std::vector<nlu_step>>();
  std::lock_guard lock(mutex_);
  waiting_.push_back({std::move(q),
                      [steps, answer = std::move(answer)](knowledge_result r) { answer(std::move(r), *steps); },
                      {},
                      5,
                      steps});
  wake_.notify_one();
}

/// Everything of a job that needs no encoder for its search.
struct answer_pool::begun {
  job j;
  std::shared_ptr<const served_index> s;     // null: no articles in that language
  std::shared_ptr<const served_intents> own; // the tenant's intents; null: none, or the message is a built-in one
  intent_reading meant;
  std::string language;
  understood_message understood;
  looked first;
  embedder* encoder = nullptr; // asked for a vector; of s or own
};

/// "parcel_late 0.81, where_is_my_order 0.05"
std::string answer_pool::told(const intent_reading& r) {
  std::string out;
  for (auto& i : r.ranked) out += (out.empty() ? "" : ", ") + i.name + " " + std::to_string(i.confidence).substr(0, 4);
  return out + (r.outside ? "; rather none of them" : r.settled ? "" : "; not sure enough");
}

std::string answer_pool::told(const begun& b, const found& f) {
  if (f.hits.empty()) return "nothing";
  return b.s->index->articles()[f.hits.front().article].id + " " + std::to_string(f.confidence).substr(0, 4) + " (" +
         std::string(to_string(f.outcome)) + ")";
}

/// Keeps what a step said and cost, when somebody wants to know.
class answer_pool::stopwatch {
public:
  explicit stopwatch(const begun& b)
      : steps_(b.j.steps.get()) {
    if (steps_) began_ = std::chrono::steady_clock::now();
  }
  template <class Said>
  void stop(const char* step, const Said& said) {
    if (!steps_) return;
    std::chrono::duration<double, std::micro> us = std::chrono::steady_clock::now() - began_;
    steps_->push_back({step, said(), us.count()});
    began_ = std::chrono::steady_clock::now();
  }

private:
  std::vector<nlu_step>* steps_;
  std::chrono::steady_clock::time_point began_{};
};

/// What is understood, and the language to search in.
void answer_pool::understand(begun& b, const served_tenant& tenant) const {
  stopwatch watch(b);
  if (reader_) {
    auto now =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
            .count();
    text_context c{b.j.query.language, tenant.languages, tenant.clock ? tenant.clock->local(now) : now};
    c.meanings = tenant.meanings.get(), c.profile = tenant.known_for;
    c.profile.insert(c.profile.end(), b.j.query.meant.begin(), b.j.query.meant.end());
    b.understood = reader_->begin(b.j.query.text, c, b.language);
  } else if (!tenant.languages.empty()) {
    auto& all = tenant.languages;
    b.language = std::find(all.begin(), all.end(), b.j.query.language) != all.end() ? b.j.query.language : all.front();
  }
  watch.stop("language", [&] { return b.language.empty() ? std::string("none") : b.language; });
  if (auto i = tenant.by_language.find(b.language); i != tenant.by_language.end()) b.s = i->second;
  auto own = tenant.intents.find(b.language);
  if (own == tenant.intents.end() || !b.understood.intents.empty()) return;
  b.own = own->second;
  b.meant = b.own->reader->first_look(b.j.query.text);
  watch.stop("intents by words", [&] { return told(b.meant); });
}

/// A few words that go on with a question are looked for together with it; "thanks" does not.
std::string answer_pool::searched(const begun& b) {
  auto& q = b.j.query;
  return q.before.empty() || !b.understood.intents.empty() ? q.text : q.before + " " + q.text;
}

/// Who must be asked for a vector; null: nobody. An intent has a pass of its own only where the articles do not answer
/// for certain: it could not change that. Where the articles know for certain that they do not, words must have found
/// it likely.
embedder* answer_pool::encoder_for(const begun& b) const {
  if (!b.j.query.search || !b.j.query.pick.empty()) return nullptr;
  if (b.s && b.s->encoder && !b.first.settled) return b.s->encoder.get();
  auto foreign = b.s && b.s->encoder && b.first.settled && b.first.found.outcome == verdict::unknown;
  auto open = b.own && !b.meant.settled && b.j.answer && !(b.s && b.first.found.outcome == verdict::answer) &&
              !(foreign && b.meant.unlikely);
  return open ? b.own->encoder.get() : nullptr;
}

/// The article that the likeliest intent answers with, the passage that the search found in it first if it did.
candidate answer_pool::meant_article(const begun& b, const std::vector<hit>& hits) const {
  auto article = b.own->article.find(b.meant.ranked.front().name);
  if (!b.s || article == b.own->article.end()) return {};
  auto at = b.s->by_id.find(article->second);
  if (at == b.s->by_id.end()) return {}; // imported later, or not at all
  auto found = std::find_if(hits.begin(), hits.end(), [&](auto& h) { return h.article == at->second; });
  hit h;
  if (found != hits.end()) h = *found;
  h.article = at->second;
  return b.s->index->candidate_of(h, true);
}

/// The tenant's intent and the mood, with the vector that was made, if one was.
void answer_pool::finish(begun& b, knowledge_result r, const std::vector<hit>& hits,
                         std::span<const float> vector) const {
  r.language = b.language;
  if (!b.j.query.before.empty()) vector = {}; // it may be of more than this text
  if (b.own) {
    auto& reader = *b.own->reader;
    if (!vector.empty() && b.own->encoder && !b.meant.settled) {
      stopwatch watch(b);
      b.meant = reader.second_look(b.j.query.text, vector);
      watch.stop("intents by all voices", [&] { return told(b.meant); });
    }
    // It stands in the turn's record: only where it may lead, or is asked for.
    auto may_lead =
        r.candidates.empty() || (!b.meant.ranked.empty() && b.meant.ranked.front().confidence > r.confidence);
    if (!b.meant.outside && (may_lead || b.j.steps)) r.meant = meant_article(b, hits);
    b.understood.intents = std::move(b.meant.ranked);
    b.understood.intent_step = b.meant.step;
    b.understood.outside = b.meant.outside;
    b.understood.model += (b.understood.model.empty() ? "" : "+") + reader.version();
  }
  if (b.s) r.version = b.s->version;
  if (reader_) {
    auto encoder = b.s ? b.s->encoder : nullptr;
    auto encode = [&]() -> std::vector<float> {
      auto one = encoder->embed(std::span(&b.j.query.text, 1));
      return one && one->rows() == 1 ? one->values : std::vector<float>();
    };
    if (encoder)
      reader_->feel(b.understood, b.j.query.text, encoder->name(), vector, encode);
    else
      reader_->feel(b.understood, b.j.query.text, {}, {}, {});
  }
  r.understood = std::move(b.understood);
  b.j.answer(std::move(r));
}

/// All that is known, with the vector if one was made.
void answer_pool::settle(begun& b, std::span<const float> vector) const {
  if (!b.s || !b.j.query.search) {
    knowledge_result none;
    none.step = b.j.query.search ? "no_articles" : "none";
    if (b.j.answer) return finish(b, std::move(none), {}, vector);
    kb_search_result r;
    r.language = b.language, r.step = none.step, r.why = "the tenant has no articles in this language";
    return b.j.explain(std::move(r));
  }
  if (!b.j.query.pick.empty() && b.j.answer) return finish(b, picked(*b.s, b.language, b.j.query), {}, vector);
  auto second = !b.first.settled && b.s->encoder && !vector.empty();
  stopwatch watch(b);
  auto f = second ? b.s->index->second_look(b.first, vector) : b.first.found;
  if (second) watch.stop("articles by the encoder", [&] { return told(b, f); });
  auto step = second ? "encoder" : b.first.settled && b.s->encoder ? "lexical" : "lexical_only";
  if (b.j.answer) return finish(b, result_of(*b.s, b.language, f, step), f.hits, vector);
  b.j.explain(explained(*b.s, b.language, b.first, f, step, b.j.limit));
}

/// What words do not settle comes back: it waits for the encoder.
std::vector<answer_pool::begun> answer_pool::work(std::vector<job> jobs) const {
  auto map = served_.load();
  std::vector<begun> open;
  for (auto& j : jobs) {
    auto t = map->find(j.query.tenant);
    static const served_tenant nobody;
    auto& tenant = t == map->end() ? nobody : t->second;
    begun b;
    b.j = std::move(j);
    understand(b, tenant);
    if (b.s && b.j.query.search && b.j.query.pick.empty()) {
      stopwatch watch(b);
      b.first = b.s->index->first_look(searched(b));
      watch.stop("articles by words", [&] { return told(b, b.first.found); });
    }
    b.encoder = encoder_for(b);
    if (b.encoder)
      open.push_back(std::move(b));
    else
      settle(b, {});
  }
  return open;
}

/// All by one encoder, in one go.
void answer_pool::encode(std::vector<begun> all) const {
  std::vector<std::string> texts;
  for (auto& b : all) texts.push_back(b.s ? b.first.query : b.j.query.text);
  std::vector<stopwatch> watches(all.begin(), all.end());
  auto encoder = all.front().encoder;
  auto vectors = encoder->embed(texts);
  if (!vectors) log::error("encoder fails, and words decide alone", {{"why", vectors.error().message}});
  for (auto& w : watches)
    w.stop("encoder", [&] { return vectors ? encoder->name() : "failed: " + vectors.error().message; });
  for (size_t i = 0; i < all.size(); ++i) settle(all[i], vectors ? vectors->row(i) : std::span<const float>{});
}

/// A fair share, so that the other threads find work too.
std::vector<answer_pool::job> answer_pool::next_jobs() {
  std::vector<job> out;
  auto share = std::min(batch, std::max<size_t>(1, waiting_.size() / threads_.size()));
  for (; !waiting_.empty() && out.size() < share; waiting_.pop_front()) out.push_back(std::move(waiting_.front()));
  return out;
}

std::vector<answer_pool::begun> answer_pool::next_pass() {
  std::vector<begun> out, others;
  auto share = std::min(batch, std::max(never_parted, (asking_.size() + threads_.size() - 1) / threads_.size()));
  auto encoder = asking_.front().encoder;
  for (auto& b : asking_) (b.encoder == encoder && out.size() < share ? out : others).push_back(std::move(b));
  asking_ = std::move(others);
  asking_since_ = std::chrono::steady_clock::now();
  return out;
}

/// Words first: a text costs them a tenth of a pass, and texts that wait for the encoder together share one, which
/// costs each little more than half.
void answer_pool::run() {
  std::unique_lock lock(mutex_);
  while (true) {
    wake_.wait(lock, [&] { return stopping_ || !waiting_.empty() || !asking_.empty(); });
    if (stopping_) return;
    if (waiting_.empty() || asking_.size() >= worth_a_pass ||
        (!asking_.empty() && std::chrono::steady_clock::now() - asking_since_ > longest_wait)) {
      auto pass = next_pass();
      lock.unlock();
      encode(std::move(pass));
      lock.lock();
      continue;
    }
    auto jobs = next_jobs();
    lock.unlock();
    auto open = work(std::move(jobs));
    lock.lock();
    if (!open.empty() && waiting_.empty()) wake_.notify_one(); // who is idle takes a part
    if (asking_.empty()) asking_since_ = std::chrono::steady_clock::now();
    for (auto& b : open) asking_.push_back(std::move(b));
  }
}

} // namespace steward
