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

// Names of at least five letters may differ by one edit, of nine by two; shorter ones, those in Chinese, and digits
// must fit. Longer names win, spans do not overlap.
class catalogue {
public:
  explicit catalogue(const std::vector<std::string>& names);
  std::vector<product_span> read(const source_text&) const;

private:
  struct name {
    std::string letters, digits;
    std::size_t words, product, edits;
  };
  std::vector<name> names_;                        // the longest first
  std::vector<std::vector<std::size_t>> by_first_; // places in it, by the first byte
};

} // namespace steward::entities
