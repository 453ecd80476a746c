// Places counted from the end or from here: "last", "the next one", "penúltimo".
#pragma once

#include "actors/understanding/entities/numeral.hpp"

#include <string>
#include <vector>

namespace steward::entities {

struct relative_ordinal {
  std::uint32_t begin, end; // code points
  std::string value;        // end-1, current+1
};

std::vector<relative_ordinal> read_relative_ordinals(const source_text&, tongue);

} // namespace steward::entities
