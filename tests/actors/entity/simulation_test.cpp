#include "tests/actors/entity/simulation.hpp"

#include <boost/test/unit_test.hpp>

using namespace steward;

BOOST_AUTO_TEST_SUITE(turn_log_simulation)

BOOST_AUTO_TEST_CASE(each_rule_is_needed) {
  for (auto* name : {"no_expected_sequence", "no_chain", "accept_gaps", "timeout_is_failure", "no_seen_ids",
                     "no_watermarks", "no_trim", "no_trials", "cut_unwritten", "stale_look"}) {
    simulation::options o;
    simulation::tally t;
    std::string why;
    BOOST_REQUIRE(from_string(name, o.mutate));
    auto seed = first_failure(o, 20'000, t, why);
    BOOST_TEST(seed.has_value(), name << ": not noticed in 20,000 schedules");
    if (seed) BOOST_TEST_MESSAGE(name << ": noticed by schedule " << *seed << " " << why);
  }
}

BOOST_AUTO_TEST_CASE(a_seed_repeats_itself) {
  simulation::tally a, b;
  for (uint64_t seed = 1; seed <= 20; ++seed) {
    run({.seed = seed}, a);
    run({.seed = seed}, b);
  }
  BOOST_TEST(a.events == b.events);
  BOOST_TEST(a.records == b.records);
}

BOOST_AUTO_TEST_CASE(the_faults_do_happen) {
  simulation::tally t;
  std::string why;
  first_failure({}, 3000, t, why);
  BOOST_TEST(why == "");
  for (auto n : {t.takeovers, t.fenced, t.crashes, t.pauses, t.doubts, t.duplicates, t.redeliveries, t.given_up,
                 t.parked, t.recreated, t.timers, t.snapshots, t.purged, t.gathered})
    BOOST_TEST(n > 50u);
}

BOOST_AUTO_TEST_SUITE_END()
