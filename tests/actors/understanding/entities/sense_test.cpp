// Words with two meanings.
#include "tests/actors/understanding/entities/sense_cases.hpp"

#include "actors/understanding/entities/entity_reader.hpp"
#include "actors/understanding/entities/sense_policy.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <string>

using namespace steward;

BOOST_AUTO_TEST_SUITE(senses)

namespace {

std::string sense_of(const char* language, const char* text, const std::string& word,
                     std::vector<std::string> profile = {}) {
  entity_context context;
  context.language = language;
  context.senses = true;
  context.profile = std::move(profile);
  for (const auto& e : read_entities(text, context))
    if (e.kind == "sense" && e.text == word) return e.value.empty() ? "cannot tell" : e.value;
  return "not seen";
}

template <std::size_t N>
void check_held_out(const char* language, const sense_case (&cases)[N]) {
  std::size_t right = 0;
  for (const auto& c : cases) {
    const auto said = sense_of(language, c.text, c.word);
    const std::string want = *c.sense ? c.sense : "cannot tell";
    right += said == want;
    BOOST_TEST_MESSAGE(language << ": " << (said == want ? "right" : "WRONG") << ": " << c.text << ": " << said
                                << ", want " << want);
    // What nobody can tell is not guessed.
    if (!*c.sense) BOOST_TEST(said == "cannot tell", c.text << ": " << said);
  }
  BOOST_TEST_MESSAGE(language << ": " << right << " of " << N);
  BOOST_TEST(right * 10 >= N * 9, language << ": " << right << " of " << N);
}

} // namespace

BOOST_AUTO_TEST_CASE(held_out_english) { check_held_out("en", senses_en); }
BOOST_AUTO_TEST_CASE(held_out_spanish) { check_held_out("es", senses_es); }
BOOST_AUTO_TEST_CASE(held_out_chinese) { check_held_out("zh", senses_zh); }

BOOST_AUTO_TEST_CASE(nothing_settles_it_but_the_profile) {
  BOOST_TEST(sense_of("en", "tell me about the position", "position") == "cannot tell");
  BOOST_TEST(sense_of("en", "tell me about the position", "position", {"trading"}) == "trade");
  BOOST_TEST(sense_of("en", "tell me about the position", "position", {"job"}) == "job");
  // what the sentence says outweighs it
  BOOST_TEST(sense_of("en", "I want to apply for the position", "position", {"trading"}) == "job");
  BOOST_TEST(sense_of("en", "tell me about the position", "position", {"no such field"}) == "cannot tell");
}

BOOST_AUTO_TEST_CASE(what_a_word_meant_before_settles_it_where_nothing_else_does) {
  BOOST_TEST(sense_of("en", "tell me about the apple", "apple", {"apple/brand"}) == "brand");
  BOOST_TEST(sense_of("en", "how many calories has an apple when I eat it", "apple", {"apple/brand"}) == "fruit");
  BOOST_TEST(sense_of("en", "tell me about the apple", "apple", {"apple/planet"}) == "cannot tell");
  BOOST_TEST(sense_of("en", "tell me about the apple", "apple", {"/", "brand/", "/brand"}) == "cannot tell");
}

BOOST_AUTO_TEST_CASE(words_of_ones_own_come_first) {
  using namespace entities;
  const sense_book english({{{"outdoor", "tent|trail"}},
                            {{"mat|mats", {{"sleeping", "outdoor", "inflate", {}}, {"door", "home", "doorstep", {}}}},
                             {"apple", {{"colour_of_a_jacket", "", "jacket", {}}, {"a_size", "", "size", {}}}}}},
                           tongue::english);
  const sense_book german({{}, {{"bank", {{"sitz", "", "sitzen", {}}, {"geld", "", "konto", {}}}}}}, tongue::other);
  auto said = [&](const char* language, const sense_book& book, const char* text,
                  std::vector<std::string> profile = {}) -> std::string {
    entity_context context;
    context.language = language, context.senses = true, context.book = &book, context.profile = std::move(profile);
    for (const auto& e : read_entities(text, context))
      if (e.kind == "sense") return e.text + "=" + (e.value.empty() ? "cannot tell" : e.value);
    return "not seen";
  };
  BOOST_TEST(said("en", english, "can I inflate the mat by mouth") == "mat=sleeping");
  BOOST_TEST(said("en", english, "do the mats fit into a tent") == "mats=sleeping");
  BOOST_TEST(said("en", english, "a mat for the doorstep") == "mat=door");
  BOOST_TEST(said("en", english, "is the mat good") == "mat=cannot tell");
  BOOST_TEST(said("en", english, "is the mat good", {"outdoor"}) == "mat=sleeping");
  BOOST_TEST(said("en", english, "is the mat good", {"mats/door"}) == "mat=door");
  BOOST_TEST(said("en", english, "the jacket in apple") == "apple=colour_of_a_jacket"); // instead of the built-in word
  BOOST_TEST(said("en", english, "my position trades at a loss") == "position=trade");  // which stay
  BOOST_TEST(said("de", german, "kann man auf der bank sitzen") == "bank=sitz");
}

BOOST_AUTO_TEST_CASE(evidence_for_both_is_no_answer) {
  BOOST_TEST(sense_of("en", "I eat while I phone, and the apple", "apple") == "cannot tell");
}

BOOST_AUTO_TEST_CASE(grammar_speaks_too) {
  BOOST_TEST(sense_of("en", "we are happy with Apple", "Apple") == "brand");
  BOOST_TEST(sense_of("en", "WE ARE HAPPY WITH APPLE PRODUCTS", "APPLE") == "cannot tell");
  BOOST_TEST(sense_of("en", "two apples", "apples") == "fruit");
}

BOOST_AUTO_TEST_CASE(only_when_asked_and_only_where_words_are_known) {
  entity_context context;
  context.language = "en";
  for (const auto& e : read_entities("two apples", context)) BOOST_TEST(e.kind != "sense");
  BOOST_TEST(sense_of("fr", "deux apple", "apple") == "not seen");
  BOOST_TEST(sense_of("en", "", "apple") == "not seen");
}

BOOST_AUTO_TEST_SUITE_END()
