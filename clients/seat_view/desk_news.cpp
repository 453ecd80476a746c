// What the engine answers, and what time does. Lines of the feed: desk_feed.cpp.
#include "clients/seat_view/desk.hpp"

#include <algorithm>

namespace steward::seat_ui {
namespace {

constexpr int64_t queue_every = 3000, me_every = 15'000; // without a word that something changed
constexpr int64_t answer_within = 10'000;                // then it is asked for again
constexpr int64_t draft_pause = 1500, again_after = 500; //
constexpr int64_t outcome_within = 30'000;               // of what the log has
constexpr int64_t typing_shown = 5000;
constexpr size_t most_talks = 100, most_knowledge = 3;

bool passes(const problem& p) { // it is sent again
  auto code = errc_from(p.code);
  return code == errc::unavailable || code == errc::timeout || code == errc::overloaded || code == errc::stopping;
}

/// Verbs of which no line of the feed tells.
bool is_silent(const std::string& verb) { return verb == "draft" || verb == "decline"; }

} // namespace

void desk::on(const resized& r) { width = std::max(1, r.width), height = std::max(1, r.height); }

void desk::on(const tick& t) {
  now_ms = t.now_ms;
  offers.erase(std::remove_if(offers.begin(), offers.end(), [&](auto& o) { return o.until_ms + 5000 < now_ms; }),
               offers.end());
  send_again();
  keep_drafts();
  if (now_ms >= next_me_ms_) {
    me_asked_ = false, read_me();
    if (!shown.empty() && !mine(shown)) read(shown); // of one's own the feed tells
  }
  if (now_ms >= next_queue_ms_) queue_asked_ = false, read_queue();
}

void desk::send_again() {
  for (auto& p : sent) {
    if (p.again_ms == 0 || p.again_ms > now_ms || line != link::connected) continue;
    p.again_ms = 0;
    out_.push_back(request{p.verb, p.ask});
  }
  auto late = [&](const pending& p) { return p.accepted && now_ms - p.since_ms > outcome_within; };
  for (auto& p : sent)
    if (late(p)) tell(p.ask.conversation, "It was accepted, but what came of it is not known yet.", tone::warn);
  sent.erase(std::remove_if(sent.begin(), sent.end(), late), sent.end());
}

void desk::on(const link_changed& l) {
  auto back = line != link::connected && l.is == link::connected;
  line = l.is, line_says = l.why;
  if (!back) return;
  me_asked_ = queue_asked_ = false;
  read_me(), read_queue();
  for (auto& [c, t] : talks) t.reading = false;
  if (!shown.empty()) read(shown);
  for (auto& p : sent)
    if (!p.accepted && !p.waiting) p.again_ms = now_ms;
}

void desk::read_me() {
  next_me_ms_ = now_ms + me_every;
  if (me_asked_) return void(me_changed_ = true);
  me_asked_ = true, me_changed_ = false;
  ask("me", {});
}
void desk::read_queue() {
  next_queue_ms_ = now_ms + (queue_asked_ ? answer_within : queue_every);
  if (queue_asked_) return;
  queue_asked_ = true;
  next_queue_ms_ = now_ms + answer_within;
  seat_request q;
  q.limit = 50;
  if (!me.queues.empty()) q.queue = me.queues.front();
  ask("queue", q);
}
void desk::read(const entity_id& c) {
  auto& t = talks[c];
  if (t.reading) return void(t.more = true);
  t.reading = true, t.more = false, t.asked_ms = now_ms;
  seat_request q;
  q.conversation = c, q.from = t.next;
  ask("read", q);
}

void desk::on(const acked& a) {
  auto p = std::find_if(sent.begin(), sent.end(), [&](auto& x) { return x.ask.id == a.id; });
  if (p == sent.end()) return;
  if (a.ack.ok) {
    p->accepted = true, p->again_ms = 0;
    if (is_silent(p->verb)) sent.erase(p);
    return;
  }
  if (passes(a.ack.error)) return void(p->again_ms = now_ms + std::max(again_after, a.ack.retry_after_ms));
  auto was = std::move(*p);
  sent.erase(p);
  if (!is_silent(was.verb)) give_back(was, a.ack.error.message);
}

void desk::on(const got_me& g) {
  me_asked_ = false;
  if (!g.view.error.empty()) {
    if (!passes(g.view.error)) tell(g.view.error.message, tone::bad);
    return void(next_me_ms_ = now_ms + again_after);
  }
  if (me_changed_) return read_me();
  auto first = !known;
  me = g.view, known = true;
  for (auto& h : me.held) {
    auto fresh = !talks.contains(h.conversation);
    auto& t = talks[h.conversation];
    if ((fresh || first) && t.draft.empty() && !h.draft.empty()) t.draft.set(h.draft), t.kept_draft = h.draft;
    if (fresh) read(h.conversation);
  }
  if (first) read_queue();
  rows_changed();
  forget_talks();
}

void desk::on(const got_queue& g) {
  queue_asked_ = false;
  next_queue_ms_ = now_ms + queue_every;
  if (!g.view.error.empty()) {
    if (!passes(g.view.error)) tell(g.view.error.message, tone::bad);
    return;
  }
  auto awake =
      static_cast<size_t>(std::count_if(me.held.begin(), me.held.end(), [](auto& h) { return h.until_ms == 0; }));
  if (queue.waiting == 0 && g.view.waiting > 0 && g.view.mode == "pick" && me.is == presence::available &&
      awake < me.capacity)
    out_.push_back(ring{});
  queue = g.view;
  rows_changed();
}

/// A row that was marked may be gone.
void desk::rows_changed() {
  if (!picked_) return;
  for (auto& r : rows())
    if (r.conversation == *picked_) return;
  if (taking(*picked_)) return;
  auto gone = *picked_;
  auto t = talk_of(gone);
  if (gone == shown && t && !t->draft.blank()) return; // what was written stays in sight
  picked_.reset();
  if (shown != gone) return;
  at = focus::list;
  show({});
  if (says.text.empty()) tell(name_of(gone) + " waits no more.");
}

void desk::on(const got_read& g) {
  auto& t = talks[g.conversation];
  t.reading = false;
  if (!g.view.error.empty()) {
    if (!passes(g.view.error)) tell(g.conversation, g.view.error.message, tone::bad);
    if (passes(g.view.error) && line == link::connected) t.more = true;
    return;
  }
  t.row = g.view.row, t.notes = g.view.notes;
  constexpr size_t may_be_cut = 25; // a message of the engine holds as many of the longest texts
  auto known = t.next;
  if (g.view.items.size() >= may_be_cut && g.view.items.back().seq >= known) t.more = true;
  for (auto& i : g.view.items) {
    if (i.seq < t.next) continue;
    t.items.push_back(i);
    t.next = i.seq + 1;
  }
  if (t.items.size() > most_items) t.items.erase(t.items.begin(), t.items.end() - most_items);
  if (t.more) read(g.conversation);
  if (g.conversation == shown || mine(g.conversation)) ask_knowledge(g.conversation);
}

void desk::ask_knowledge(const entity_id& c) {
  auto& t = talks[c];
  if (!mine(c) || !t.customer_spoke_last()) return;
  auto last = std::find_if(t.items.rbegin(), t.items.rend(), [](auto& i) { return i.by == speaker::customer; });
  if (last == t.items.rend() || last->seq == t.asked_seq) return;
  t.asked_seq = last->seq, t.looking = true;
  t.knowledge = {}, t.inserted.reset();
  seat_request q;
  q.conversation = c, q.text = last->text, q.limit = most_knowledge;
  if (!t.row.language.empty()) q.languages = {t.row.language};
  ask("suggest", q);
}

void desk::on(const got_knowledge& g) {
  auto t = find(g.conversation);
  if (!t) return;
  t->looking = false;
  if (g.view.error.empty()) t->knowledge = g.view;
}

void desk::on(const got_texts& g) {
  if (!open || open->what != choice::text || g.conversation != shown) return;
  open->waits = false;
  if (!g.view.error.empty()) return tell(shown, g.view.error.message, tone::bad);
  for (auto& [name, text] : g.view.texts) open->items.push_back({name, text, text, 0});
}

void desk::on(const got_customer& g) {
  if (!open || open->what != choice::customer || g.conversation != shown) return;
  open->waits = false;
  if (!g.view.error.empty()) open->items.push_back({g.view.error.message, "", "", 0});
  for (auto i = g.view.items.rbegin(); i != g.view.items.rend(); ++i)
    open->items.push_back({i->kind, i->text, i->id, i->time_ms});
}

void desk::on(const typing_came& n) {
  auto t = find(n.conversation);
  if (t && n.note.by == speaker::customer) t->typing_until_ms = now_ms + typing_shown;
}

void desk::on(const nudged& n) {
  if (find(n.conversation)) read(n.conversation);
}

void desk::keep_drafts() {
  if (line != link::connected) return;
  for (auto& [c, t] : talks) {
    if (t.reading && now_ms - t.asked_ms > answer_within) t.reading = false, t.more = true;
    if (t.more && !t.reading) read(c);
    if (!t.drafted_ms || now_ms - t.drafted_ms < draft_pause || !mine(c)) continue;
    t.drafted_ms = 0;
    if (t.draft.text() == t.kept_draft || t.draft.chars() > most_said) continue;
    t.kept_draft = t.draft.text();
    seat_request q;
    q.conversation = c, q.text = t.kept_draft;
    change("draft", q);
  }
}

void desk::forget_talks() {
  if (talks.size() <= most_talks) return;
  std::erase_if(talks, [&](auto& x) {
    auto asked = std::any_of(sent.begin(), sent.end(), [&](auto& p) { return p.ask.conversation == x.first; });
    return !mine(x.first) && !guest(x.first) && x.first != looked && x.first != shown && x.second.draft.blank() &&
           x.second.note.blank() && !asked;
  });
}

} // namespace steward::seat_ui
