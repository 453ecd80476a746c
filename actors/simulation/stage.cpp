#include "actors/simulation/stage.hpp"

#include "actors/knowledge/encoder_shelf.hpp"
#include "actors/knowledge/eval_input.hpp"
#include "actors/knowledge/intent_trainer.hpp"
#include "actors/simulation/customers.hpp"

#include <algorithm>
#include <future>

namespace steward {
namespace {

/// Keeps what it has read: the same customers come at every run.
class keeping_embedder final : public embedder {
public:
  keeping_embedder(std::shared_ptr<encoder_shelf> shelf, std::shared_ptr<embedder> inner)
      : shelf_(std::move(shelf))
      , inner_(std::move(inner)) {}
  result<embeddings> embed(std::span<const std::string> texts) override {
    return shelf_->encode_cached(*inner_, {texts.begin(), texts.end()});
  }
  std::size_t dimension() const override { return inner_->dimension(); }
  const std::string& name() const override { return inner_->name(); }

private:
  std::shared_ptr<encoder_shelf> shelf_;
  std::shared_ptr<embedder> inner_;
};

tenant_id name_of(std::size_t fold) { return tenant_id{"fold-" + std::to_string(fold)}; }

std::shared_ptr<encoder_shelf> shelf_of(const stage_options& o, std::shared_ptr<store> kept) {
  return std::make_shared<encoder_shelf>(
      std::move(kept), o.models, [o](const std::string& name) -> result<std::unique_ptr<embedder>> {
        if (name.starts_with("endpoint:")) return {errc::unsupported, "an endpoint is not asked in a simulation"};
        return make_openvino_embedder(name.find('/') != std::string::npos ? std::filesystem::path(name)
                                                                          : o.models / name,
                                      {.workers = o.threads, .cache = o.models.parent_path() / "compiled"});
      });
}

struct maker {
  const tenant_config& tenant;
  const stage_options& options;
  std::shared_ptr<encoder_shelf> shelf;

  /// One language in every fold.
  status make(const std::string& language, std::vector<article> articles, const std::set<std::size_t>& folds,
              served_map& into) const {
    index_sources sources;
    std::shared_ptr<embedder> encoder;
    if (auto read = options.encoder ? shelf->encoder_for(tenant, language) : nullptr)
      encoder = std::make_shared<keeping_embedder>(shelf, std::move(read));
    sources.encoder = encoder, sources.table = shelf->table_for(tenant, language);
    sources.threads = options.threads;
    sources.progress = [&](std::size_t done, std::size_t all) {
      if (options.progress) options.progress(language, done, all);
    };
    auto index = knowledge_index::build(language, std::move(articles), sources);
    if (!index) return index.error();
    for (auto fold : folds) {
      auto known = without_fold(tenant, fold);
      std::vector<asked> questions;
      std::vector<std::string> texts;
      for (auto& q : known.questions)
        if (q.language.empty() || q.language == language)
          questions.push_back({q.question, q.expected, language}), texts.push_back(q.question);
      embeddings vectors;
      if (encoder && !texts.empty()) {
        auto rows = encoder->embed(texts);
        if (!rows) return rows.error();
        vectors = std::move(*rows);
      }
      auto s = std::make_shared<served_index>();
      s->index =
          taught_and_fitted(**index, questions, vectors, encoder != nullptr, {tenant.answer_at, tenant.choose_at});
      s->encoder = encoder;
      for (std::uint32_t i = 0; i < s->index->articles().size(); ++i) s->by_id[s->index->articles()[i].id] = i;
      into[name_of(fold)].by_language[language] = std::move(s);
      if (auto ok = teach(known, language, encoder, into[name_of(fold)]); !ok) return ok;
    }
    return success();
  }

  /// The intents of one language, as far as this tenant has examples of them.
  status teach(const tenant_config& known, const std::string& language, const std::shared_ptr<embedder>& encoder,
               served_tenant& into) const {
    auto lessons = lessons_of(known, language);
    if (lessons.names.size() < 2) return success(); // with one alone nothing could be told apart
    embeddings vectors;
    if (encoder) {
      auto rows = encoder->embed(texts_to_embed(lessons));
      if (!rows) return rows.error();
      vectors = std::move(*rows);
    }
    auto reader = learn_intents(lessons, vectors, encoder ? encoder->name() : "", options.threads);
    if (!reader) return reader.error();
    into.intents[language] = served_by(known, language, std::move(*reader), encoder);
    return success();
  }
};

} // namespace

result<std::unique_ptr<stage>> stage::create(const tenant_config& tenant, std::vector<article> articles,
                                             const std::set<std::size_t>& folds, const stage_options& o) {
  std::unique_ptr<stage> out(new stage);
  std::shared_ptr<store> kept = make_memory_store();
  if (!o.vectors.empty()) {
    if (auto opened = open_rocks_store(o.vectors.string()))
      kept = std::move(opened->it);
    else
      out->notes_.push_back("vectors are not kept this time: " + opened.error().message);
  }
  maker m{tenant, o, shelf_of(o, kept)};
  auto map = std::make_shared<served_map>();
  for (auto fold : folds) {
    auto& t = (*map)[name_of(fold)];
    t.languages = tenant.languages, t.clock = tenant.clock;
    t.meanings = make_own_meanings(tenant), t.known_for = tenant.meanings.known_for;
  }
  for (auto& [language, list] : by_language(std::move(articles)))
    if (std::ranges::find(tenant.languages, language) != tenant.languages.end())
      if (auto ok = m.make(language, std::move(list), folds, *map); !ok) return ok.error();
  std::ranges::move(m.shelf->notes(), std::back_inserter(out->notes_));
  std::string note;
  auto reader = make_text_reader(o.models, note);
  if (!note.empty()) out->notes_.push_back(note);
  if (!reader) return reader.error();
  out->pool_ = std::make_unique<answer_pool>(o.threads, *reader);
  out->pool_->serve(std::move(map));
  return out;
}

look_up stage::of_fold(std::size_t fold) const {
  return [pool = pool_.get(), name = name_of(fold)](const knowledge_query& q) {
    auto mine = q;
    mine.tenant = name;
    std::promise<knowledge_result> got;
    pool->ask(std::move(mine), [&](knowledge_result r) { got.set_value(std::move(r)); });
    return got.get_future().get();
  };
}

} // namespace steward
