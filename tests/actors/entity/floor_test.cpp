#include "actors/entity/floor.hpp"

#include <boost/test/unit_test.hpp>
#include <random>
#include <set>

using namespace steward;

BOOST_AUTO_TEST_SUITE(floor_tracking)

BOOST_AUTO_TEST_CASE(the_floor_stops_below_what_is_open) {
  floor_tracker f;
  f.reset(10);
  BOOST_TEST(f.floor() == 10u);
  f.add(11, 1), f.add(14, 2), f.add(15, 0), f.add(16, 1);
  BOOST_TEST(f.floor() == 10u);
  BOOST_TEST(f.floor_with(std::vector<uint64_t>{11}) == 13u);
  BOOST_TEST(f.floor_with(std::vector<uint64_t>{16}) == 10u);
  BOOST_TEST(f.floor_with(std::vector<uint64_t>{16, 11}) == 13u); // 14 has two parts
  BOOST_TEST(f.done(11));
  BOOST_TEST(f.floor() == 13u);
  BOOST_TEST(f.done(16));
  BOOST_TEST(f.done(14));
  BOOST_TEST(f.floor() == 13u);
  BOOST_TEST(f.floor_with(std::vector<uint64_t>{14}) == 16u);
  BOOST_TEST(f.done(14));
  BOOST_TEST(!f.done(14));
  BOOST_TEST(f.floor() == 16u);
  BOOST_TEST(f.passed() == 16u);
  f.add(20, 0);
  BOOST_TEST(f.floor() == 20u);
  BOOST_TEST(f.passed() == 16u);
}

BOOST_AUTO_TEST_CASE(it_agrees_with_a_set_of_open_numbers) {
  std::mt19937 random(7);
  floor_tracker f;
  f.reset(0);
  std::set<uint64_t> open;
  uint64_t last = 0;
  for (int i = 0; i < 20000; ++i) {
    if (random() % 2) {
      last += 1 + random() % 3;
      f.add(last, 1);
      open.insert(last);
    } else if (!open.empty()) {
      auto it = std::next(open.begin(), static_cast<long>(random() % open.size()));
      auto seq = *it;
      open.erase(it);
      auto expected = open.empty() ? last : *open.begin() - 1;
      BOOST_REQUIRE(f.floor_with({&seq, 1}) == expected);
      BOOST_REQUIRE(f.done(seq));
    }
    BOOST_REQUIRE(f.floor() == (open.empty() ? last : *open.begin() - 1));
  }
}

BOOST_AUTO_TEST_SUITE_END()
