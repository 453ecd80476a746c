#include "actors/service/actor_rows.hpp"

#include <boost/test/unit_test.hpp>

using namespace steward;

BOOST_AUTO_TEST_SUITE(actor_rows)

namespace {
actor_list busy(int entities) {
  actor_list l;
  for (int i = 0; i < entities; ++i)
    l.actors.push_back(
        {"n1/partition-3/" + std::string(20, 'c') + std::to_string(100'000 + i), "conversation", "idle"});
  l.actors.push_back({"n1/partition-3", "partition", "mine"});
  l.actors.push_back({"n1/door-0", "door", "running"});
  return l;
}
} // namespace

BOOST_AUTO_TEST_CASE(rows_are_in_order_of_their_paths) {
  auto l = busy(2);
  arrange(l, "");
  BOOST_REQUIRE(l.actors.size() == 4u);
  BOOST_TEST(l.actors[0].path == "n1/door-0");
  BOOST_TEST(l.actors[1].path == "n1/partition-3");
  BOOST_TEST(l.left_out == 0u);
}

BOOST_AUTO_TEST_CASE(one_that_is_looked_for_is_found_among_any_number) {
  auto l = busy(20'000);
  arrange(l, "door-0");
  BOOST_REQUIRE(l.actors.size() == 1u);
  BOOST_TEST(l.left_out == 0u);
}

// With some thousand conversations awake the answer was larger than a message, and `steward restart` got none.
BOOST_AUTO_TEST_CASE(rows_fit_a_message_and_what_stands_above_comes_first) {
  auto l = busy(20'000);
  arrange(l, "");
  BOOST_TEST(encode(l).size() < 700'000u);
  BOOST_TEST(l.actors.size() + l.left_out == 20'002u);
  BOOST_TEST(l.actors[0].path == "n1/door-0");
  BOOST_TEST(l.actors[1].path == "n1/partition-3");
}

BOOST_AUTO_TEST_SUITE_END()
