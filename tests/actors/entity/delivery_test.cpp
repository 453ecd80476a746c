#include "actors/entity/delivery.hpp"

#include <boost/test/unit_test.hpp>

using namespace steward;

namespace {

outgoing to_peer(const std::string& p) {
  return {out_kind::peer, {channel_id{"web"}, account_id{}, peer_id{p}}, {}, "", {}};
}
outgoing to_entity(const std::string& e) { return {out_kind::entity, {}, entity_id{e}, "", {}}; }
outgoing to_dlq() { return {out_kind::dead_letter, {}, {}, "", {}}; }

struct fixture {
  core_config config = [] {
    core_config c;
    c.deliveries = 3, c.delivery_retry_ms = 100, c.peer_backlog = 4, c.log_retry_cap_ms = 400;
    c.gathering = "t", c.gather_ms = 500, c.gather_most = 3;
    return c;
  }();
  delivery_core d{config};
  int64_t now = 0;
  fixture() { d.reset(0); }
  void add(uint64_t seq, std::vector<outgoing> replies) {
    auto r = std::make_shared<turn_record>();
    r->tenant = tenant_id{"t"}, r->replies = std::move(replies);
    d.add(seq, r);
  }
  std::string pump() { // "5.0 " for a delivery, "x5.0 " for a parking
    std::vector<core_action> out;
    d.pump(now, out);
    std::string s;
    for (auto& a : out) {
      if (auto* x = std::get_if<action::deliver>(&a)) {
        s += std::to_string(x->seq) + "." + std::to_string(x->k);
        for (auto& w : x->with) s += "+" + std::to_string(w.seq) + "." + std::to_string(w.k);
        s += " ";
      }
      if (auto* x = std::get_if<action::park>(&a)) s += "x" + std::to_string(x->seq) + "." + std::to_string(x->k) + " ";
    }
    return s;
  }
  std::string after(int64_t ms) { return now += ms, pump(); }
  void fails(uint64_t seq, uint32_t k, bool worth = true) { d.on_undelivered(seq, k, "away", worth, now); }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(delivery, fixture)

BOOST_AUTO_TEST_CASE(one_on_its_way_per_peer_in_log_order) {
  add(3, {to_peer("a"), to_peer("a"), to_peer("b")});
  add(4, {});
  add(5, {to_peer("a"), to_entity("u1"), to_dlq(), to_dlq()});
  BOOST_TEST(pump() == "3.0 3.2 5.1 5.2 5.3 ");
  BOOST_TEST(d.floor() == 2u);
  d.on_delivered(3, 0);
  d.on_delivered(3, 0); // doubled
  BOOST_TEST(pump() == "3.1 ");
  d.on_delivered(3, 2), d.on_delivered(3, 1);
  BOOST_TEST(d.floor() == 4u);
  BOOST_TEST(d.passed() == 3u);
  BOOST_TEST(pump() == "5.0 ");
  for (uint32_t k = 0; k < 4; ++k) d.on_delivered(5, k);
  BOOST_TEST(d.floor() == 5u);
  BOOST_TEST(d.undelivered() == 0u);
}

BOOST_AUTO_TEST_CASE(a_log_that_is_away_parks_nobodys_replies) {
  add(1, {to_peer("a")});
  add(2, {to_peer("a")});
  BOOST_TEST(pump() == "1.0 ");
  for (int n = 0; n < 200; ++n) { // a minute and more
    d.on_log_away(1, 0, now);
    d.on_log_away(1, 0, now); // doubled
    BOOST_TEST(after(99) == "");
    BOOST_TEST(after(1) == "1.0 ");
  }
  fails(1, 0); // from here on it is the peer's fault, and counts
  BOOST_TEST(after(100) == "1.0 ");
  fails(1, 0);
  BOOST_TEST(after(200) == "1.0 ");
  fails(1, 0);
  BOOST_TEST(pump() == "x1.0 2.0 ");
}

BOOST_AUTO_TEST_CASE(a_peer_that_fails_holds_up_itself_alone_and_is_parked) {
  add(1, {to_peer("a"), to_peer("b")});
  add(2, {to_peer("a")});
  BOOST_TEST(pump() == "1.0 1.1 ");
  d.on_delivered(1, 1);
  fails(1, 0);
  BOOST_TEST(after(99) == "");
  BOOST_TEST(after(1) == "1.0 ");
  fails(1, 0);
  BOOST_TEST(after(199) == "");
  BOOST_TEST(after(1) == "1.0 ");
  fails(1, 0);
  BOOST_TEST(pump() == "x1.0 2.0 ");
  d.on_delivered(2, 0);
  BOOST_TEST(d.floor() == 0u);
  fails(1, 0); // the DLQ is away
  BOOST_TEST(after(100) == "x1.0 ");
  d.on_delivered(1, 0);
  BOOST_TEST(d.floor() == 2u);
}

BOOST_AUTO_TEST_CASE(what_is_not_worth_retrying_is_parked_at_once) {
  add(1, {to_peer("a"), to_entity("u")});
  pump();
  fails(1, 0, false), fails(1, 1, false);
  BOOST_TEST(pump() == "x1.1 x1.0 ");
  fails(1, 0, false); // not even into the DLQ
  d.on_delivered(1, 1);
  BOOST_TEST(d.floor() == 1u);
}

BOOST_AUTO_TEST_CASE(our_own_streams_are_tried_for_ever) {
  add(1, {to_entity("u")});
  BOOST_TEST(pump() == "1.0 ");
  for (int i = 0; i < 50; ++i) {
    fails(1, 0);
    BOOST_TEST(after(400) == "1.0 ");
  }
}

BOOST_AUTO_TEST_CASE(a_backlog_beyond_the_limit_is_parked) {
  for (uint64_t s = 1; s <= 6; ++s) add(s, {to_peer("a")});
  BOOST_TEST(pump() == "x6.0 x5.0 1.0 ");
}

BOOST_AUTO_TEST_CASE(deliveries_in_flight_are_bounded) {
  config.peers_in_delivery = 2;
  add(1, {to_peer("a"), to_peer("b"), to_peer("c")});
  BOOST_TEST(pump() == "1.0 1.1 ");
  d.on_delivered(1, 1);
  BOOST_TEST(pump() == "1.2 ");
}

BOOST_AUTO_TEST_CASE(what_may_wait_for_others_goes_with_them) {
  add(1, {to_entity("t1"), to_entity("u1")});
  BOOST_TEST(pump() == "1.1 ");
  add(2, {to_entity("t1"), to_entity("t2")});
  BOOST_TEST(after(499) == "");
  BOOST_TEST(d.undelivered() == 4u);
  BOOST_TEST(after(1) == "1.0+2.0 2.1 ");
  add(3, {to_entity("t1")}); // not with those that are on their way
  d.on_delivered(1, 1), d.on_delivered(2, 1);
  BOOST_TEST(d.floor() == 0u);
  d.on_delivered(1, 0);
  BOOST_TEST(d.floor() == 2u);
  BOOST_TEST(d.undelivered() == 1u);
  BOOST_TEST(after(499) == "");
  BOOST_TEST(after(1) == "3.0 ");
}

BOOST_AUTO_TEST_CASE(as_many_as_may_go_together_wait_no_longer) {
  for (uint64_t seq = 1; seq <= 7; ++seq) add(seq, {to_entity("t1")});
  BOOST_TEST(pump() == "1.0+2.0+3.0 ");
  d.on_delivered(1, 0);
  BOOST_TEST(pump() == "4.0+5.0+6.0 ");
  d.on_delivered(4, 0);
  BOOST_TEST(pump() == "");
  d.hurry();
  BOOST_TEST(pump() == "7.0 ");
  d.on_delivered(7, 0);
  add(8, {to_entity("t2")});
  BOOST_TEST(pump() == "8.0 ");
  config.gather_bytes = 10;
  auto large = to_entity("t3");
  large.body.data = "123456";
  add(9, {large, large});
  BOOST_TEST(pump() == "9.0 "); // two are more than one message takes
}

BOOST_AUTO_TEST_CASE(what_went_together_is_tried_again_together_and_parked_one_by_one) {
  add(1, {to_entity("t1"), to_entity("t1")});
  BOOST_TEST(after(500) == "1.0+1.1 ");
  add(2, {to_entity("t1")});
  fails(1, 0);
  BOOST_TEST(after(100) == "1.0+1.1 ");
  d.on_log_away(1, 0, now);
  BOOST_TEST(after(100) == "1.0+1.1 ");
  fails(1, 0, false);
  BOOST_TEST(pump() == "x1.0 x1.1 ");
  d.on_delivered(1, 0), d.on_delivered(1, 1);
  BOOST_TEST(d.floor() == 1u);
  BOOST_TEST(after(500) == "2.0 ");
}

BOOST_AUTO_TEST_SUITE_END()
