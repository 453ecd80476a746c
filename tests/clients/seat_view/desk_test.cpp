#include "tests/clients/seat_view/harness.hpp"

using namespace steward;
using namespace steward::seat_ui;

BOOST_AUTO_TEST_SUITE(desk_test)

BOOST_AUTO_TEST_CASE(take_and_answer_are_two_keys_and_the_text) {
  sitting s;
  s.waits({{'a', "my boots pinch"}, {'b', "later"}});
  BOOST_TEST(s.rang()); // nobody waited before
  BOOST_TEST(s.shows("my boots pinch"));
  s.enter();
  auto take = s.only("take");
  BOOST_TEST(take.ask.conversation.value == talk_id('a').value);
  BOOST_TEST(take.ask.queue == "main");
  s.feed("began", 'a', take.ask.id, "Wish: boots");
  s.type("Hello");
  s.enter();
  auto say = s.only("say");
  BOOST_TEST(say.ask.text == "Hello");
  BOOST_TEST(say.ask.for_ms == 5000);
  BOOST_TEST(s.of('a').draft.empty());
}

// A conversation of more than one page was shown without its end.
BOOST_AUTO_TEST_CASE(a_long_conversation_is_read_to_its_end) {
  sitting s;
  s.holds('a');
  auto page = [&](uint64_t from, uint64_t to) {
    seat_conversation v;
    v.row.conversation = talk_id('a');
    for (auto seq = from; seq <= to; ++seq) {
      v.items.emplace_back();
      v.items.back().seq = seq, v.items.back().text = "line " + std::to_string(seq);
    }
    s.out.clear();
    s.happens(got_read{talk_id('a'), v});
  };
  page(2, 60);
  BOOST_TEST(s.only("read").ask.from == 61u);
  page(61, 62);
  BOOST_TEST(s.asked("read").empty());
  BOOST_TEST(s.of('a').items.back().text == "line 62");
}

BOOST_AUTO_TEST_CASE(an_answer_typed_before_it_is_ours_waits_for_that) {
  sitting s;
  s.waits({{'a', "help"}});
  s.enter();
  s.type("Hello");
  s.enter();
  BOOST_TEST(s.asked("say").empty());
  BOOST_TEST(s.shows("once it is yours"));
  s.feed("began", 'a', s.only("take").ask.id);
  BOOST_TEST(s.only("say").ask.text == "Hello");
}

BOOST_AUTO_TEST_CASE(who_loses_it_to_another_keeps_what_was_written) {
  sitting s;
  s.waits({{'a', "help"}});
  s.enter();
  s.type("Hel");
  s.enter();
  s.type("lo");
  s.feed("lost", 'a', s.only("take").ask.id, {}, "ben");
  BOOST_TEST(s.asked("say").empty());
  BOOST_TEST(s.of('a').draft.text() == "Hel\nlo");
  BOOST_TEST(s.shows("ben was faster"));
  BOOST_TEST(s.d.sent.empty());
}

BOOST_AUTO_TEST_CASE(the_first_row_is_meant_until_another_is_marked) {
  sitting s;
  s.waits({{'a', "first"}, {'b', "second"}});
  s.waits({{'b', "second"}}); // somebody took the first
  s.enter();
  BOOST_TEST(s.only("take").ask.conversation.value == talk_id('b').value);
}

BOOST_AUTO_TEST_CASE(a_marked_row_that_is_gone_is_not_taken_for_its_neighbour) {
  sitting s;
  s.waits({{'a', "first"}, {'b', "second"}, {'c', "third"}});
  s.press(key_code::down), s.press(key_code::down);
  BOOST_TEST(s.d.shown.value == talk_id('b').value);
  s.waits({{'a', "first"}, {'c', "third"}});
  BOOST_TEST(s.shows("waits no more"));
  BOOST_TEST(s.d.shown.empty());
}

BOOST_AUTO_TEST_CASE(an_offer_comes_with_the_bell_and_enter_accepts_it) {
  sitting s;
  s.waits({{'b', "waits longer"}});
  s.out.clear();
  s.feed("offer", 'a', {}, "you speak German");
  BOOST_TEST(s.rang());
  BOOST_TEST(s.shows("you speak German"));
  s.enter();
  BOOST_TEST(s.only("accept").ask.conversation.value == talk_id('a').value);
  s.feed("began", 'a', s.only("accept").ask.id);
  BOOST_TEST(s.d.offers.empty());
}

BOOST_AUTO_TEST_CASE(an_offer_declined_or_missed) {
  sitting s;
  s.feed("offer", 'a');
  s.type("d");
  BOOST_TEST(s.only("decline").ask.conversation.value == talk_id('a').value);
  s.feed("withdrawn", 'a');
  BOOST_TEST(s.d.offers.empty());
  s.feed("offer", 'b');
  s.feed("missed", 'b');
  BOOST_TEST(s.shows("missed an offer"));
}

BOOST_AUTO_TEST_CASE(enter_comes_on_duty) {
  sitting s(presence::home);
  BOOST_TEST(s.shows("off duty"));
  s.enter();
  s.only("join");
}

BOOST_AUTO_TEST_CASE(what_the_customer_writes_rings_and_is_read) {
  sitting s;
  s.holds('a'), s.holds('b');
  s.enter();
  s.out.clear();
  s.feed("message", 'b', {}, "are you there?");
  BOOST_TEST(s.rang());
  BOOST_TEST(s.only("read").ask.conversation.value == talk_id('b').value);
  s.press(key_code::back_tab);
  BOOST_TEST(s.d.shown.value == talk_id('b').value);
  BOOST_TEST((s.d.at == focus::writing));
}

BOOST_AUTO_TEST_CASE(pasted_lines_are_never_sent) {
  sitting s;
  s.holds('a');
  s.enter();
  s.out.clear();
  s.happens(pasted{"one\r\ntwo\rthree\n"});
  BOOST_TEST(s.asked("say").empty());
  BOOST_TEST(s.of('a').draft.text() == "one\ntwo\nthree\n");
  s.press(key_code::new_line); // a terminal that does not mark what is pasted
  BOOST_TEST(s.asked("say").empty());
  s.happens(pasted{std::string(20'000, 'x')});
  BOOST_TEST(s.shows("too long"));
  BOOST_TEST(s.of('a').draft.chars() == 15u);
}

BOOST_AUTO_TEST_CASE(no_more_than_a_customer_can_be_sent) {
  sitting s;
  s.holds('a');
  s.enter();
  s.happens(pasted{std::string(4001, 'x')});
  s.enter();
  BOOST_TEST(s.asked("say").empty());
  BOOST_TEST(s.shows("4001 of 4000"));
  s.press(key_code::backspace);
  s.enter();
  BOOST_TEST(s.only("say").ask.text.size() == 4000u);
}

BOOST_AUTO_TEST_CASE(what_is_not_acknowledged_is_sent_again_under_its_id) {
  sitting s;
  s.holds('a');
  s.enter();
  s.type("hi");
  s.enter();
  auto say = s.only("say");
  s.out.clear();
  accept_ack no;
  no.error = {"unavailable", "nobody answers"};
  s.happens(acked{say.ask.id, no});
  s.happens(tick{s.d.now_ms + 100});
  BOOST_TEST(s.asked("say").empty());
  s.happens(tick{s.d.now_ms + 1000});
  BOOST_TEST(s.only("say").ask.id == say.ask.id);
  s.happens(link_changed{link::away, {}});
  BOOST_TEST(s.shows("NO CONNECTION"));
  s.out.clear();
  s.happens(link_changed{link::connected, {}});
  s.happens(tick{s.d.now_ms + 100});
  BOOST_TEST(s.only("say").ask.id == say.ask.id);
  s.only("me"), s.only("queue");
  accept_ack yes;
  yes.ok = true;
  s.happens(acked{say.ask.id, yes});
  s.feed("said", 'a', say.ask.id);
  BOOST_TEST(s.d.sent.empty());
}

BOOST_AUTO_TEST_CASE(a_refused_answer_stands_where_it_was_written) {
  sitting s;
  s.holds('a');
  s.enter();
  s.type("hi");
  s.enter();
  s.feed("refused", 'a', s.only("say").ask.id, "the conversation is closed");
  BOOST_TEST(s.of('a').draft.text() == "hi");
  BOOST_TEST(s.shows("Not sent: the conversation is closed"));
}

BOOST_AUTO_TEST_CASE(drafts_are_kept_by_the_engine_and_come_back) {
  sitting s;
  s.holds('a');
  s.enter();
  s.type("I am loo");
  s.only("typing");
  s.happens(tick{s.d.now_ms + 2000});
  BOOST_TEST(s.only("draft").ask.text == "I am loo");
  sitting later;
  seat_view v;
  v.seat = "anna", v.is = presence::available, v.held = {{talk_id('a'), 1, "main", "I am loo", 0}};
  later.happens(got_me{v});
  BOOST_TEST(later.of('a').draft.text() == "I am loo");
}

BOOST_AUTO_TEST_CASE(taken_over_while_writing) {
  sitting s;
  s.holds('a');
  s.enter();
  s.type("almost done");
  s.feed("ended", 'a', {}, "taken_over");
  BOOST_TEST(s.shows("Somebody has taken it over"));
  BOOST_TEST(s.shows("almost done"));
  s.out.clear();
  s.press(key_code::tab), s.enter();
  BOOST_TEST(s.asked("say").empty());
}

BOOST_AUTO_TEST_CASE(an_old_answer_about_the_seat_does_not_undo_news) {
  sitting s;
  s.happens(tick{s.d.now_ms + 20'000}); // me is asked for
  s.only("me");
  s.feed("began", 'a');
  seat_view old;
  old.seat = "anna", old.is = presence::available;
  s.happens(got_me{old});
  BOOST_TEST(s.d.mine(talk_id('a')));
  BOOST_TEST(s.asked("me").size() == 2u);
}

BOOST_AUTO_TEST_CASE(let_in_no_more) {
  sitting s;
  s.happens(link_changed{link::closed, "The server lets you in no more."});
  BOOST_TEST(s.shows("lets you in no more"));
}

BOOST_AUTO_TEST_SUITE_END()
