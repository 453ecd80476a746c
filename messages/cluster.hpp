// What nodes tell each other.
#pragma once
#include "messages/codec.hpp"
#include "messages/ids.hpp"

#include <vector>

namespace steward {

/// On `cluster.beat` every half second. Liveness only: safety comes from the log.
struct heartbeat {
  node_id node;
  uint64_t start_ms = 0; // tells a node's lives apart
  bool draining = false;
  std::vector<uint8_t> owns;
  std::string http; // "http://host:port"
  std::string version;
  template <class F>
  void fields(F& f) {
    f.required("node", node), f("start_ms", start_ms), f("draining", draining), f("owns", owns), f("http", http),
        f("version", version);
  }
};

} // namespace steward
