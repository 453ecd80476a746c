#include "actors/entity/turnstile.hpp"

#include <boost/test/unit_test.hpp>

using namespace steward;

namespace {
struct three {
  turnstile t;
  std::string woken;
  three() {
    for (uint8_t s = 1; s <= 3; ++s) t.join(s, [this, s] { woken += std::to_string(s); });
  }
  std::string wakes() { return std::exchange(woken, {}); }
};
} // namespace

BOOST_FIXTURE_TEST_SUITE(the_turnstile, three)

BOOST_AUTO_TEST_CASE(all_work_side_by_side) {
  BOOST_TEST((t.enter(1) && t.enter(2) && t.open()));
  BOOST_TEST(wakes() == "");
}

BOOST_AUTO_TEST_CASE(alone_when_the_others_rest) {
  t.enter(1), t.enter(2);
  BOOST_TEST(!t.alone(3));
  BOOST_TEST(wakes() == "12"); // come to rest
  BOOST_TEST(!t.open());
  t.rest(1);
  BOOST_TEST(!t.enter(1));
  t.rest(2);
  BOOST_TEST(wakes() == "3");
  BOOST_TEST(t.alone(3));
  t.give_back(3);
  BOOST_TEST(wakes() == "11"); // it waited
  BOOST_TEST((t.open() && t.enter(1)));
}

BOOST_AUTO_TEST_CASE(between_two_everybody_gets_one_go) {
  t.enter(1);
  BOOST_TEST(!t.alone(2));
  BOOST_TEST(!t.alone(3));
  t.rest(1);
  BOOST_TEST(!t.enter(1));
  BOOST_TEST(t.alone(2));
  wakes();
  t.give_back(2);
  BOOST_TEST(wakes() == "1");
  BOOST_TEST(!t.alone(3));
  BOOST_TEST(t.enter(1));
  t.rest(1);
  BOOST_TEST(!t.enter(1)); // one go
  BOOST_TEST(t.alone(3));
}

BOOST_AUTO_TEST_CASE(who_leaves_holds_nobody_up) {
  t.enter(1);
  t.alone(2), t.alone(3);
  t.leave(1);
  BOOST_TEST(t.alone(2));
  t.leave(2);
  BOOST_TEST(t.alone(3));
  t.leave(3);
  BOOST_TEST(t.open());
}

BOOST_AUTO_TEST_CASE(who_insists_does_not_wait) {
  t.enter(1);
  BOOST_TEST(!t.alone(2));
  BOOST_TEST(!t.insist(3)); // 2 was first
  BOOST_TEST(t.insist(2));
  BOOST_TEST(t.alone(2));
}

BOOST_AUTO_TEST_SUITE_END()
