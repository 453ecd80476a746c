#include "messages/error.hpp"

#include <array>

namespace steward {
namespace {
constexpr std::array<std::string_view, 16> names = {
    "ok",          "bad_request",  "too_large", "unknown_tenant", "unknown_channel", "not_found",
    "conflict",    "unavailable",  "timeout",   "fenced",         "overloaded",      "corrupt",
    "unsupported", "unauthorized", "internal",  "stopping"};
}

std::string_view to_string(errc x) noexcept {
  auto i = static_cast<size_t>(x);
  return i < names.size() ? names[i] : "internal";
}

errc errc_from(std::string_view name) noexcept {
  for (size_t i = 0; i < names.size(); ++i)
    if (names[i] == name) return static_cast<errc>(i);
  return errc::internal;
}

} // namespace steward
