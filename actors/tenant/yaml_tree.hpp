// A YAML document as a small tree that knows its lines. Anchors, aliases and tags are refused, so a document is never
// larger than its file. Pure.
#pragma once
#include "actors/tenant/tenant_config.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace steward {

struct yaml_member;

struct yaml_node {
  enum class type { nothing, scalar, list, map };
  type kind = type::nothing;
  uint32_t line = 0;
  std::string text; // of a scalar
  bool quoted = false;
  std::vector<yaml_node> items;
  std::vector<yaml_member> members; // in the file's order; keys may repeat
};

struct yaml_member {
  std::string key;
  uint32_t line = 0;
  yaml_node value;
};

struct yaml_limits {
  size_t depth = 16;
  size_t nodes = 20000;
};

/// Fails with the first thing that is wrong, its line set and its file empty.
std::optional<config_problem> parse_yaml(const std::string& text, yaml_node& out, const yaml_limits& = {});

/// The tree of a tenant's file, or one problem more: it is no YAML, or empty.
std::optional<yaml_node> open_yaml(const std::string& file, const std::string& text, std::vector<config_problem>&,
                                   const yaml_limits& = {});

/// "a list", "a map", "text", "a number", "nothing": for messages.
std::string_view name_of(const yaml_node&);

} // namespace steward
