#include "actors/understanding/intents/suggestion.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>

using namespace steward;

BOOST_AUTO_TEST_SUITE(suggestion_suite)

BOOST_AUTO_TEST_CASE(groups_by_words) {
  const std::vector<std::string> texts{
      "do you sell kayaks",   "can I buy kayaks here",      "kayaks for sale?",         "any kayaks in the shop",
      "are you hiring staff", "hiring staff for summer?",   "is the shop hiring staff", "my tooth hurts",
      "Do you sell kayaks",   "what is the capital of peru"};
  const auto all = suggest_intents(texts, {}, {.least = 3});
  BOOST_REQUIRE(all.size() == 2u);
  BOOST_TEST(all[0].members.size() == 4u); // the same message in capitals is no other
  BOOST_TEST(all[0].name.find("kayaks") != std::string::npos);
  BOOST_TEST(all[1].name.find("hiring") != std::string::npos);
  for (const auto m : all[1].members) BOOST_TEST(texts[m].find("hiring") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(groups_by_vectors) {
  std::vector<std::string> texts;
  embeddings v{8, {}};
  for (std::size_t i = 0; i < 20; ++i) {
    texts.push_back("文" + std::to_string(i));
    std::vector<float> row(8, 0.1F);
    row[i % 4] = 1, row[4 + i % 3] += 0.1F;
    v.values.insert(v.values.end(), row.begin(), row.end());
  }
  const auto all = suggest_intents(texts, v);
  BOOST_REQUIRE(all.size() == 4u);
  for (const auto& s : all) {
    BOOST_TEST(s.members.size() == 5u);
    BOOST_TEST(s.name.starts_with("topic_")); // no Latin word to name it by
    for (const auto m : s.members) BOOST_TEST(m % 4 == s.members.front() % 4);
  }
}

BOOST_AUTO_TEST_CASE(too_little_makes_no_intent) {
  BOOST_TEST(suggest_intents({}, {}).empty());
  const std::vector<std::string> two{"a b c", "a b c d", "", "  "};
  BOOST_TEST(suggest_intents(two, {}).empty());
  const std::vector<std::string> same{"same", "same", "same", "same"};
  BOOST_TEST(suggest_intents(same, {}).empty());
}

BOOST_AUTO_TEST_SUITE_END()
