#include "messages/traceparent.hpp"

#include <algorithm>
#include <array>
#include <sodium.h>

namespace steward {
namespace {

bool is_hex(std::string_view s) {
  return std::all_of(s.begin(), s.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}
bool all_zero(std::string_view s) { return s.find_first_not_of('0') == std::string_view::npos; }

using ids24 = std::array<unsigned char, 24>; // 16 bytes of trace, 8 of parent

std::string written(ids24 x) {
  x[0] |= 1, x[16] |= 1; // never all zero
  constexpr char digits[] = "0123456789abcdef";
  std::string out = "00-";
  out.reserve(55);
  for (size_t i = 0; i < x.size(); ++i) {
    if (i == 16) out += '-';
    out += digits[x[i] >> 4], out += digits[x[i] & 15];
  }
  return out + "-01";
}

} // namespace

std::string read_traceparent(std::string_view s) {
  if (s.size() < 55 || s.size() > 200 || s[2] != '-' || s[35] != '-' || s[52] != '-') return {};
  auto version = s.substr(0, 2), trace = s.substr(3, 32), parent = s.substr(36, 16), flags = s.substr(53, 2);
  if (!is_hex(version) || !is_hex(trace) || !is_hex(parent) || !is_hex(flags)) return {};
  if (version == "ff" || all_zero(trace) || all_zero(parent)) return {};
  if (version == "00") return s.size() == 55 ? std::string(s) : std::string{};
  if (s.size() > 55 && s[55] != '-') return {};
  // Of a later version's flags only "sampled" is known, and what is sent on is version 00.
  auto low = flags[1] <= '9' ? flags[1] - '0' : flags[1] - 'a' + 10;
  return "00-" + std::string(trace) + "-" + std::string(parent) + (low & 1 ? "-01" : "-00");
}

std::string traceparent_for(const message_id& id) {
  ids24 x;
  crypto_generichash(x.data(), x.size(), reinterpret_cast<const unsigned char*>(id.value.data()), id.value.size(),
                     nullptr, 0);
  return written(x);
}

std::string make_traceparent() {
  ids24 x;
  randombytes_buf(x.data(), x.size());
  return written(x);
}

std::string_view trace_id(std::string_view t) { return t.size() == 55 ? t.substr(3, 32) : std::string_view{}; }

} // namespace steward
