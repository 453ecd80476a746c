// Messages: commands join, available, away, home, lost (its heartbeats stopped), draft, snooze; from queues offer,
// missed, withdrawn, lost, refused, take (are you there?); from conversations began, void, message, said, held, undone,
// noted, joined, left, unblocked, ended, refused; timers "gone" and "wake". Says: seat (its state, to its queues),
// requeue (to a conversation). A decision works on a copy of the state, folding each event.
#include "actors/seat/seat_model.hpp"

#include "actors/entity/data_model.hpp"

#include "messages/codec_impl.hpp"
#include "messages/forget.hpp"

#include <algorithm>

STEWARD_CODEC(steward::seat_data)
STEWARD_CODEC(steward::seat_change)

namespace steward {
namespace {

namespace event {
constexpr const char* signed_ = "signed"; // came, went, changed
constexpr const char* holds = "holds";
constexpr const char* freed = "freed";
constexpr const char* counted = "counted";
constexpr const char* drafted = "drafted";
constexpr const char* slept = "slept"; // or woke: a conversation that it holds
constexpr const char* missed = "missed";
constexpr const char* item = "item";
} // namespace event

constexpr const char* gone_timer = "gone";
constexpr const char* wake_timer = "wake";

std::string beginning(const std::string& s, size_t most) {
  if (s.size() <= most) return s;
  while (most > 0 && (static_cast<unsigned char>(s[most]) & 0xC0) == 0x80) --most;
  return s.substr(0, most) + "…";
}

void fold_seat(seat_data& s, const event_entry& e) {
  if (e.name == event::item) {
    if (auto i = decode<feed_item>(e.body.data)) s.feed_seq = i->seq;
    return;
  }
  auto c = decode<seat_change>(e.body.data);
  if (!c) return;
  auto held =
      std::find_if(s.held.begin(), s.held.end(), [&](auto& h) { return h.conversation == c->held.conversation; });
  if (e.name == event::signed_) {
    auto& n = c->now;
    s.seat = n.seat, s.name = n.name, s.is = n.is, s.reason = n.reason, s.capacity = n.capacity;
    s.without_beat = n.without_beat, s.skills = n.skills, s.languages = n.languages, s.active = n.active;
    s.misses = n.misses, s.lost_ms = n.lost_ms;
  } else if (e.name == event::holds) {
    if (held == s.held.end()) s.held.push_back(c->held);
    s.misses = 0;
  } else if (e.name == event::freed) {
    if (held != s.held.end()) s.held.erase(held);
  } else if (e.name == event::drafted) {
    if (held != s.held.end()) held->draft = c->held.draft;
  } else if (e.name == event::slept) {
    if (held != s.held.end()) held->until_ms = c->held.until_ms;
  } else if (e.name == event::missed) {
    s.misses = c->misses;
  } else if (e.name == event::counted) {
    auto q = std::find_if(s.queues.begin(), s.queues.end(), [&](auto& x) { return x.queue == c->queue; });
    if (q == s.queues.end()) q = s.queues.insert(q, seat_queue{c->queue, 0});
    ++q->heard;
  }
}

class decider {
public:
  decider(const seat_data& now, const decide_context& c)
      : s_(now)
      , c_(c) {}

  void join(const seat_command& m) {
    auto n = s_;
    auto& a = m.ask;
    n.seat = m.seat;
    n.name = a.name.empty() ? (n.name.empty() ? m.seat : n.name) : a.name;
    if (a.capacity) n.capacity = std::min(a.capacity, seat_limits::most_capacity);
    if (!n.capacity) n.capacity = seat_limits::capacity;
    n.without_beat = a.without_beat;
    n.skills = a.skills, n.languages = a.languages;
    n.active = a.queues.empty() ? std::vector<std::string>{c_.tenant.first_queue} : a.queues;
    n.is = presence::available, n.reason.clear(), n.misses = 0;
    for (auto& q : s_.active) // those that it does not work for any more
      if (std::find(n.active.begin(), n.active.end(), q) == n.active.end()) tell_queue(q, presence::home);
    sign(std::move(n), m.ask.id);
  }

  void come(const seat_command& m) {
    if (s_.seat.empty()) return; // never joined
    auto n = s_;
    n.is = presence::available, n.reason.clear(), n.misses = 0;
    sign(std::move(n), m.ask.id);
  }

  void away(const std::string& reason, const std::string& id) {
    if (s_.is == presence::home) return;
    auto n = s_;
    if (n.is != presence::leaving) n.is = presence::away;
    n.reason = reason.empty() ? "away" : reason;
    sign(std::move(n), id);
  }

  void home(const seat_command& m) {
    if (s_.is == presence::home) return;
    auto n = s_;
    n.reason = m.ask.reason;
    if (m.ask.reason == "now") hand_back_all("seat_went_home");
    n.is = s_.held.empty() ? presence::home : presence::leaving;
    sign(std::move(n), m.ask.id);
  }

  void lost() {
    if (s_.is == presence::home || s_.without_beat || s_.reason == "lost") return;
    away("lost", {});
  }

  void gone() {
    if (s_.reason != "lost" || (s_.lost_ms && c_.message.accepted_ms < s_.lost_ms + seat_limits::lost_for_ms)) return;
    hand_back_all("seat_lost");
    auto n = s_;
    n.is = presence::home;
    sign(std::move(n), {});
  }

  void draft(const seat_command& m) {
    seat_change x;
    x.held.conversation = m.ask.conversation, x.held.draft = beginning(m.ask.text, seat_limits::draft_bytes);
    emit(event::drafted, x);
  }

  /// Who they are with stays: each conversation says itself that it has ended.
  void forget(const forget_command& f) {
    for (auto& h : std::vector(s_.held)) {
      if (h.draft.empty() || !f.names(h.conversation)) continue;
      seat_change x;
      x.held.conversation = h.conversation;
      emit(event::drafted, x);
    }
  }

  /// It takes no room until then, or until its customer writes. Again, with no time: it wakes.
  void snooze(const seat_command& m) {
    auto h = find(m.ask.conversation);
    if (!h) {
      duty_note n;
      n.ticket.conversation = m.ask.conversation, n.id = m.ask.id, n.reason = "not with this seat";
      return item(item_of("refused", n));
    }
    if (m.ask.for_ms <= 0) return wake(m.ask.conversation, m.ask.id);
    seat_change x;
    x.held.conversation = m.ask.conversation;
    x.held.until_ms = c_.now_ms + std::min(m.ask.for_ms, seat_limits::longest_sleep_ms);
    emit(event::slept, x);
    duty_note n;
    n.ticket.conversation = m.ask.conversation, n.id = m.ask.id, n.text = m.ask.reason;
    auto i = item_of("snoozed", n);
    i.until_ms = x.held.until_ms;
    item(std::move(i));
    tell_queues();
  }

  void wake_due() {
    std::vector<entity_id> due;
    for (auto& h : s_.held)
      if (h.until_ms && h.until_ms <= std::max(c_.now_ms, c_.message.accepted_ms)) due.push_back(h.conversation);
    for (auto& c : due) wake(c, {});
  }

  void wake(const entity_id& conversation, const std::string& id) {
    seat_change x;
    x.held.conversation = conversation;
    emit(event::slept, x);
    duty_note n;
    n.ticket.conversation = conversation, n.id = id;
    item(item_of("woke", n));
    tell_queues();
  }

  void from_queue(const std::string& topic, const duty_note& n) {
    feed_item i = item_of(topic, n);
    if (topic == "offer") i.until_ms = n.until_ms;
    if (!n.seat.empty() && topic == "lost") i.name = n.seat;
    item(std::move(i));
    if (topic != "missed" || s_.is != presence::available) return;
    seat_change x;
    x.misses = s_.misses + 1;
    emit(event::missed, x);
    auto q = c_.tenant.queues.find(n.queue);
    if (s_.misses >= (q == c_.tenant.queues.end() ? queue_config{} : q->second).misses) away("missed", {});
  }

  /// A queue that does not know this seat to be there passes its person's take on: the seat tells how it is, and
  /// reaches again behind that.
  void reach(const duty_note& n) {
    auto works = std::find(s_.active.begin(), s_.active.end(), n.queue) != s_.active.end();
    if (s_.is != presence::available || !works) {
      auto i = item_of("refused", n);
      i.text = "not available in this queue";
      return item(std::move(i));
    }
    tell_queue(n.queue, s_.is);
    auto again = n;
    again.seat = s_.seat;
    d_.replies.push_back({out_kind::entity, {}, queue_id(c_.message.tenant, n.queue), "take", {encode(again)}});
  }

  void began(const duty_note& n) {
    if (!n.queue.empty()) { // won in a queue, not opened again
      seat_change count;
      count.queue = n.queue;
      emit(event::counted, count);
    }
    if (s_.is == presence::home) return requeue(n.ticket.conversation, "seat_went_home"), tell_queues();
    seat_change x;
    x.held = {n.ticket.conversation, c_.now_ms, n.queue, {}};
    emit(event::holds, x);
    item(item_of("began", n));
    tell_queues();
  }

  void void_gift(const duty_note& n) {
    seat_change count;
    count.queue = n.queue;
    emit(event::counted, count);
    item(item_of("gone", n));
    tell_queues();
  }

  void ended(const duty_note& n) {
    seat_change x;
    x.held.conversation = n.ticket.conversation;
    auto had = s_.held.size();
    emit(event::freed, x);
    item(item_of("ended", n));
    if (s_.held.size() == had) return;
    if (s_.is != presence::leaving || !s_.held.empty()) return tell_queues();
    auto now = s_;
    now.is = presence::home;
    sign(std::move(now), {});
  }

  void told(const std::string& topic, const duty_note& n) {
    if (auto h = find(n.ticket.conversation); h && h->until_ms && topic == "message") wake(h->conversation, {});
    auto i = item_of(topic, n);
    if (topic == "message") i.by = speaker::customer;
    if (topic == "said") i.by = speaker::person;
    if (topic == "held") i.until_ms = n.until_ms;
    if (topic == "undone") i.text = n.text; // whole: it is written anew from this
    item(std::move(i));
  }

  decision finish() {
    std::vector<timer> timers;
    if (s_.reason == "lost")
      timers.push_back({gone_timer, (s_.lost_ms ? s_.lost_ms : c_.now_ms) + seat_limits::lost_for_ms});
    int64_t wake = 0;
    for (auto& h : s_.held)
      if (h.until_ms && (wake == 0 || h.until_ms < wake)) wake = h.until_ms;
    if (wake) timers.push_back({wake_timer, wake});
    if (!d_.events.empty()) d_.timers = std::move(timers);
    return std::move(d_);
  }

private:
  const held_row* find(const entity_id& conversation) const {
    for (auto& h : s_.held)
      if (h.conversation == conversation) return &h;
    return nullptr;
  }
  void emit(const char* name, const seat_change& x) {
    d_.events.push_back({name, {encode(x)}});
    fold_seat(s_, d_.events.back());
  }
  void item(feed_item i) {
    i.seq = s_.feed_seq + 1;
    i.time_ms = c_.now_ms;
    d_.events.push_back({event::item, {encode(i)}});
    fold_seat(s_, d_.events.back());
  }
  static feed_item item_of(const std::string& topic, const duty_note& n) {
    feed_item i;
    i.by = speaker::system;
    i.kind = topic, i.conversation = n.ticket.conversation, i.queue = n.queue, i.in_reply_to = n.id, i.name = n.name;
    i.text = topic == "began" || topic == "joined" ? n.text
                                                   : beginning(!n.text.empty()     ? n.text
                                                               : !n.reason.empty() ? n.reason
                                                                                   : n.ticket.text,
                                                               seat_limits::text_bytes);
    return i;
  }

  void sign(seat_data n, const std::string& id) {
    seat_change x;
    n.held.clear(), n.queues.clear();
    n.lost_ms = n.reason != "lost" ? 0 : s_.reason == "lost" && s_.lost_ms ? s_.lost_ms : c_.now_ms;
    x.now = std::move(n);
    emit(event::signed_, x);
    feed_item i;
    i.by = speaker::system, i.kind = "signed", i.in_reply_to = id;
    i.text = std::string(to_string(s_.is)) + (s_.reason.empty() ? "" : ": " + s_.reason);
    item(std::move(i));
    tell_queues();
  }

  void tell_queues() {
    for (auto& q : s_.active) tell_queue(q, s_.is);
  }
  void tell_queue(const std::string& queue, presence is) {
    duty_note n;
    n.queue = queue;
    auto& t = n.state;
    t.seat = s_.seat, t.name = s_.name, t.is = is == presence::leaving ? presence::away : is;
    auto held =
        static_cast<uint32_t>(std::count_if(s_.held.begin(), s_.held.end(), [](auto& h) { return h.until_ms == 0; }));
    t.free = s_.capacity > held ? s_.capacity - held : 0;
    for (auto& q : s_.queues)
      if (q.queue == queue) t.heard = q.heard;
    t.skills = s_.skills, t.languages = s_.languages;
    d_.replies.push_back({out_kind::entity, {}, queue_id(c_.message.tenant, queue), "seat", {encode(n)}});
  }

  void requeue(const entity_id& conversation, const char* why) {
    duty_note n;
    n.seat = s_.seat, n.reason = why;
    d_.replies.push_back({out_kind::entity, {}, conversation, "requeue", {encode(n)}});
  }
  /// What they hold stays in `held` until each conversation says that it has ended.
  void hand_back_all(const char* why) {
    for (auto& h : s_.held) requeue(h.conversation, why);
  }

  seat_data s_;
  const decide_context& c_;
  decision d_;
};

bool is_one_of(const std::string& topic, std::initializer_list<std::string_view> all) {
  return std::find(all.begin(), all.end(), topic) != all.end();
}

class seat_model final : public data_model<seat_data> {
public:
  void apply(const event_entry& e) override { fold_seat(data_, e); }
  bool is_open() const override { return data_.is != presence::home || !data_.held.empty(); }

  decision decide(const decide_context& c) const override {
    decider d(data_, c);
    auto& m = c.message;
    if (auto f = read_forget(m)) {
      d.forget(*f);
    } else if (m.kind == in_kind::command) {
      auto ask = decode<seat_command>(m.body.data);
      if (!ask) return {};
      if (m.topic == "join") d.join(*ask);
      if (m.topic == "available") d.come(*ask);
      if (m.topic == "away") d.away(ask->ask.reason, ask->ask.id);
      if (m.topic == "home") d.home(*ask);
      if (m.topic == "lost") d.lost();
      if (m.topic == "draft") d.draft(*ask);
      if (m.topic == "snooze") d.snooze(*ask);
    } else if (m.kind == in_kind::timer) {
      if (m.topic == gone_timer) d.gone();
      if (m.topic == wake_timer) d.wake_due();
    } else if (m.kind == in_kind::entity) {
      auto n = decode<duty_note>(m.body.data);
      if (!n) return {};
      if (m.topic == "began")
        d.began(*n);
      else if (m.topic == "take")
        d.reach(*n);
      else if (m.topic == "void")
        d.void_gift(*n);
      else if (m.topic == "ended")
        d.ended(*n);
      else if (is_one_of(m.topic, {"message", "said", "held", "undone", "noted", "joined", "left", "unblocked"}))
        d.told(m.topic, *n);
      else if (is_one_of(m.topic, {"offer", "missed", "withdrawn", "lost", "refused"}))
        d.from_queue(m.topic, *n);
    }
    return d.finish();
  }
};

std::vector<feed_item> seat_feed(const turn_record& r) {
  std::vector<feed_item> out;
  for (auto& e : r.events)
    if (e.name == event::item)
      if (auto i = decode<feed_item>(e.body.data)) out.push_back(std::move(*i));
  return out;
}

} // namespace

entity_kind_definition seat_kind() {
  return {"seat",
          [](const tenant_id&, const entity_id&) { return std::unique_ptr<entity_model>(new seat_model); },
          seat_feed,
          {},
          {}};
}

} // namespace steward
