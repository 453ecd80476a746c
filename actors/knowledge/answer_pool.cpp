#include "actors/knowledge/answer_pool.hpp"

#include "actors/knowledge/language_guess.hpp"
#include "actors/log.hpp"

#include <algorithm>

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

answer_pool::answer_pool(uint32_t threads, size_t most_waiting)
    : most_(most_waiting)
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

void answer_pool::work(std::vector<job> jobs) {
  struct unsettled {
    job j;
    std::shared_ptr<const served_index> s;
    std::string language;
    looked first;
  };
  auto map = served_.load();
  std::map<embedder*, std::vector<unsettled>> asking;
  for (auto& j : jobs) {
    auto t = map->find(j.query.tenant);
    static const served_tenant nobody;
    auto& tenant = t == map->end() ? nobody : t->second;
    auto language = guess_language(j.query.text, tenant.languages, j.query.language);
    auto found_index = tenant.by_language.find(language);
    if (found_index == tenant.by_language.end()) {
      knowledge_result none;
      none.language = language, none.step = "no_articles";
      if (j.answer)
        j.answer(std::move(none));
      else {
        kb_search_result r;
        r.language = language, r.step = none.step, r.why = "the tenant has no articles in this language";
        j.explain(std::move(r));
      }
      continue;
    }
    auto& s = found_index->second;
    if (!j.query.pick.empty() && j.answer) {
      j.answer(picked(*s, language, j.query.pick));
      continue;
    }
    auto first = s->index->first_look(j.query.text);
    if (first.settled || !s->encoder) {
      auto step = s->encoder ? "lexical" : "lexical_only";
      if (j.answer)
        j.answer(result_of(*s, language, first.found, step));
      else
        j.explain(explained(*s, language, first, first.found, step, j.limit));
      continue;
    }
    asking[s->encoder.get()].push_back({std::move(j), s, language, std::move(first)});
  }
  for (auto& [encoder, all] : asking) {
    std::vector<std::string> texts;
    for (auto& u : all) texts.push_back(u.first.query);
    auto vectors = encoder->embed(texts);
    if (!vectors) log::error("encoder fails, and words decide alone", {{"why", vectors.error().message}});
    for (size_t i = 0; i < all.size(); ++i) {
      auto& u = all[i];
      auto f = vectors ? u.s->index->second_look(u.first, vectors->row(i)) : u.first.found;
      auto step = vectors ? "encoder" : "lexical_only";
      if (u.j.answer)
        u.j.answer(result_of(*u.s, u.language, f, step));
      else
        u.j.explain(explained(*u.s, u.language, u.first, f, step, u.j.limit));
    }
  }
}

} // namespace steward
