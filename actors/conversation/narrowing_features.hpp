// What may separate two articles that both seem to be meant, in the words of three languages. Data.
#pragma once
#include <span>
#include <string_view>

namespace steward {

inline constexpr std::size_t narrowing_languages = 3; // en, zh, es
/// Its place in the arrays below; narrowing_languages: none.
std::size_t narrowing_language(std::string_view language);

using per_language = std::string_view[narrowing_languages];

struct feature_value_row {
  std::string_view name;
  per_language label; // as it is offered
  per_language words; // folded, parted by "|"
};

struct feature_row {
  std::string_view name;
  per_language question;
  std::span<const feature_value_row> values;
};

/// In the order in which they are preferred where two separate equally well.
std::span<const feature_row> narrowing_features();

} // namespace steward
