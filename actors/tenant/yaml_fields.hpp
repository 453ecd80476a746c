// Reads typed fields out of a YAML tree and keeps every problem with its line. Pure.
#pragma once
#include "actors/tenant/yaml_tree.hpp"

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace steward {

class yaml_fields {
public:
  yaml_fields(std::string file, std::vector<config_problem>& out)
      : file_(std::move(file))
      , out_(out) {}

  void complain(uint32_t line, std::string message) { out_.push_back({file_, line, std::move(message)}); }
  void warn(uint32_t line, std::string message) {
    out_.push_back({file_, line, std::move(message), severity::warning});
  }

  using handlers = std::map<std::string, std::function<void(const yaml_node&)>>;
  /// Calls the handler of each key; complains of keys that are unknown (with the nearest known one) or stand twice.
  void map(const yaml_node&, const std::string& where, const handlers&);
  /// The same for keys that the tenant chooses.
  void map_of(const yaml_node&, const std::string& where,
              const std::function<void(const std::string& key, uint32_t line, const yaml_node&)>&);
  void list(const yaml_node&, const std::string& where, size_t most, const std::function<void(const yaml_node&)>&);

  /// These leave `x` alone when they complain. Lengths are in characters.
  bool text(const yaml_node&, const std::string& where, size_t most, std::string& x);
  bool integer(const yaml_node&, const std::string& where, int64_t low, int64_t high, int64_t& x);
  bool number(const yaml_node&, const std::string& where, double low, double high, double& x);

private:
  bool is(const yaml_node&, yaml_node::type, const std::string& where, const char* wanted);

  std::string file_;
  std::vector<config_problem>& out_;
};

} // namespace steward
