// The model of py3langid (a deterministic automaton over bytes, whose outputs feed a naive Bayes classifier), mapped
// from the file that scripts/convert_langid.py makes at set-up. Optional: without it the program's own table decides.
//
// Layout, little-endian; do not change:
//   0 "STEWDFA1"  8 u32 classes  12 u32 features  16 u32 rows  20 u32 states  24 u32 bytes of names  28 u32 zero
//   32 f32 prior[classes]; names, a line each, padded to 4; u32 row_of[states]; i32 output[states];
//   u32 next[rows * 256]; binary16 weight[features * classes]
#pragma once

#include "messages/result.hpp"

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace steward {

class byte_automaton {
public:
  // errc::not_found when there is no file, errc::corrupt when it is cut or is something else. Pages that are read
  // later are checked as they are used, so that a file altered in place gives poor answers, never a crash.
  static result<byte_automaton> open(const std::filesystem::path& file);
  // `bytes` must live as long as the automaton.
  static result<byte_automaton> create(std::span<const std::byte> bytes, const std::string& name);

  const std::vector<std::string>& classes() const { return classes_; }

  // Probability of each class; a class that stands twice has all of it at its first place. Empty when no feature of the
  // model occurs. `text` is UTF-8 in NFC.
  std::vector<float> probabilities(std::string_view text) const;

private:
  std::shared_ptr<const void> map_;
  std::vector<std::string> classes_;
  std::vector<std::size_t> first_of_; // where a class's name stands first
  std::vector<float> prior_;
  const std::byte *row_of_ = nullptr, *output_ = nullptr, *next_ = nullptr, *weights_ = nullptr;
  std::uint32_t features_ = 0, rows_ = 0, states_ = 0;
};

} // namespace steward
