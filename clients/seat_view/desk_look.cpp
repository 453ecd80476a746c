// Conversations that are not this person's: searched, looked at, opened again; a supervisor joins in or takes over.
#include "clients/seat_view/desk.hpp"

#include <algorithm>

namespace steward::seat_ui {
namespace {

constexpr uint32_t most_found = 30;
constexpr const char* in_already = "you are in it already"; // the conversation's word to a guest who joins again

std::string place_of(const conversation_row& r) {
  return r.mode + (r.seat.empty() ? "" : ", with " + r.seat) + (r.peer.empty() ? "" : ", " + r.peer);
}

} // namespace

bool desk::may(std::string_view verb) const { return !who.may || who.may(verb); }

void desk::open_search() {
  palette p;
  p.what = choice::search, p.title = "Search in all conversations: words of customers and colleagues";
  p.free = "words, then Enter";
  ask_for(std::move(p));
}

/// Enter asks for what is typed; once that was found, it opens the marked one.
void desk::search_enter() {
  auto& p = *open;
  if (p.filter.blank()) return;
  if (p.filter.text() != p.asked) {
    p.asked = p.filter.text(), p.items.clear(), p.at = 0, p.waits = true;
    seat_request q;
    q.text = p.asked, q.limit = most_found;
    return ask("search", q);
  }
  palette::item item;
  if (p.waits || p.at >= p.items.size() || !p.chosen(item)) return;
  open.reset();
  if (item.value.empty()) return;
  look(entity_id(item.value));
}

void desk::on(const got_found& g) {
  if (!open || open->what != choice::search || open->asked != g.text) return;
  open->waits = false;
  if (!g.view.error.empty()) {
    tell(g.view.error.message, tone::bad);
    return open->asked.clear(); // Enter asks again
  }
  open->items.clear();
  for (auto& f : g.view.found) open->items.push_back({place_of(f.row), f.snippet, f.row.conversation.value, f.time_ms});
  if (g.view.missing)
    tell("Parts of the archive did not answer: this may not be all.", tone::warn);
  else if (g.view.more)
    tell("There are older ones: more words find them.");
}

void desk::open_customer() {
  palette p;
  p.what = choice::customer, p.title = "What happened to " + name_of(shown), p.waits = true, p.reading = true;
  ask_for(std::move(p));
  seat_request q;
  q.conversation = shown;
  ask("timeline", q);
}

void desk::look(const entity_id& c) {
  looked = c;
  at = focus::list;
  select(c);
}

void desk::stop_looking() {
  auto was = std::exchange(looked, {});
  if (shown != was || mine(was) || guest(was)) return;
  picked_.reset();
  show({});
}

bool desk::look_key(char letter) {
  auto verb = letter == 'o' ? "reopen" : letter == 'v' ? "take_over" : guest(shown) ? "leave" : "join_in";
  if (shown.empty()) return tell("Look at a conversation first: / searches.", tone::warn), true;
  if (!may(verb))
    return tell(std::string(letter == 'v'   ? "Taking over"
                            : letter == 'o' ? "Opening what others closed"
                                            : "Joining in") +
                    " is for supervisors.",
                tone::warn),
           true;
  if (mine(shown)) return tell("It is yours already.", tone::warn), true;
  if (letter == 'v')
    return ask_for(one_question(choice::take_over, "Take it over? Whoever has it is told.", "Take it over")), true;
  seat_request q;
  q.conversation = shown;
  return change(verb, q), true;
}

/// What came of joining and leaving; true where it was this person's own.
bool desk::guest_line(const feed_item& i, const std::optional<pending>& own) {
  if (!own) return false;
  if (i.kind == "joined") {
    guests_.insert(i.conversation);
    looked = i.conversation;
    if (!i.text.empty()) talks[i.conversation].summary = i.text;
    if (shown == i.conversation) at = focus::writing;
    tell(i.conversation, "You are in it; the customer reads your name. Esc and j leave it.", tone::good);
  } else if (i.kind == "left") {
    guests_.erase(i.conversation);
    if (shown == i.conversation) at = focus::list;
    tell(i.conversation, "You have left it.", tone::good);
  } else {
    return false;
  }
  return true;
}

/// Another run of this program, or another device, joined.
bool desk::joined_before(const pending& p, const std::string& why) {
  if (p.verb != "join_in" || why != in_already) return false;
  guests_.insert(p.ask.conversation);
  if (shown == p.ask.conversation) at = focus::writing;
  tell(p.ask.conversation, "You are in it.", tone::good);
  return true;
}

} // namespace steward::seat_ui
