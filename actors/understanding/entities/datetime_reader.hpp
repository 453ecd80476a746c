// Dates, times, durations, ranges and recurrences, resolved against the time that is now.
#pragma once

#include "actors/understanding/entities/numeral.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace steward::entities {

struct datetime_span {
  const char* type;                // date time datetime daterange timerange datetimerange duration set
  std::uint32_t begin, end;        // code points
  std::vector<std::string> values; // the likeliest first
};

std::vector<datetime_span> read_datetimes(const source_text&, tongue, std::int64_t now);

} // namespace steward::entities
