// Reads another entity's feed before a decision, page by page from whoever owns it, with patience: its store may be a
// moment behind its log, its partition on the way to another node.
#pragma once
#include "actors/engine.hpp"

namespace steward {

/// One reading; handed back and forth between the entity and the bus, one of them at a time.
struct feed_reading {
  feed_request wanted; // `limit`: all that there is from `from` on
  std::vector<feed_item> items;
  uint32_t fruitless = 0; // questions in a row
  bool done() const;
};

/// About the bytes that it takes in a message.
size_t weight_of(const feed_item&);

/// Asks for the next page. `then` is called once, on any thread, with how long to wait before it is asked again.
void read_on(const engine_ptr&, std::shared_ptr<feed_reading>, std::function<void(std::chrono::milliseconds)> then);
/// The newest items, as many as a record may carry, in a feed_page.
bytes read_so_far(feed_reading&);

} // namespace steward
