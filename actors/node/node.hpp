// The node: starts every part in order, watches them, stops them in order. The only file that includes all rooms.
#pragma once
#include "actors/engine.hpp"

#include <functional>
#include <memory>
#include <string>

namespace steward {

struct node_addresses {
  std::string nats, http;
};

class node {
public:
  /// Everything that can be refused is refused here, with a sentence that says what to do.
  static result<std::unique_ptr<node>> start(engine_config);
  virtual ~node() = default;
  virtual node_addresses addresses() const = 0;
  /// Blocks until the node can answer, `stop_wanted` says so (`stopping`), or it never will (any other failure: why).
  virtual status wait_ready(const std::function<bool()>& stop_wanted) = 0;
  /// Lines for the one who started it: what is missing and what it would give.
  virtual std::vector<std::string> notes() const = 0;
  /// Orderly: door, partitions, actors, store, NATS. Has a deadline; false when it passed.
  virtual bool stop() = 0;
  /// Did it ask for its end (SIGTERM to itself) because it could not go on?
  virtual bool failed() const = 0;
};

} // namespace steward
