#include "actors/knowledge/chunker.hpp"

#include <boost/test/unit_test.hpp>

using namespace steward;

BOOST_AUTO_TEST_SUITE(chunker_suite)

BOOST_AUTO_TEST_CASE(headings_become_passages) {
  const auto p = passages_of(
      "Intro **bold** with a [link](/x).\n\n## Costs\n\n- five euros\n- ten euros\n\n## Time & place\n\nTwo days.");
  BOOST_REQUIRE(p.size() == 3U);
  BOOST_TEST(p[0].heading == "");
  BOOST_TEST(p[0].text == "Intro bold with a link.");
  BOOST_TEST(p[1].heading == "Costs");
  BOOST_TEST(p[1].text == "five euros\nten euros");
  BOOST_TEST(p[2].heading == "Time & place");
  BOOST_TEST(p[2].ordinal == 2U);
}

BOOST_AUTO_TEST_CASE(nothing_gives_nothing) {
  BOOST_TEST(passages_of("").empty());
  BOOST_TEST(passages_of(" \n\n ").empty());
  BOOST_TEST(passages_of("just words").size() == 1U);
}

BOOST_AUTO_TEST_CASE(long_ones_are_split_at_sentence_ends) {
  std::string text;
  for (int i = 0; i < 60; ++i) text += "This is sentence number " + std::to_string(i) + ". ";
  const auto p = passages_of("# Many\n\n" + text, {.longest = 300});
  BOOST_TEST(p.size() > 3U);
  for (const auto& part : p) {
    BOOST_TEST(part.text.size() <= 300U);
    BOOST_TEST(part.text.size() > 100U);
    BOOST_TEST(part.text.back() == '.');
    BOOST_TEST(part.heading == "Many");
  }
}

BOOST_AUTO_TEST_CASE(a_sentence_without_end_is_cut_between_characters) {
  std::string chinese;
  for (int i = 0; i < 200; ++i) chinese += "订";
  for (const auto& part : passages_of(chinese, {.longest = 100})) {
    BOOST_TEST(part.text.size() <= 100U);
    BOOST_TEST(part.text.size() % 3 == 0U);
  }
  BOOST_TEST(passages_of(std::string(100'000, 'x'), {.longest = 100, .most = 7}).size() == 7U);
}

BOOST_AUTO_TEST_CASE(sentences_end_where_readers_think) {
  const auto s = sentences_of("It costs 3.50 today. Really? Yes!\n第一句。第二句！");
  BOOST_REQUIRE(s.size() == 5U);
  BOOST_TEST(s[0] == "It costs 3.50 today.");
  BOOST_TEST(s[4] == "第二句！");
}

BOOST_AUTO_TEST_CASE(html_and_tables_lose_their_markup) {
  BOOST_TEST(plain_text("a <b>c</b> &amp; d\n\n|x|y|\n|---|---|\n|1|2|\n").find('<') == std::string::npos);
  BOOST_TEST(plain_text("|x|y|\n|---|---|\n|1|2|\n") == "x y\n1 2");
}

BOOST_AUTO_TEST_SUITE_END()
