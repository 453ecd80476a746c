#include "actors/knowledge/answer_pool.hpp"

#include "actors/log.hpp"

#include <algorithm>
#include <chrono>

namespace steward {
namespace {

constexpr size_t batch = 16;

knowledge_result picked(const served_index& s, const std::string& language, const std::string& pick) {
  knowledge_result r;
  r.language = language, r.version = s.version, r.step = "pick";
  auto hash = pick.rfind('#');
  auto a = s.by_id.find(pick.substr(0, hash));
  if (hash == std::string::npos || a == s.by_id.end()) return r; // gone since it was offered
  hit h;
  h.article = a->second;
  h.passage = static_cast<uint32_t>(std::min<size_t>(std::strtoul(pick.c_str() + hash + 1, nullptr, 10),
                                                     std::max<size_t>(1, s.index->passages(h.article).size()) - 1));
  h.score = 1;
  r.candidates.push_back(s.index->candidate_of(h, true));
  r.outcome = verdict::answer;
  r.confidence = 1;
  return r;
}

knowledge_result result_of(const served_index& s, const std::string& language, const found& f, std::string step) {
  knowledge_result r;
  r.language = language, r.version = s.version, r.step = std::move(step);
  r.outcome = f.outcome, r.confidence = f.confidence;
  size_t most = r.outcome == verdict::answer ? 1 : 3;
  for (size_t i = 0; i < f.hits.size() && i < most; ++i)
    r.candidates.push_back(s.index->candidate_of(f.hits[i], i == 0 && most == 1));
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
  {
    std::lock_guard lock(mutex_);
    if (waiting_.size() < most_) {
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

void answer_pool::run() {
  std::unique_lock lock(mutex_);
  while (true) {
    wake_.wait(lock, [&] { return stopping_ || !waiting_.empty(); });
    if (stopping_) return;
    std::vector<job> mine;
    // A fair share, so that the other threads find work too.
    auto share = std::min(batch, std::max<size_t>(1, waiting_.size() / threads_.size()));
    while (!waiting_.empty() && mine.size() < share) {
      mine.push_back(std::move(waiting_.front()));
      waiting_.pop_front();
    }
    lock.unlock();
    work(std::move(mine));
    lock.lock();
  }
}

/// Everything of a job that needs no encoder for its search.
struct answer_pool::begun {
  job j;
  std::shared_ptr<const served_index> s; // null: no articles in that language
  std::string language;
  understood_message understood;
  looked first;
};

/// What is understood, and the language to search in.
void answer_pool::understand(begun& b, const served_tenant& tenant) const {
  if (reader_) {
    auto now =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
            .count();
    text_context c{b.j.query.language, tenant.languages, tenant.clock ? tenant.clock->local(now) : now};
    b.understood = reader_->begin(b.j.query.text, c, b.language);
  } else if (!tenant.languages.empty()) {
    auto& all = tenant.languages;
    b.language = std::find(all.begin(), all.end(), b.j.query.language) != all.end() ? b.j.query.language : all.front();
  }
  if (auto i = tenant.by_language.find(b.language); i != tenant.by_language.end()) b.s = i->second;
}

/// The mood, with the vector that the search has made, if it has.
void answer_pool::finish(begun& b, knowledge_result r, std::span<const float> vector) const {
  r.language = b.language;
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

void answer_pool::work(std::vector<job> jobs) {
  auto map = served_.load();
  std::map<embedder*, std::vector<begun>> asking;
  for (auto& j : jobs) {
    auto t = map->find(j.query.tenant);
    static const served_tenant nobody;
    auto& tenant = t == map->end() ? nobody : t->second;
    begun b;
    b.j = std::move(j);
    understand(b, tenant);
    if (!b.s || !b.j.query.search) {
      knowledge_result none;
      none.step = b.j.query.search ? "no_articles" : "none";
      if (b.j.answer)
        finish(b, std::move(none), {});
      else {
        kb_search_result r;
        r.language = b.language, r.step = none.step, r.why = "the tenant has no articles in this language";
        b.j.explain(std::move(r));
      }
      continue;
    }
    if (!b.j.query.pick.empty() && b.j.answer) {
      finish(b, picked(*b.s, b.language, b.j.query.pick), {});
      continue;
    }
    b.first = b.s->index->first_look(b.j.query.text);
    if (b.first.settled || !b.s->encoder) {
      auto step = b.s->encoder ? "lexical" : "lexical_only";
      if (b.j.answer)
        finish(b, result_of(*b.s, b.language, b.first.found, step), {});
      else
        b.j.explain(explained(*b.s, b.language, b.first, b.first.found, step, b.j.limit));
      continue;
    }
    auto encoder = b.s->encoder.get();
    asking[encoder].push_back(std::move(b));
  }
  for (auto& [encoder, all] : asking) {
    std::vector<std::string> texts;
    for (auto& b : all) texts.push_back(b.first.query);
    auto vectors = encoder->embed(texts);
    if (!vectors) log::error("encoder fails, and words decide alone", {{"why", vectors.error().message}});
    for (size_t i = 0; i < all.size(); ++i) {
      auto& b = all[i];
      auto f = vectors ? b.s->index->second_look(b.first, vectors->row(i)) : b.first.found;
      auto step = vectors ? "encoder" : "lexical_only";
      if (b.j.answer)
        finish(b, result_of(*b.s, b.language, f, step), vectors ? vectors->row(i) : std::span<const float>{});
      else
        b.j.explain(explained(*b.s, b.language, b.first, f, step, b.j.limit));
    }
  }
}

} // namespace steward
