// The file `static.bin`: one vector per vocabulary entry, distilled from an encoder, so that a text's vector is the
// mean of its tokens' rows. Little endian; the layout is numbered, do not change it without a new number.
//   0  8 bytes  "STEWTAB1"
//   8  u32      rows
//  12  u32      dimension
//  16  u64      bytes of the name that follows the header, padded with zeros to a multiple of 64
//  24  40 bytes zero
//  64  name, padding, then rows * dimension floats
#pragma once

#include "actors/embedder.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace steward {

// Turns the encoder's token states into rows by removing their mean; how much a token counts is for the knowledge base
// to say (rarity there beats any general rule, see README). In place, in order of token id; the rows of ids that stand
// for no text (special tokens) are given in `silent` and become zeros.
void distil(embeddings& rows, std::span<const std::int32_t> silent);

// Writes beside the target first and renames, so that a reader sees the old file or the whole new one.
result<std::size_t> write_static_table(const std::filesystem::path& file, std::string_view name,
                                       const embeddings& rows);

// A mapped table; rows are read straight from the page cache. Immutable, so any number of threads may read.
class static_table {
public:
  static result<static_table> open(const std::filesystem::path& file);
  static_table(static_table&& other) noexcept;
  static_table& operator=(static_table&& other) noexcept;
  ~static_table();

  std::size_t rows() const { return rows_; }
  std::size_t dimension() const { return dimension_; }
  const std::string& name() const { return name_; }
  // Empty for an id outside the table.
  std::span<const float> row(std::int32_t id) const;

private:
  static_table() = default;
  void* map_ = nullptr;
  std::size_t bytes_ = 0;
  const float* first_ = nullptr;
  std::size_t rows_ = 0, dimension_ = 0;
  std::string name_;
};

} // namespace steward
