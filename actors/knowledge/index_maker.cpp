#include "actors/knowledge/index_maker.hpp"

#include "actors/log.hpp"

#include <algorithm>

namespace steward {
index_maker::index_maker(uint32_t threads, std::shared_ptr<encoder_shelf> shelf)
    : threads_(std::max(1u, threads))
    , shelf_(std::move(shelf))
    , thread_([this] { run(); }) {}

index_maker::~index_maker() {
  shelf_->stop();
  wake_.notify_all();
  thread_.join();
}

void index_maker::make(index_order o, std::function<void(std::shared_ptr<made_index>)> made) {
  std::lock_guard lock(mutex_);
  jobs_.push_back({std::move(o), std::move(made)});
  wake_.notify_all();
}

void index_maker::run() {
  std::unique_lock lock(mutex_);
  while (true) {
    wake_.wait_for(lock, std::chrono::milliseconds(200), [&] { return shelf_->stopping() || !jobs_.empty(); });
    if (shelf_->stopping()) return;
    if (jobs_.empty()) continue;
    auto j = std::move(jobs_.front());
    jobs_.pop_front();
    lock.unlock();
    work(j);
    lock.lock();
  }
}

void index_maker::work(job& j) {
  auto& o = j.order;
  auto& t = *o.tenant;
  auto started = steady_ms();
  auto tell = [&](std::shared_ptr<const knowledge_index> index, std::shared_ptr<embedder> encoder) {
    j.made(std::make_shared<made_index>(made_index{t.id, o.language, o.version, std::move(index), std::move(encoder)}));
  };
  auto policy = default_policy();
  policy.limits = {t.answer_at, t.choose_at};
  index_sources sources;
  if (o.words_only) {
    policy = words_only_policy();
    policy.limits = {t.answer_at, t.choose_at};
    auto words = knowledge_index::build(o.language, std::move(o.articles), {}, policy);
    return tell(words ? *words : nullptr, nullptr);
  }
  auto encoder = shelf_->encoder_for(t, o.language);
  sources.encoder = encoder;
  sources.table = shelf_->table_for(t, o.language);
  sources.cache = shelf_->vectors();
  sources.threads = threads_;
  auto index = knowledge_index::build(o.language, o.articles, sources, policy);
  if (!index && encoder && !shelf_->stopping()) {
    log::error("encoder fails, and words decide alone", {{"why", index.error().message}});
    sources.encoder = nullptr, encoder = nullptr;
    index = knowledge_index::build(o.language, std::move(o.articles), sources, policy);
  }
  if (!index) {
    log::error("index cannot be built",
               {{"tenant", t.id.value}, {"language", o.language}, {"why", index.error().message}});
    return tell(nullptr, nullptr);
  }
  auto fitted = taught(t, o.language, **index, encoder.get());
  log::info("librarian builds an index", {{"tenant", t.id.value},
                                          {"language", o.language},
                                          {"articles", uint64_t{fitted->articles().size()}},
                                          {"encoder", encoder ? encoder->name() : "none"},
                                          {"gate", fitted->policy().gate.settled_from},
                                          {"ms", steady_ms() - started}});
  tell(fitted, encoder);
}

/// The index taught by the tenant's labelled questions in this language, with weights, curves and gate fitted on them.
std::shared_ptr<const knowledge_index> index_maker::taught(const tenant_config& t, const std::string& language,
                                                           const knowledge_index& index, embedder* encoder) {
  std::vector<asked> questions;
  std::vector<std::string> texts;
  for (auto& q : t.questions) {
    if (!q.language.empty() && q.language != language) continue;
    questions.push_back({q.question, q.expected, language});
    texts.push_back(q.question);
  }
  embeddings vectors;
  if (encoder && !texts.empty()) {
    auto made = shelf_->encode_cached(*encoder, texts);
    if (made)
      vectors = std::move(*made);
    else
      questions.clear();
  }
  return taught_and_fitted(index, questions, vectors, encoder != nullptr, {t.answer_at, t.choose_at});
}

} // namespace steward
