// Conversations of others: searched, looked at, opened again, joined, taken over.
#include "tests/clients/seat_view/harness.hpp"

using namespace steward;
using namespace steward::seat_ui;

namespace {
struct looking : sitting {
  looking() { out.clear(); }
  /// An engine found these.
  void finds(std::vector<std::pair<char, std::string>> all, std::string text = "boots") {
    seat_found f;
    for (auto& [c, mode] : all) {
      found_conversation x;
      x.row.conversation = talk_id(c), x.row.mode = mode, x.row.peer = std::string("peer-") + c;
      x.snippet = std::string("boots of ") + c, x.time_ms = d.now_ms;
      f.found.push_back(x);
    }
    happens(got_found{std::move(text), f});
  }
  void is(char c, std::string mode, std::string seat = {}) {
    seat_conversation v;
    v.row.conversation = talk_id(c), v.row.mode = std::move(mode), v.row.seat = std::move(seat);
    v.row.peer = std::string("peer-") + c;
    happens(got_read{talk_id(c), v});
  }
  void opens(char c, std::string mode, std::string seat = {}) {
    type("f"), type("boots"), enter();
    finds({{c, mode}});
    enter();
    is(c, std::move(mode), std::move(seat));
    out.clear();
  }
};
} // namespace

BOOST_AUTO_TEST_SUITE(look_test)

BOOST_AUTO_TEST_CASE(enter_searches_and_then_opens_what_is_marked) {
  looking s;
  s.type("/"), s.type("boots");
  BOOST_TEST(s.asked("search").empty());
  s.enter();
  BOOST_TEST(s.only("search").ask.text == "boots");
  BOOST_TEST(s.shows("One moment"));
  s.enter(); // it is asked for once
  s.only("search");
  s.finds({{'x', "closed"}, {'y', "person"}}, "what was asked before");
  BOOST_TEST(!s.shows("boots of x"));
  s.finds({{'x', "closed"}, {'y', "person"}});
  BOOST_TEST(s.shows("boots of x"));
  s.press(key_code::down), s.enter();
  BOOST_TEST(s.d.shown.value == talk_id('y').value);
  BOOST_TEST(s.only("read").ask.conversation.value == talk_id('y').value);
  BOOST_TEST(s.shows("Looking on"));
}

BOOST_AUTO_TEST_CASE(other_words_are_another_search) {
  looking s;
  s.type("f"), s.type("boots"), s.enter();
  s.finds({});
  BOOST_TEST(s.shows("No conversation holds all of these words"));
  s.type("x"), s.enter();
  BOOST_TEST(s.asked("search").back().ask.text == "bootsx");
  seat_found bad;
  bad.error = {"unavailable", "no engine answers"};
  s.happens(got_found{"bootsx", bad});
  BOOST_TEST(s.shows("no engine answers"));
  s.enter(); // again
  BOOST_TEST(s.asked("search").size() == 3u);
}

BOOST_AUTO_TEST_CASE(a_look_changes_nothing_and_ends_with_escape) {
  looking s;
  s.opens('x', "person", "ben");
  BOOST_TEST(s.shows("with ben"));
  s.waits({}); // and outlives a new view of the queue
  BOOST_TEST(s.d.shown.value == talk_id('x').value);
  s.enter(), s.type("e"), s.type("p");
  for (auto verb : {"take", "close", "pass", "say"}) BOOST_TEST(s.asked(verb).empty(), verb);
  s.type("l");
  s.only("timeline");
  s.press(key_code::escape), s.press(key_code::escape);
  BOOST_TEST(s.d.shown.empty());
  BOOST_TEST(s.d.rows().empty());
}

BOOST_AUTO_TEST_CASE(what_is_closed_is_opened_again) {
  looking s;
  s.opens('x', "closed");
  BOOST_TEST(s.shows("o: open it again"));
  s.type("o");
  s.feed("began", 'x', s.only("reopen").ask.id, "wants boots");
  BOOST_TEST(s.d.mine(talk_id('x')));
  BOOST_TEST((s.d.at == focus::writing));
  BOOST_TEST(s.d.looked.empty());
}

BOOST_AUTO_TEST_CASE(joined_in_one_speaks_beside_who_has_it) {
  looking s;
  s.opens('x', "person", "ben");
  s.type("j");
  s.feed("joined", 'x', s.only("join_in").ask.id, "wants boots", "Anna");
  BOOST_TEST(s.shows("you are in it"));
  s.out.clear();
  s.type("hello"), s.enter();
  s.feed("said", 'x', s.only("say").ask.id);
  s.ctrl('e'); // not hers to end
  BOOST_TEST(!s.d.open.has_value());
  s.press(key_code::escape), s.type("j");
  s.feed("left", 'x', s.only("leave").ask.id);
  BOOST_TEST(!s.d.guest(talk_id('x')));
}

BOOST_AUTO_TEST_CASE(who_is_in_it_from_before_is_in_it) {
  looking s;
  s.opens('x', "person", "ben");
  s.type("j");
  s.feed("refused", 'x', s.only("join_in").ask.id, "you are in it already");
  BOOST_TEST(s.d.guest(talk_id('x')));
  s.press(key_code::escape);
  s.feed("ended", 'x', {}, "closed");
  BOOST_TEST(!s.d.guest(talk_id('x')));
}

BOOST_AUTO_TEST_CASE(taken_over_after_a_question) {
  looking s;
  s.opens('x', "person", "ben");
  s.type("v");
  BOOST_TEST(s.asked("take_over").empty());
  s.enter();
  s.feed("began", 'x', s.only("take_over").ask.id);
  BOOST_TEST(s.d.mine(talk_id('x')));
}

BOOST_AUTO_TEST_CASE(what_the_role_does_not_allow_is_not_asked) {
  looking s;
  s.d.who.may = [](std::string_view verb) { return verb != "join_in" && verb != "take_over"; };
  s.opens('x', "person", "ben");
  BOOST_TEST(!s.shows("take over"));
  s.type("j"), s.type("v");
  BOOST_TEST(s.shows("for supervisors"));
  BOOST_TEST(s.asked("join_in").empty());
  BOOST_TEST(!s.d.open.has_value());
}

BOOST_AUTO_TEST_CASE(a_block_is_lifted) {
  looking s;
  s.opens('x', "closed");
  s.type("x"), s.enter();
  s.feed("unblocked", 'x', s.only("unblock").ask.id);
  BOOST_TEST(s.shows("The block is lifted"));
}

BOOST_AUTO_TEST_SUITE_END()
