// What the lines of the seat's feed mean: what came of requests, and what others did.
#include "clients/seat_view/desk.hpp"

#include <algorithm>

namespace steward::seat_ui {
namespace {

bool is_take(const std::string& verb) {
  return verb == "take" || verb == "accept" || verb == "reopen" || verb == "take_over";
}

std::string done(const std::string& verb, const seat_request& q) {
  if (verb == "close") return "Ended: " + q.code + ".";
  if (verb == "pass") return "Passed on" + (q.seat.empty() ? "" : " to " + q.seat) + ".";
  if (verb == "back") return "Handed back to Steward.";
  if (verb == "block") return "Blocked.";
  return "Done.";
}

std::string why_ended(const std::string& reason) {
  if (reason == "taken_over") return "Somebody has taken it over.";
  if (reason == "customer_ended") return "The customer has ended it.";
  if (reason == "seat_went_home" || reason == "seat_lost") return "It went back to its queue.";
  return "It has ended" + (reason.empty() ? "." : ": " + reason + ".");
}

} // namespace

std::optional<pending> desk::settle(const std::string& id) {
  if (id.empty()) return {};
  auto p = std::find_if(sent.begin(), sent.end(), [&](auto& x) { return x.ask.id == id; });
  if (p == sent.end()) return {};
  std::optional<pending> out(std::move(*p));
  sent.erase(p);
  return out;
}

/// It did not happen: what was written stands where it was.
void desk::give_back(const pending& p, const std::string& why) {
  if (joined_before(p, why)) return;
  auto& c = p.ask.conversation;
  if (p.verb == "say" || p.verb == "note") {
    auto& t = talks[c];
    auto& edit = p.verb == "say" ? t.draft : t.note;
    edit.set(p.ask.text + (edit.empty() ? "" : "\n" + edit.text()));
    if (p.verb == "note") t.noting = true;
    if (p.verb == "say" && mine(c)) t.drafted_ms = now_ms;
    return tell(c, "Not sent: " + why + ". It stands below.", tone::bad);
  }
  if (is_take(p.verb)) { // answers behind it are not lost
    std::vector<pending> behind;
    for (auto& x : sent)
      if (x.waiting && x.ask.conversation == c) behind.push_back(x);
    for (auto i = behind.rbegin(); i != behind.rend(); ++i) settle(i->ask.id), give_back(*i, why);
    auto written = talk_of(c) && !talk_of(c)->draft.blank();
    tell(c, why + (written ? ". What you wrote stands below, unsent." : "."), tone::bad);
    if (shown == c) at = focus::list;
    return;
  }
  tell(c, "'" + p.verb + "' was refused: " + why + ".", tone::bad);
}

void desk::on(const feed_came& f) {
  for (auto& i : f.items) feed_line(i);
}

void desk::feed_line(const feed_item& i) {
  auto own = settle(i.in_reply_to);
  i.conversation.empty() || i.kind == "offer" || i.kind == "missed" || i.kind == "withdrawn" ? seat_line(i, own)
                                                                                             : talk_line(i, own);
}

/// About the seat, or about a conversation that is not its own yet.
void desk::seat_line(const feed_item& i, const std::optional<pending>& own) {
  offers.erase(std::remove_if(offers.begin(), offers.end(), [&](auto& o) { return o.conversation == i.conversation; }),
               offers.end());
  if (i.kind == "offer") {
    if (i.until_ms && i.until_ms < now_ms) return; // long ago
    offers.push_back({i.conversation, i.queue, i.text, i.until_ms});
    out_.push_back(ring{});
  } else if (i.kind == "missed") {
    tell("You missed an offer: it went to the next.", tone::warn);
  } else if (i.kind == "signed") {
    from_string(std::string_view(i.text).substr(0, i.text.find(':')), me.is);
    auto away = i.text.find(": ");
    me.reason = away == i.text.npos ? "" : i.text.substr(away + 2);
    if (me.reason == "lost") tell("You were taken for lost, and are away. a: there again.", tone::bad);
    if (me.reason == "missed") tell("You missed several offers, and are away. a: there again.", tone::warn);
    read_me();
  } else if (own) {
    give_back(*own, i.text.empty() ? i.kind : i.text);
  }
  read_queue();
}

void desk::talk_line(const feed_item& i, const std::optional<pending>& own) {
  auto& c = i.conversation;
  auto& t = talks[c];
  if (i.kind == "began") return began(i, own);
  if (i.kind == "ended") return ended(i, own);
  if (i.kind == "lost" || i.kind == "gone" || i.kind == "refused") {
    read_queue();
    auto why = i.kind == "lost"   ? (i.name.empty() ? "somebody else" : i.name) + " was faster"
               : i.kind == "gone" ? std::string("it waits no more")
                                  : i.text;
    return own ? give_back(*own, why) : void();
  }
  if (guest_line(i, own)) return read(c);
  if (i.kind == "message") {
    out_.push_back(ring{});
    t.typing_until_ms = 0;
    if (c != shown) ++t.unread;
  } else if (i.kind == "held") {
    t.held_id = i.in_reply_to, t.held_until_ms = i.until_ms;
    t.held_text = own ? own->ask.text : i.text;
  } else if (i.kind == "said" || i.kind == "undone") {
    if (i.in_reply_to == t.held_id || i.kind == "undone") t.held_id.clear(), t.held_until_ms = 0, t.held_text.clear();
    if (i.kind == "undone") {
      if (!own) return; // another device of this person writes on
      t.draft.set(i.text + (t.draft.empty() ? "" : "\n" + t.draft.text()));
      t.drafted_ms = now_ms;
      tell(c, "Taken back. It stands below.", tone::good);
    }
  } else if (i.kind == "snoozed" || i.kind == "woke") {
    for (auto& h : me.held)
      if (h.conversation == c) h.until_ms = i.kind == "woke" ? 0 : i.until_ms;
    if (i.kind == "woke" && !own)
      tell(c, "It is back: its time has come, or the customer wrote.", tone::good), out_.push_back(ring{});
    if (i.kind == "snoozed" && own && c == shown) show_next(), tell("Put aside.", tone::good);
    read_me();
  } else if (i.kind == "unblocked" && own) {
    tell(c, "The block is lifted.", tone::good);
  } else if (i.kind == "joined" || i.kind == "left") {
    tell(c, (i.name.empty() ? "Somebody" : i.name) + (i.kind == "left" ? " has left." : " has joined."));
  }
  read(c);
}

void desk::began(const feed_item& i, const std::optional<pending>& own) {
  auto& c = i.conversation;
  auto& t = talks[c];
  t.summary = i.text, t.says = {};
  offers.erase(std::remove_if(offers.begin(), offers.end(), [&](auto& o) { return o.conversation == c; }),
               offers.end());
  if (!mine(c)) me.held.push_back({c, now_ms, i.queue, {}, 0});
  guests_.erase(c);
  if (looked == c) looked = {};
  if (own && shown == c && (own->verb == "reopen" || own->verb == "take_over")) at = focus::writing;
  for (auto& p : sent) // what was written meanwhile
    if (p.waiting && p.ask.conversation == c) p.waiting = false, out_.push_back(request{p.verb, p.ask});
  if (own && shown == c && t.drafted_ms == 0 && !t.draft.empty()) t.drafted_ms = now_ms;
  if (!own) out_.push_back(ring{}), tell(name_of(c) + " is with you.", tone::good);
  read_me(), read_queue(), read(c);
}

void desk::ended(const feed_item& i, const std::optional<pending>& own) {
  auto& c = i.conversation;
  auto& t = talks[c];
  std::erase_if(me.held, [&](auto& h) { return h.conversation == c; });
  guests_.erase(c);
  if (t.held_id.size()) t.held_id.clear(), t.held_text.clear(), t.held_until_ms = 0; // it was said first
  t.kept_draft.clear(), t.drafted_ms = 0;
  read_me(), read_queue();
  if (own && own->verb != "home") {
    if (shown == c) show_next();
    return tell(done(own->verb, own->ask), tone::good);
  }
  if (shown != c || t.draft.blank()) {
    if (shown == c) show_next();
    return tell(name_of(c) + ": " + why_ended(i.text), tone::warn);
  }
  at = focus::list; // what was written stays in sight
  tell(c, why_ended(i.text) + " What you wrote was not sent.", tone::bad);
  read(c);
}

/// To the next conversation that waits for an answer, else to the list.
void desk::show_next() {
  picked_.reset();
  for (auto& h : me.held) {
    auto t = talk_of(h.conversation);
    if (h.until_ms || h.conversation == shown || !t || !t->customer_spoke_last()) continue;
    picked_ = h.conversation;
    return show(h.conversation);
  }
  at = focus::list;
  show({});
}

} // namespace steward::seat_ui
