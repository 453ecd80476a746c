#include "actors/knowledge/encoder_shelf.hpp"

#include "actors/log.hpp"
#include "storage/keys.hpp"

#include <algorithm>
#include <cstdlib>
#include <cstring>

namespace steward {
namespace {

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

std::filesystem::path folder_of(const std::filesystem::path& models, const std::string& name) {
  return name.find('/') != std::string::npos ? std::filesystem::path(name) : models / name;
}

result<std::unique_ptr<embedder>> load(const engine_config& c, const std::string& name) {
  if (name.starts_with("endpoint:")) {
    endpoint_options o;
    o.url = name.substr(9);
    if (auto m = std::getenv("STEWARD_EMBEDDINGS_MODEL")) o.model = m;
    if (auto k = std::getenv("STEWARD_EMBEDDINGS_KEY")) o.key = k;
    return make_endpoint_embedder(o);
  }
  encoder_options o;
  o.workers = std::max(1u, c.encoder_threads) + 1; // the pool's threads, and one that learns
  o.cache = std::filesystem::path(c.cache) / "compiled";
  return make_openvino_embedder(folder_of(c.models, name), o);
}

} // namespace

encoder_shelf::encoder_shelf(std::shared_ptr<store> db, std::filesystem::path models, encoder_maker make)
    : db_(std::move(db))
    , models_(std::move(models))
    , make_(std::move(make)) {}

std::shared_ptr<encoder_shelf> encoder_shelf::of(const engine_config& c, std::shared_ptr<store> db) {
  return std::make_shared<encoder_shelf>(std::move(db), c.models,
                                         [c](const std::string& name) { return load(c, name); });
}

std::vector<std::string> encoder_shelf::notes() const {
  std::lock_guard lock(mutex_);
  std::vector<std::string> out;
  for (auto& [model, what] : notes_) out.push_back(what);
  return out;
}

void encoder_shelf::note(const std::string& model, std::string what) { notes_[model] = std::move(what); }

std::shared_ptr<embedder> encoder_shelf::encoder_for(const tenant_config& t, const std::string& language) {
  auto model = t.models.find(language);
  if (model == t.models.end()) return nullptr;
  auto& name = model->second;
  std::lock_guard lock(mutex_);
  if (auto known = encoders_.find(name); known != encoders_.end()) return known->second;
  std::shared_ptr<embedder> made;
  if (auto r = make_(name))
    made = std::make_shared<stoppable_embedder>(std::move(*r), stopping_);
  else
    note(name, "language " + language + " is answered by words alone: " + r.error().message);
  return encoders_[name] = made;
}

std::shared_ptr<const token_embedder> encoder_shelf::table_for(const tenant_config& t, const std::string& language) {
  auto model = t.models.find(language);
  if (model == t.models.end() || model->second.starts_with("endpoint:")) return nullptr;
  auto& name = model->second;
  std::lock_guard lock(mutex_);
  if (auto known = tables_.find(name); known != tables_.end()) return known->second;
  auto r = make_static_embedder(folder_of(models_, name));
  if (!r && encoders_[name])
    note(name + "/table", "the encoder of language " + language +
                              " has no static table, so it is asked for every question: " + r.error().message);
  return tables_[name] = r ? std::shared_ptr<const token_embedder>(std::move(*r)) : nullptr;
}

result<embeddings> encoder_shelf::encode_cached(embedder& e, const std::vector<std::string>& texts,
                                                const progress_function& progress) {
  embeddings out;
  out.dimension = e.dimension();
  out.values.resize(texts.size() * out.dimension);
  auto cache = vectors();
  std::vector<std::string> missing;
  std::vector<size_t> places;
  for (size_t i = 0; i < texts.size(); ++i)
    if (!cache.get(e.name(), text_hash(texts[i]), out.row(i))) missing.push_back(texts[i]), places.push_back(i);
  for (size_t at = 0; at < missing.size(); at += 32) {
    if (progress) progress(at, missing.size());
    auto n = std::min<size_t>(32, missing.size() - at);
    auto got = e.embed(std::span(missing).subspan(at, n));
    if (!got) return got;
    for (size_t i = 0; i < n; ++i) {
      std::copy(got->row(i).begin(), got->row(i).end(), out.row(places[at + i]).begin());
      cache.put(e.name(), text_hash(missing[at + i]), got->row(i));
    }
  }
  if (progress) progress(missing.size(), missing.size());
  return out;
}

size_t encoder_shelf::unknown(embedder& e, const std::vector<std::string>& texts) {
  std::vector<float> row(e.dimension());
  auto cache = vectors();
  return static_cast<size_t>(
      std::count_if(texts.begin(), texts.end(), [&](auto& t) { return !cache.get(e.name(), text_hash(t), row); }));
}

vector_cache encoder_shelf::vectors() {
  auto key = [](const std::string& embedder, uint64_t hash) { return keys::vector(embedder, std::to_string(hash)); };
  vector_cache c;
  c.get = [db = db_, key](const std::string& embedder, uint64_t hash, std::span<float> row) {
    auto v = db->get(table::vectors, key(embedder, hash));
    if (!v || !*v || (*v)->size() != row.size_bytes()) return false;
    std::memcpy(row.data(), (*v)->data(), row.size_bytes());
    return true;
  };
  c.put = [db = db_, key](const std::string& embedder, uint64_t hash, std::span<const float> row) {
    write_batch b;
    b.put(table::vectors, key(embedder, hash),
          std::string(reinterpret_cast<const char*>(row.data()), row.size_bytes()));
    if (auto ok = db->write(std::move(b)); !ok) log::warn("store cannot keep a vector", {{"why", ok.error().message}});
  };
  return c;
}

} // namespace steward
