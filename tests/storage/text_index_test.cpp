#include "storage/text_index.hpp"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <thread>

using namespace steward;

BOOST_AUTO_TEST_SUITE(text_index_suite)

namespace {
std::string joined(std::string_view text, std::string_view language) {
  std::string out;
  for (const auto& t : terms_of(text, language)) out += (out.empty() ? "" : " ") + t;
  return out;
}
} // namespace

BOOST_AUTO_TEST_CASE(terms_suit_the_language) {
  BOOST_TEST(joined("Returning RETURNED returns!", "en") == "return return return");
  BOOST_TEST(joined("las devoluciones, devolución", "es") == "las devolu devolu");
  BOOST_TEST(joined("我的订单", "zh") == "我 我的 的 的订 订 订单 单");
  BOOST_TEST(joined("iPhone15可以", "zh") == "iphone15 可 可以 以");
  BOOST_TEST(joined("order A1093 ﬁne ＡＢＣ", "en") == "order a1093 fine abc");
  BOOST_TEST(joined("words stay", "xx") == "words stay");
  BOOST_TEST(joined("", "en") == "");
  BOOST_TEST(joined("\xFF ok \xC3", "en").find("ok") != std::string::npos);
  BOOST_TEST(terms_of("a b c d e", "en", 3).size() == 3U);
}

BOOST_AUTO_TEST_CASE(rare_words_count_more) {
  text_index index("en");
  index.add("the parcel is late");
  index.add("the refund is late");
  index.add("the tent is wet");
  index.finish();
  const auto hits = index.search("is my refund late", 5);
  BOOST_REQUIRE(hits.size() == 3U);
  BOOST_TEST(hits[0].document == 1U);
  BOOST_TEST(index.search("zebra", 5).empty());
  BOOST_TEST(index.search("late", 1).size() == 1U);
  BOOST_TEST(index.search("late late late", 1)[0].score == index.search("late", 1)[0].score);
  BOOST_TEST(index.search("", 5).empty());
}

BOOST_AUTO_TEST_CASE(an_empty_index_finds_nothing) {
  text_index index("en");
  index.finish();
  BOOST_TEST(index.search("x", 5).empty());
}

BOOST_AUTO_TEST_CASE(many_threads_at_once) {
  text_index index("de");
  for (int i = 0; i < 200; ++i) index.add("Dokument Nummer " + std::to_string(i) + " über Rücksendungen");
  index.finish();
  std::atomic<int> wrong{0};
  std::vector<std::thread> crew;
  for (int t = 0; t < 4; ++t)
    crew.emplace_back([&] {
      for (int i = 0; i < 200; ++i) {
        const auto hits = index.search("Rücksendung " + std::to_string(i), 3);
        if (hits.empty() || hits[0].document != static_cast<std::uint32_t>(i)) ++wrong;
      }
    });
  for (auto& t : crew) t.join();
  BOOST_TEST(wrong == 0);
}

BOOST_AUTO_TEST_SUITE_END()
