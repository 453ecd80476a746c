// Percentages and discounts: 20 %, twenty percent, 百分之二十, 七折 (seventy percent of the price), 三成.
#pragma once

#include "actors/understanding/entities/numeral.hpp"

#include <vector>

namespace steward::entities {

struct percentage {
  std::uint32_t begin, end; // code points
  bool valued = true;
  double value = 0; // percent
};

std::vector<percentage> read_percentages(const source_text&, tongue);

} // namespace steward::entities
