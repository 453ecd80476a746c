// A sparse linear classifier over hashed character (or word) n-grams, small enough to be part of the program: the file
// is made by a script, lies beside the code and is compiled in. Immutable, so free for all threads.
//
// Layout, little-endian; do not change:
//   0 "STEWNGR1"  8 u32 classes  12 u32 bits  16 u32 entries  20 f32 scale  24 u32 bytes of names  28 u32 FNV-1a of the
//   rest 32 f32 bias[classes]; names, a line each, padded to 4; u32 first[2^bits / 64 + 1]; u8 count[2^bits]; entries
//   of {u8 class, i8 weight}, bucket after bucket
#pragma once

#include "messages/result.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace steward {

class ngram_table {
public:
  // `bytes` must live as long as the table. errc::corrupt when it is not such a table, was cut, or was altered;
  // `name` says in the message which table.
  static result<ngram_table> create(std::span<const std::byte> bytes, std::string_view name);

  const std::vector<std::string>& classes() const { return classes_; }
  std::uint32_t mask() const { return mask_; }

  // Bias plus the mean-like sum of the weights of the features: each once, scaled by 1 / sqrt(features + 1).
  // `features` are bucket numbers (see bucket()); they are sorted and made unique here.
  std::vector<float> score(std::vector<std::uint32_t>& features) const;

  // The bucket of an n-gram's UTF-8 bytes.
  std::uint32_t bucket(std::string_view gram) const;

private:
  std::vector<std::string> classes_;
  std::vector<float> bias_;
  std::vector<std::uint32_t> first_; // entry of every eighth bucket: the file has every 64th
  const std::uint8_t* count_ = nullptr;
  const std::byte* entries_ = nullptr;
  std::uint32_t mask_ = 0;
  float scale_ = 0;
};

// Features of each run of 1 to `most` code points of `text`, which must be valid UTF-8.
void character_grams(const ngram_table& table, std::string_view text, std::size_t most,
                     std::vector<std::uint32_t>& features);

} // namespace steward
