#include "actors/tenant/yaml_fields.hpp"
#include "actors/tenant/spelling.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace steward {
namespace {

std::string number_text(double x) {
  char buffer[32];
  auto end = std::to_chars(buffer, buffer + sizeof buffer, x).ptr;
  return {buffer, end};
}

std::string in(const std::string& where) { return where.empty() ? "" : "'" + where + "': "; }
std::string under(const std::string& where) { return where.empty() ? "" : " under '" + where + "'"; }

} // namespace

bool yaml_fields::is(const yaml_node& n, yaml_node::type kind, const std::string& where, const char* wanted) {
  if (n.kind == kind) return true;
  auto got = n.kind == yaml_node::type::scalar ? std::string(name_of(n)) + " ('" + shortened(n.text, 30) + "')"
                                               : std::string(name_of(n));
  complain(n.line, in(where) + "expected " + wanted + ", got " + got);
  return false;
}

void yaml_fields::map(const yaml_node& n, const std::string& where, const handlers& known) {
  map_of(n, where, [&](const std::string& key, uint32_t line, const yaml_node& value) {
    if (auto h = known.find(key); h != known.end()) return h->second(value);
    std::vector<std::string> names;
    for (auto& [name, h] : known) names.push_back(name);
    complain(line, "unknown key '" + shortened(key, 40) + "'" + under(where) + hint(key, names));
  });
}

void yaml_fields::map_of(const yaml_node& n, const std::string& where,
                         const std::function<void(const std::string&, uint32_t, const yaml_node&)>& f) {
  if (!is(n, yaml_node::type::map, where, "a map ('key: value' lines)")) return;
  std::map<std::string, uint32_t> first;
  for (auto& m : n.members) {
    if (auto [at, fresh] = first.emplace(m.key, m.line); !fresh) {
      complain(m.line, "key '" + shortened(m.key, 40) + "'" + under(where) + " stands twice; first in line " +
                           std::to_string(at->second));
      continue;
    }
    f(m.key, m.line, m.value);
  }
}

void yaml_fields::list(const yaml_node& n, const std::string& where, size_t most,
                       const std::function<void(const yaml_node&)>& f) {
  if (!is(n, yaml_node::type::list, where, "a list ('[a, b]', or a line '- a' each)")) return;
  if (n.items.size() > most)
    return complain(n.line, in(where) + std::to_string(n.items.size()) + " entries, at most " + std::to_string(most));
  for (auto& item : n.items) f(item);
}

bool yaml_fields::text(const yaml_node& n, const std::string& where, size_t most, std::string& x) {
  if (!is(n, yaml_node::type::scalar, where, "text")) return false;
  if (n.text.find_first_not_of(" \t\r\n") == std::string::npos)
    return complain(n.line, in(where) + "must not be empty"), false;
  if (auto size = characters(n.text); size > most)
    return complain(n.line, in(where) + std::to_string(size) + " characters, at most " + std::to_string(most)), false;
  x = n.text;
  return true;
}

bool yaml_fields::integer(const yaml_node& n, const std::string& where, int64_t low, int64_t high, int64_t& x) {
  if (!is(n, yaml_node::type::scalar, where, "a whole number")) return false;
  int64_t got = 0;
  auto end = n.text.data() + n.text.size();
  auto [at, ec] = std::from_chars(n.text.data(), end, got);
  if (n.quoted || (ec != std::errc() && ec != std::errc::result_out_of_range) || at != end)
    return complain(n.line, in(where) + "expected a whole number, got '" + shortened(n.text, 30) + "'"), false;
  if (ec != std::errc() || got < low || got > high)
    return complain(n.line, in(where) + "must be from " + std::to_string(low) + " to " + std::to_string(high) +
                                ", is " + shortened(n.text, 30)),
           false;
  x = got;
  return true;
}

bool yaml_fields::number(const yaml_node& n, const std::string& where, double low, double high, double& x) {
  if (!is(n, yaml_node::type::scalar, where, "a number")) return false;
  double got = 0;
  auto end = n.text.data() + n.text.size();
  auto [at, ec] = std::from_chars(n.text.data(), end, got);
  if (n.quoted || ec != std::errc() || at != end || !std::isfinite(got)) {
    auto comma = n.text.find(',') != std::string::npos ? " (write the decimal point as '.')" : "";
    return complain(n.line, in(where) + "expected a number, got '" + shortened(n.text, 30) + "'" + comma), false;
  }
  if (got < low || got > high)
    return complain(n.line, in(where) + "must be from " + number_text(low) + " to " + number_text(high) + ", is " +
                                number_text(got)),
           false;
  x = got;
  return true;
}

} // namespace steward
