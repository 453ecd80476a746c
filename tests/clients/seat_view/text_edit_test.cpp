#include "clients/seat_view/text_edit.hpp"

#include <boost/test/unit_test.hpp>

using steward::seat_ui::text_edit;

namespace {
text_edit of(const std::string& s) {
  text_edit e;
  e.set(s);
  return e;
}
std::string joined(const text_edit::layout& l) {
  std::string out;
  for (auto& x : l.lines) out += (out.empty() ? "" : "|") + x;
  return out;
}
} // namespace

BOOST_AUTO_TEST_SUITE(text_edit_test)

BOOST_AUTO_TEST_CASE(a_character_is_what_a_reader_takes_for_one) {
  for (std::string c : {"a", "é", "客", "e\u0301", "👍", "👩\u200D💻"}) {
    auto e = of("x" + c);
    e.left();
    e.insert("-");
    BOOST_TEST(e.text() == "x-" + c);
    e.right();
    e.erase_back();
    BOOST_TEST(e.text() == "x-");
  }
}

BOOST_AUTO_TEST_CASE(words_lines_and_ends) {
  auto e = of("one two\nthree four");
  e.erase_word();
  BOOST_TEST(e.text() == "one two\nthree ");
  e.erase_word();
  BOOST_TEST(e.text() == "one two\n");
  e.to_begin(), e.left(), e.to_begin();
  e.erase_here();
  BOOST_TEST(e.text() == "ne two\n");
  e.to_end();
  e.insert("!");
  BOOST_TEST(e.text() == "ne two!\n");
}

BOOST_AUTO_TEST_CASE(what_would_move_a_terminals_cursor_does_not_get_in) {
  BOOST_TEST(of("a\033[2Jb\r\nc\rd").text() == "a [2Jb\nc\nd");
}

BOOST_AUTO_TEST_CASE(rows) {
  struct row {
    std::string text, rows;
    size_t row, column;
  };
  const row table[] = {
      {"", "", 0, 0},
      {"abc", "abc", 0, 3},
      {"abcde fg", "abcde|fg", 1, 2},
      {"abcdefgh", "abcdef|gh", 1, 2},
      {"a\n", "a|", 1, 0},
      {"客户服务引擎", "客户服|务引擎", 1, 6},
      {"a客户服务", "a客户|服务", 1, 4},
      {"one two three", "one|two|three", 2, 5},
  };
  for (auto& r : table) {
    auto l = of(r.text).laid_out(6);
    BOOST_TEST(joined(l) == r.rows);
    BOOST_TEST(l.row == r.row);
    BOOST_TEST(l.column == r.column, r.text);
  }
}

BOOST_AUTO_TEST_CASE(up_and_down_stay_in_their_column) {
  auto e = of("abc\n客客客\nde");
  e.up(20), e.insert("-");
  BOOST_TEST(e.text() == "abc\n客-客客\nde");
  e.down(20), e.insert("+");
  BOOST_TEST(e.text() == "abc\n客-客客\nde+");
}

BOOST_AUTO_TEST_SUITE_END()
