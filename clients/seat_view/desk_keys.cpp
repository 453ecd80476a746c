// What keys do. In the list a letter is a command; while writing, Ctrl and the letter.
#include "clients/seat_view/desk.hpp"

#include <algorithm>

namespace steward::seat_ui {
namespace {

constexpr int64_t read_ms = 2000;       // a notice stays at least so long
constexpr int64_t typing_pause = 3000;  // between two words to the customer that somebody types
constexpr size_t most_pasted = 1 << 20; // bytes

} // namespace

void desk::clear_notices() {
  if (now_ms - says.since_ms >= read_ms) says = {};
  if (auto t = find(shown); t && now_ms - t->says.since_ms >= read_ms) t->says = {};
}

void desk::on(const key& k) {
  clear_notices();
  if (k.code == key_code::help || (k.code == key_code::text && k.text == "?" && at == focus::list && !open))
    return ask_for(help());
  if (k.code == key_code::ctrl && k.text == "c") {
    if (open && open->what == choice::leave) return go();
    return (void)command_key('q');
  }
  if (open) return palette_key(k);
  if (k.code == key_code::back_tab) return next_unanswered();
  if (k.code == key_code::page_up || k.code == key_code::page_down) {
    auto step = static_cast<size_t>(std::max(1, height / 2));
    if (auto t = find(shown))
      t->back = k.code == key_code::page_up ? t->back + step : t->back - std::min(t->back, step);
    return;
  }
  at == focus::list ? list_key(k) : writing_key(k);
}

void desk::on(const pasted& p) {
  clear_notices();
  if (open && !open->reading)
    return open->filter.insert(p.text.substr(0, p.text.find_first_of("\r\n"))), open->narrowed();
  if (at == focus::list || open)
    return tell("Pasted into nothing: Enter opens a conversation to write in.", tone::warn);
  auto t = find(shown);
  if (!t) return;
  auto& edit = t->noting ? t->note : t->draft;
  auto before = edit;
  if (p.text.size() <= most_pasted) edit.insert(p.text);
  if (p.text.size() > most_pasted || edit.chars() > most_written) {
    edit = std::move(before);
    return tell(shown, "That is too long to paste: at most 4,000 characters can be sent.", tone::bad);
  }
  typed();
}

void desk::list_key(const key& k) {
  auto all = rows();
  auto move = [&](int by) {
    if (all.empty()) return;
    auto to = std::clamp(static_cast<int>(list_at()) + by, 0, static_cast<int>(all.size()) - 1);
    if (!picked_ && shown.empty() && by > 0) to = 0; // the first press marks what was meant anyway
    select(all[static_cast<size_t>(to)].conversation);
  };
  switch (k.code) {
  case key_code::enter:
  case key_code::new_line: return enter_list();
  case key_code::up: return move(-1);
  case key_code::down: return move(1);
  case key_code::home: return move(-1000000);
  case key_code::end: return move(1000000);
  case key_code::tab:
  case key_code::right:
    if (mine(shown) || guest(shown)) at = focus::writing;
    return;
  case key_code::escape: return stop_looking();
  case key_code::ctrl:
  case key_code::text:
    if (k.text.size() == 1) command_key(k.text[0]);
    return;
  default: return;
  }
}

void desk::select(const entity_id& c) {
  picked_ = c;
  show(c);
}

void desk::enter_list() {
  if (me.is == presence::home && known) return (void)change("join", who.join);
  auto all = rows();
  if (all.empty()) return tell("Nobody waits.");
  auto row = all[list_at()];
  if (row.is == list_row::kind::mine) {
    select(row.conversation);
    at = focus::writing;
    return;
  }
  if (row.is == list_row::kind::looked) {
    select(row.conversation);
    if (guest(row.conversation)) return void(at = focus::writing);
    if (auto t = talk_of(row.conversation); t && t->row.mode == "waiting")
      return take(row.conversation, t->row.queue.empty() ? queue.queue : t->row.queue);
    return tell(row.conversation, "You look on: nobody is told. Enter takes only who waits.");
  }
  auto o = offered(row.conversation);
  take(row.conversation, o ? o->queue : queue.queue);
}

void desk::take(const entity_id& c, const std::string& from) {
  if (!taking(c)) {
    seat_request q;
    q.conversation = c, q.queue = from;
    change(offered(c) ? "accept" : "take", q);
  }
  picked_ = c;
  show(c);
  at = focus::writing;
}

void desk::next_unanswered() {
  auto all = rows();
  auto from = std::find_if(all.begin(), all.end(), [&](auto& r) { return r.conversation == shown; });
  if (from != all.end()) std::rotate(all.begin(), from + 1, all.end());
  for (auto& r : all) {
    auto t = talk_of(r.conversation);
    if (r.is != list_row::kind::mine || r.conversation == shown || !t || !t->customer_spoke_last()) continue;
    select(r.conversation);
    at = focus::writing;
    return;
  }
  tell("Nobody else waits for your answer.");
}

void desk::ask_for(palette p) { open = std::move(p); }

bool desk::command_key(char letter) {
  auto is_of = [&](std::string_view letters) { return letters.find(letter) != letters.npos; };
  auto t = talk_of(shown);
  auto allowed = mine(shown) || !is_of("tkneulpbzx") || (taking(shown) && is_of("tknul")) ||
                 (guest(shown) && is_of("tknulx")) || (!shown.empty() && letter == 'l') ||
                 (letter == 'x' && t && t->row.mode == "closed");
  if (!allowed)
    return tell(shown.empty() ? "Open a conversation first: Enter." : "It is not yours: Enter in the list takes it.",
                tone::warn),
           true;
  switch (letter) {
  case 't': return open_texts(), true;
  case 'k': return open_knowledge(), true;
  case 'n': return talks[shown].noting = !talks[shown].noting, at = focus::writing, true;
  case 'u': return undo(), true;
  case 'e': return ask_for(codes()), true;
  case 'p': return open_passes(), true;
  case 'b': return ask_for(one_question(choice::back, "Hand it back to Steward?", "Hand it back")), true;
  case 'z': return toggle_sleep(), true;
  case 'l': return open_customer(), true;
  case 'f':
  case '/': return open_search(), true;
  case 'o':
  case 'j':
  case 'v': return look_key(letter);
  case 'x':
    if (!mine(shown) && !guest(shown))
      return ask_for(one_question(choice::unblock, "Lift the block?", "Answer this customer again")), true;
    return ask_for(one_question(choice::block, "Block this customer? What they write is not answered any more.",
                                "End it, and block")),
           true;
  case 'd': {
    auto all = rows();
    auto o = all.empty() ? nullptr : offered(all[list_at()].conversation);
    if (!o) return tell("There is no offer to decline."), true;
    seat_request q;
    q.conversation = o->conversation, q.queue = o->queue;
    return change("decline", q), true;
  }
  case 'a':
    if (me.is == presence::available) return ask_for(away_reasons()), true;
    return (void)(me.is == presence::home ? change("join", who.join) : change("available", {})), true;
  case 'g': return ask_for(going_home(me.held.size())), true;
  case 'q': {
    auto title =
        me.held.empty() ? std::string("Leave?") : "Leave? What you have stays yours; in two minutes it goes back.";
    return ask_for(one_question(choice::leave, title, "Leave")), true;
  }
  default: return false;
  }
}

void desk::writing_key(const key& k) {
  auto t = find(shown);
  if (!t) return void(at = focus::list);
  auto& edit = t->noting ? t->note : t->draft;
  auto width = writing_width();
  switch (k.code) {
  case key_code::enter: return send_draft();
  case key_code::escape: return void(at = focus::list);
  case key_code::tab: return insert_knowledge();
  case key_code::ctrl:
    if (k.text == "w") return edit.erase_word(), typed();
    if (k.text.size() == 1) command_key(k.text[0]);
    return;
  case key_code::left: return edit.left();
  case key_code::right: return edit.right();
  case key_code::up: return edit.up(width);
  case key_code::down: return edit.down(width);
  case key_code::home: return edit.to_begin();
  case key_code::end: return edit.to_end();
  case key_code::text:
  case key_code::new_line:
    if (edit.chars() >= most_written)
      return tell(shown, "That is too long: at most 4,000 characters can be sent.", tone::bad);
    edit.insert(k.code == key_code::text ? k.text : "\n");
    return typed();
  case key_code::backspace: return edit.erase_back(), typed();
  case key_code::del: return edit.erase_here(), typed();
  default: return;
  }
}

/// The draft is kept by the engine after a pause, and the customer sees that somebody types.
void desk::typed() {
  auto t = find(shown);
  if (!t || t->noting || !(mine(shown) || guest(shown))) return;
  if (mine(shown)) t->drafted_ms = now_ms;
  if (t->draft.empty() || now_ms - t->typed_ms < typing_pause) return;
  t->typed_ms = now_ms;
  seat_request q;
  q.conversation = shown, q.name = me.name;
  ask("typing", q);
}

void desk::send_draft() {
  auto& t = talks[shown];
  auto& edit = t.noting ? t.note : t.draft;
  if (edit.blank()) return;
  if (!mine(shown) && !taking(shown) && !guest(shown))
    return tell(shown, "It is not yours any more, so this cannot be sent. It stays here.", tone::bad);
  if (edit.chars() > most_said)
    return tell(shown, std::to_string(edit.chars()) + " characters, and at most 4,000 can be sent: shorten it.",
                tone::bad);
  seat_request q;
  q.conversation = shown, q.text = edit.text();
  if (!t.noting) q.for_ms = who.undo_ms;
  change(t.noting ? "note" : "say", q, taking(shown));
  edit.clear();
  t.back = 0;
  if (t.noting) return void(t.noting = false);
  t.inserted.reset();
  if (!t.kept_draft.empty()) t.drafted_ms = now_ms;
}

void desk::insert_knowledge() {
  auto& t = talks[shown];
  auto& hits = t.knowledge.hits;
  if (t.looking) return tell(shown, "One moment: the articles are looked up.");
  if (t.noting || hits.empty()) return tell(shown, "The articles say nothing about the last message.");
  if (!t.customer_spoke_last()) return tell(shown, "It is answered already. ^K shows what the articles said.");
  auto text = t.draft.text();
  size_t which = 0;
  if (t.inserted && text.ends_with(t.inserted_text)) { // again: the next one in its place
    text.resize(text.size() - t.inserted_text.size());
    which = (*t.inserted + 1) % hits.size();
  } else if (!t.draft.blank() && text.back() != '\n') {
    text += '\n';
  }
  t.draft.set(text + hits[which].found.text);
  t.inserted = which, t.inserted_text = t.draft.text().substr(text.size());
  typed();
}

void desk::undo() {
  auto of_this = [&](const pending& p) { return p.verb == "say" && p.ask.conversation == shown; };
  auto last = std::find_if(sent.rbegin(), sent.rend(), of_this);
  auto& t = talks[shown];
  if (last != sent.rend() && last->waiting) { // it has not left yet
    auto text = last->ask.text;
    sent.erase(std::next(last).base());
    return t.draft.set(text + t.draft.text());
  }
  seat_request q;
  q.conversation = shown;
  q.of = last != sent.rend() ? last->ask.id : t.held_id;
  if (q.of.empty()) return tell(shown, "Nothing to take back: the customer has it.");
  change("undo", q);
}

void desk::toggle_sleep() {
  if (!held(shown)->until_ms) return ask_for(snoozes(now_ms));
  seat_request q;
  q.conversation = shown;
  change("snooze", q); // without a time: awake
}

void desk::open_texts() {
  palette p;
  p.what = choice::text, p.title = "Texts", p.waits = true;
  ask_for(std::move(p));
  seat_request q;
  q.conversation = shown, q.name = me.name;
  ask("texts", q);
}

void desk::open_knowledge() {
  palette p;
  p.what = choice::knowledge, p.title = "What the articles say";
  for (auto& h : talks[shown].knowledge.hits)
    p.items.push_back(
        {h.found.title, (h.found.heading.empty() ? "" : h.found.heading + ": ") + h.found.text, h.found.text, 0});
  ask_for(std::move(p));
}

void desk::open_passes() {
  palette p;
  p.what = choice::pass, p.title = "Pass it on to";
  for (auto& s : queue.seats)
    if (s.seat != who.seat && s.is == presence::available)
      p.items.push_back({s.seat, s.name + ", " + std::to_string(s.free) + " free", "seat:" + s.seat, 0});
  for (auto& q : me.queues) p.items.push_back({"queue " + q, "whoever comes first", "queue:" + q, 0});
  p.free = "a person by name";
  ask_for(std::move(p));
}

/// Drafts that are not kept yet are, first.
void desk::go() {
  for (auto& [c, t] : talks)
    if (t.drafted_ms) t.drafted_ms = 1;
  keep_drafts();
  out_.push_back(leave{});
}

void desk::palette_key(const key& k) {
  auto& p = *open;
  palette::item item;
  switch (k.code) {
  case key_code::escape: return open.reset();
  case key_code::enter: {
    if (p.what == choice::search) return search_enter();
    if (p.reading || !p.chosen(item)) return p.reading ? open.reset() : void();
    auto was = std::move(p);
    open.reset();
    return choose(was, item);
  }
  case key_code::up: return p.move(-1);
  case key_code::down:
  case key_code::tab: return p.move(1);
  case key_code::page_up: return p.move(-10);
  case key_code::page_down: return p.move(10);
  case key_code::backspace: return p.filter.erase_back(), p.narrowed();
  case key_code::text:
    if (p.reading) return k.text == "q" || k.text == "?" ? open.reset() : void();
    if (p.filter.chars() < (p.what == choice::search ? 200U : 40U)) p.filter.insert(k.text), p.narrowed();
    return;
  default: return;
  }
}

void desk::choose(const palette& p, const palette::item& i) {
  seat_request q;
  q.conversation = shown;
  switch (p.what) {
  case choice::text:
  case choice::knowledge: {
    auto& t = talks[shown];
    t.noting = false, at = focus::writing;
    t.draft.insert(i.value);
    return typed();
  }
  case choice::pass: {
    auto named = [&](std::string_view kind) { return i.value.rfind(kind, 0) == 0; };
    if (named("seat:"))
      q.seat = i.value.substr(5);
    else if (named("queue:"))
      q.queue = i.value.substr(6);
    else
      q.seat = i.value;
    return (void)change("pass", q);
  }
  case choice::code: return q.code = i.value, (void)change("close", q);
  case choice::snooze: return q.for_ms = i.number, (void)change("snooze", q);
  case choice::block: return (void)change("block", q);
  case choice::unblock: return (void)change("unblock", q);
  case choice::take_over: return (void)change("take_over", q);
  case choice::back: return (void)change("back", q);
  case choice::away: return q.conversation = {}, q.reason = i.value, (void)change("away", q);
  case choice::home: return q.conversation = {}, q.reason = i.value, (void)change("home", q);
  case choice::leave: return go();
  case choice::customer:
  case choice::search:
  case choice::help: return;
  }
}

} // namespace steward::seat_ui
