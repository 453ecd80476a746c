// What the files of tables have in common: little-endian numbers and a sum over all of them, FNV-1a.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

namespace steward {

constexpr std::uint32_t fnv_start = 2166136261U, fnv_prime = 16777619U;

template <class T>
T number_at(const std::byte* at) {
  T out;
  std::memcpy(&out, at, sizeof out);
  return out;
}

inline std::uint32_t checksum(std::span<const std::byte> bytes) {
  auto h = fnv_start;
  for (const auto b : bytes) h = (h ^ static_cast<std::uint32_t>(b)) * fnv_prime;
  return h;
}

} // namespace steward
