#include "actors/knowledge/eval_input.hpp"

#include <boost/test/unit_test.hpp>

using namespace steward;

BOOST_AUTO_TEST_SUITE(eval_input_suite)

BOOST_AUTO_TEST_CASE(good_lines_are_read_and_bad_ones_named) {
  const auto r = parse_questions(
      "{\"question\":\"a?\",\"expected\":[\"x\",2],\"holds\":[\"60 days\"]}\n\n{\"question\":\"b\",\"id\":\"y\","
      "\"language\":\"zh-CN\"}\nnope\n[]\n{\"expected\":[\"x\"]}\n"
      "{\"question\":\" "
      "\",\"expected\":[\"x\"]}\n{\"question\":\"c\"}\n{\"question\":\"c\",\"expected\":["
      "true]}\n{\"question\":\"none\",\"expected\":[]}",
      "q.jsonl");
  BOOST_REQUIRE(r.questions.size() == 3U);
  BOOST_TEST(r.questions[0].expected[1] == "2");
  BOOST_TEST(r.questions[0].holds.at(0) == "60 days");
  BOOST_TEST(r.questions[1].language == "zh");
  BOOST_TEST(r.questions[2].expected.empty());
  BOOST_REQUIRE(r.problems.size() == 6U);
  BOOST_TEST(r.problems[0] == "q.jsonl:4: not JSON");
  BOOST_TEST(r.problems[1] == "q.jsonl:5: not a JSON object");
  BOOST_TEST(r.problems[5] == "q.jsonl:9: 'expected' is not a list of article ids");
  BOOST_TEST(read_questions("/nowhere.jsonl").problems.size() == 1U);
}

BOOST_AUTO_TEST_CASE(scripts_tell_languages_apart_enough_to_choose_an_encoder) {
  BOOST_TEST(script_language("我的订单") == "zh");
  BOOST_TEST(script_language("注文はいつ届きますか") == "ja");
  BOOST_TEST(script_language("주문") == "ko");
  BOOST_TEST(script_language("order 订") == "en");
  BOOST_TEST(script_language("") == "en");
}

BOOST_AUTO_TEST_SUITE_END()
