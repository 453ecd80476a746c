#include "actors/understanding/intents/examples.hpp"

#include <boost/test/unit_test.hpp>

using namespace steward;

BOOST_AUTO_TEST_SUITE(examples_suite)

BOOST_AUTO_TEST_CASE(lines_and_their_problems) {
  const auto file = read_examples("{\"text\":\"where is my card\",\"intent\":\"card\"}\n"
                                  "\n"
                                  "{\"text\":\"Where is MY card\",\"intent\":\"lost\"}\n"
                                  "not json\n"
                                  "{\"text\":\"no intent\"}\n"
                                  "{\"text\":7,\"intent\":\"x\"}\n"
                                  "{\"text\":\" \\u200b \",\"intent\":\"x\"}\n"
                                  "{\"text\":\"where is my card\",\"intent\":\"card\"}",
                                  "f.jsonl", intents_are::required);
  BOOST_TEST(file.examples.size() == 3u);
  BOOST_REQUIRE(file.problems.size() == 5u);
  BOOST_TEST(file.problems[0] == "f.jsonl:3: \"Where is MY card\" is an example of lost here and of card in line 1");
  BOOST_TEST(file.problems[1].starts_with("f.jsonl:4: not an object"));
  BOOST_TEST(file.problems[2] == "f.jsonl:5: no \"intent\"");
  BOOST_TEST(file.problems[3].starts_with("f.jsonl:6: not an object"));
  BOOST_TEST(file.problems[4] == "f.jsonl:7: a text without anything to read");
}

BOOST_AUTO_TEST_CASE(nothing_and_too_much) {
  BOOST_TEST(read_examples("", "f", intents_are::required).examples.empty());
  BOOST_TEST(!read_examples_of("/nonexistent.jsonl", intents_are::required).ok());
  BOOST_TEST(!read_examples_of("/", intents_are::required).ok());
  const auto huge =
      read_examples("{\"text\":\"" + std::string(100'000, 'x') + "\",\"intent\":\"a\"}", "f", intents_are::required);
  BOOST_REQUIRE(huge.examples.size() == 1u);
  BOOST_TEST(huge.examples[0].text.size() == 4096u);
  BOOST_TEST(huge.problems.size() == 1u);
  const auto deep = read_examples(std::string(100'000, '['), "f", intents_are::required);
  BOOST_TEST(deep.problems.size() == 1u);
  std::string smiles = "{\"intent\":7,\"text\":\"";
  for (int i = 0; i < 100'000; ++i) smiles += "\\ud83d\\ude00";
  const auto escaped = read_examples(smiles + "\"}", "f", intents_are::required);
  BOOST_REQUIRE(escaped.examples.size() == 1u); // a hundred thousand characters, twelve bytes each
  BOOST_TEST(escaped.examples[0].intent == "7");
}

BOOST_AUTO_TEST_CASE(numbers_and_strangers) {
  const auto set = numbered({{"a", "z", 1}, {"b", "oos", 2}, {"c", "k", 3}, {"d", "z", 4}});
  BOOST_TEST(set.names == (std::vector<std::string>{"k", "z"}), boost::test_tools::per_element());
  BOOST_TEST(set.intent == (std::vector<std::uint32_t>{1, 0, 1}), boost::test_tools::per_element());
  BOOST_TEST(set.strangers == std::vector<std::string>{"b"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(names_as_words) {
  BOOST_TEST(words_of_name("card_arrival") == "card arrival");
  BOOST_TEST(words_of_name("AddToPlaylist") == "add to playlist");
  BOOST_TEST(words_of_name("weather/find") == "weather find");
  BOOST_TEST(words_of_name("退款") == "退款");
}

BOOST_AUTO_TEST_SUITE_END()
