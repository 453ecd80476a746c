// What a customer's message or a platform team's event has to be to be let in, and the envelope it gets. Pure.
#pragma once
#include "actors/tenant/tenant_config.hpp"
#include "messages/chat.hpp"
#include "messages/envelope.hpp"

#include <variant>

namespace steward {

struct door_context {
  const tenant_config* tenant = nullptr; // null: not known here
  std::string trace;                     // traceparent, may be empty
  int64_t now_ms = 0;
};

/// What passed the checks. `message` has no body yet: it gets one by `mask_and_encode`, which is the dear part and
/// comes after the limits on rate, so that a flood that is refused costs little.
struct let_in {
  in_message message;
  std::string senders_id;
  std::variant<say_request, event_request> request;
};

/// The channels that every tenant has: "web" (the page and the HTTP door) and "cli" (operators trying it out).
bool is_built_in(const channel_id&);

result<let_in> check_say(say_request, const tenant_id&, const channel_id&, const peer_id&, const door_context&);
result<let_in> check_event(event_request, const tenant_id&, const std::string& type, const door_context&);

/// Masks what the customer typed and writes the message's body; returns how many places were masked.
uint32_t mask_and_encode(let_in&, const tenant_config&);

} // namespace steward
