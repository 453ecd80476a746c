#include "actors/knowledge/index_maker.hpp"

#include "actors/log.hpp"

#include <algorithm>
#include <array>

namespace steward {
namespace {

// Logistic of confidence on: 1, log-odds of the best, cosine (none here), coverage of the question's words, refused
// (none here). Fitted on
// the demo's labelled questions, answered by words alone.
constexpr std::array<double, 5> words_only_curve{-1.25, 0.5, 0, 1.8, 0};

} // namespace

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
    policy.guessed_confidence.of = words_only_curve;
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
  auto policy = default_policy();
  auto out = index.taught(questions, vectors);
  auto evidence = out->evidence_of_taught();
  // Words alone: the first look is all there is, and its curve has no similarity to go by.
  if (!encoder) policy.guessed_confidence.of = words_only_curve;
  if (!evidence.empty() && (encoder || evidence.size() >= fit_options{}.fewest)) policy = fit_policy(evidence);
  policy.limits = {t.answer_at, t.choose_at};
  return out->with(policy);
}

} // namespace steward
