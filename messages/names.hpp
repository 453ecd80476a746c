// Names of an enum that travels by name; the order is the enum's. For .cpp files of messages/.
#pragma once
#include <iterator>
#include <string_view>

#define STEWARD_ENUM_NAMES(E, ...)                                                                                     \
  namespace {                                                                                                          \
  constexpr std::string_view E##_names[] = {__VA_ARGS__};                                                              \
  }                                                                                                                    \
  std::string_view to_string(E x) {                                                                                    \
    auto i = static_cast<size_t>(x);                                                                                   \
    return i < std::size(E##_names) ? E##_names[i] : "unknown";                                                        \
  }                                                                                                                    \
  bool from_string(std::string_view s, E& x) {                                                                         \
    for (size_t i = 0; i < std::size(E##_names); ++i)                                                                  \
      if (E##_names[i] == s) return x = static_cast<E>(i), true;                                                       \
    return false;                                                                                                      \
  }
