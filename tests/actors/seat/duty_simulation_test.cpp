// Conversations, a queue with its shelves, and seats, with every message between two of them in order and all others in
// any; people who reach for the same, go home, vanish, hand back and pass on; entities that die and are rebuilt from
// their records. Whatever the order: a conversation has one seat at most, a seat never more than it can take, and at
// the end nobody is lost.
#include "actors/conversation/conversation_model.hpp"
#include "actors/tally/tally_model.hpp"
#include "tests/actors/seat/seat_fixture.hpp"

#include <deque>
#include <random>
#include <set>

using namespace steward;

namespace {

const std::vector<std::string> people{"anna", "ben", "cem"};
constexpr uint32_t capacity = 2;

struct world {
  tenant_config tenant;
  entity_kinds kinds{{'q', queue_kind()},
                     {'h', shelf_kind()},
                     {'s', seat_kind()},
                     {'c', conversation_kind()},
                     {tally_kind_letter, tally_kind()}};
  struct one {
    entity_state state;
    std::vector<std::pair<uint64_t, turn_record>> log;
    uint64_t in = 0;
  };
  std::map<entity_id, one> all;
  std::map<std::pair<entity_id, entity_id>, std::deque<in_message>> wires; // from, to
  std::map<std::pair<entity_id, entity_id>, uint64_t> sent;
  std::mt19937 random;
  int64_t now = 1'000'000;
  uint64_t commands = 0, gifts = 0, rebuilt = 0;
  entity_id queue = queue_id(tenant_id{"shop"}, "main");

  world(uint32_t seed, queue_mode mode)
      : tenant(desk(mode))
      , random(seed) {
    tenant.person_phrases = {"human"};
    tenant.words["en"].waiting = "wait", tenant.words["en"].place = "number {place}";
    tenant.words["en"].person_joined = "with {name}";
  }
  uint32_t pick(uint32_t n) { return static_cast<uint32_t>(random() % n); }

  one& get(const entity_id& e) {
    auto i = all.find(e);
    if (i == all.end()) i = all.emplace(e, one{std::move(*fresh_entity(kinds, tenant.id, e)), {}, 0}).first;
    return i->second;
  }
  void decide(in_message m) {
    auto& x = get(m.entity);
    stream_pos at{1, ++x.in};
    if (m.kind == in_kind::timer) at = {}, --x.in;
    auto r = decide_turn(x.state, m, at, {}, tenant, now);
    x.log.emplace_back(x.log.size() + 1, r);
    for (auto& o : r.replies) {
      if (o.kind != out_kind::entity) continue;
      if (o.topic == "given") ++gifts;
      in_message out;
      out.kind = in_kind::entity, out.tenant = tenant.id, out.entity = o.entity, out.topic = o.topic, out.body = o.body;
      wires[{m.entity, o.entity}].push_back(std::move(out));
    }
  }
  void command(const entity_id& to, const std::string& verb, const std::string& seat, seat_request q) {
    in_message m;
    m.kind = in_kind::command, m.tenant = tenant.id, m.entity = to, m.topic = verb;
    m.id = message_id{"k" + std::to_string(++commands)};
    q.id = m.id.value;
    m.body.data = encode(seat_command{seat, q});
    decide(m);
  }
  void say(const entity_id& c, const std::string& text) {
    in_message m;
    m.tenant = tenant.id, m.entity = c, m.id = message_id{"k" + std::to_string(++commands)};
    m.from = {channel_id{"kiosk"}, account_id{}, peer_id{c.value}};
    m.body.data = encode(say_request{m.id.value, text, "", "", "", 0});
    decide(m);
  }
  bool deliver() {
    std::vector<std::deque<in_message>*> full;
    for (auto& [k, w] : wires)
      if (!w.empty()) full.push_back(&w);
    if (full.empty()) return false;
    auto& w = *full[pick(static_cast<uint32_t>(full.size()))];
    auto m = std::move(w.front());
    w.pop_front();
    decide(std::move(m));
    return true;
  }
  void fire() {
    for (auto& [id, x] : all)
      for (auto t : x.state.frame.timers)
        if (t.due_ms <= now) {
          in_message m;
          m.kind = in_kind::timer, m.tenant = tenant.id, m.entity = id, m.topic = t.name, m.accepted_ms = t.due_ms;
          decide(m);
          return fire();
        }
  }
  void rebuild() {
    if (all.empty()) return;
    auto i = std::next(all.begin(), pick(static_cast<uint32_t>(all.size())));
    auto& log = i->second.log;
    if (log.empty()) return;
    auto from = log.end() - 1;
    while (from->second.state.empty()) --from;
    auto s = fold(kinds, {from, log.end()});
    BOOST_REQUIRE_MESSAGE(s.ok(), (s ? "" : s.error().message));
    BOOST_REQUIRE((whole_state(*s).data == whole_state(i->second.state).data));
    i->second.state = std::move(*s);
    ++rebuilt;
  }

  conversation_data conversation(const entity_id& c) {
    return *decode<conversation_data>(get(c).state.model->snapshot().data);
  }
  seat_data seat(const std::string& n) {
    return *decode<seat_data>(get(seat_id(tenant.id, n)).state.model->snapshot().data);
  }
  queue_data queued() { return *decode<queue_data>(get(queue).state.model->snapshot().data); }
};

entity_id conversation_of(uint32_t i) {
  return conversation_id(tenant_id{"shop"}, channel_id{"kiosk"}, account_id{}, peer_id{"p" + std::to_string(i)});
}

void step(world& w, uint32_t customers) {
  auto who = people[w.pick(3)];
  auto me = seat_id(w.tenant.id, who);
  seat_request q;
  q.conversation = conversation_of(w.pick(customers));
  switch (w.pick(16)) {
  case 0: q.capacity = capacity; return w.command(me, "join", who, q);
  case 1: return w.say(q.conversation, "a human please");
  case 2: return w.say(q.conversation, "my order 123 is late");
  case 3:
  case 4:
  case 5: { // two reach for the same
    w.command(w.queue, "take", who, q);
    return w.command(w.queue, "take", people[w.pick(3)], q);
  }
  case 6: return w.command(w.queue, "decline", who, q);
  case 7: return w.command(q.conversation, "seat.close", who, q);
  case 8: return w.command(q.conversation, w.pick(2) ? "seat.back" : "seat.say", who, q);
  case 9:
    if (w.pick(2)) q.seat = people[w.pick(3)];
    return w.command(q.conversation, "seat.pass", who, q);
  case 10:
    if (w.pick(4) == 0) q.reason = w.pick(2) ? "now" : "";
    return w.command(me, w.pick(3) == 0 ? "home" : "available", who, q);
  case 11: return w.command(me, "lost", who, q);
  case 12: w.now += 1000 * w.pick(40); return w.fire();
  case 13: return w.rebuild();
  default:
    for (auto n = w.pick(12); n > 0 && w.deliver(); --n) {
    }
  }
}

void check_now(world& w) {
  for (auto& p : people)
    if (auto s = w.seat(p); true) BOOST_REQUIRE(s.held.size() <= capacity + 0u);
}

void check_end(world& w, uint32_t customers) {
  while (w.deliver()) {
  }
  auto q = w.queued();
  std::multiset<entity_id> waiting;
  for (auto list : {&q.head, &q.back})
    for (auto& e : *list) waiting.insert(e.ticket.conversation);
  for (auto& s : q.shelves) {
    auto shelf = decode<shelf_data>(w.get(shelf_id(w.queue, s.number)).state.model->snapshot().data);
    for (auto& t : shelf->tickets) waiting.insert(t.conversation);
  }
  std::map<entity_id, std::string> holders;
  for (auto& p : people)
    for (auto& h : w.seat(p).held) {
      BOOST_REQUIRE_MESSAGE(holders.emplace(h.conversation, p).second, "two seats hold one conversation");
    }
  for (uint32_t i = 0; i < customers; ++i) {
    auto c = conversation_of(i);
    auto d = w.conversation(c);
    if (d.mode == conversation_mode::waiting)
      BOOST_REQUIRE_MESSAGE(waiting.count(c) == 1, "waits, and stands " << waiting.count(c) << " times in the queue");
    if (d.mode == conversation_mode::person) {
      BOOST_REQUIRE(!d.seat.empty());
      BOOST_REQUIRE_MESSAGE(holders[c] == d.seat, "is with " << d.seat << ", held by '" << holders[c] << "'");
    } else {
      BOOST_REQUIRE(!holders.count(c));
    }
  }
  // What the queue thinks that is on its way has arrived.
  for (auto& s : q.seats) BOOST_REQUIRE(s.given == s.heard);
}

} // namespace

BOOST_AUTO_TEST_CASE(whatever_the_order_nobody_is_lost_and_nobody_has_two) {
  uint64_t gifts = 0, rebuilt = 0;
  for (uint32_t seed = 1; seed <= 200; ++seed) {
    BOOST_TEST_CONTEXT("seed " << seed) {
      world w(seed, seed % 2 ? queue_mode::pick : queue_mode::offer);
      auto customers = seed % 20 == 0 ? 200u : 8u;
      if (customers > 8)
        for (uint32_t i = 0; i < customers; ++i) w.say(conversation_of(i), "a human please");
      for (int i = 0; i < 400; ++i) step(w, customers), check_now(w);
      check_end(w, customers);
      gifts += w.gifts, rebuilt += w.rebuilt;
    }
  }
  BOOST_TEST(gifts > 1200u);
  BOOST_TEST(rebuilt > 2000u);
}
