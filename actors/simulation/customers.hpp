// Who comes: customers made from a tenant's labelled questions and intents, and written ones from a file. Pure.
#pragma once
#include "actors/simulation/customer.hpp"
#include "actors/simulation/wording.hpp"
#include "actors/tenant/tenant_config.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace steward {

/// Questions that read alike share a fold; `folds` of them.
inline constexpr std::size_t simulated_folds = 5;
/// The fold in which nothing is left out: for customers whose words no label knows.
inline constexpr std::size_t fold_of_all = simulated_folds;

struct visitor {
  customer_script script;
  std::size_t fold = fold_of_all; // he asks an engine that was not taught by the questions of this fold
  std::string kind;               // labelled, intent, person, written: how the report groups them
};

/// The fold of a labelled question, by its text without case, blanks and marks.
std::size_t fold_of(std::string_view question);

/// One customer for each labelled question, in a manner that the seed chooses; one in eight changes his mind in favour
/// of another question of the same fold.
std::vector<visitor> labelled_customers(const tenant_config&, std::uint64_t seed);

/// One for each intent that an article answers or a person takes, in each language in which it has examples: he says
/// one of them, in a manner that the seed chooses.
std::vector<visitor> intent_customers(const tenant_config&, std::uint64_t seed);

/// The tenant as an engine of this fold knows it: without the labelled questions and examples that belong to the fold.
tenant_config without_fold(const tenant_config&, std::size_t fold);

/// Those who want no article: a person, or what nothing answers is among the labelled. For each language of the tenant.
std::vector<visitor> built_in_customers(const tenant_config&, std::uint64_t seed);

struct written_reading {
  std::vector<visitor> visitors; // each line in its own words, and once in another manner
  std::vector<std::string> problems;
};
/// Lines of {"says": ["…", "…"], "expected": [ids], "holds"?: ["…"], "person"?: true, "language"?: "en"}. `expected`
/// empty: nothing here answers it.
written_reading written_customers(std::string_view bytes, const std::string& name, const tenant_config&,
                                  std::uint64_t seed);

} // namespace steward
