// W3C trace context: the header `traceparent`, over HTTP and NATS.
#pragma once
#include "messages/ids.hpp"

#include <string>
#include <string_view>

namespace steward {

/// The traceparent to go on with: "00-<32 hex>-<16 hex>-<2 hex>". One of a later version is read by what version 00
/// knows of it, as W3C asks. Empty when it is malformed: then the message starts a trace of its own.
std::string read_traceparent(std::string_view);

/// For a message whose sender gave none: made from its id, so that a message that is sent again keeps its trace.
std::string traceparent_for(const message_id&);

/// A new one with random ids, for a request that may have no message.
std::string make_traceparent();

/// The 32 digits that log lines carry; empty when there are none.
std::string_view trace_id(std::string_view traceparent);

} // namespace steward
