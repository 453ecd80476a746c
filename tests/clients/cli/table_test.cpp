#include "clients/cli/phrases.hpp"
#include "clients/cli/table.hpp"

#include <boost/test/unit_test.hpp>

using namespace steward::cli;

BOOST_AUTO_TEST_SUITE(table_suite)

BOOST_AUTO_TEST_CASE(widths_are_those_of_a_terminal) {
  BOOST_TEST(display_width("abc") == 3u);
  BOOST_TEST(display_width("运费多少") == 8u);
  BOOST_TEST(display_width("ありがとう") == 10u);
  BOOST_TEST(display_width("한국어") == 6u);
  BOOST_TEST(display_width("é") == 1u);
  BOOST_TEST(display_width("e\u0301") == 1u); // combining acute
  BOOST_TEST(display_width("🚚") == 2u);
  BOOST_TEST(display_width("…·→") == 3u);
  BOOST_TEST(display_width("\xff\xfe") == 2u); // no UTF-8: two replacement characters
}

BOOST_AUTO_TEST_CASE(text_of_strangers_cannot_steer_the_terminal) {
  BOOST_TEST(one_line("a\x1b[31mred\x07\nb") == "a [31mred  b");
  BOOST_TEST(one_line("x\u202Ey\u2066z") == "x y z");
  BOOST_TEST(one_line("\u009b31m") == " 31m"); // C1's CSI
  BOOST_TEST(one_line("运\xe8\xb4") == "运\uFFFD\uFFFD");
  BOOST_TEST(one_line("\xc0\x80\xed\xa0\x80") == "\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD"); // overlong, surrogate
  BOOST_TEST(safe_text("a\nb\tc") == "a\nb c");
}

BOOST_AUTO_TEST_CASE(cutting_keeps_characters_whole) {
  BOOST_TEST(cut("abcdef", 6) == "abcdef");
  BOOST_TEST(cut("abcdef", 4) == "abc…");
  BOOST_TEST(cut("运费多少", 6) == "运费…");
  BOOST_TEST(cut("运费多少", 5) == "运费…");
  BOOST_TEST(cut("运费", 1) == "…");
}

BOOST_AUTO_TEST_CASE(lines_break_at_spaces_and_between_chinese_characters) {
  auto w = wrapped("we ship to Norway too", 10);
  BOOST_TEST_REQUIRE(w.size() == 2u);
  BOOST_TEST(w[0] == "we ship to");
  BOOST_TEST(w[1] == "Norway too");
  auto z = wrapped("我们也送货到挪威", 6);
  BOOST_TEST_REQUIRE(z.size() == 3u);
  BOOST_TEST(z[0] == "我们也");
  BOOST_TEST(wrapped("one\n\nthree", 20).size() == 3u);
  BOOST_TEST(wrapped("", 20).size() == 1u);
  for (auto& line : wrapped("a verylongwordthatfitsnowhere b", 8)) BOOST_TEST(display_width(line) <= 8u);
}

BOOST_AUTO_TEST_CASE(columns_line_up_with_wide_characters) {
  table t({{"NAME"}, {"N", table::align::right}, {"TEXT"}});
  t.row({"阿猫", "7", "x"});
  t.row({"bob", "120", "y\nz"});
  BOOST_TEST(t.text(0, false) == "NAME    N  TEXT\n"
                                 "阿猫    7  x\n"
                                 "bob   120  y z\n");
}

BOOST_AUTO_TEST_CASE(a_column_of_nothing_takes_no_place) {
  table t({{"A"}, {""}, {"B"}});
  t.row({"1", "", "2"});
  BOOST_TEST(t.text(0, false) == "A  B\n1  2\n");
}

BOOST_AUTO_TEST_CASE(only_the_last_column_is_cut_and_only_where_asked) {
  table t({{"A"}, {"TEXT"}});
  t.row({"1", "a text that is longer than the line"});
  BOOST_TEST(t.text(20, false) == "A  TEXT\n1  a text that is l…\n");
  BOOST_TEST(t.text(0, false).find("longer than the line") != std::string::npos);
  BOOST_TEST(t.text(20, true).find("\033[1mTEXT\033[0m") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(other_columns_give_way_too_but_not_names_and_numbers) {
  table t({{"NAME"}, {"N", table::align::right}, {"WHERE"}, {"TEXT"}});
  t.row({"a-long-name-of-a-row", "1234567890", "http://127.0.0.1:8080", "some more text than fits"});
  for (size_t width : {80, 70, 60, 56})
    for (auto text = t.text(width, false); !text.empty(); text.erase(0, text.find('\n') + 1))
      BOOST_TEST(display_width(text.substr(0, text.find('\n'))) <= width, text);
  BOOST_TEST(t.text(56, false).find("a-long-name-of-a-row  1234567890  http:") != std::string::npos, t.text(56, false));
}

BOOST_AUTO_TEST_CASE(times_as_people_say_them) {
  BOOST_TEST(span(45) == "45 s");
  BOOST_TEST(span(60) == "1 min");
  BOOST_TEST(span(2 * 3600 + 300) == "2 h 5 min");
  BOOST_TEST(span(86400 * 4) == "4 d");
  BOOST_TEST(span(-5) == "0 s"); // clocks differ
  BOOST_TEST(ago(0, 1000) == "-");
  BOOST_TEST(ago(1000, 181000) == "3 min ago");
  BOOST_TEST(count(1, "file", "files") == "1 file");
  BOOST_TEST(percent(0.875) == "88 %");
}

BOOST_AUTO_TEST_SUITE_END()
