// Yes and no, in words and by thumb.
#pragma once

#include "actors/understanding/entities/numeral.hpp"
#include "actors/understanding/entities/source_text.hpp"

#include <optional>

namespace steward::entities {

struct answer {
  std::uint32_t begin, end; // code points
  bool yes;
};

// The first yes or no of the text; a denied one ("not ok") goes before an open one.
std::optional<answer> read_answer(const source_text&, tongue);

} // namespace steward::entities
