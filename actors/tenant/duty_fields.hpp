// The keys of tenant.yaml about people on duty: hours, queues, handover, texts.
#pragma once
#include "actors/tenant/tenant_config.hpp"
#include "actors/tenant/yaml_fields.hpp"

namespace steward {

class duty_fields {
public:
  duty_fields(yaml_fields& y, tenant_config& c)
      : y_(y)
      , c_(c) {}
  void queues(const yaml_node&);
  void handover(const yaml_node&);
  void texts(const yaml_node&);
  /// Once all is read: rules name queues that exist.
  void check();

private:
  void rule(const yaml_node&);
  void whole(const yaml_node&, const std::string& where, int64_t low, int64_t high, uint32_t&);

  yaml_fields& y_;
  tenant_config& c_;
  std::vector<std::pair<std::string, uint32_t>> named_; // queues of rules, with their lines
};

} // namespace steward
