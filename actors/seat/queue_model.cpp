// Messages: wait, leave (a conversation), seat (a seat's state), take (a seat that was asked whether it is there),
// shelf (what lay there), accept/take/decline (a person's command), timer "offers". Says: given, place (conversation),
// offer, missed, withdrawn, lost, refused (seat), keep, give (shelf). A decision works on a copy of the state, folding
// each event as it is made.
#include "actors/seat/queue_model.hpp"

#include "actors/entity/data_model.hpp"

#include "actors/seat/routing_policy.hpp"
#include "messages/forget.hpp"

#include <algorithm>

namespace steward {
namespace {

constexpr const char* offers_timer = "offers";
constexpr int64_t fresh_ms = 60'000; // a wait that began longer ago has come back from a seat

queue_config config_of(const tenant_config& t, const std::string& queue) {
  auto i = t.queues.find(queue);
  return i == t.queues.end() ? queue_config{} : i->second;
}

/// One decision under way.
class decider {
public:
  decider(const queue_data& now, const decide_context& c)
      : q_(now)
      , c_(c) {}

  void wait(const duty_note& n) {
    drop_older(n.ticket.conversation);
    queue_change x;
    x.name = n.queue;
    x.entry.ticket = n.ticket;
    x.entry.number = q_.last_number + 1;
    if (x.entry.ticket.since_ms == 0) x.entry.ticket.since_ms = c_.now_ms;
    auto ahead = !q_.head.empty() && rank(x.entry.ticket) < rank(q_.head.back().ticket);
    x.back = ahead ? q_.head.size() >= queue_limits::head_most
                   : !q_.shelves.empty() || !q_.back.empty() || q_.head.size() >= queue_limits::head_fills;
    duty_note p;
    auto& t = x.entry.ticket;
    t.place = t.from_s = t.to_s = 0;
    p.number = place_for(t, x.back);
    if (std::none_of(q_.seats.begin(), q_.seats.end(), [](auto& s) { return s.is == presence::available; })) {
      p.reason = "nobody is on duty"; // and such a wait teaches nothing of others
    } else if (c_.now_ms - t.since_ms < fresh_ms) {
      t.place = static_cast<uint32_t>(p.number);
      if (auto r = wait_estimate(q_.waits, t.place)) {
        auto told = rounded(*r);
        t.from_s = told.from_s, t.to_s = told.to_s;
      }
    }
    emit(queue_event::queued, x);
    p.queue = q_.name, p.ticket = t;
    tell(n.ticket.conversation, "place", p);
  }

  void leave(const duty_note& n) {
    auto e = find(n.ticket.conversation);
    if (!e || e->ticket.wait > n.ticket.wait) return;
    drop_older(n.ticket.conversation);
  }

  void seat(const duty_note& n) {
    queue_change x;
    x.state = n.state;
    emit(queue_event::seated, x);
    if (n.state.is == presence::available) return;
    for (auto& e : offers_of(n.state.seat)) give_back(e, n.state.seat, false, false, "withdrawn");
  }

  /// `sure`: the seat itself says that it is there.
  void take(const seat_command& m, bool sure = false) {
    auto e = find(m.ask.conversation);
    if (!e) {
      auto past = std::find_if(q_.past.rbegin(), q_.past.rend(),
                               [h = hash64(m.ask.conversation.value)](auto& p) { return p.conversation == h; });
      auto winner = past == q_.past.rend() ? std::string{} : past->seat;
      if (winner == m.seat) return; // another device of this person
      return refuse(m, "lost", winner.empty() ? "it does not wait here any more" : "taken", winner);
    }
    auto s = find_seat(m.seat);
    if (!s || s->is != presence::available) {
      if (sure) return refuse(m, "refused", "not available in this queue", {});
      // It may have come a moment ago, and its word be on its way still: it tells, and reaches again.
      duty_note n;
      n.queue = q_.name, n.ticket.conversation = m.ask.conversation, n.id = m.ask.id;
      return tell_seat(m.seat, "take", n);
    }
    auto mine = e->offered == m.seat;
    if (!e->offered.empty() && !mine && e->until_ms > c_.now_ms) return refuse(m, "lost", "offered", e->offered);
    if (room_of(q_, *s) + (mine ? 1 : 0) < 1) return refuse(m, "refused", "no room: capacity is reached", {});
    if (!e->offered.empty() && !mine) give_back(*e, e->offered, true, false, "missed");
    auto ticket = find(m.ask.conversation)->ticket;
    queue_change x;
    x.conversation = ticket.conversation, x.seat = m.seat, x.time_ms = c_.now_ms;
    duty_note g;
    g.queue = q_.name, g.ticket = ticket, g.seat = m.seat, g.name = s->name, g.id = m.ask.id;
    emit(queue_event::given, x);
    tell(ticket.conversation, "given", g);
  }

  void decline(const seat_command& m) {
    if (auto e = find(m.ask.conversation); e && e->offered == m.seat) give_back(*e, m.seat, false, true, "withdrawn");
  }

  void offers_end() {
    std::vector<queue_entry> late;
    for (auto& e : q_.head)
      if (!e.offered.empty() && e.until_ms <= c_.now_ms) late.push_back(e);
    for (auto& e : late) give_back(e, e.offered, true, false, "missed");
  }

  void forget(const forget_command& f) {
    for (auto& c : f.of)
      if (auto e = find(c); e && !e->ticket.text.empty()) {
        queue_change x;
        x.conversation = c;
        emit(queue_event::blanked, x);
      }
  }

  void shelf_came(const duty_note& n) {
    auto known = std::any_of(q_.shelves.begin(), q_.shelves.end(), [&](auto& s) { return s.number == n.number; });
    if (!known) return;
    queue_change x;
    x.shelf.number = n.number;
    x.tickets = n.tickets;
    emit(queue_event::fetched, x);
  }

  decision finish() {
    if (config_of(c_.tenant, q_.name).mode == queue_mode::offer) assign();
    balance();
    std::vector<timer> timers;
    for (auto& e : q_.head)
      if (!e.offered.empty() && (timers.empty() || e.until_ms < timers[0].due_ms))
        timers = {{offers_timer, e.until_ms}};
    d_.timers = std::move(timers);
    return std::move(d_);
  }

private:
  static int64_t rank(const wait_ticket& t) { return urgency(t.since_ms, t.priority); }

  void emit(const char* name, const queue_change& x) {
    d_.events.push_back({name, {encode(x)}});
    fold_queue(q_, d_.events.back());
  }
  void tell(const entity_id& whom, std::string topic, const duty_note& n) {
    d_.replies.push_back({out_kind::entity, {}, whom, std::move(topic), {encode(n)}});
  }
  void tell_seat(const std::string& seat, std::string topic, const duty_note& n) {
    tell(seat_id(c_.message.tenant, seat), std::move(topic), n);
  }

  std::optional<queue_entry> find(const entity_id& c) const {
    for (auto list : {&q_.head, &q_.back})
      for (auto& e : *list)
        if (e.ticket.conversation == c) return e;
    return std::nullopt;
  }
  std::optional<queue_seat> find_seat(const std::string& name) const {
    for (auto& s : q_.seats)
      if (s.seat == name) return s;
    return std::nullopt;
  }
  std::vector<queue_entry> offers_of(const std::string& seat) const {
    std::vector<queue_entry> out;
    for (auto& e : q_.head)
      if (e.offered == seat) out.push_back(e);
    return out;
  }
  /// Which place one gets who comes now.
  uint64_t place_for(const wait_ticket& t, bool back) const {
    auto before = [&](auto& list) {
      return static_cast<uint64_t>(
          std::count_if(list.begin(), list.end(), [&](auto& e) { return rank(e.ticket) <= rank(t); }));
    };
    if (!back) return 1 + before(q_.head);
    uint64_t n = 1 + q_.head.size() + before(q_.back);
    for (auto& s : q_.shelves) n += s.count;
    return n;
  }

  void refuse(const seat_command& m, const char* topic, std::string why, std::string winner) {
    duty_note n;
    n.queue = q_.name, n.ticket.conversation = m.ask.conversation, n.reason = std::move(why), n.id = m.ask.id;
    n.seat = std::move(winner);
    tell_seat(m.seat, topic, n);
  }

  void drop_older(const entity_id& conversation) {
    auto e = find(conversation);
    if (!e) return;
    queue_change x;
    x.conversation = conversation;
    if (!e->offered.empty()) {
      duty_note n;
      n.queue = q_.name, n.ticket = e->ticket, n.reason = "the conversation does not wait any more";
      tell_seat(e->offered, "withdrawn", n);
    }
    emit(queue_event::left, x);
  }

  void give_back(const queue_entry& e, const std::string& seat, bool missed, bool declined, const char* topic) {
    queue_change x;
    x.conversation = e.ticket.conversation, x.seat = seat, x.missed = missed, x.declined = declined;
    duty_note n;
    n.queue = q_.name, n.ticket = e.ticket;
    if (declined) n.reason = "declined";
    emit(queue_event::returned, x);
    if (auto s = find_seat(seat)) n.number = s->misses;
    tell_seat(seat, topic, n);
  }

  std::vector<route_seat> seats() const {
    std::vector<route_seat> out;
    for (auto& s : q_.seats)
      if (s.is == presence::available) out.push_back({s.seat, room_of(q_, s), s.given_ms, s.skills, s.languages});
    return out;
  }

  void assign() {
    auto on_duty = seats();
    if (std::none_of(on_duty.begin(), on_duty.end(), [](auto& s) { return s.free > 0; })) return;
    std::vector<route_wait> waits;
    std::vector<size_t> at;
    for (size_t i = 0; i < q_.head.size(); ++i) {
      auto& e = q_.head[i];
      if (!e.offered.empty()) continue;
      auto& t = e.ticket;
      waits.push_back({t.since_ms, t.priority, t.skill, t.language, t.wanted, e.tried, e.declined});
      at.push_back(i);
    }
    auto until = c_.now_ms + 1000 * static_cast<int64_t>(config_of(c_.tenant, q_.name).offer_s);
    for (auto& choice : route(waits, on_duty, c_.now_ms, queue_limits::offers)) {
      queue_change x;
      auto ticket = q_.head[at[choice.wait]].ticket;
      x.conversation = ticket.conversation, x.seat = on_duty[choice.seat].seat, x.time_ms = until;
      emit(queue_event::offered, x);
      duty_note n;
      n.queue = q_.name, n.ticket = ticket, n.until_ms = until, n.text = choice.why;
      tell_seat(x.seat, "offer", n);
    }
  }

  /// Can one with room serve somebody who needs this?
  bool served(const std::vector<route_seat>& free, const std::string& need) const {
    auto slash = need.rfind('/');
    return std::any_of(free.begin(), free.end(),
                       [&](auto& s) { return serves(s, need.substr(0, slash), need.substr(slash + 1)); });
  }

  void shelve(const std::vector<queue_entry>& entries, bool back) {
    queue_change x;
    x.back = back;
    x.shelf.number = q_.last_shelf + 1;
    x.shelf.count = static_cast<uint32_t>(entries.size());
    duty_note n;
    n.queue = q_.name, n.number = x.shelf.number, n.from = c_.message.entity;
    for (auto& e : entries) {
      x.numbers.push_back(e.number);
      n.tickets.push_back(e.ticket);
      if (auto need = need_of(e.ticket);
          std::find(x.shelf.needs.begin(), x.shelf.needs.end(), need) == x.shelf.needs.end())
        x.shelf.needs.push_back(std::move(need));
    }
    emit(queue_event::shelved, x);
    tell(shelf_id(c_.message.entity, n.number), "keep", n);
  }

  void fetch(const shelf_row& s) {
    queue_change x;
    x.shelf = s;
    duty_note n;
    n.number = s.number, n.from = c_.message.entity;
    emit(queue_event::asked, x);
    tell(shelf_id(c_.message.entity, n.number), "give", n);
  }

  void move(std::vector<uint64_t> numbers) {
    queue_change x;
    x.numbers = std::move(numbers);
    if (!x.numbers.empty()) emit(queue_event::moved, x);
  }

  /// Keeps the head filled and the rest on shelves; brings to the head what a seat with room could serve.
  void balance() {
    if (q_.back.size() >= queue_limits::shelf) shelve({q_.back.begin(), q_.back.begin() + queue_limits::shelf}, true);
    std::vector<route_seat> free = seats();
    std::erase_if(free, [](auto& s) { return s.free < 1; });
    if (q_.head.size() > queue_limits::head_most) {
      std::vector<queue_entry> out;
      for (auto i = q_.head.rbegin(); i != q_.head.rend() && out.size() < queue_limits::shelf; ++i)
        if (i->offered.empty() && !served(free, need_of(i->ticket))) out.push_back(*i);
      std::reverse(out.begin(), out.end());
      if (!out.empty()) shelve(out, false);
    }
    if (q_.head.size() < queue_limits::head_low && q_.shelves.empty() && !q_.back.empty()) {
      std::vector<uint64_t> all;
      for (auto& e : q_.back) all.push_back(e.number);
      move(std::move(all));
    }
    if (q_.fetching) return;
    if (q_.head.size() < queue_limits::head_low && !q_.shelves.empty()) return fetch(q_.shelves.front());
    if (free.empty() || q_.head.size() > queue_limits::head_most) return;
    for (auto& e : q_.head)
      if (e.offered.empty() && served(free, need_of(e.ticket))) return; // enough to do
    for (auto& s : q_.shelves)
      if (std::any_of(s.needs.begin(), s.needs.end(), [&](auto& n) { return served(free, n); })) return fetch(s);
    std::vector<uint64_t> wanted;
    for (auto& e : q_.back)
      if (served(free, need_of(e.ticket))) wanted.push_back(e.number);
    move(std::move(wanted));
  }

  queue_data q_;
  const decide_context& c_;
  decision d_;
};

class queue_model final : public data_model<queue_data> {
public:
  void apply(const event_entry& e) override { fold_queue(data_, e); }
  bool is_open() const override { return !data_.head.empty() || !data_.seats.empty(); }

  decision decide(const decide_context& c) const override {
    decider d(data_, c);
    auto& m = c.message;
    if (auto f = read_forget(m)) {
      d.forget(*f);
    } else if (m.kind == in_kind::command) {
      auto ask = decode<seat_command>(m.body.data);
      if (!ask) return {};
      if (m.topic == "accept" || m.topic == "take")
        d.take(*ask);
      else if (m.topic == "decline")
        d.decline(*ask);
    } else if (m.kind == in_kind::timer) {
      d.offers_end();
    } else if (m.kind == in_kind::entity) {
      auto n = decode<duty_note>(m.body.data);
      if (!n) return {};
      if (m.topic == "wait")
        d.wait(*n);
      else if (m.topic == "leave")
        d.leave(*n);
      else if (m.topic == "seat")
        d.seat(*n);
      else if (m.topic == "take")
        d.take(seat_command{n->seat, {.id = n->id, .conversation = n->ticket.conversation}}, true);
      else if (m.topic == "shelf")
        d.shelf_came(*n);
    }
    return d.finish();
  }
};

class shelf_model final : public data_model<shelf_data> {
public:
  void apply(const event_entry& e) override {
    if (e.name == "given") return void(data_ = {});
    if (auto d = decode<shelf_data>(e.body.data)) data_ = std::move(*d);
  }
  bool is_open() const override { return !data_.tickets.empty(); }

  decision decide(const decide_context& c) const override {
    decision d;
    if (auto f = read_forget(c.message)) {
      auto left = data_;
      for (auto& t : left.tickets)
        if (f->names(t.conversation)) t.text.clear();
      if (!left.tickets.empty()) d.events.push_back({"kept", {encode(left)}});
      return d;
    }
    auto n = decode<duty_note>(c.message.body.data);
    if (!n || c.message.kind != in_kind::entity) return d;
    if (c.message.topic == "keep") {
      d.events.push_back({"kept", {encode(shelf_data{n->from, n->number, n->tickets})}});
    } else if (c.message.topic == "give" && !data_.tickets.empty()) {
      duty_note out;
      out.number = data_.number, out.tickets = data_.tickets;
      d.events.push_back({"given", {}});
      d.replies.push_back({out_kind::entity, {}, data_.queue, "shelf", {encode(out)}});
    }
    return d;
  }
};

} // namespace

entity_kind_definition queue_kind() {
  return {"queue",
          [](const tenant_id&, const entity_id&) { return std::unique_ptr<entity_model>(new queue_model); },
          {},
          {},
          {}};
}
entity_kind_definition shelf_kind() {
  return {"shelf",
          [](const tenant_id&, const entity_id&) { return std::unique_ptr<entity_model>(new shelf_model); },
          {},
          {},
          {}};
}

} // namespace steward
