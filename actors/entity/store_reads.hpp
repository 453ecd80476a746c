// Reads of the store for pages and operators, answered over NATS: feed, show, replay, verify, and lists of
// conversations.
#pragma once
#include "actors/engine.hpp"

namespace steward {

/// Answers the request to its reply subject. Blocks on the disk.
void answer_read(engine&, const bus_message&, const node_view&);

/// For lists.
conversation_row row_of(const entity_state&);

feed_page read_feed(store&, const entity_kinds&, const feed_request&);

} // namespace steward
