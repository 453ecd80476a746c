#include "actors/understanding/intents/intent_report.hpp"

#include <boost/test/unit_test.hpp>

using namespace steward;

BOOST_AUTO_TEST_SUITE(intent_report_suite)

BOOST_AUTO_TEST_CASE(figures_confusions_overlaps_and_suspects) {
  std::vector<tested_text> all;
  const auto add = [&](std::size_t times, std::uint32_t truth, std::uint32_t said, float sure, bool outside = false) {
    for (std::size_t i = 0; i < times; ++i)
      all.push_back({"text " + std::to_string(all.size()), truth, said, sure, outside});
  };
  add(8, 0, 0, 0.9F), add(2, 0, 1, 0.85F), add(9, 1, 1, 0.9F), add(2, 1, 0, 0.5F), add(10, 2, 2, 0.9F);
  add(1, 2, 0, 0.4F, true);
  add(3, 3, 0, 0.3F, true), add(1, 3, 1, 0.6F); // strangers
  const auto r = report_of({"late", "lost", "pay"}, all);
  BOOST_TEST(r.texts == 32u);
  BOOST_TEST(r.strangers == 4u);
  BOOST_TEST(r.accuracy == 27.0 / 32);
  BOOST_TEST(r.out_of_scope_recall == 0.75);
  BOOST_TEST(r.in_scope_kept == 31.0 / 32);
  BOOST_REQUIRE(r.confusions.size() == 3u);
  BOOST_TEST(r.confusions[0].count == 2u);
  BOOST_TEST(r.confusions[0].examples.size() == 2u);
  BOOST_REQUIRE(r.overlaps.size() == 1u); // late and lost: 4 of 21
  BOOST_TEST(r.overlaps[0].b == 1u);
  BOOST_REQUIRE(r.suspects.size() == 2u);
  BOOST_TEST(r.suspects[0].labelled == 0u);
  BOOST_TEST(r.suspects[0].meant == 1u);
  BOOST_TEST(r.matrix[1][0] == 2u);
}

BOOST_AUTO_TEST_CASE(the_page_escapes_what_people_wrote) {
  const tested_text wrong[] = {{"<script>alert(1)</script>", 0, 1, 0.9F, false}, {"b & c", 1, 1, 0.9F, false}};
  const report_part part{"en \"quoted\"", report_of({"a<b", "c"}, wrong)};
  const auto page = report_html("<t>", std::span(&part, 1));
  BOOST_TEST(page.find("<script>") == std::string::npos);
  BOOST_TEST(page.find("&lt;script&gt;alert(1)") != std::string::npos);
  BOOST_TEST(page.find("a&lt;b") != std::string::npos);
  BOOST_TEST(page.find("<polyline") != std::string::npos);
  BOOST_TEST(report_html("empty", {}).ends_with("</html>\n"));
}

BOOST_AUTO_TEST_CASE(nothing_judges_itself) {
  lessons l;
  l.intents = 2;
  std::vector<std::string> raw;
  for (std::uint32_t i = 0; i < 24; ++i) {
    raw.push_back((i % 2 == 0 ? "alpha word" : "beta thing") + std::string(1, static_cast<char>('a' + i)));
    l.texts.push_back(raw.back()), l.intent.push_back(i % 2);
  }
  l.texts.emplace_back("gamma alone"), raw.emplace_back("gamma alone"), l.intent.push_back(2), l.intents = 3;
  lessons strangers;
  const std::vector<std::string> foreign{"who won the match", "tell me a joke", "is it raining", "how tall is it",
                                         "sing"};
  strangers.texts = foreign;
  const auto all = cross_validated(l, raw, strangers, foreign);
  BOOST_REQUIRE(all.ok());
  BOOST_TEST(all->size() == 29u); // the only example of its intent is never held out
  for (const auto& t : *all) BOOST_TEST(t.text != "gamma alone");
  const auto r = report_of({"a", "b", "c"}, *all);
  BOOST_TEST(r.accuracy > 0.9);
  BOOST_TEST(r.strangers == 5u);
}

BOOST_AUTO_TEST_SUITE_END()
