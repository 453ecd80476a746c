// How far the engines are with learning a tenant's intents, as people read it. Pure.
#pragma once
#include "messages/ops.hpp"

namespace steward::cli {

struct training {
  bool known = false;  // a node has the tenant
  bool taught = false; // it has intents
  bool live = false;   // every node answers with what the newest version teaches
  bool failed = false;
  uint64_t done = 0, all = 0; // new texts that were read
  double left_s = 0;
  std::vector<intent_status> rows; // the slowest node's
};
training training_of(const std::vector<node_status>&, const tenant_id&);

/// "learning 40 of 120 texts, about 20 s"
std::string sentence_of(const training&);

} // namespace steward::cli
