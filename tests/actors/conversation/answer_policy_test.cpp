#include "actors/conversation/answer_policy.hpp"

#include <boost/test/unit_test.hpp>

using namespace steward;

BOOST_AUTO_TEST_SUITE(answer_policy_suite)

BOOST_AUTO_TEST_CASE(rows_of_the_policy) {
  using move = answer_move;
  struct {
    const char* what;
    answer_signs signs;
    move want;
  } rows[] = {
      {"a sure passage", {verdict::answer, 1}, move::answer},
      {"a sure passage beside a greeting", {verdict::answer, 1, true}, move::answer},
      {"sure of nothing", {verdict::answer, 0}, move::unknown},
      {"a greeting", {verdict::unknown, 0, true}, move::talk},
      {"a greeting that resembles articles", {verdict::choose, 3, true}, move::talk},
      {"several may be meant", {verdict::choose, 3}, move::ask_back},
      {"one may be meant", {verdict::choose, 1}, move::unknown},
      {"nothing fits", {verdict::unknown, 3}, move::unknown},
      {"asked back once", {verdict::choose, 3, false, 1}, move::ask_back},
      {"asked back twice", {verdict::choose, 3, false, 2}, move::give_up},
      {"asked back twice, then sure", {verdict::answer, 1, false, 2}, move::answer},
      {"asked back twice, then thanks", {verdict::choose, 2, true, 2}, move::talk},
  };
  for (auto& r : rows) BOOST_TEST((answer_policy(r.signs) == r.want), r.what);
}

BOOST_AUTO_TEST_SUITE_END()
