// One simulated customer in the real conversation: its decide and apply, its needs, its records; no actor, no log.
#pragma once
#include "actors/entity/entity_model.hpp"
#include "actors/simulation/customer.hpp"

#include <functional>
#include <string>
#include <vector>

namespace steward {

struct visit_line {
  bool customer = false;
  std::string text;
  std::string note; // of a reply: its kind, how sure, from which article
};

struct visit {
  ending end = ending::left;
  bool served = false, picked = false;
  std::uint32_t turns = 0, asked_back = 0;
  std::vector<visit_line> lines;
};

using look_up = std::function<knowledge_result(const knowledge_query&)>;

/// From the first word to the last. `start_ms`: the clock of the first message; a minute passes between two.
visit visited(const customer_script&, const tenant_config&, const entity_kinds&, const std::string& peer,
              std::int64_t start_ms, const look_up&);

} // namespace steward
