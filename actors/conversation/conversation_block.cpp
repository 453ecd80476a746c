// An abuser is blocked: with one word, and then silence, in this conversation and in every other of the same customer.
#include "actors/conversation/conversation_duty.hpp"

namespace steward {

bool duty::is_of_customer(const duty_note& n) const {
  return !data_.customer.empty() && n.from == customer_id(tenant_, data_.customer);
}

void duty::block(const std::string& by, const std::string& reason) {
  if (data_.mode != conversation_mode::closed)
    say(reply_kind::notice, speaker::system, words().blocked.empty() ? words().closed : words().blocked);
  note_of(by, "blocked" + (reason.empty() ? "" : ": " + reason));
  mode_body b{conversation_mode::closed, "blocked", by};
  b.code = "blocked";
  mode(b);
}

/// A person blocked it, or lifted that: the customer's entity tells the others. What it told itself it knows.
void duty::tell_customer(const mode_body& b) {
  auto blocks = b.mode == conversation_mode::closed && b.reason == "blocked";
  if (c_.message.kind != in_kind::command || data_.customer.empty() || b.reason == "forgotten" || b.reason == "moved" ||
      blocks == !data_.blocked.empty())
    return;
  duty_note n;
  n.ticket.conversation = me_, n.seat = b.by;
  tell(customer_id(tenant_, data_.customer), blocks ? "blocked" : "unblocked", n);
}

void duty::customer_blocked(const duty_note& n) {
  if (!data_.blocked.empty() || !is_of_customer(n)) return;
  say_held(); // it was accepted
  block(n.seat, "in another conversation");
}

/// The visitor was blocked, and is told so already; his customer's other conversations hear of it.
void duty::block_with_visitor(const std::string& by, const std::string& customer) {
  mode_body b{conversation_mode::closed, "blocked", by};
  b.code = "blocked";
  mode(b);
  if (customer.empty()) return;
  duty_note n;
  n.ticket.conversation = me_, n.seat = by;
  tell(customer_id(tenant_, customer), "blocked", n);
}

outgoing introduction(const tenant_id& tenant, const entity_id& conversation, const std::string& customer,
                      const std::string& language, const address& from, int64_t now_ms) {
  outgoing o;
  o.kind = out_kind::entity;
  o.entity = customer_id(tenant, customer);
  o.topic = "conversation";
  o.body.data = encode(asked_body{0, conversation.value, {}, language, customer, from, now_ms});
  return o;
}

void duty::customer_unblocked(const duty_note& n) {
  if (!data_.blocked.empty() && is_of_customer(n)) mode({conversation_mode::closed, "unblocked", n.seat});
}

} // namespace steward
