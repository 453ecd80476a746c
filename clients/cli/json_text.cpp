#include "clients/cli/json_text.hpp"
#include "clients/cli/table.hpp"

#include <cmath>
#include <cstdio>

namespace steward::cli {

std::string json_string(std::string_view s) {
  // Control characters are escaped first: safe_text() would blank them.
  std::string out = "\"", plain;
  auto flush = [&] { out += safe_text(plain), plain.clear(); };
  for (char c : s) {
    auto u = static_cast<unsigned char>(c);
    if (u >= 0x20 && c != '"' && c != '\\' && u != 0x7F) {
      plain += c;
      continue;
    }
    flush();
    char escaped[8];
    switch (c) {
    case '"': out += "\\\""; break;
    case '\\': out += "\\\\"; break;
    case '\n': out += "\\n"; break;
    case '\t': out += "\\t"; break;
    case '\r': out += "\\r"; break;
    default: std::snprintf(escaped, sizeof escaped, "\\u%04x", u), out += escaped;
    }
  }
  flush();
  return out + "\"";
}

std::string json_number(double x) {
  if (!std::isfinite(x)) return "null";
  if (x == std::floor(x) && std::fabs(x) < 1e15) return std::to_string(static_cast<long long>(x));
  char s[40];
  std::snprintf(s, sizeof s, "%.6g", x);
  return s;
}

std::string json_bytes(const bytes& x) {
  if (x.empty()) return "null";
  auto lead = static_cast<unsigned char>(x.data.front());
  if ((lead & 0xF0) == 0x80 || lead == 0xDE || lead == 0xDF) {
    auto text = json_of(x.data);
    if (text.rfind("{\"error\"", 0) != 0) return text;
  }
  return json_string(x.data);
}

json_object& json_object::raw(std::string_view name, std::string_view json) {
  fields_ += (fields_.empty() ? "" : ",") + json_string(name) + ":" + std::string(json);
  return *this;
}

} // namespace steward::cli
