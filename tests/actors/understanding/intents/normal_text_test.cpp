#include "actors/understanding/intents/normal_text.hpp"

#include <boost/test/unit_test.hpp>

using namespace steward;

BOOST_AUTO_TEST_SUITE(normal_text_suite)

BOOST_AUTO_TEST_CASE(what_readers_take_for_the_same) {
  BOOST_TEST(normal_text("  Where IS\tmy\r\n card ") == "where is my card");
  BOOST_TEST(normal_text("soooooo slow!!!!!!") == "sooo slow!!!");
  BOOST_TEST(normal_text("order 1000000") == "order 1000000"); // digits are never cut
  BOOST_TEST(normal_text("ＡＢＣ１２３") == "abc123");
  BOOST_TEST(normal_text("STRASSE Straße") == "strasse strasse");
  BOOST_TEST(normal_text("re\u200bfund\u200d\ufeff") == "refund");
  BOOST_TEST(normal_text("退款！！") == "退款!!");
  BOOST_TEST(normal_text("😀 ok") == "😀 ok");
}

BOOST_AUTO_TEST_CASE(bad_input) {
  BOOST_TEST(normal_text("") == "");
  BOOST_TEST(normal_text("\x01\x02 \x7f") == "");
  BOOST_TEST(normal_text("\u200b\u200b") == "");
  BOOST_TEST(normal_text("a\xff\xfe") == "a\uFFFD\uFFFD");
  BOOST_TEST(normal_text(std::string(100'000, 'a')) == "aaa");
  std::string wide;
  for (int i = 0; i < 50'000; ++i) wide += "退款";
  BOOST_TEST(normal_text(wide).size() <= 4096u);
}

BOOST_AUTO_TEST_CASE(share_of_cjk) {
  BOOST_TEST(cjk_share("退款") == 1.0);
  BOOST_TEST(cjk_share("refund") == 0.0);
  BOOST_TEST(cjk_share("123 !?") == 0.0);
  BOOST_TEST(cjk_share("iPhone 退款退款退款") == 0.5);
}

BOOST_AUTO_TEST_SUITE_END()
