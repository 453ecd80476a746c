#include "actors/knowledge/index_maker.hpp"

#include "actors/log.hpp"
#include "storage/keys.hpp"

#include <algorithm>
#include <array>
#include <cstring>

namespace steward {
namespace {

// Logistic of confidence on: 1, log-odds of the best, cosine (none here), coverage of the question's words, refused
// (none here). Fitted on
// the demo's labelled questions, answered by words alone.
constexpr std::array<double, 5> words_only_curve{-1.25, 0.5, 0, 1.8, 0};

/// Fails instead of starting on another batch when the node stops: what is missing is embedded at the next start.
class stoppable_embedder final : public embedder {
public:
  stoppable_embedder(std::unique_ptr<embedder> inner, std::shared_ptr<std::atomic<bool>> stopping)
      : inner_(std::move(inner))
      , stopping_(std::move(stopping)) {}
  result<embeddings> embed(std::span<const std::string> texts) override {
    if (*stopping_) return {errc::stopping, "the node stops"};
    return inner_->embed(texts);
  }
  std::size_t dimension() const override { return inner_->dimension(); }
  const std::string& name() const override { return inner_->name(); }

private:
  std::unique_ptr<embedder> inner_;
  std::shared_ptr<std::atomic<bool>> stopping_;
};

} // namespace

index_maker::index_maker(engine_ptr env)
    : env_(std::move(env))
    , thread_([this] { run(); }) {}

index_maker::~index_maker() {
  *stopping_ = true;
  wake_.notify_all();
  thread_.join();
}

void index_maker::make(index_order o, std::function<void(std::shared_ptr<made_index>)> made) {
  std::lock_guard lock(mutex_);
  jobs_.push_back({std::move(o), std::move(made)});
  wake_.notify_all();
}

std::vector<std::string> index_maker::notes() const {
  std::lock_guard lock(mutex_);
  std::vector<std::string> out;
  for (auto& [model, what] : notes_) out.push_back(what);
  return out;
}

void index_maker::note(const std::string& model, std::string what) {
  std::lock_guard lock(mutex_);
  notes_[model] = std::move(what);
}

void index_maker::run() {
  std::unique_lock lock(mutex_);
  while (true) {
    wake_.wait_for(lock, std::chrono::milliseconds(200), [&] { return *stopping_ || !jobs_.empty(); });
    if (*stopping_) return;
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
  auto encoder = encoder_for(t, o.language);
  sources.encoder = encoder;
  sources.table = table_for(t, o.language);
  sources.cache = vectors();
  sources.threads = std::max(1u, env_->config.encoder_threads);
  auto index = knowledge_index::build(o.language, o.articles, sources, policy);
  if (!index && encoder && !*stopping_) {
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

std::shared_ptr<embedder> index_maker::encoder_for(const tenant_config& t, const std::string& language) {
  auto model = t.models.find(language);
  if (model == t.models.end()) return nullptr;
  auto& name = model->second;
  if (auto known = encoders_.find(name); known != encoders_.end()) return known->second;
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
    o.workers = std::max(1u, env_->config.encoder_threads) + 1; // the pool's threads, and this one
    o.cache = std::filesystem::path(env_->config.cache) / "compiled";
    auto folder = name.find('/') != std::string::npos ? std::filesystem::path(name)
                                                      : std::filesystem::path(env_->config.models) / name;
    r = make_openvino_embedder(folder, o);
  }
  if (r)
    made = std::make_shared<stoppable_embedder>(std::move(*r), stopping_);
  else
    note(name, "language " + language + " is answered by words alone: " + r.error().message);
  return encoders_[name] = made;
}

std::shared_ptr<const token_embedder> index_maker::table_for(const tenant_config& t, const std::string& language) {
  auto model = t.models.find(language);
  if (model == t.models.end() || model->second.starts_with("endpoint:")) return nullptr;
  auto& name = model->second;
  if (auto known = tables_.find(name); known != tables_.end()) return known->second;
  auto folder = name.find('/') != std::string::npos ? std::filesystem::path(name)
                                                    : std::filesystem::path(env_->config.models) / name;
  auto r = make_static_embedder(folder);
  if (!r && encoders_[name])
    note(name + "/table", "the encoder of language " + language +
                              " has no static table, so it is asked for every question: " + r.error().message);
  return tables_[name] = r ? std::shared_ptr<const token_embedder>(std::move(*r)) : nullptr;
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
    auto made = encode_cached(*encoder, texts);
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

result<embeddings> index_maker::encode_cached(embedder& e, const std::vector<std::string>& texts) {
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

vector_cache index_maker::vectors() {
  auto key = [](const std::string& embedder, uint64_t hash) { return keys::vector(embedder, std::to_string(hash)); };
  vector_cache c;
  c.get = [this, key](const std::string& embedder, uint64_t hash, std::span<float> row) {
    auto v = env_->db->get(table::vectors, key(embedder, hash));
    if (!v || !*v || (*v)->size() != row.size_bytes()) return false;
    std::memcpy(row.data(), (*v)->data(), row.size_bytes());
    return true;
  };
  c.put = [this, key](const std::string& embedder, uint64_t hash, std::span<const float> row) {
    write_batch b;
    b.put(table::vectors, key(embedder, hash),
          std::string(reinterpret_cast<const char*>(row.data()), row.size_bytes()));
    if (auto ok = env_->db->write(std::move(b)); !ok)
      log::warn("store cannot keep a vector", {{"why", ok.error().message}});
  };
  return c;
}

} // namespace steward
