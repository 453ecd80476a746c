#include "actors/understanding/intents/json_line.hpp"

#include <boost/test/unit_test.hpp>

using namespace steward;

BOOST_AUTO_TEST_SUITE(json_line_suite)

BOOST_AUTO_TEST_CASE(what_a_parser_would_refuse_is_replaced_and_all_else_stays) {
  struct {
    const char *line, *want;
  } rows[] = {
      {"", ""},
      {R"({"text":"a"})", R"({"text":"a"})"},
      {"\xEF\xBB\xBF{}", "{}"},
      {"caf\xff\xe9!", "caf\uFFFD\uFFFD!"},
      {"\xe9\x80", "\uFFFD"},
      {R"(cut \ud83d here)", R"(cut \ufffd here)"},
      {R"(\ud83d\ude00)", R"(\ud83d\ude00)"},
      {R"(\ude00\ud83d)", R"(\ufffd\ufffd)"},
      {R"(\ud83d\n)", R"(\ufffd\n)"},
      {R"(\\ud83d)", R"(\\ud83d)"}, // a backslash, and letters
      {R"(\u00e9\u4e2d)", R"(\u00e9\u4e2d)"},
      {R"(\u12)", R"(\u12)"}, // no JSON, and none of ours
      {"end\\", "end\\"},
      {"no json", "no json"},
  };
  for (auto& r : rows) BOOST_TEST(readable_json(r.line) == r.want, r.line << " -> " << readable_json(r.line));
  BOOST_TEST(readable_json(std::string(2, '\0')).size() == 2u);
}

BOOST_AUTO_TEST_SUITE_END()
