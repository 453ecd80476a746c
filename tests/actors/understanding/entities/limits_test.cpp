// Long, empty, broken and strange texts: no crash, and time that grows with the length.
#include "actors/understanding/entities/entity_reader.hpp"
#include "actors/understanding/entities/own_names.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

using namespace steward;

namespace {

double seconds_for(const std::string& text, const char* language) {
  entity_context context;
  context.language = language;
  context.now = local_seconds("2024-05-15T10:30:00");
  const auto before = std::chrono::steady_clock::now();
  (void)read_entities(text, context);
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - before).count();
}

std::string repeated(const std::string& piece, std::size_t length) {
  std::string out;
  while (out.size() < length) out += piece;
  return out;
}

// Four characters of eleven, another four for each place.
std::string chinese_name(int place) {
  static const std::vector<std::string> characters{"茶", "壶", "灯", "山", "水", "帐", "篷", "炉", "风", "扇", "鞋"};
  std::string out;
  for (int i = 0; i < 4; ++i, place /= 11) out += characters[static_cast<std::size_t>(place % 11)];
  return out;
}

} // namespace

BOOST_AUTO_TEST_SUITE(limits)

BOOST_AUTO_TEST_CASE(a_hundred_thousand_characters) {
  // Each piece is one that rules could chain for ever. Ten times the text may take some thirty times as long at the
  // worst (a slow machine, caches), not a hundred times.
  const std::pair<const char*, const char*> cases[] = {
      {"en", "1 day and "},   {"en", "1/"},        {"en", "one hundred "},     {"en", "(((("},   {"en", "@"},
      {"en", "\xE2\x80\x8B"}, {"es", "veinte y "}, {"es", "\xF0\x9F\x98\x80"}, {"zh", "三天又"}, {"zh", "1月"}};
  for (const auto& [language, piece] : cases) {
    const auto small = seconds_for(repeated(piece, 10'000), language);
    const auto large = seconds_for(repeated(piece, 100'000), language);
    BOOST_TEST(large < 30 * small + 1, language << " '" << piece << "': " << small << " s, then " << large << " s");
  }
}

BOOST_AUTO_TEST_CASE(strange_texts) {
  for (const auto* language : {"en", "es", "zh", "xx", ""})
    for (const auto& text : {std::string(), std::string("\0\x01\x02", 3), std::string("\xFF\xC0\x80"),
                             std::string("\xE4\xB8"), std::string("99999999999999999999999999 years ago"),
                             std::string("in 1e300 days"), std::string("9999-12-31 + 99999 years"), std::string("第"),
                             std::string("0000-00-00 24:60"), std::string("-9999999999999999 months ago")}) {
      entity_context context;
      context.language = language;
      BOOST_CHECK_NO_THROW(read_entities(text, context));
    }
}

BOOST_AUTO_TEST_CASE(ten_thousand_chinese_names) {
  entities::own_entity names{"product", {}, {}};
  for (int i = 0; i < 10'000; ++i) names.values.push_back({std::to_string(i), {chinese_name(i)}});
  const entities::own_names own({names});
  std::string message = "我的" + chinese_name(9'876) + "坏了，";
  for (int i = 0; i < 20; ++i) message += "茶壶灯山的"; // each begins a thousand names, and is one
  entities::own_cost cost;
  const auto found = own.read(entities::source_text(message), 30, &cost);
  BOOST_REQUIRE(found.size() == 21u);
  BOOST_TEST(std::ranges::count(found, "9876", &entities::own_span::value) == 1);
  BOOST_TEST(cost.compared <= 6 * 100u); // a handful for each character, not a thousand
}

BOOST_AUTO_TEST_CASE(a_thousand_slow_patterns) {
  std::vector<entities::own_entity> all;
  for (int i = 0; i < 50; ++i)
    all.push_back({"slow" + std::to_string(i), {}, std::vector<std::string>(20, i < 49 ? "(a+)+b" : R"(LT-\d{5})")});
  const entities::own_names own(all);
  entities::own_cost cost;
  const auto found = own.read(entities::source_text(std::string(2'000, 'a') + "c LT-20417"), 20, &cost);
  // Four use up what all of a message have, each of the others gives up after its first step.
  BOOST_TEST(cost.steps == 200u + 976u);
  BOOST_TEST(found.size() == 20u); // and one that takes none is read for all that
  entities::own_cost small;
  (void)own.read(entities::source_text("where is LT-20417?"), 20, &small);
  BOOST_TEST(small.steps == 0u);
}

BOOST_AUTO_TEST_SUITE_END()
