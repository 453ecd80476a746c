#include "actors/conversation/conversation_move.hpp"
#include "actors/conversation/conversation_duty.hpp"

#include <nlohmann/json.hpp>

namespace steward {
namespace {

constexpr uint64_t items_kept = 200; // the newest of what was said before
constexpr size_t notes_kept = 8;     // as in the conversation's own state
constexpr decode_limits feed_limits{.bytes = 8 << 20, .items = 200'000, .depth = 16};

std::vector<feed_item> items_in(const bytes& looked_up) {
  if (looked_up.empty()) return {};
  auto page = decode<feed_page>(looked_up.data, feed_limits);
  return page ? std::move(page->items) : std::vector<feed_item>{};
}

} // namespace

std::optional<feed_request> feed_to_join(const in_message& m) {
  if (m.kind != in_kind::entity || m.topic != moved_topic::joined) return {};
  auto n = decode<moved_note>(m.body.data);
  if (!n || n->items == 0) return {};
  feed_request q;
  q.tenant = m.tenant, q.conversation = n->from;
  q.limit = static_cast<uint32_t>(std::min(n->items, items_kept));
  q.from = n->items - q.limit + 1;
  return q;
}

std::optional<in_message> said_elsewhere(const in_message& m) {
  if (m.kind != in_kind::entity || m.topic != moved_topic::said) return {};
  auto n = decode<moved_note>(m.body.data);
  if (!n || n->said.empty()) return {};
  auto out = m;
  out.kind = in_kind::say, out.topic.clear(), out.from = n->to, out.body = n->said;
  return out;
}

std::vector<feed_item> joined_items(const turn_record& r, uint64_t seq) {
  auto input = decode<turn_input>(r.input.data, feed_limits);
  if (!input) return {};
  auto out = items_in(input->looked_up);
  for (auto i = out.rbegin(); i != out.rend(); ++i) i->seq = seq--;
  return out;
}

void apply_joined(conversation_data& d, joined_body b) {
  auto& n = b.of;
  d.feed_seq = b.seq;
  d.from = n.to;
  d.customer = std::move(n.customer);
  if (!n.language.empty()) d.language = std::move(n.language);
  d.last_ms = b.time_ms;
  if (!n.last_id.empty()) d.last_text = std::move(n.last_text), d.last_id = std::move(n.last_id);
  d.offered.clear();
  d.story = std::move(n.story), d.moods = std::move(n.moods);
  for (auto& note : n.notes) d.notes.push_back(std::move(note));
  if (d.notes.size() > notes_kept) d.notes.erase(d.notes.begin(), d.notes.end() - notes_kept);
}

moved_note duty::what_moves() const {
  moved_note n;
  n.from = me_, n.items = data_.feed_seq + said_, n.language = data_.language;
  n.mode = data_.mode, n.queue = data_.queue, n.skill = data_.skill, n.seat = data_.seat, n.name = data_.name;
  n.reason = data_.reason, n.blocked = data_.blocked, n.priority = data_.priority, n.since_ms = data_.since_ms;
  n.last_text = data_.last_text, n.last_id = data_.last_id;
  n.story = data_.story, n.moods = data_.moods, n.notes = data_.notes;
  n.chapter = data_.chapter;
  return n;
}

void duty::move_away() {
  auto q = decode<sign_in_command>(c_.message.body.data);
  if (!q || !data_.moved.empty()) return;
  moved_body b;
  b.to = c_.message.from, b.to.peer = q->peer;
  b.conversation = conversation_id(tenant_, b.to.channel, b.to.account, b.to.peer);
  b.customer = q->customer, b.time_ms = c_.now_ms;
  if (b.conversation == me_) return;
  say_held(); // a person's words that could still have been undone
  auto n = what_moves();
  n.to = b.to, n.customer = b.customer;
  if (data_.mode != conversation_mode::closed) mode({conversation_mode::closed, "moved", "customer"});
  d_.events.push_back({conversation_event::moved, {encode(b)}});
  if (n.items == 0) return;
  d_.replies.push_back({out_kind::entity, {}, b.conversation, moved_topic::joined, {encode(n)}});
  nlohmann::json data{
      {"visitor", c_.message.from.peer.value}, {"conversation", me_.value}, {"goes_on_in", b.conversation.value}};
  d_.replies.push_back({out_kind::entity,
                        {},
                        customer_id(tenant_, b.customer),
                        moved_topic::signed_in,
                        {*msgpack_of(data.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace))}});
}

bool duty::pass_on(const say_request& q) {
  auto& to = data_.moved;
  if (c_.message.accepted_ms > to.time_ms + moved_grace_ms) return false;
  moved_note n;
  n.from = me_, n.to = to.to, n.customer = to.customer;
  auto said = q;
  said.customer = to.customer;
  n.said.data = encode(said);
  d_.replies.push_back({out_kind::entity, {}, to.conversation, moved_topic::said, {encode(n)}});
  return true;
}

void duty::join() {
  auto n = decode<moved_note>(c_.message.body.data);
  if (!n) return;
  joined_body b;
  b.seq = data_.feed_seq + items_in(c_.looked_up).size(), b.time_ms = c_.now_ms;
  if (!n->customer.empty() && n->customer != data_.customer)
    d_.replies.push_back(introduction(tenant_, me_, n->customer, n->language, n->to, c_.now_ms));
  auto blocked = !data_.blocked.empty(); // it stays so, whatever he wrote as a visitor
  auto idle = data_.mode == conversation_mode::ai || data_.mode == conversation_mode::closed;
  if (!n->blocked.empty() && !blocked)
    block_with_visitor(n->blocked, n->customer);
  else if (idle && !blocked)
    take_over_duty(*n);
  else // whoever has it or is awaited goes on
    n->story = data_.story, n->moods = data_.moods;
  b.of = std::move(*n);
  d_.events.push_back({conversation_event::joined, {encode(b)}});
}

/// Who waits keeps the time that he has waited; who speaks with a person goes on with that person.
void duty::take_over_duty(const moved_note& n) {
  mode_body b;
  b.reason = "moved", b.by = n.seat, b.time_ms = c_.now_ms;
  b.queue = n.queue, b.skill = n.skill, b.priority = n.priority, b.since_ms = n.since_ms;
  if (n.mode == conversation_mode::person && n.seat.empty()) { // an operator, without a seat
    b.mode = conversation_mode::person;
  } else if (n.mode == conversation_mode::person) {
    b.mode = conversation_mode::person, b.seat = n.seat, b.name = n.name;
    auto out = note();
    out.text = handover_summary(n.story, "moved", 0);
    tell_seat(n.seat, "began", std::move(out));
  } else if (n.mode == conversation_mode::waiting) {
    b.mode = conversation_mode::waiting, b.wait = c_.turn, b.reason = n.reason;
    queue_up(b, n.language, n.last_text, {});
  } else if (data_.mode == conversation_mode::closed) {
    b.mode = conversation_mode::ai, b.reason = "customer_wrote_again";
  } else {
    return;
  }
  d_.events.push_back({conversation_event::mode, {encode(b)}});
}

} // namespace steward
