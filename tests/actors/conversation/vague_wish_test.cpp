#include "actors/conversation/vague_wish.hpp"

#include <boost/test/unit_test.hpp>

using namespace steward;

BOOST_AUTO_TEST_SUITE(vague_wish)

BOOST_AUTO_TEST_CASE(wishes_with_two_sides) {
  for (auto s : {"the package is too expensive", "That's way too expensive!", "太贵了", "这个包裹太贵了",
                 "es demasiado caro", "¡Qué carísimo!"})
    BOOST_TEST(sides_of(s).size() == 2u, s);
  for (auto s : {"", "the shipping is too expensive", "it is too expensive, I found it cheaper elsewhere", "运费太贵了",
                 "el envío es muy caro", "is an expensive tent warmer?", "expensive"})
    BOOST_TEST(sides_of(s).empty(), s);
  BOOST_TEST(sides_of("too expensive " + std::string(100'000, 'x')).empty());
}

BOOST_AUTO_TEST_CASE(what_was_found_for_both_is_to_be_chosen_from) {
  const std::string text = "the package is too expensive";
  const auto sides = sides_of(text);
  const auto part = [&](std::size_t i, verdict v, const char* article) {
    knowledge_part p{sides[i], v, 0.8, {}};
    p.candidates.push_back({article, article, 0, "", "", "", 3});
    return p;
  };
  knowledge_result found;
  found.candidates.push_back({"damaged", "Damaged", 0, "", "", "", 1});
  auto k = found;
  k.parts = {part(0, verdict::answer, "costs"), part(1, verdict::choose, "match")};
  weigh_sides(k, text);
  BOOST_TEST((k.outcome == verdict::choose));
  BOOST_TEST(k.parts.empty());
  BOOST_REQUIRE(k.candidates.size() == 2u);
  BOOST_TEST(k.candidates[1].article == "match");
  // One side alone is known, or both by one article: as it was.
  for (auto v : {verdict::unknown, verdict::answer}) {
    k = found;
    k.parts = {part(0, verdict::answer, "costs"), part(1, v, v == verdict::answer ? "costs" : "match")};
    weigh_sides(k, text);
    BOOST_TEST((k.outcome == verdict::unknown));
    BOOST_TEST(k.candidates.size() == 1u);
  }
  // Known for certain.
  k = found;
  k.outcome = verdict::answer;
  k.parts = {part(0, verdict::answer, "costs"), part(1, verdict::choose, "match")};
  weigh_sides(k, text);
  BOOST_TEST(k.candidates[0].article == "damaged");
  // Several wishes of another message stay.
  k = found;
  k.parts = {part(0, verdict::answer, "costs"), part(1, verdict::choose, "match")};
  weigh_sides(k, "what does delivery cost and do you match prices");
  BOOST_TEST(k.parts.size() == 2u);
}

BOOST_AUTO_TEST_SUITE_END()
