#include "storage/vector_index.hpp"

#include <boost/test/unit_test.hpp>

#include <cmath>

using namespace steward;

BOOST_AUTO_TEST_SUITE(vector_index_suite)

namespace {
std::vector<float> rows(std::size_t n, std::size_t d) {
  std::vector<float> out;
  std::uint64_t state = 42;
  for (std::size_t i = 0; i < n; ++i) {
    double length = 0;
    for (std::size_t k = 0; k < d; ++k) {
      state = state * 6364136223846793005ULL + 1442695040888963407ULL;
      out.push_back(static_cast<float>(state >> 40) / 16777216.0F - 0.5F);
      length += out.back() * out.back();
    }
    for (std::size_t k = 0; k < d; ++k) out[i * d + k] /= static_cast<float>(std::sqrt(length));
  }
  return out;
}
} // namespace

BOOST_AUTO_TEST_CASE(finds_each_row_by_itself_exactly_and_by_lists) {
  constexpr std::size_t n = 2'000, d = 16;
  for (const std::size_t exact_up_to : {n, n / 4}) {
    const auto index = vector_index::build(d, rows(n, d), {.exact_up_to = exact_up_to, .lists_looked_into = 8});
    BOOST_REQUIRE(index);
    BOOST_TEST(index->exact() == (exact_up_to == n));
    std::size_t found = 0;
    for (std::size_t i = 0; i < n; i += 10) {
      const auto hits = index->search(index->row(i), 3);
      BOOST_REQUIRE(hits.size() == 3U);
      BOOST_TEST(hits[0].score >= hits[1].score);
      found += hits[0].row == i && std::abs(hits[0].score - 1) < 1e-4F;
    }
    BOOST_TEST(found == n / 10);
  }
}

BOOST_AUTO_TEST_CASE(edges) {
  const auto empty = vector_index::build(4, {});
  BOOST_REQUIRE(empty);
  BOOST_TEST(empty->search(std::vector<float>(4), 5).empty());
  const auto nothing = vector_index::build(0, {});
  BOOST_REQUIRE(nothing);
  BOOST_TEST(nothing->rows() == 0U);
  BOOST_TEST(!vector_index::build(3, std::vector<float>(4)));
  BOOST_TEST(!vector_index::build(0, std::vector<float>(4)));
  const auto one = vector_index::build(2, {1, 0});
  BOOST_REQUIRE(one);
  BOOST_TEST(one->search(std::vector<float>{1, 0}, 9).size() == 1U);
  BOOST_TEST(one->search(std::vector<float>{1, 0, 0}, 9).empty());
  BOOST_TEST(one->search(std::vector<float>{1, 0}, 0).empty());
}

BOOST_AUTO_TEST_SUITE_END()
