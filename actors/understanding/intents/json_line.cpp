#include "actors/understanding/intents/json_line.hpp"

#include <unicode/utf8.h>

#include <charconv>

namespace steward {
namespace {

constexpr std::string_view escaped_replacement = "\\ufffd";

// The unit of the escape at `at`; -1: there is none.
int unit_at(std::string_view s, std::size_t at) {
  if (s.size() < at + 6 || s[at] != '\\' || s[at + 1] != 'u') return -1;
  int out = 0;
  const auto* end = s.data() + at + 6;
  return std::from_chars(s.data() + at + 2, end, out, 16).ptr == end ? out : -1;
}

bool leads(int unit) { return unit >= 0xD800 && unit < 0xDC00; }
bool trails(int unit) { return unit >= 0xDC00 && unit < 0xE000; }

// What the backslash at `at` begins goes to `out`; how long it was.
std::size_t take_escape(std::string_view s, std::size_t at, std::string& out) {
  const auto unit = unit_at(s, at);
  std::size_t size = unit < 0 ? 2 : 6;
  if (leads(unit) && trails(unit_at(s, at + 6)))
    size = 12;
  else if (leads(unit) || trails(unit))
    return out += escaped_replacement, size;
  out += s.substr(at, size);
  return size;
}

} // namespace

std::string readable_json(std::string_view s) {
  if (s.starts_with("\xEF\xBB\xBF")) s.remove_prefix(3);
  std::string out;
  out.reserve(s.size());
  for (std::size_t at = 0; at < s.size();) {
    if (s[at] == '\\') {
      at += take_escape(s, at, out);
      continue;
    }
    auto next = static_cast<std::int32_t>(at);
    UChar32 c = 0;
    U8_NEXT(s.data(), next, static_cast<std::int32_t>(s.size()), c);
    out += c < 0 ? std::string_view("\xEF\xBF\xBD") : s.substr(at, static_cast<std::size_t>(next) - at);
    at = static_cast<std::size_t>(next);
  }
  return out;
}

} // namespace steward
