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
      {"yes, to three choices", {verdict::unknown, 0, true, 1, short_word::yes}, move::offer_again},
      {"yes, once more", {verdict::choose, 3, true, 2, short_word::yes}, move::give_up},
      {"none of them", {verdict::choose, 3, true, 1, short_word::no}, move::talk},
      {"none of them either", {verdict::choose, 3, true, 2, short_word::no}, move::give_up},
      {"what was that?", {verdict::unknown, 0, false, 2, short_word::repeat}, move::offer_again},
      {"yes, and that is known", {verdict::answer, 1, true, 1, short_word::yes}, move::answer},
  };
  for (auto& r : rows) BOOST_TEST((answer_policy(r.signs) == r.want), r.what);
}

BOOST_AUTO_TEST_CASE(rows_of_the_intent_policy) {
  using move = intent_move;
  struct {
    const char* what;
    intent_signs signs; // intent, outside, article, person, passage, answer_at
    move want;
  } rows[] = {
      {"0.80 beside a passage of 0.85", {0.80, false, true, false, 0.85, 0.6}, move::nothing},
      {"0.85 beside a passage of 0.80", {0.85, false, true, false, 0.80, 0.6}, move::article},
      {"sure, where no passage fits", {0.7, false, true, false, 0, 0.6}, move::article},
      {"not sure enough", {0.59, false, true, false, 0.2, 0.6}, move::nothing},
      {"sure, and it needs a person", {0.7, false, false, true, 0.65, 0.6}, move::person},
      {"a person, but the passage is surer", {0.7, false, false, true, 0.8, 0.6}, move::nothing},
      {"sure, and only noted", {0.9, false, false, false, 0.1, 0.6}, move::nothing},
      {"the nearest of what is foreign", {0.9, true, true, true, 0.1, 0.6}, move::nothing},
      {"nothing is known", {}, move::nothing},
  };
  for (auto& r : rows) BOOST_TEST((intent_policy(r.signs) == r.want), r.what);
}

BOOST_AUTO_TEST_SUITE_END()
