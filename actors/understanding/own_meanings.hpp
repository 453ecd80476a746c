// A tenant's words with several meanings (meanings.yaml) and entities of its own (entities.yaml), by language, for the
// entity reader.
#pragma once
#include "actors/text_reader.hpp"
#include "actors/understanding/entities/own_names.hpp"
#include "actors/understanding/entities/sense_policy.hpp"

#include <map>

namespace steward {

class own_meanings {
public:
  explicit own_meanings(const tenant_config&);
  /// Null: the tenant has no words in this language.
  const entities::sense_book* of(const std::string& language) const;
  /// In a language that the tenant does not answer in: what is alike in every one. Null: it has none.
  const entities::own_names* names_of(const std::string& language) const;

private:
  std::map<std::string, std::unique_ptr<const entities::sense_book>> books_;
  std::map<std::string, std::unique_ptr<const entities::own_names>> names_; // "": of every language
};

} // namespace steward
