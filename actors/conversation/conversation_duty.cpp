#include "actors/conversation/conversation_duty.hpp"

#include <algorithm>

namespace steward {
namespace {

constexpr size_t ticket_text = 60, note_text = 400; // bytes

std::string beginning(const std::string& s, size_t most) {
  if (s.size() <= most) return s;
  while (most > 0 && (static_cast<unsigned char>(s[most]) & 0xC0) == 0x80) --most;
  return s.substr(0, most) + "…";
}

/// {name} and {place} in the tenant's words.
std::string filled(std::string text, std::string_view variable, const std::string& with) {
  if (auto at = text.find(variable); at != text.npos) text.replace(at, variable.size(), with);
  return text;
}

} // namespace

std::string place_text(const tenant_words& w, uint64_t place) {
  return place == 0 || w.place.empty() ? std::string{} : " " + filled(w.place, "{place}", std::to_string(place));
}

std::string hours_text(const tenant_words& w, const tenant_config& t, int64_t now_ms) {
  if (w.out_of_hours.empty()) return {};
  auto& clock = t.clock ? *t.clock : world_clock();
  auto desk = desk_at(t.hours, t.holidays, clock, now_ms);
  if (desk.open || desk.until_ms == 0) return {};
  return " " + filled(w.out_of_hours, "{time}", say_when(desk.until_ms, now_ms, clock, w.language));
}

void duty::tell(const entity_id& whom, const char* topic, duty_note n) {
  d_.replies.push_back({out_kind::entity, {}, whom, topic, {encode(n)}});
}

duty_note duty::note() const {
  duty_note n;
  n.ticket.conversation = me_, n.ticket.wait = data_.wait, n.id = id_;
  return n;
}

void duty::say(reply_kind kind, speaker by, std::string text, std::string name) {
  reply_message r;
  r.kind = kind, r.by = by, r.text = std::move(text), r.name = std::move(name);
  if (by == speaker::person) r.in_reply_to = data_.last_id, r.confidence = 1;
  r.id = reply_id(me_, c_.turn, static_cast<uint32_t>(d_.replies.size()));
  r.conversation = me_;
  r.peer = data_.from.peer, r.account = data_.from.account.value;
  r.seq = data_.feed_seq + ++said_;
  r.time_ms = c_.now_ms;
  d_.events.push_back({conversation_event::replied, {encode(replied_body{r.seq, kind, {}, c_.now_ms, {}})}});
  d_.replies.push_back({out_kind::peer, data_.from, {}, {}, {encode(r)}});
}

void duty::mode(mode_body b) {
  b.time_ms = c_.now_ms;
  change(b, id_);
  d_.events.push_back({conversation_event::mode, {encode(b)}});
}

void duty::change(const mode_body& b, const std::string& id) {
  auto n = note();
  n.id = id;
  if (data_.mode == conversation_mode::waiting && !data_.queue.empty() && b.reason != "given")
    tell(queue_id(tenant_, data_.queue), "leave", n);
  if (data_.mode == conversation_mode::person && !data_.seat.empty() &&
      (b.mode != conversation_mode::person || b.seat != data_.seat)) {
    n.reason = b.reason;
    tell_seat(data_.seat, "ended", n);
  }
}

void duty::queue_up(const mode_body& b, const std::string& language, const std::string& text,
                    const std::string& wanted) {
  auto n = note();
  n.id.clear();
  n.queue = b.queue;
  auto& t = n.ticket;
  t.wait = b.wait, t.since_ms = b.since_ms, t.priority = b.priority, t.skill = b.skill, t.language = language;
  t.wanted = wanted, t.text = beginning(text, ticket_text);
  tell(queue_id(tenant_, b.queue), "wait", std::move(n));
}

void duty::customer_wrote(const say_request& q) {
  if (data_.seat.empty()) return;
  auto n = note();
  n.text = beginning(q.text, note_text);
  tell_seat(data_.seat, "message", std::move(n));
}

void duty::heard() {
  auto n = decode<duty_note>(c_.message.body.data);
  if (!n) return;
  if (c_.message.topic == "given")
    given(*n);
  else if (c_.message.topic == "place")
    placed(*n);
  else if (c_.message.topic == "requeue")
    requeue(*n);
  else if (c_.message.topic == "customer_ended")
    customer_ended(*n);
}

void duty::given(const duty_note& n) {
  auto out = note();
  out.queue = n.queue, out.id = n.id, out.name = n.name;
  if (data_.mode != conversation_mode::waiting || n.ticket.wait != data_.wait) {
    out.reason = "it does not wait any more";
    return tell_seat(n.seat, "void", std::move(out));
  }
  say(reply_kind::notice, speaker::system, filled(words().person_joined, "{name}", n.name), n.name);
  mode_body b{conversation_mode::person, "given", n.seat};
  b.seat = n.seat, b.name = n.name;
  mode(b);
  out.ticket.text = beginning(data_.last_text, ticket_text);
  out.text = handover_summary(data_.story, data_.reason, c_.now_ms - data_.since_ms);
  tell_seat(n.seat, "began", std::move(out));
}

void duty::placed(const duty_note& n) {
  if (data_.mode != conversation_mode::waiting || n.ticket.wait != data_.wait) return;
  d_.events.push_back({conversation_event::placed, {encode(place_body{n.number})}});
  // Where nobody is on duty a place says nothing.
  auto text = place_text(words(), n.number);
  if (!text.empty() && n.reason.empty()) say(reply_kind::notice, speaker::system, text.substr(1));
}

/// The seat cannot go on with it: back to the queue, with the time that it has waited already.
void duty::requeue(const duty_note& n) {
  if (data_.mode != conversation_mode::person || data_.seat != n.seat) {
    auto out = note();
    out.reason = "not with this seat";
    return tell_seat(n.seat, "ended", std::move(out));
  }
  say(reply_kind::handover, speaker::system, words().waiting);
  mode_body b{conversation_mode::waiting, n.reason};
  b.queue = data_.queue, b.skill = data_.skill, b.priority = data_.priority, b.since_ms = data_.since_ms;
  b.wait = c_.turn;
  mode(b);
  queue_up(b, data_.language, data_.last_text, {});
}

/// Nothing is said: nobody is there any more to read it.
void duty::customer_ended(const duty_note& n) {
  if (data_.mode == conversation_mode::closed || data_.customer.empty() ||
      n.from != customer_id(tenant_, data_.customer))
    return;
  mode({conversation_mode::closed, "customer_ended", "customer"});
}

void duty::command() {
  auto m = decode<seat_command>(c_.message.body.data);
  if (!m) return;
  auto verb = c_.message.topic.substr(5);
  id_ = m->ask.id;
  auto refuse = [&](const char* why) {
    auto n = note();
    n.reason = why;
    tell_seat(m->seat, "refused", std::move(n));
  };
  // Nobody has ever written here: the id is not that of a conversation.
  if (data_.feed_seq == 0) return refuse("no such conversation");
  if (verb == "note") {
    d_.events.push_back(
        {conversation_event::noted, {encode(private_note{m->seat, beginning(m->ask.text, note_text), c_.now_ms})}});
    auto n = note();
    n.text = m->ask.text;
    return tell_seat(m->seat, "noted", std::move(n));
  }
  if (verb == "reopen") {
    if (data_.mode != conversation_mode::closed) return refuse("it is not closed");
    mode_body b{conversation_mode::person, "reopened", m->seat};
    b.seat = m->seat, b.name = m->ask.name.empty() ? m->seat : m->ask.name;
    mode(b);
    auto n = note();
    n.text = handover_summary(data_.story, "reopened", 0);
    return tell_seat(m->seat, "began", std::move(n));
  }
  if (data_.mode != conversation_mode::person || data_.seat != m->seat) return refuse("not with this seat");
  if (m->ask.turn != 0 && m->ask.turn + 1 != c_.turn) return refuse("the conversation has gone on: read it first");
  if (verb == "say") return do_say(*m);
  if (verb == "pass") return do_pass(*m);
  if (verb == "back") return mode({conversation_mode::ai, "handed_back", m->seat});
  if (verb == "close") {
    say(reply_kind::notice, speaker::system, words().closed);
    mode_body b{conversation_mode::closed, "closed", m->seat};
    b.code = m->ask.code;
    mode(b);
  }
}

void duty::do_say(const seat_command& m) {
  say(reply_kind::message, speaker::person, m.ask.text, data_.name);
  auto n = note();
  n.text = beginning(m.ask.text, note_text), n.name = data_.name;
  tell_seat(m.seat, "said", std::move(n));
}

void duty::do_pass(const seat_command& m) {
  say(reply_kind::handover, speaker::system, words().waiting);
  mode_body b{conversation_mode::waiting, "passed", m.seat};
  b.queue = m.ask.queue.empty() ? (data_.queue.empty() ? c_.tenant.first_queue : data_.queue) : m.ask.queue;
  b.priority = data_.priority, b.since_ms = data_.since_ms ? data_.since_ms : c_.now_ms;
  b.wait = c_.turn;
  mode(b);
  queue_up(b, data_.language, data_.last_text, m.ask.seat);
  if (!m.ask.reason.empty())
    d_.events.push_back(
        {conversation_event::noted, {encode(private_note{m.seat, beginning(m.ask.reason, note_text), c_.now_ms})}});
}

} // namespace steward
