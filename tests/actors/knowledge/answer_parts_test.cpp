#include "actors/knowledge/answer_parts.hpp"

#include <boost/test/unit_test.hpp>

using namespace steward;

namespace {

std::vector<passage> of_parts(std::initializer_list<std::pair<std::string, std::size_t>> parts) {
  std::vector<passage> out;
  for (const auto& [heading, length] : parts)
    out.push_back({static_cast<std::uint32_t>(out.size()), heading,
                   std::string(1, static_cast<char>('a' + out.size())) + std::string(length - 1, '.'), ""});
  return out;
}

using parts = std::vector<std::uint32_t>;

parts chosen(const std::vector<passage>& all, std::vector<double> score) {
  return answer_parts(all, score, {.whole = 200, .most = 300, .close = 0.1});
}

} // namespace

BOOST_AUTO_TEST_SUITE(answer_parts_suite)

BOOST_AUTO_TEST_CASE(what_an_answer_is_made_of) {
  const auto small = of_parts({{"", 50}, {"A", 50}, {"B", 50}});
  const auto large = of_parts({{"", 150}, {"A", 100}, {"B", 100}, {"C", 400}});
  struct row {
    const char* name;
    const std::vector<passage>& of;
    std::vector<double> score;
    parts want;
  };
  const row rows[] = {
      {"a short article is said whole", small, {0.1, 0.9, 0.2}, {0, 1, 2}},
      {"the best alone where nothing is close", large, {0.1, 0.9, 0.2, 0.3}, {1}},
      {"what is close is said with it, in the article's order", large, {0.1, 0.85, 0.9, 0.3}, {1, 2}},
      {"not beyond what people read", large, {0.88, 0.85, 0.9, 0.3}, {0, 2}},
      {"a long best one is said, however long", large, {0.1, 0.2, 0.3, 0.9}, {3}},
  };
  for (const auto& r : rows) BOOST_TEST(chosen(r.of, r.score) == r.want, r.name);
  BOOST_TEST(answer_parts({}, {}).empty());
}

BOOST_AUTO_TEST_CASE(what_was_announced_is_not_said_twice) {
  auto all = of_parts({{"", 20}, {"A", 30}});
  all[0].text = "You can return:", all[0].announced = "\nA\n" + all[1].text;
  BOOST_TEST(chosen(all, {0.9, 0.85}) == parts({0}));
}

BOOST_AUTO_TEST_CASE(several_stand_under_their_headings) {
  const auto all = of_parts({{"", 3}, {"Prices", 3}});
  const parts both{0, 1}, one{1};
  BOOST_TEST(answer_text(all, both) == "a..\n\n**Prices**\n\nb..");
  BOOST_TEST(answer_text(all, one) == "b..");
}

BOOST_AUTO_TEST_SUITE_END()
