// Names of a catalogue in a text, exact or with small typing errors.
#pragma once

#include "actors/understanding/entities/source_text.hpp"

#include <compare>
#include <string>
#include <unordered_map>
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
  /// To `compared` the number of comparisons and look-ups is added.
  std::vector<product_span> read(const source_text&, std::size_t* compared = nullptr) const;

private:
  struct name {
    std::string letters, digits;
    char32_t first; // letter
    std::size_t words, product, edits;
  };
  struct fit { // by what goes first
    std::size_t which, from, order, words;
    auto operator<=>(const fit&) const = default;
  };
  void find_at(const source_text&, std::size_t i, std::vector<fit>&, std::size_t& compared) const;

  std::vector<name> names_;                                         // the longest first
  std::unordered_map<std::string, std::vector<std::size_t>> exact_; // places in it of those without edits, by letters
  std::unordered_map<char32_t, std::vector<std::size_t>> by_first_; // of the others, by the first letter
  std::size_t longest_exact_ = 0, most_exact_ = 0;                  // bytes of letters, tokens
};

} // namespace steward::entities
