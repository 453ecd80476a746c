#include "actors/understanding/entities/datetime_reader.hpp"

namespace steward::entities {

std::vector<datetime_span> read_datetimes(const source_text&, tongue, std::int64_t) { return {}; }

} // namespace steward::entities
