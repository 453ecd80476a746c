// Names of a catalogue in a text, exact or with small typing errors.
#pragma once

#include "actors/understanding/entities/source_text.hpp"

#include <string>
#include <vector>

namespace steward::entities {

struct product_span {
  std::size_t product;      // index into the catalogue
  std::uint32_t begin, end; // code points
};

// Names of at least five letters may differ by one edit, of nine by two; shorter ones must fit. Longer names win, spans
// do not overlap.
std::vector<product_span> read_products(const source_text&, const std::vector<std::string>& catalogue);

} // namespace steward::entities
