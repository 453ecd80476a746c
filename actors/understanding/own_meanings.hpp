// A tenant's words with several meanings (meanings.yaml), by language, for the entity reader.
#pragma once
#include "actors/text_reader.hpp"
#include "actors/understanding/entities/sense_policy.hpp"

#include <map>

namespace steward {

class own_meanings {
public:
  explicit own_meanings(const tenant_config&);
  /// Null: the tenant has no words in this language.
  const entities::sense_book* of(const std::string& language) const;

private:
  std::map<std::string, std::unique_ptr<const entities::sense_book>> books_;
};

} // namespace steward
