// Long, empty, broken and strange texts: no crash, and time that grows with the length.
#include "actors/understanding/entities/entity_reader.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <string>

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

BOOST_AUTO_TEST_SUITE_END()
