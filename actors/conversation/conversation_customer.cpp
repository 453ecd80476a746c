#include "actors/conversation/conversation_customer.hpp"

namespace steward {

std::vector<entity_id> of_customer(const turn_record& r, const std::string& customer) {
  std::vector<entity_id> out;
  auto moved = [&](const moved_body& b, const peer_id& visitor) {
    if (b.customer == customer) out = {r.entity, b.conversation, customer_id(r.tenant, visitor.value)};
  };
  for (auto& e : r.events) {
    auto asked =
        e.name == conversation_event::asked ? decode<asked_body>(e.body.data) : result<asked_body>(errc::not_found, "");
    auto joined = e.name == conversation_event::joined ? decode<joined_body>(e.body.data)
                                                       : result<joined_body>(errc::not_found, "");
    if ((asked && asked->customer == customer) || (joined && joined->of.customer == customer)) out = {r.entity};
    if (e.name != conversation_event::moved) continue;
    auto input = decode<turn_input>(r.input.data, {.bytes = 8 << 20});
    if (auto b = decode<moved_body>(e.body.data); b && input) moved(*b, input->message.from.peer);
  }
  if (!out.empty() || r.state.empty()) return out;
  auto frame = decode<entity_frame>(r.state.data, {.bytes = 8 << 20});
  auto s = frame ? decode<conversation_data>(frame->state.data) : result<conversation_data>(frame.error());
  if (s && s->customer == customer) out = {r.entity};
  if (s) moved(s->moved, s->from.peer);
  return out;
}

} // namespace steward
