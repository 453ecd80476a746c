#include "actors/conversation/conversation_duty.hpp"

#include <algorithm>

namespace steward {
namespace {

constexpr size_t ticket_text = 60, note_text = 400; // bytes
constexpr size_t held_most = 4, guests_most = 4;
constexpr int64_t held_longest_ms = 30'000;

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

/// "2 to 6 minutes" in the language, in whole minutes or half hours.
std::string say_span(const wait_ticket& t, const std::string& language) {
  auto hours = t.to_s > 2 * 3600;
  auto number = [&](uint32_t s) {
    if (!hours) return std::to_string(s / 60);
    return std::to_string(s / 3600) + (s % 3600 >= 1800 ? ".5" : "");
  };
  auto from = number(t.from_s), to = number(t.to_s);
  auto one = to == "1";
  if (language == "zh") {
    auto unit = hours ? " 小时" : " 分钟";
    return (from == "0" ? to + unit + "以内" : from == to ? to + unit : from + " 到 " + to + unit);
  }
  if (language == "es") {
    auto unit = hours ? (one ? " hora" : " horas") : one ? " minuto" : " minutos";
    return (from == "0" ? "hasta " + to : from == to ? to : "entre " + from + " y " + to) + unit;
  }
  auto unit = language == "en" ? (hours ? (one ? " hour" : " hours")
                                  : one ? " minute"
                                        : " minutes")
              : hours          ? " h"
                               : " min";
  if (language != "en") return (from == "0" ? "< " + to : from == to ? to : from + "–" + to) + unit;
  return (from == "0" ? "up to " + to : from == to ? to : from + " to " + to) + unit;
}

} // namespace

std::string place_text(const tenant_words& w, uint64_t place) {
  return place == 0 || w.place.empty() ? std::string{} : " " + filled(w.place, "{place}", std::to_string(place));
}

std::string wait_text(const tenant_words& w, const wait_ticket& t) {
  return t.to_s == 0 || w.wait.empty() ? std::string{} : " " + filled(w.wait, "{wait}", say_span(t, w.language));
}

std::string hours_text(const tenant_words& w, const tenant_config& t, int64_t now_ms) {
  if (w.out_of_hours.empty()) return {};
  auto& clock = t.wall_clock();
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
  tell_customer(b);
  auto n = note();
  n.id = id;
  if (data_.mode == conversation_mode::waiting && !data_.queue.empty() && b.reason != "given")
    tell(queue_id(tenant_, data_.queue), "leave", n);
  if (data_.mode != conversation_mode::person) return;
  n.reason = b.reason;
  auto goes_on = b.mode == conversation_mode::person;
  auto ended = [&](const std::string& seat) {
    auto x = n;
    if (seat != b.by) x.id.clear(); // only who asked for it waits for an answer
    tell_seat(seat, "ended", std::move(x));
  };
  if (!data_.seat.empty() && !(goes_on && b.seat == data_.seat)) ended(data_.seat);
  if (goes_on) return;
  for (auto& g : data_.guests) ended(g.seat);
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

void duty::tell_all(const char* topic, const duty_note& n, const std::string& request_of) {
  auto tell_one = [&](const std::string& seat) {
    auto x = n;
    if (seat != request_of) x.id.clear();
    tell_seat(seat, topic, std::move(x));
  };
  if (!data_.seat.empty()) tell_one(data_.seat);
  for (auto& g : data_.guests) tell_one(g.seat);
}

void duty::customer_wrote(const say_request& q) {
  auto n = note();
  n.text = beginning(q.text, note_text);
  tell_all("message", n);
}

bool duty::is_guest(const std::string& seat) const {
  return std::any_of(data_.guests.begin(), data_.guests.end(), [&](auto& g) { return g.seat == seat; });
}

void duty::said(const held_say& h) {
  say(reply_kind::message, speaker::person, h.text, h.name);
  auto n = note();
  n.text = beginning(h.text, note_text), n.name = h.name, n.id = h.id;
  tell_all("said", n, h.seat);
}

void duty::hold_timer(const std::vector<held_say>& rest) {
  d_.timers = std::vector<timer>{};
  if (rest.empty()) return;
  auto first = std::min_element(rest.begin(), rest.end(), [](auto& a, auto& b) { return a.due_ms < b.due_ms; });
  d_.timers->push_back({"held", first->due_ms});
}

/// What stands before one that is due is said with it: what a person writes keeps its order.
uint64_t duty::say_held(int64_t due_ms) {
  auto last = std::find_if(data_.held.rbegin(), data_.held.rend(), [&](auto& h) { return h.due_ms <= due_ms; });
  auto before = said_;
  for (auto i = data_.held.begin(); i != last.base(); ++i) {
    said(*i);
    d_.events.push_back({conversation_event::let_go, {encode(*i)}});
  }
  if (said_ != before) hold_timer({last.base(), data_.held.end()});
  return said_ - before;
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
  else if (c_.message.topic == "blocked")
    customer_blocked(*n);
  else if (c_.message.topic == "unblocked")
    customer_unblocked(*n);
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
  if (!text.empty() && n.reason.empty())
    say(reply_kind::notice, speaker::system, text.substr(1) + wait_text(words(), n.ticket));
}

/// The seat cannot go on with it: back to the queue, with the time that it has waited already.
void duty::requeue(const duty_note& n) {
  if (data_.mode != conversation_mode::person || data_.seat != n.seat) {
    auto out = note();
    out.reason = "not with this seat";
    return tell_seat(n.seat, "ended", std::move(out));
  }
  say_held();
  say(reply_kind::handover, speaker::system, words().waiting);
  mode_body b{conversation_mode::waiting, n.reason};
  b.queue = data_.queue, b.skill = data_.skill, b.priority = data_.priority, b.since_ms = data_.since_ms;
  b.wait = c_.turn;
  mode(b);
  queue_up(b, data_.language, data_.last_text, {});
}

/// Nothing is said: nobody is there any more to read it.
void duty::customer_ended(const duty_note& n) {
  if (data_.mode == conversation_mode::closed || !is_of_customer(n)) return;
  say_held(); // it was accepted: the transcript has it
  mode({conversation_mode::closed, "customer_ended", "customer"});
}

void duty::refuse(const std::string& seat, const char* why) {
  auto n = note();
  n.reason = why;
  tell_seat(seat, "refused", std::move(n));
}

void duty::note_of(const std::string& seat, const std::string& text) {
  d_.events.push_back({conversation_event::noted, {encode(private_note{seat, beginning(text, note_text), c_.now_ms})}});
}

void duty::command() {
  auto m = decode<seat_command>(c_.message.body.data);
  if (!m) return;
  auto verb = c_.message.topic.substr(5);
  id_ = m->ask.id;
  // Nobody has ever written here: the id is not that of a conversation.
  if (data_.feed_seq == 0) return refuse(m->seat, "no such conversation");
  if (verb == "undo") return undo(*m);
  if (of_others(*m, verb)) return;
  auto mine = data_.mode == conversation_mode::person && data_.seat == m->seat;
  auto beside = data_.mode == conversation_mode::person && is_guest(m->seat);
  if (!mine && !(beside && (verb == "say" || verb == "block"))) return refuse(m->seat, "not with this seat");
  if (m->ask.turn != 0 && m->ask.turn + 1 != c_.turn)
    return refuse(m->seat, "the conversation has gone on: read it first");
  if (verb == "say") return do_say(*m);
  say_held();
  if (verb == "pass") return do_pass(*m);
  if (verb == "back") return mode({conversation_mode::ai, "handed_back", m->seat});
  if (verb == "close") {
    say(reply_kind::notice, speaker::system, words().closed);
    mode_body b{conversation_mode::closed, "closed", m->seat};
    b.code = m->ask.code;
    mode(b);
  }
  if (verb == "block") block(m->seat, m->ask.reason);
}

bool duty::of_others(const seat_command& m, const std::string& verb) {
  auto person = data_.mode == conversation_mode::person;
  if (verb == "note") {
    note_of(m.seat, m.ask.text);
    auto n = note();
    n.text = m.ask.text, n.name = m.seat;
    tell_all("noted", n, m.seat);
    if (m.seat != data_.seat && !is_guest(m.seat)) tell_seat(m.seat, "noted", std::move(n));
  } else if (verb == "reopen") {
    if (data_.mode != conversation_mode::closed) return refuse(m.seat, "it is not closed"), true;
    begin_with(m, "reopened");
  } else if (verb == "unblock") {
    if (data_.blocked.empty()) return refuse(m.seat, "it is not blocked"), true;
    mode({conversation_mode::closed, "unblocked", m.seat});
    tell_seat(m.seat, "unblocked", note());
  } else if (verb == "take_over") {
    if (person && data_.seat == m.seat) return refuse(m.seat, "you have it already"), true;
    if (data_.mode == conversation_mode::closed) return refuse(m.seat, "it is closed: reopen it"), true;
    say_held();
    begin_with(m, "taken_over");
  } else if (verb == "join_in") {
    if (!person) return refuse(m.seat, "nobody has it: take it over"), true;
    if (data_.seat == m.seat || is_guest(m.seat)) return refuse(m.seat, "you are in it already"), true;
    if (data_.guests.size() >= guests_most) return refuse(m.seat, "too many are in it already"), true;
    guest_body g{m.seat, m.ask.name.empty() ? m.seat : m.ask.name};
    d_.events.push_back({conversation_event::guest, {encode(g)}});
    say(reply_kind::notice, speaker::system, filled(words().person_joined, "{name}", g.name), g.name);
    auto n = note();
    n.name = g.name, n.text = handover_summary(data_.story, data_.reason, 0);
    tell_all("joined", n);
    tell_seat(m.seat, "joined", std::move(n));
  } else if (verb == "leave") {
    if (!is_guest(m.seat)) return refuse(m.seat, "you are not in it"), true;
    d_.events.push_back({conversation_event::guest, {encode(guest_body{m.seat, {}, true})}});
    auto n = note();
    n.name = m.seat;
    tell_all("left", n, m.seat);
  } else {
    return false;
  }
  return true;
}

/// This seat has it from now on, whoever had it.
void duty::begin_with(const seat_command& m, const char* reason) {
  mode_body b{conversation_mode::person, reason, m.seat};
  b.seat = m.seat, b.name = m.ask.name.empty() ? m.seat : m.ask.name;
  // Who is in it already, or opens again what was with them, needs no introduction.
  if (data_.mode != conversation_mode::closed && !is_guest(m.seat))
    say(reply_kind::notice, speaker::system, filled(words().person_joined, "{name}", b.name), b.name);
  // Whoever had it did not ask for this.
  change(b, {});
  b.time_ms = c_.now_ms;
  d_.events.push_back({conversation_event::mode, {encode(b)}});
  auto n = note();
  n.text = handover_summary(data_.story, reason, 0);
  tell_seat(m.seat, "began", std::move(n));
}

void duty::do_say(const seat_command& m) {
  auto guest = std::find_if(data_.guests.begin(), data_.guests.end(), [&](auto& g) { return g.seat == m.seat; });
  held_say h{id_, m.seat, guest == data_.guests.end() ? data_.name : guest->name, m.ask.text, 0};
  if (m.ask.for_ms <= 0 || data_.held.size() >= held_most) {
    say_held();
    return said(h);
  }
  h.due_ms = c_.now_ms + std::min(m.ask.for_ms, held_longest_ms);
  d_.events.push_back({conversation_event::held, {encode(h)}});
  auto all = data_.held;
  all.push_back(h);
  hold_timer(all);
  auto n = note();
  n.text = beginning(h.text, note_text), n.until_ms = h.due_ms;
  tell_seat(m.seat, "held", std::move(n));
}

/// Whoever is the conversation's now: what somebody wrote is theirs to take back.
void duty::undo(const seat_command& m) {
  auto h = std::find_if(data_.held.rbegin(), data_.held.rend(),
                        [&](auto& h) { return h.seat == m.seat && (m.ask.of.empty() || h.id == m.ask.of); });
  if (h == data_.held.rend()) return refuse(m.seat, "there is nothing to undo: it was said already");
  d_.events.push_back({conversation_event::let_go, {encode(*h)}});
  auto n = note();
  n.text = h->text;
  tell_seat(m.seat, "undone", std::move(n));
  auto rest = data_.held;
  std::erase_if(rest, [id = h->id](auto& x) { return x.id == id; });
  hold_timer(rest);
}

void duty::do_pass(const seat_command& m) {
  say(reply_kind::handover, speaker::system, words().waiting);
  mode_body b{conversation_mode::waiting, "passed", m.seat};
  b.queue = m.ask.queue.empty() ? (data_.queue.empty() ? c_.tenant.first_queue : data_.queue) : m.ask.queue;
  b.priority = data_.priority, b.since_ms = data_.since_ms ? data_.since_ms : c_.now_ms;
  b.wait = c_.turn;
  mode(b);
  queue_up(b, data_.language, data_.last_text, m.ask.seat);
  if (!m.ask.reason.empty()) note_of(m.seat, m.ask.reason);
}

} // namespace steward
