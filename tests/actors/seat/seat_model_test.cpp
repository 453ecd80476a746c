#include "tests/actors/seat/seat_fixture.hpp"

using namespace steward;

BOOST_AUTO_TEST_SUITE(seat)

namespace {
seat_data state_of(const told& s) { return *decode<seat_data>(s.state.model->snapshot().data); }
told seat_of(const char* name = "anna") { return {desk(queue_mode::offer), seat_id(tenant_id{"shop"}, name)}; }
seat_request with_id(const char* id) {
  seat_request q;
  q.id = id;
  return q;
}
duty_note of(const char* conversation) {
  duty_note n;
  n.queue = "main", n.ticket.conversation = entity_id{conversation}, n.ticket.wait = 1;
  return n;
}
} // namespace

BOOST_AUTO_TEST_CASE(who_joins_tells_the_queues) {
  auto s = seat_of();
  auto q = with_id("1");
  q.capacity = 2, q.name = "Anna", q.skills = {"billing"};
  auto r = s.command("anna", "join", q);
  BOOST_REQUIRE(r.replies.size() == 1u);
  auto n = note(r);
  BOOST_TEST(n.state.free == 2u);
  BOOST_TEST(n.state.name == "Anna");
  r = s.entity("began", of("c1"));
  n = note(r);
  BOOST_TEST(n.state.free == 1u);
  BOOST_TEST(n.state.heard == 1u);
  n = note(s.entity("ended", of("c1")));
  BOOST_TEST(n.state.free == 2u);
  BOOST_TEST(n.state.heard == 1u);
}

BOOST_AUTO_TEST_CASE(a_take_that_overtook_its_join_is_not_lost) {
  told q{desk(queue_mode::pick), queue_id(tenant_id{"shop"}, "main")};
  q.waits("c1");
  auto s = seat_of();
  auto joined = s.command("anna", "join", with_id("1"));
  auto asked = q.reaches("anna", "c1");
  BOOST_REQUIRE(says(asked, "take>anna"));
  auto again = s.entity("take", note(asked));
  // What she is stands before her take, and both behind her joining.
  BOOST_REQUIRE(again.replies.size() == 2u);
  q.entity("seat", note(joined)), q.entity("seat", note(again, 0));
  auto r = q.entity("take", note(again, 1));
  BOOST_REQUIRE(says(r, "given>c1"));
  BOOST_TEST(note(r).id == note(asked).id);
  BOOST_TEST(note(r).name == "anna");
  // Not there, or not for this queue: her person is told.
  for (auto home : {true, false}) {
    auto other = seat_of();
    auto ask = with_id("1");
    if (!home) ask.queues = {"attic"}, other.command("anna", "join", ask);
    auto no = other.entity("take", note(asked));
    BOOST_TEST(no.replies.empty());
    BOOST_TEST(decode<feed_item>(no.events.at(0).body.data)->kind == "refused");
    BOOST_TEST(decode<feed_item>(no.events.at(0).body.data)->in_reply_to == note(asked).id);
  }
}

BOOST_AUTO_TEST_CASE(a_seat_that_misses_several_is_set_away) {
  auto s = seat_of();
  s.command("anna", "join", with_id("1"));
  s.entity("missed", of("c1")), s.entity("missed", of("c2"));
  BOOST_TEST((state_of(s).is == presence::available));
  auto r = s.entity("missed", of("c3"));
  BOOST_TEST((state_of(s).is == presence::away));
  BOOST_TEST(state_of(s).reason == "missed");
  BOOST_TEST((note(r).state.is == presence::away));
  s.command("anna", "available", with_id("2"));
  BOOST_TEST(state_of(s).misses == 0u);
}

BOOST_AUTO_TEST_CASE(who_goes_home_ends_what_is_begun) {
  auto s = seat_of();
  s.command("anna", "join", with_id("1"));
  s.entity("began", of("c1"));
  s.command("anna", "home", with_id("2"));
  BOOST_TEST((state_of(s).is == presence::leaving));
  auto r = s.entity("ended", of("c1"));
  BOOST_TEST((state_of(s).is == presence::home));
  BOOST_TEST((note(r).state.is == presence::home));
  // What still comes goes back.
  r = s.entity("began", of("c2"));
  BOOST_TEST(says(r, "requeue>c2"));
}

BOOST_AUTO_TEST_CASE(a_seat_that_vanishes_keeps_what_it_holds_for_a_while) {
  auto s = seat_of();
  s.command("anna", "join", with_id("1"));
  s.entity("began", of("c1"));
  s.command("anna", "lost");
  BOOST_TEST((state_of(s).is == presence::away));
  s.now += seat_limits::lost_for_ms - 1;
  BOOST_TEST(!s.timer());
  s.now += 1;
  auto r = s.timer();
  BOOST_REQUIRE(r.has_value());
  BOOST_TEST(says(*r, "requeue>c1"));
  BOOST_TEST((state_of(s).is == presence::home));
  // One that comes back in time keeps it.
  auto t = seat_of();
  t.command("anna", "join", with_id("1"));
  t.entity("began", of("c1"));
  t.command("anna", "lost");
  t.command("anna", "available", with_id("2"));
  t.now += 10 * seat_limits::lost_for_ms;
  BOOST_TEST(!t.timer());
  BOOST_TEST(state_of(t).held.size() == 1u);
}

BOOST_AUTO_TEST_CASE(what_sleeps_takes_no_room_and_wakes) {
  auto s = seat_of();
  auto q = with_id("1");
  q.capacity = 1;
  s.command("anna", "join", q);
  s.entity("began", of("c1"));
  auto sleep = [&](const char* id, int64_t ms) {
    auto q = with_id(id);
    q.conversation = entity_id{"c1"}, q.for_ms = ms;
    return s.command("anna", "snooze", q);
  };
  auto r = sleep("2", 60'000);
  BOOST_TEST(note(r).state.free == 1u);
  BOOST_TEST(seat_kind().feed_items(r).at(0).kind == "snoozed");
  BOOST_TEST(seat_kind().feed_items(r).at(0).until_ms == s.now + 60'000);
  s.now += 59'999;
  BOOST_TEST(!s.timer());
  s.now += 1;
  auto woke = s.timer();
  BOOST_REQUIRE(woke.has_value());
  BOOST_TEST(seat_kind().feed_items(*woke).at(0).kind == "woke");
  BOOST_TEST(note(*woke).state.free == 0u);
  BOOST_TEST(woke->timers.empty());
  // Its customer's word wakes it, and so does its seat.
  sleep("3", 60'000);
  auto m = of("c1");
  m.text = "hello?";
  auto feed = seat_kind().feed_items(s.entity("message", m));
  BOOST_REQUIRE(feed.size() == 2u);
  BOOST_TEST(feed[0].kind == "woke");
  BOOST_TEST(feed[1].text == "hello?");
  sleep("4", 60'000);
  BOOST_TEST(seat_kind().feed_items(sleep("5", 0)).at(0).kind == "woke");
  // Being lost and sleeping have a timer each; what it does not hold cannot sleep.
  sleep("6", 600'000);
  s.command("anna", "lost");
  BOOST_TEST(s.state.frame.timers.size() == 2u);
  s.entity("message", m);
  BOOST_TEST(s.state.frame.timers.size() == 1u);
  s.entity("ended", of("c1"));
  BOOST_TEST(seat_kind().feed_items(sleep("7", 1)).at(0).kind == "refused");
}

BOOST_AUTO_TEST_CASE(one_without_heartbeats_is_not_lost) {
  auto s = seat_of();
  auto q = with_id("1");
  q.without_beat = true;
  s.command("anna", "join", q);
  s.command("anna", "lost");
  BOOST_TEST((state_of(s).is == presence::available));
}

BOOST_AUTO_TEST_CASE(the_feed_counts_without_gaps) {
  auto s = seat_of();
  auto kind = seat_kind();
  std::vector<feed_item> feed;
  auto add = [&](const turn_record& r) {
    for (auto& i : kind.feed_items(r)) feed.push_back(i);
  };
  add(s.command("anna", "join", with_id("1")));
  add(s.entity("offer", of("c1")));
  add(s.entity("began", of("c1")));
  auto m = of("c1");
  m.text = "hello?";
  add(s.entity("message", m));
  add(s.command("anna", "draft", with_id("2")));
  add(s.entity("ended", of("c1")));
  add(s.command("anna", "home", with_id("3")));
  BOOST_REQUIRE(feed.size() == 6u);
  for (size_t i = 0; i < feed.size(); ++i) BOOST_TEST(feed[i].seq == i + 1);
  BOOST_TEST(feed[3].text == "hello?");
  BOOST_TEST((feed[3].by == speaker::customer));
  BOOST_TEST(feed[5].text == "home");
}

BOOST_AUTO_TEST_SUITE_END()
