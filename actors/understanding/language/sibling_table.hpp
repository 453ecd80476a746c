// What runs of letters say between languages that are alike (Danish and Norwegian, Indonesian and Malay): for each
// family of languages how much likelier a run is in each of them than in the family's mean. Made by a script, compiled
// in. Immutable, so free for all threads.
//
// Layout, little-endian; do not change:
//   0 "STEWSIB1"  8 u32 families  12 u32 runs  16 f32 scale  20 u32 bytes of names  24 u32 0  28 u32 FNV-1a of the rest
//   32 names, a line for each family, its languages between blanks, padded to 4; u32 runs[families]; for each family
//   u32 hash[runs], ascending, then i8 weight[runs][languages], padded to 4
#pragma once

#include "messages/result.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace steward {

class sibling_table {
public:
  struct contrast {
    std::string_view language;
    float weight; // a mean-like sum over the text's runs
  };

  // `bytes` must live as long as the table. errc::corrupt when it is not such a table, was cut, or was altered; `name`
  // says in the message which table.
  static result<sibling_table> create(std::span<const std::byte> bytes, std::string_view name);

  // What the words of `text` (between blanks, lower case, valid UTF-8) say about `language` and its siblings; empty for
  // a language without any.
  std::vector<contrast> contrasts(std::string_view language, std::string_view text) const;

private:
  struct family {
    std::vector<std::string> languages;
    std::size_t runs = 0;
    const std::byte* hashes = nullptr;
    const std::byte* weights = nullptr;
  };

  std::vector<family> families_;
  float scale_ = 0;
};

// The built-in table.
result<sibling_table> built_in_siblings();

} // namespace steward
