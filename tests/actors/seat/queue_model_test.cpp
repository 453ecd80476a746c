#include "tests/actors/seat/seat_fixture.hpp"

#include <deque>
#include <random>

using namespace steward;

BOOST_AUTO_TEST_SUITE(queue)

namespace {
queue_data state_of(const told& q) { return *decode<queue_data>(q.state.model->snapshot().data); }
told queue_of(queue_mode mode) { return {desk(mode), queue_id(tenant_id{"shop"}, "main")}; }
} // namespace

BOOST_AUTO_TEST_CASE(of_two_who_reach_one_gets_it) {
  auto q = queue_of(queue_mode::pick);
  q.sits("anna", 3), q.sits("ben", 3);
  auto r = q.waits("c1");
  BOOST_TEST(says(r, "place>c1"));
  BOOST_TEST(note(r).number == 1u);
  r = q.reaches("anna", "c1");
  BOOST_TEST(says(r, "given>c1"));
  BOOST_TEST(note(r).seat == "anna");
  r = q.reaches("ben", "c1");
  BOOST_TEST(says(r, "lost>ben"));
  BOOST_TEST(note(r).seat == "anna");
  // Another device of the winner is not told that it lost.
  BOOST_TEST(q.reaches("anna", "c1").replies.empty());
}

BOOST_AUTO_TEST_CASE(who_is_full_or_not_on_duty_is_refused) {
  auto q = queue_of(queue_mode::pick);
  q.waits("c1"), q.waits("c2");
  BOOST_TEST(says(q.reaches("anna", "c1"), "take>anna")); // is she there?
  duty_note no;
  no.seat = "anna", no.id = "r", no.ticket.conversation = entity_id{"c1"};
  BOOST_TEST(says(q.entity("take", no), "refused>anna")); // she says so, but has not told how she is
  q.sits("anna", 1);
  BOOST_TEST(says(q.reaches("anna", "c1"), "given>c1"));
  BOOST_TEST(says(q.reaches("anna", "c2"), "refused>anna")); // she has not told of the first yet, and has room for one
  q.sits("anna", 0, presence::available, 1);
  BOOST_TEST(says(q.reaches("anna", "c2"), "refused>anna"));
  q.sits("anna", 1, presence::available, 1);
  BOOST_TEST(says(q.reaches("anna", "c2"), "given>c2"));
}

BOOST_AUTO_TEST_CASE(an_offer_ends_and_the_conversation_keeps_its_place) {
  auto q = queue_of(queue_mode::offer);
  auto r = q.sits("anna", 1);
  r = q.waits("c1");
  BOOST_TEST(says(r, "offer>anna"));
  BOOST_TEST(note(r, 1).until_ms == q.now + 30'000);
  BOOST_TEST(note(r, 1).text.find("anna has room") != std::string::npos);
  q.now += 1000, q.waits("c2");
  BOOST_TEST(says(q.reaches("ben", "c1"), "take>ben")); // is he here?
  q.sits("ben", 0);
  BOOST_TEST(says(q.reaches("ben", "c1"), "lost>ben"));
  BOOST_TEST(!q.timer());
  q.now += 29'000;
  r = *q.timer();
  BOOST_TEST(says(r, "missed>anna"));
  BOOST_TEST(says(r, "offer>anna")); // nobody else has room
  BOOST_TEST(state_of(q).head[0].ticket.conversation.value == "c1");
  // It goes to another one first.
  q.sits("ben", 1);
  q.now += 30'000;
  r = *q.timer();
  auto s = state_of(q);
  BOOST_TEST(s.head[0].offered == "ben"); // what one missed goes to the other
  BOOST_TEST(s.head[1].offered == "anna");
  BOOST_TEST(says(q.reaches("ben", "c1", "accept"), "given>c1"));
}

BOOST_AUTO_TEST_CASE(no_is_an_answer) {
  auto q = queue_of(queue_mode::offer);
  q.sits("anna", 1);
  q.waits("c1");
  auto r = q.reaches("anna", "c1", "decline");
  BOOST_TEST(says(r, "withdrawn>anna"));
  BOOST_TEST(!says(r, "offer>anna"));
  BOOST_TEST(says(q.sits("ben", 1), "offer>ben"));
}

BOOST_AUTO_TEST_CASE(an_only_seat_goes_home) {
  auto q = queue_of(queue_mode::offer);
  q.sits("anna", 1);
  q.waits("c1");
  auto r = q.sits("anna", 1, presence::home);
  BOOST_TEST(says(r, "withdrawn>anna"));
  BOOST_TEST(state_of(q).head.size() == 1u);
  BOOST_TEST(state_of(q).seats.empty());
  BOOST_TEST(q.state.frame.timers.empty());
  BOOST_TEST(says(q.sits("ben", 1), "offer>ben"));
}

BOOST_AUTO_TEST_CASE(waits_teach_what_is_expected_of_the_next) {
  told q{desk(queue_mode::pick), queue_id(tenant_id{"shop"}, "main")};
  auto state = [&] { return *decode<queue_data>(q.state.model->snapshot().data); };
  // Nobody on duty: such a wait teaches nothing.
  q.waits("night");
  q.now += 3'600'000;
  q.sits("anna", 20);
  q.reaches("anna", "night");
  BOOST_TEST(state().waits.past.empty());
  uint64_t heard = 1;
  for (int i = 0; i < 20; ++i) {
    auto c = "c" + std::to_string(i);
    auto r = q.waits(c);
    BOOST_TEST(note(r).ticket.place == 1u);
    BOOST_TEST(note(r).ticket.to_s == 0u); // too few are known
    q.now += 90'000;
    q.reaches("anna", c);
    q.sits("anna", 20, presence::available, ++heard);
  }
  BOOST_TEST(state().waits.past.size() == 20u);
  BOOST_TEST(state().waits.past[0].seconds == 90u);
  auto first = note(q.waits("d1")).ticket, second = note(q.waits("d2")).ticket;
  BOOST_TEST(first.from_s == 60u);
  BOOST_TEST(first.to_s == 120u);
  BOOST_TEST(second.place == 2u);
  BOOST_TEST(second.to_s == 180u);
  // One that comes back has waited before: nothing is told, and nothing learnt.
  duty_note n;
  n.queue = "main", n.ticket.conversation = entity_id{"back"}, n.ticket.wait = 9, n.ticket.since_ms = q.now - 600'000;
  auto r = q.entity("wait", n);
  BOOST_TEST(note(r).number == 1u); // before those who came later
  BOOST_TEST(note(r).ticket.place == 0u);
  BOOST_TEST(note(r).ticket.to_s == 0u);
  q.reaches("anna", "back");
  BOOST_TEST(state().waits.past.size() == 20u);
  // What was said to d1 did not hold.
  q.now += 500'000;
  auto high = state().waits.high;
  q.reaches("anna", "d1");
  BOOST_TEST(state().waits.high > high);
}

BOOST_AUTO_TEST_CASE(an_offer_for_a_conversation_that_left_is_withdrawn) {
  auto q = queue_of(queue_mode::offer);
  q.sits("anna", 1);
  q.waits("c1", 0, {}, 4);
  duty_note n;
  n.ticket.conversation = entity_id{"c1"}, n.ticket.wait = 3;
  BOOST_TEST(q.entity("leave", n).replies.empty()); // of an earlier wait
  n.ticket.wait = 4;
  BOOST_TEST(says(q.entity("leave", n), "withdrawn>anna"));
  BOOST_TEST(state_of(q).head.empty());
}

namespace {

/// A queue and its shelves, every message delivered.
struct shelved_queue {
  told q;
  std::map<entity_id, told> shelves;
  std::vector<entity_id> given;
  size_t offers = 0, largest = 0;
  std::map<std::string, uint64_t> heard;
  shelved_queue(queue_mode mode)
      : q(queue_of(mode)) {}
  void deliver(turn_record r) {
    std::deque<std::pair<entity_id, outgoing>> out;
    auto add = [&](const turn_record& x) {
      for (auto& o : x.replies) out.emplace_back(x.entity, o);
    };
    add(r);
    while (!out.empty()) {
      auto [from, o] = std::move(out.front());
      out.pop_front();
      if (o.topic == "given") given.push_back(o.entity);
      if (o.topic == "offer") ++offers;
      if (o.entity.value[0] == 'h') {
        auto& s = shelves.try_emplace(o.entity, q.tenant, o.entity).first->second;
        add(s.entity(o.topic, *decode<duty_note>(o.body.data)));
        largest = std::max(largest, s.largest);
      } else if (o.entity == q.id) {
        add(q.entity(o.topic, *decode<duty_note>(o.body.data)));
      }
    }
    largest = std::max(largest, q.largest);
  }
};

} // namespace

BOOST_AUTO_TEST_CASE(twenty_thousand_wait_in_small_records_and_come_in_order) {
  shelved_queue w(queue_mode::pick);
  constexpr size_t n = 20'000;
  std::vector<std::string> names;
  for (size_t i = 0; i < n; ++i) names.push_back("c" + hash_name({std::to_string(i)}));
  for (auto& c : names) {
    w.q.now += 10;
    duty_note t;
    t.queue = "main", t.ticket.conversation = entity_id{c}, t.ticket.wait = 3, t.ticket.language = "en";
    t.ticket.text = "my parcel has not come, and nobody tells me where it is, hm";
    w.deliver(w.q.entity("wait", t));
  }
  BOOST_TEST(w.largest <= 49'152u);
  BOOST_TEST(w.shelves.size() > 250u);
  for (size_t i = 0; i < n; ++i) {
    w.deliver(w.q.sits("anna", 1, presence::available, i));
    auto head = state_of(w.q).head;
    BOOST_REQUIRE(!head.empty());
    w.deliver(w.q.reaches("anna", head[0].ticket.conversation.value));
    BOOST_REQUIRE(w.given.size() == i + 1);
    BOOST_REQUIRE(w.given.back().value == names[i]);
  }
  BOOST_TEST(w.largest <= 49'152u);
  auto s = state_of(w.q);
  BOOST_TEST((s.head.empty() && s.back.empty() && s.shelves.empty()));
}

BOOST_AUTO_TEST_CASE(five_hundred_seats_and_five_thousand_waiting_fit) {
  shelved_queue w(queue_mode::offer);
  for (int i = 0; i < 5000; ++i) {
    duty_note t;
    t.queue = "main", t.ticket.conversation = entity_id{"c" + hash_name({std::to_string(i)})}, t.ticket.wait = 3;
    t.ticket.language = "en", t.ticket.text = "my parcel has not come, and nobody tells me where it is, hm";
    w.deliver(w.q.entity("wait", t));
  }
  for (int i = 0; i < 500; ++i)
    w.deliver(w.q.sits("agent-" + std::to_string(i), 2, presence::available, 0, {"returns"}));
  BOOST_TEST(w.largest <= 49'152u);
  BOOST_TEST(w.offers > 90u);
}

BOOST_AUTO_TEST_CASE(a_seat_is_not_idle_while_somebody_it_serves_lies_on_a_shelf) {
  shelved_queue w(queue_mode::offer);
  for (int i = 0; i < 500; ++i) w.deliver(w.q.waits("c" + std::to_string(i), 0, "billing")), w.q.now += 1;
  w.deliver(w.q.waits("cx", 0, "returns"));
  for (int i = 0; i < 500; ++i) w.deliver(w.q.waits("d" + std::to_string(i), 0, "billing"));
  w.deliver(w.q.sits("anna", 1, presence::available, 0, {"returns"}));
  BOOST_TEST(w.offers == 1u);
  w.deliver(w.q.reaches("anna", "cx", "accept"));
  BOOST_REQUIRE(w.given.size() == 1u);
  BOOST_TEST(w.given[0].value == "cx");
}

BOOST_AUTO_TEST_SUITE_END()
