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
  BOOST_TEST(p[1].text == "- five euros\n- ten euros");
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

BOOST_AUTO_TEST_CASE(lists_keep_their_marks) {
  BOOST_TEST(plain_text("1. one\n2. two\n\n   more\n\n- a\n  - b\n") == "1. one\n2. two\nmore\n- a\n  - b");
}

// An answer that ended with "You can return:" said nothing.
BOOST_AUTO_TEST_CASE(a_list_stays_with_the_sentence_that_announces_it) {
  std::string text = "## Returns\n\n";
  for (int i = 0; i < 8; ++i) text += "Some words come before it, number " + std::to_string(i) + ". ";
  text += "You can return:\n\n";
  for (int i = 0; i < 12; ++i) text += "- thing number " + std::to_string(i) + "\n";
  text += "\nThat is all. ";
  const auto p = passages_of(text, {.longest = 300, .with_list = 600});
  bool whole = false;
  for (const auto& part : p) {
    BOOST_TEST(part.text.size() <= 600U);
    BOOST_TEST(!part.text.ends_with(':'));
    if (part.text.find("You can return:\n- thing number 0") != std::string::npos)
      whole = part.text.find("- thing number 11") != std::string::npos;
  }
  BOOST_TEST(whole);
}

BOOST_AUTO_TEST_CASE(a_table_too_long_for_one_passage_is_introduced_in_each) {
  std::string text = "Words. Prices are:\n\n| a | b |\n|---|---|\n";
  for (int i = 0; i < 60; ++i) text += "| parcel " + std::to_string(i) + " | " + std::to_string(i) + " euros |\n";
  const auto p = passages_of(text, {.longest = 300, .with_list = 500});
  BOOST_TEST(p.size() > 2U);
  for (const auto& part : p) {
    BOOST_TEST(part.text.size() <= 500U);
    BOOST_TEST((part.text.find("Prices are:") != std::string::npos || part.text == "Words."));
    BOOST_TEST((part.text.ends_with("euros") || part.text == "Words."));
  }
}

BOOST_AUTO_TEST_CASE(what_is_announced_by_a_colon_stands_under_it) {
  const auto p = passages_of("It depends on how you paid:\n\n## Card\n\nTwo days.\n\n## Bank\n\nFive days.\n");
  BOOST_REQUIRE(p.size() == 3U);
  BOOST_TEST(p[0].text == "It depends on how you paid:");
  BOOST_TEST(p[0].answer() == "It depends on how you paid:\n\n**Card**\n\nTwo days.\n\n**Bank**\n\nFive days.");
  BOOST_TEST(p[1].heading == "Card");
  std::string many = "See:\n\n";
  for (int i = 0; i < 9; ++i) many += "## Case " + std::to_string(i) + "\n\n" + std::string(200, 'x') + ".\n\n";
  const auto q = passages_of(many);
  BOOST_TEST(q[0].answer().starts_with("See:\n- Case 0\n- Case 1"));
  BOOST_TEST(q[0].answer().size() < 200U);
}

BOOST_AUTO_TEST_CASE(no_answer_is_without_words) {
  const auto p = passages_of("# Trouble\n\n## Photo\n\nClean it.\n\n## Nothing here\n");
  BOOST_REQUIRE(p.size() == 3U);
  BOOST_TEST(p[0].heading == "Trouble");
  BOOST_TEST(p[0].answer() == "**Photo**\n\nClean it.\n\n**Nothing here**");
  BOOST_TEST(p[2].answer() == "Nothing here");
}

BOOST_AUTO_TEST_CASE(sentences_end_where_readers_think) {
  const auto s = sentences_of("It costs 3.50 today. Really? Yes!\n第一句。第二句！");
  BOOST_REQUIRE(s.size() == 5U);
  BOOST_TEST(s[0] == "It costs 3.50 today.");
  BOOST_TEST(s[4] == "第二句！");
}

BOOST_AUTO_TEST_CASE(html_and_tables_lose_their_markup) {
  BOOST_TEST(plain_text("a <b>c</b> &amp; d\n\n|x|y|\n|---|---|\n|1|2|\n").find('<') == std::string::npos);
  BOOST_TEST(plain_text("|x|y|\n|---|---|\n|1|2|\n") == "x | y\n1 | 2");
}

BOOST_AUTO_TEST_CASE(what_follows_a_list_is_not_drawn_into_its_last_item) {
  const auto p = passages_of("Then it depends:\n\n- card: 3 days\n- gift card: at once\n\nOnly the way you paid.");
  BOOST_REQUIRE(p.size() == 1U);
  BOOST_TEST(p[0].answer() == "Then it depends:\n- card: 3 days\n- gift card: at once\n\nOnly the way you paid.");
}

BOOST_AUTO_TEST_SUITE_END()
