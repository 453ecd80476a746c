// What a person does with a conversation besides taking and answering.
#include "tests/clients/seat_view/harness.hpp"

using namespace steward;
using namespace steward::seat_ui;

namespace {
struct at_work : sitting {
  at_work() {
    holds('a');
    waits({});
    enter();
    out.clear();
  }
  void knows(std::vector<std::string> texts) {
    kb_search_result r;
    for (auto& t : texts) {
      kb_hit h;
      h.found.title = "Title of " + t, h.found.text = t;
      r.hits.push_back(h);
    }
    happens(got_knowledge{talk_id('a'), r});
  }
};
} // namespace

BOOST_AUTO_TEST_SUITE(commands_test)

BOOST_AUTO_TEST_CASE(the_articles_are_asked_once_for_each_message) {
  at_work s;
  s.customer_says('a', "how do I return them?");
  auto ask = s.only("suggest");
  BOOST_TEST(ask.ask.text == "how do I return them?");
  BOOST_TEST(ask.ask.languages.at(0) == "en");
  s.happens(nudged{talk_id('a')});
  BOOST_TEST(s.asked("suggest").size() == 1u);
}

BOOST_AUTO_TEST_CASE(tab_inserts_what_the_articles_say_and_again_the_next) {
  at_work s;
  s.knows({"one", "two"});
  BOOST_TEST(s.shows("Title of one"));
  s.press(key_code::tab);
  BOOST_TEST(s.of('a').draft.text() == "one");
  s.press(key_code::tab);
  BOOST_TEST(s.of('a').draft.text() == "two");
  s.press(key_code::tab);
  BOOST_TEST(s.of('a').draft.text() == "one");
  s.enter();
  BOOST_TEST(s.only("say").ask.text == "one");
}

BOOST_AUTO_TEST_CASE(what_the_articles_say_is_for_who_has_not_been_answered) {
  at_work s;
  s.knows({"one"});
  BOOST_TEST(s.shows("Title of one"));
  s.type("yes"), s.enter();
  s.feed("held", 'a', s.only("say").ask.id);
  BOOST_TEST(!s.shows("Title of one"));
  s.press(key_code::tab);
  BOOST_TEST(s.of('a').draft.empty());
  s.ctrl('k'); // but to be found again
  BOOST_TEST(s.shows("Title of one"));
}

BOOST_AUTO_TEST_CASE(behind_words_of_ones_own_it_begins_a_line) {
  at_work s;
  s.knows({"one", "two"});
  s.type("Hello");
  s.press(key_code::tab), s.press(key_code::tab);
  BOOST_TEST(s.of('a').draft.text() == "Hello\ntwo");
}

BOOST_AUTO_TEST_CASE(tab_without_articles_says_so) {
  at_work s;
  s.press(key_code::tab);
  BOOST_TEST(s.of('a').draft.empty());
  BOOST_TEST(s.shows("articles are looked up"));
  s.knows({});
  s.press(key_code::tab);
  BOOST_TEST(s.shows("articles say nothing"));
}

BOOST_AUTO_TEST_CASE(a_text_is_narrowed_by_typing) {
  at_work s;
  s.ctrl('t');
  BOOST_TEST(s.only("texts").ask.conversation.value == talk_id('a').value);
  s.happens(got_texts{talk_id('a'), {{{"hello", "Hello, Anna here."}, {"sorry", "I am sorry."}}, {}}});
  s.type("SOR");
  BOOST_TEST(!s.shows("Anna here"));
  s.enter();
  BOOST_TEST(s.of('a').draft.text() == "I am sorry.");
  BOOST_TEST(s.asked("say").empty());
}

BOOST_AUTO_TEST_CASE(a_note_is_no_answer) {
  at_work s;
  s.type("half an ans");
  s.ctrl('n');
  BOOST_TEST(s.shows("Private note"));
  s.type("vip");
  s.enter();
  BOOST_TEST(s.only("note").ask.text == "vip");
  BOOST_TEST(s.asked("say").empty());
  BOOST_TEST(s.of('a').draft.text() == "half an ans");
  BOOST_TEST(!s.of('a').noting);
}

BOOST_AUTO_TEST_CASE(taken_back_within_its_time) {
  at_work s;
  s.type("oops"), s.enter();
  auto say = s.only("say");
  s.feed("held", 'a', say.ask.id, "oops");
  BOOST_TEST(s.shows("takes it back"));
  s.type("x");
  s.ctrl('u');
  auto undo = s.only("undo");
  BOOST_TEST(undo.ask.of == say.ask.id);
  s.feed("undone", 'a', undo.ask.id, "oops");
  BOOST_TEST(s.of('a').draft.text() == "oops\nx");
  s.out.clear();
  s.ctrl('u');
  BOOST_TEST(s.asked("undo").empty());
  BOOST_TEST(s.shows("Nothing to take back"));
}

BOOST_AUTO_TEST_CASE(taken_back_before_it_was_answered) {
  at_work s;
  s.type("oops"), s.enter();
  s.ctrl('u');
  BOOST_TEST(s.only("undo").ask.of == s.only("say").ask.id);
}

BOOST_AUTO_TEST_CASE(ended_with_a_code_or_a_word_of_ones_own) {
  at_work s;
  s.ctrl('e'), s.enter();
  auto close = s.only("close");
  BOOST_TEST(close.ask.code == "solved");
  s.feed("ended", 'a', close.ask.id, "solved");
  BOOST_TEST(s.d.me.held.empty());
  BOOST_TEST((s.d.at == focus::list));
  at_work t;
  t.ctrl('e'), t.type("refund"), t.enter();
  BOOST_TEST(t.only("close").ask.code == "refund");
}

BOOST_AUTO_TEST_CASE(after_the_end_the_next_who_waits_for_an_answer) {
  at_work s;
  s.holds('b');
  s.ctrl('e'), s.enter();
  s.feed("ended", 'a', s.only("close").ask.id, "solved");
  BOOST_TEST(s.d.shown.value == talk_id('b').value);
  BOOST_TEST((s.d.at == focus::writing));
}

BOOST_AUTO_TEST_CASE(passed_on_to_who_is_there) {
  at_work s;
  s.ctrl('p');
  BOOST_TEST(s.shows("ben"));
  s.enter();
  BOOST_TEST(s.only("pass").ask.seat == "ben");
  at_work t;
  t.ctrl('p'), t.type("queue"), t.enter();
  BOOST_TEST(t.only("pass").ask.queue == "main");
}

BOOST_AUTO_TEST_CASE(put_aside_and_taken_up) {
  at_work s;
  s.ctrl('z'), s.press(key_code::down), s.enter();
  auto snooze = s.only("snooze");
  BOOST_TEST(snooze.ask.for_ms == 3600'000);
  s.feed("snoozed", 'a', snooze.ask.id);
  BOOST_TEST((s.d.at == focus::list));
  s.waits({{'b', "help"}});
  s.out.clear();
  s.enter(); // who sleeps is not who is meant
  BOOST_TEST(s.only("take").ask.conversation.value == talk_id('b').value);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_taken_back_is_asked_first) {
  for (auto [key, verb] : {std::pair{'b', "back"}, {'x', "block"}}) {
    at_work s;
    s.ctrl(key);
    BOOST_TEST(s.asked(verb).empty());
    s.press(key_code::escape);
    s.ctrl(key), s.enter();
    BOOST_TEST(s.asked(verb).size() == 1u);
  }
}

BOOST_AUTO_TEST_CASE(away_there_again_and_home) {
  sitting s;
  s.type("a"), s.type("tea"), s.enter();
  BOOST_TEST(s.only("away").ask.reason == "tea");
  s.feed("signed", 0, s.only("away").ask.id, "away: tea");
  BOOST_TEST(s.shows("away: tea"));
  s.type("a");
  s.only("available");
  s.type("g"), s.enter();
  s.only("home");
  s.type("q");
  BOOST_TEST(!s.left());
  s.enter();
  BOOST_TEST(s.left());
}

BOOST_AUTO_TEST_CASE(what_happened_to_the_customer) {
  at_work s;
  s.ctrl('l');
  s.only("timeline");
  feed_page p;
  feed_item i;
  i.kind = "order_shipped", i.text = "{\"order\":\"LT-1\"}", i.time_ms = s.d.now_ms;
  p.items = {i};
  s.happens(got_customer{talk_id('a'), p});
  BOOST_TEST(s.shows("order_shipped"));
  BOOST_TEST(s.shows("LT-1"));
  s.press(key_code::escape);
  BOOST_TEST(!s.shows("order_shipped"));
}

BOOST_AUTO_TEST_CASE(commands_of_a_conversation_need_one) {
  sitting s;
  s.waits({{'a', "help"}});
  for (auto c : {'t', 'k', 'n', 'u', 'e', 'l', 'p', 'b', 'z', 'x'}) s.type(std::string(1, c));
  BOOST_TEST(!s.d.open.has_value());
  BOOST_TEST(s.shows("Open a conversation first"));
}

BOOST_AUTO_TEST_SUITE_END()
