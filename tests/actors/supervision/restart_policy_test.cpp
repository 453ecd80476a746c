#define BOOST_TEST_MODULE supervision
#include "actors/supervision/restart_policy.hpp"

#include <boost/test/unit_test.hpp>

using namespace steward;

BOOST_AUTO_TEST_CASE(pauses_double_and_the_fourth_failure_in_a_minute_is_passed_on) {
  restart_policy p;
  BOOST_TEST(p.on_failure(0).pause_ms == 50);
  BOOST_TEST(p.on_failure(100).pause_ms == 100);
  BOOST_TEST(p.on_failure(200).pause_ms == 200);
  BOOST_TEST(!p.on_failure(300).restart);
  BOOST_TEST(p.total() == 4u);
}

BOOST_AUTO_TEST_CASE(old_failures_are_forgotten) {
  restart_policy p;
  for (int64_t t = 0; t < 10; ++t) BOOST_TEST(p.on_failure(t * 30'000).restart);
}
