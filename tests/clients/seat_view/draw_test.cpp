#include "clients/cli/table.hpp"
#include "tests/clients/seat_view/harness.hpp"

using namespace steward;
using namespace steward::seat_ui;

namespace {
void fits(const sitting& s) {
  auto p = drawn(s.d);
  BOOST_TEST(p.rows.size() == static_cast<size_t>(s.d.height));
  for (auto& l : p.rows) BOOST_TEST(l.width() == static_cast<size_t>(s.d.width), "[" << l.text() << "]");
  BOOST_TEST(p.row < s.d.height);
  BOOST_TEST(p.column < s.d.width);
}
std::string many_words() {
  std::string out;
  for (int i = 0; i < 1000; ++i) out += "xy ";
  return out;
}
} // namespace

BOOST_AUTO_TEST_SUITE(draw_test)

BOOST_AUTO_TEST_CASE(lines_are_as_wide_as_they_are_asked_to_be) {
  line l;
  l.add("客户", paint::bold).add("abc");
  for (size_t w = 0; w < 12; ++w) BOOST_TEST(l.fitted(w).width() == w);
  BOOST_TEST(l.fitted(5).text() == "客户…");
  BOOST_TEST(l.fitted(4).text() == "客… ");
  BOOST_TEST(l.fitted(7).text() == "客户abc");
}

BOOST_AUTO_TEST_CASE(every_size) {
  sitting s;
  s.waits({{'b', "退款什么时候到账？退款什么时候到账？"}, {'c', "emoji 👍👍👍👍👍👍👍👍👍👍👍👍👍"}});
  s.holds('a');
  s.enter();
  s.happens(pasted{"一二三四五六七八九十\n" + std::string(300, 'x')});
  for (int w : {1, 19, 20, 21, 45, 46, 60, 79, 80, 81, 200})
    for (int h : {1, 5, 6, 7, 10, 20, 24, 60}) {
      s.happens(resized{w, h});
      fits(s);
      s.press(key_code::help);
      fits(s);
      s.press(key_code::escape);
    }
}

BOOST_AUTO_TEST_CASE(what_is_written_and_the_cursor_stay_in_sight) {
  sitting s;
  s.holds('a');
  s.enter();
  s.happens(pasted{many_words() + "THE_END"});
  for (auto [w, h] : {std::pair{80, 24}, {60, 20}, {80, 24}}) {
    s.happens(resized{w, h});
    BOOST_TEST(s.shows("THE_END"));
    auto p = drawn(s.d);
    BOOST_TEST(p.rows[static_cast<size_t>(p.row)].text().find("THE_END") != std::string::npos);
  }
}

BOOST_AUTO_TEST_CASE(a_customers_escape_sequences_are_text) {
  sitting s;
  s.holds('a');
  s.customer_says('a', "\033[2J\033]0;pwned\007 hello");
  s.enter();
  BOOST_TEST(s.screen().find('\033') == std::string::npos);
  BOOST_TEST(s.screen().find('\007') == std::string::npos);
}

/// Whatever happens in whatever order, the picture fits.
BOOST_AUTO_TEST_CASE(ten_thousand_things_in_any_order) {
  uint64_t seed = 7;
  auto dice = [&](uint64_t n) {
    seed = seed * 6364136223846793005 + 1442695040888963407;
    return (seed >> 33) % n;
  };
  sitting s;
  for (int i = 0; i < 10'000; ++i) {
    auto c = static_cast<char>('a' + dice(5));
    s.out.clear();
    switch (dice(12)) {
    case 0: s.waits({{c, "x"}, {'e', "客"}}); break;
    case 1: s.feed("offer", c); break;
    case 2:
      s.feed(dice(2) ? "began" : "ended", c, s.d.sent.empty() ? "" : s.d.sent[dice(s.d.sent.size())].ask.id);
      break;
    case 3:
      s.feed(dice(2) ? "lost" : "refused", c, s.d.sent.empty() ? "" : s.d.sent[dice(s.d.sent.size())].ask.id);
      break;
    case 4: s.customer_says(c, "where is it?"); break;
    case 5: s.happens(tick{s.d.now_ms + static_cast<int64_t>(dice(5000))}); break;
    case 6: s.happens(resized{static_cast<int>(1 + dice(120)), static_cast<int>(1 + dice(40))}); break;
    case 7: s.press(static_cast<key_code>(2 + dice(16))); break;
    case 8: s.ctrl(static_cast<char>('a' + dice(26))); break;
    case 9: s.happens(link_changed{static_cast<enum link>(dice(2)), ""}); break;
    default: s.type(std::string(1, static_cast<char>(' ' + dice(90)))); break;
    }
    for (auto& r : s.asked("say")) BOOST_TEST(!r.ask.text.empty());
    if (i % 10 == 0) fits(s);
  }
}

BOOST_AUTO_TEST_SUITE_END()
