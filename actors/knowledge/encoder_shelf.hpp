// Encoders and static tables by model, and vectors of texts seen before: what those who make indexes and those who
// learn intents share. Any thread may call; whoever asks for a model first waits until it is loaded.
#pragma once
#include "actors/engine.hpp"
#include "actors/knowledge/knowledge_index.hpp"

#include <functional>
#include <map>
#include <mutex>

namespace steward {

class encoder_shelf {
public:
  using encoder_maker = std::function<result<std::unique_ptr<embedder>>(const std::string& model)>;
  /// `make` loads a tenant's model by its name in tenant.yaml.
  encoder_shelf(std::shared_ptr<store> db, std::filesystem::path models, encoder_maker make);
  /// Encoders in process, or endpoints, as the engine's configuration says.
  static std::shared_ptr<encoder_shelf> of(const engine_config&, std::shared_ptr<store>);

  /// From now on encoders fail instead of starting on another batch: what is missing is embedded at the next start.
  void stop() { *stopping_ = true; }
  bool stopping() const { return *stopping_; }

  /// Null: the tenant names none for the language, or it cannot be had (notes() says why).
  std::shared_ptr<embedder> encoder_for(const tenant_config&, const std::string& language);
  std::shared_ptr<const token_embedder> table_for(const tenant_config&, const std::string& language);

  using progress_function = std::function<void(size_t done, size_t all)>; // of the texts that were not known
  /// Rows for `texts`; those that are new are kept in the store.
  result<embeddings> encode_cached(embedder&, const std::vector<std::string>& texts, const progress_function& = {});
  size_t unknown(embedder&, const std::vector<std::string>& texts);
  vector_cache vectors();

  /// What is missing and what that means, for operators.
  std::vector<std::string> notes() const;

private:
  void note(const std::string& model, std::string what); // with the mutex held

  std::shared_ptr<store> db_;
  std::filesystem::path models_;
  encoder_maker make_;
  mutable std::mutex mutex_;
  std::map<std::string, std::shared_ptr<embedder>> encoders_; // by model
  std::map<std::string, std::shared_ptr<const token_embedder>> tables_;
  std::map<std::string, std::string> notes_;
  std::shared_ptr<std::atomic<bool>> stopping_ = std::make_shared<std::atomic<bool>>(false);
};

} // namespace steward
