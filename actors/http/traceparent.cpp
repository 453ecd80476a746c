#include "actors/http/traceparent.hpp"

#include <algorithm>
#include <sodium.h>

namespace steward {
namespace {

bool is_hex(std::string_view s) {
  return std::all_of(s.begin(), s.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}
bool all_zero(std::string_view s) { return s.find_first_not_of('0') == std::string_view::npos; }

} // namespace

bool is_traceparent(std::string_view s) {
  if (s.size() < 55 || s.size() > 200 || s[2] != '-' || s[35] != '-' || s[52] != '-') return false;
  auto version = s.substr(0, 2), trace = s.substr(3, 32), parent = s.substr(36, 16), flags = s.substr(53, 2);
  if (!is_hex(version) || !is_hex(trace) || !is_hex(parent) || !is_hex(flags)) return false;
  if (version == "ff" || all_zero(trace) || all_zero(parent)) return false;
  if (s.size() == 55) return true;
  return version != "00" && s[55] == '-' &&
         std::all_of(s.begin() + 55, s.end(), [](char c) { return c > 32 && c < 127; });
}

std::string make_traceparent() {
  unsigned char random[24];
  randombytes_buf(random, sizeof random);
  random[0] |= 1, random[16] |= 1; // never all zero
  constexpr char digits[] = "0123456789abcdef";
  std::string out = "00-";
  for (size_t i = 0; i < sizeof random; ++i) {
    if (i == 16) out += '-';
    out += digits[random[i] >> 4], out += digits[random[i] & 15];
  }
  return out + "-01";
}

} // namespace steward
