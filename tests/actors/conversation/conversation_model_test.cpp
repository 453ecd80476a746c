#define BOOST_TEST_MODULE conversation
#include "actors/conversation/conversation_model.hpp"
#include "actors/conversation/meant_words.hpp"
#include "messages/ops.hpp"
#include "messages/tally.hpp"

#include <boost/test/unit_test.hpp>

using namespace steward;

namespace {

tenant_config shop() {
  tenant_config t;
  t.id = tenant_id{"shop"};
  t.languages = {"en"};
  tenant_words w;
  w.unknown = "I do not know.", w.offer_person = "A colleague will write.", w.waiting = "A colleague has it.",
  w.choose = "Which one?", w.closed = "Closed.", w.trouble = "Something went wrong.";
  t.words["en"] = w;
  t.person_phrases = {"talk to a human", "转人工"};
  return t;
}

struct talk {
  tenant_config tenant = shop();
  entity_kinds kinds{{'c', conversation_kind()}};
  entity_id id = conversation_id(tenant.id, channel_id{"kiosk"}, account_id{}, peer_id{"anna"});
  entity_state state = std::move(*fresh_entity(kinds, tenant.id, id));
  uint64_t seq = 0;

  turn_record tell(in_message m, const knowledge_result* found = nullptr) {
    m.tenant = tenant.id, m.entity = id;
    auto r = decide_turn(state, m, {1, ++seq}, found ? bytes{encode(*found)} : bytes{}, tenant,
                         1000 * static_cast<int64_t>(seq));
    // What tallies are told is chapter_test's.
    std::erase_if(r.replies, [](auto& o) { return o.entity.value.starts_with(tally_kind_letter); });
    return r;
  }
  turn_record say(const std::string& text, const knowledge_result& found = {}) {
    in_message m;
    m.from = {channel_id{"kiosk"}, account_id{}, peer_id{"anna"}};
    m.id = message_id{"m" + std::to_string(seq)};
    say_request q;
    q.id = "s" + std::to_string(seq), q.text = text;
    m.body.data = encode(q);
    return tell(m, &found);
  }
  turn_record command(const std::string& verb, const std::string& text = {}, uint64_t number = 0) {
    in_message m;
    m.kind = in_kind::command, m.topic = verb, m.id = message_id{"k" + std::to_string(seq)};
    ops_request q;
    q.text = text, q.number = number, q.by = "ann";
    m.body.data = encode(q);
    return tell(m);
  }
  std::string mode() const { return decode<conversation_row>(state.model->summary().data)->mode; }
};

knowledge_result known(verdict v, size_t n = 1) {
  knowledge_result k;
  k.outcome = v, k.confidence = 0.9;
  for (size_t i = 0; i < n; ++i)
    k.candidates.push_back(
        {"a" + std::to_string(i), "Title " + std::to_string(i), 0, "", "Text " + std::to_string(i), "f.md", 1});
  return k;
}

reply_message reply(const turn_record& r, size_t i = 0) { return *decode<reply_message>(r.replies.at(i).body.data); }

} // namespace

BOOST_AUTO_TEST_CASE(what_is_known_is_answered_with_its_source) {
  talk t;
  auto r = t.say("how long?", known(verdict::answer));
  BOOST_REQUIRE(r.replies.size() == 1u);
  auto a = reply(r);
  BOOST_TEST(a.text == "Text 0");
  BOOST_TEST(a.citations.at(0).article == "a0");
  BOOST_TEST(a.id == t.id.value + ":1:0");
  BOOST_TEST(a.in_reply_to == "s0");
  BOOST_TEST(a.seq == 2u);
  BOOST_TEST(t.mode() == "ai");
}

BOOST_AUTO_TEST_CASE(what_is_unknown_three_times_offers_a_person_and_waits) {
  talk t;
  BOOST_TEST(reply(t.say("xyzzy")).text == "I do not know.");
  t.say("plugh");
  BOOST_TEST(t.mode() == "ai");
  auto r = t.say("xyzzy");
  BOOST_TEST(reply(r).text == "I do not know. A colleague will write.");
  BOOST_TEST(t.mode() == "waiting");
  // While it waits: certain answers still come, and nobody is left without a word.
  BOOST_TEST(reply(t.say("and this?", known(verdict::answer))).text == "Text 0");
  BOOST_TEST(t.mode() == "waiting");
  BOOST_TEST(reply(t.say("hm")).text == "A colleague has it.");
}

BOOST_AUTO_TEST_CASE(a_choice_is_offered_and_picked_by_number_or_title) {
  talk t;
  auto r = t.say("returns", known(verdict::choose, 2));
  BOOST_TEST(reply(r).choices.size() == 2u);
  in_message m;
  m.body.data = encode(say_request{"x", "2", "", "", "", 0});
  auto q = t.state.model->needs(m, t.tenant);
  BOOST_REQUIRE(q.has_value());
  BOOST_TEST(q->pick == "a1#0");
  m.body.data = encode(say_request{"x", "title 0", "", "", "", 0});
  BOOST_TEST(t.state.model->needs(m, t.tenant)->pick == "a0#0");
  m.body.data = encode(say_request{"x", "7", "", "", "", 0});
  BOOST_TEST(t.state.model->needs(m, t.tenant)->pick == "");
}

BOOST_AUTO_TEST_CASE(several_wishes_get_one_reply) {
  auto part = [](const char* text, verdict v, const char* article) {
    knowledge_part p{text, v, 0.9, {}};
    if (*article) p.candidates.push_back({article, article, 0, "", std::string("About ") + article, "", 1});
    return p;
  };
  knowledge_result k;
  k.parts = {part("where is it", verdict::answer, "track"), part("do you ship to Spain", verdict::answer, "ship")};
  talk t;
  auto both = t.say("where is it and do you ship to Spain", k);
  BOOST_REQUIRE(both.replies.size() == 1u);
  BOOST_TEST(reply(both).text == "About track\n\nAbout ship");
  BOOST_TEST(reply(both).citations.size() == 2u);
  // One that is not known: the other is answered all the same.
  k.parts[1] = part("are you hiring", verdict::unknown, "");
  auto half = reply(t.say("where is it and are you hiring", k));
  BOOST_TEST(half.text == "About track\n\n“are you hiring”\nI do not know.");
  BOOST_TEST((half.kind == reply_kind::unknown));
  // Of one must be asked back: its choices come first among the citations.
  k.parts[1] = part("can I change it", verdict::choose, "address");
  k.parts[1].candidates.push_back({"order", "Order", 0, "", "", "", 1});
  auto ask = reply(t.say("where is it and can I change it", k));
  BOOST_TEST((ask.kind == reply_kind::choice));
  BOOST_TEST(ask.choices.size() == 2u);
  BOOST_TEST(ask.citations.at(0).article == "address");
  BOOST_TEST(ask.citations.at(2).article == "track");
  // Both by one article, or none at all: as if it were one wish.
  k.parts[1] = part("and when", verdict::answer, "track");
  BOOST_TEST((reply(t.say("where is it and when", k)).kind == reply_kind::unknown));
}

BOOST_AUTO_TEST_CASE(what_goes_on_with_a_question_back_is_looked_up_with_the_question) {
  talk t;
  t.say("what does delivery cost", known(verdict::choose, 2));
  in_message m;
  m.body.data = encode(say_request{"x", "to Norway", "", "", "", 0});
  BOOST_TEST(t.state.model->needs(m, t.tenant)->before == "what does delivery cost");
  m.body.data = encode(say_request{"x", "where is my parcel and do you ship to Spain", "", "", "", 0});
  auto q = t.state.model->needs(m, t.tenant);
  BOOST_TEST(q->before == "");
  BOOST_TEST(q->parts.size() == 2u);
}

knowledge_result talked(const char* intent) {
  knowledge_result k;
  k.understood.intents = {{intent, 1}}, k.understood.intent_step = "built_in", k.understood.model = "m";
  k.understood.language = "en";
  return k;
}

// "Yes" to three choices, "none of these" and "say that again" were searched for, found nothing and cost a person.
BOOST_AUTO_TEST_CASE(a_word_or_two_to_choices_costs_no_person) {
  talk t;
  auto first = reply(t.say("returns", known(verdict::choose, 2)));
  auto again = reply(t.say("yes", talked("yes")));
  BOOST_TEST((again.kind == reply_kind::choice));
  BOOST_TEST(again.choices == first.choices, boost::test_tools::per_element());
  BOOST_TEST(again.citations.at(1).article == "a1");
  auto none = reply(t.say("none of these", talked("no")));
  BOOST_TEST((none.kind == reply_kind::unknown)); // the second time in a row: a person
  BOOST_TEST(t.mode() == "waiting");
  talk u;
  u.tenant.words["en"].language = "en";
  u.say("returns", known(verdict::choose, 2));
  BOOST_TEST((reply(u.say("neither", talked("no"))).kind == reply_kind::notice));
  BOOST_TEST((reply(u.say("the boots", known(verdict::choose, 2))).kind == reply_kind::choice));
  BOOST_TEST((reply(u.say("never mind", talked("stop"))).kind == reply_kind::notice));
  BOOST_TEST(u.mode() == "ai");
}

// Where there are no words of ours for it the tenant's do; a greeting was said.
BOOST_AUTO_TEST_CASE(none_of_them_in_a_language_that_we_have_no_words_in) {
  talk t;
  auto& w = t.tenant.words["en"];
  w.language = "de", w.unknown = "Das weiß ich nicht.", w.greeting = "Guten Tag!";
  t.say("rücksendung", known(verdict::choose, 2));
  auto said = reply(t.say("keins davon", talked("no")));
  BOOST_TEST((said.kind == reply_kind::unknown));
  BOOST_TEST(said.text == w.unknown);
  BOOST_TEST(t.mode() == "ai");
  BOOST_TEST(reply(t.say("bist du ein bot?", talked("machine"))).text.starts_with("I am an automatic assistant."));
}

BOOST_AUTO_TEST_CASE(another_choice_after_all_and_the_last_answer_again) {
  talk t;
  in_message m;
  auto pick = [&](const char* text) {
    m.body.data = encode(say_request{"x", text, "", "", "", 0});
    return t.state.model->needs(m, t.tenant)->pick;
  };
  BOOST_TEST(pick("say that again") == "");
  t.say("how do I return my boots", known(verdict::choose, 2));
  m.body.data = encode(say_request{"x", "the first", "", "", "", 0});
  BOOST_TEST(t.state.model->needs(m, t.tenant)->before == "how do I return my boots"); // what the article is asked
  t.say("the first", known(verdict::answer));
  BOOST_TEST(pick("no, the other one") == "a1#0");
  BOOST_TEST(pick("sorry, the second") == "a1#0");
  BOOST_TEST(pick("say that again") == "a0#0");
  t.say("how long does it take", known(verdict::unknown));
  BOOST_TEST(pick("no, the other one") == ""); // that was about something else
  BOOST_TEST(pick("再说一遍") == "a0#0");
  t.command("close");
  BOOST_TEST(pick("say that again") == "");
}

BOOST_AUTO_TEST_CASE(it_asks_back_twice_and_no_more) {
  talk t;
  auto vague = known(verdict::choose, 2);
  BOOST_TEST((reply(t.say("the thing", vague)).kind == reply_kind::choice));
  BOOST_TEST((reply(t.say("no, the other thing", vague)).kind == reply_kind::choice));
  BOOST_TEST(reply(t.say("well, the thing", vague)).text == "I do not know. A colleague will write.");
  BOOST_TEST(t.mode() == "waiting");
  // An answer in between begins the count anew.
  talk u;
  u.say("the thing", vague), u.say("the other", vague), u.say("1", known(verdict::answer));
  BOOST_TEST((reply(u.say("another thing", vague)).kind == reply_kind::choice));
  BOOST_TEST(u.mode() == "ai");
}

// "apple/brand" and "apples/fruit" stood side by side and spoke against each other.
BOOST_AUTO_TEST_CASE(the_newest_meaning_of_a_word_counts_in_any_of_its_forms) {
  std::vector<std::string> known;
  remember_meant(known, {"apple/brand", "bank/money", "batteries/power", "banco/dinero"});
  remember_meant(known, {"apples/fruit", "battery/attack", "bancos/asiento", "banks/river"});
  BOOST_TEST(known == (std::vector<std::string>{"apples/fruit", "battery/attack", "bancos/asiento", "banks/river"}),
             boost::test_tools::per_element());
  remember_meant(known, {"appleton/town", "bats/animal"}); // other words; the oldest go
  BOOST_TEST(known == (std::vector<std::string>{"bancos/asiento", "banks/river", "appleton/town", "bats/animal"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(wishes_for_a_person) {
  auto t = shop();
  struct {
    const char* text;
    bool wish;
  } rows[] = {{"talk to a human", true}, {"Can I TALK TO A HUMAN please?", true}, {"talk to a humanitarian", false},
              {"我要转人工", true},      {"what is a human talk", false},         {"", false}};
  for (auto& r : rows) BOOST_TEST(asks_for_person(r.text, t) == r.wish, r.text);
}

BOOST_AUTO_TEST_CASE(the_mode_says_who_may_speak) {
  talk t;
  t.say("talk to a human");
  BOOST_TEST(t.mode() == "waiting");
  auto r = t.command("reply", "Hello, Ann here.");
  BOOST_TEST(t.mode() == "person");
  BOOST_TEST(std::string(to_string(reply(r).by)) == "person");
  BOOST_TEST(reply(r).in_reply_to == "s0");
  // The AI is silent while a person speaks.
  BOOST_TEST(t.say("thanks", known(verdict::answer)).replies.empty());
  t.command("close");
  BOOST_TEST(t.mode() == "closed");
  BOOST_TEST(reply(t.say("one more thing", known(verdict::answer))).text == "Text 0");
  BOOST_TEST(t.mode() == "ai");
}

BOOST_AUTO_TEST_CASE(a_person_who_saw_an_older_turn_is_fenced_out) {
  talk t;
  t.say("a", known(verdict::answer));
  t.say("b", known(verdict::answer));
  BOOST_TEST(t.command("reply", "late", 1).replies.empty());
  BOOST_TEST(t.command("reply", "in time", 3).replies.size() == 1u); // the refused command was turn 3
}

BOOST_AUTO_TEST_CASE(a_message_given_up_gets_an_honest_word_and_a_person) {
  talk t;
  in_message original;
  original.from = {channel_id{"kiosk"}, account_id{}, peer_id{"anna"}};
  original.body.data = encode(say_request{"s9", "boom", "", "", "", 0});
  in_message m;
  m.kind = in_kind::give_up, m.topic = "it broke", m.body.data = encode(original);
  auto r = t.tell(m);
  BOOST_TEST(reply(r).text == "Something went wrong.");
  BOOST_TEST(reply(r).in_reply_to == "s9");
  BOOST_TEST(t.mode() == "waiting");
}

BOOST_AUTO_TEST_CASE(folding_the_records_gives_the_state_that_decided) {
  talk t;
  std::vector<std::pair<uint64_t, turn_record>> log;
  for (int i = 0; i < 19; ++i)
    log.emplace_back(i + 1, t.say("q" + std::to_string(i), known(i % 3 ? verdict::answer : verdict::unknown)));
  for (size_t from : {0u, 7u, 15u}) {
    auto part = std::vector(log.begin() + static_cast<long>(from), log.end());
    auto s = fold(t.kinds, part);
    BOOST_REQUIRE_MESSAGE(s.ok(), (s ? "" : s.error().message));
    BOOST_TEST((whole_state(*s).data == whole_state(t.state).data));
  }
  BOOST_TEST(!fold(t.kinds, {log[3], log[4]}).ok()); // no whole state to begin from
}

BOOST_AUTO_TEST_CASE(an_intent_answers_with_its_article_or_hands_over) {
  auto meaning = [](const std::string& intent, double sure, verdict v = verdict::choose) {
    auto k = known(v, 3);
    k.confidence = 0.4;
    k.understood.language = "en", k.understood.model = "m", k.understood.intent_step = "encoder";
    k.understood.intents = {{intent, sure}};
    if (intent == "late") k.meant = {"late", "Late", 0, "", "We look for it.", "late.md", 1};
    return k;
  };
  talk t;
  t.tenant.intents = {{.name = "late", .article = {{"en", "late"}}}, {.name = "hurt", .person = true, .queue = "care"}};
  auto a = reply(t.say("it is late", meaning("late", 0.8)));
  BOOST_TEST((a.kind == reply_kind::answer));
  BOOST_TEST(a.text == "We look for it.");
  BOOST_TEST(a.confidence == 0.8);
  BOOST_TEST((reply(t.say("late, perhaps", meaning("late", 0.5))).kind == reply_kind::choice));
  BOOST_TEST((reply(t.say("hm", meaning("gone", 0.9))).kind == reply_kind::choice)); // no such intent any more
  auto r = t.say("it burnt my hand", meaning("hurt", 0.8));
  BOOST_TEST((reply(r).kind == reply_kind::handover));
  auto row = *decode<conversation_row>(t.state.model->summary().data);
  BOOST_TEST(row.mode == "waiting");
  BOOST_TEST(row.queue == "care");
}

BOOST_AUTO_TEST_CASE(what_words_meant_goes_with_the_next_question_and_ends_with_the_conversation) {
  talk t;
  auto meaning = [](const std::string& word, const std::string& sense) {
    auto k = known(verdict::answer);
    k.understood.model = "m", k.understood.language = "en";
    read_entity e;
    e.kind = "sense", e.text = word, e.value = sense;
    k.understood.entities = {e};
    return k;
  };
  auto asked = [&] {
    in_message m;
    m.from = {channel_id{"kiosk"}, account_id{}, peer_id{"anna"}};
    m.body.data = encode(say_request{"s", "and the price", "", "", "", 0});
    auto meant = t.state.model->needs(m, t.tenant)->meant;
    std::string out;
    for (auto& x : meant) out += (out.empty() ? "" : " ") + x;
    return out;
  };
  BOOST_TEST(asked() == "");
  t.say("does the Mat inflate", meaning("Mat", "sleeping"));
  BOOST_TEST(asked() == "mat/sleeping");
  t.say("the pole and the mat", meaning("pole", ""));
  BOOST_TEST(asked() == "mat/sleeping"); // what cannot be told says nothing
  for (auto word : {"a", "b", "mat", "c", "d"}) t.say("more", meaning(word, "x"));
  BOOST_TEST(asked() == "b/x mat/x c/x d/x"); // the newest four, the newest meaning of a word
  t.command("close");
  t.say("hello again", known(verdict::answer));
  BOOST_TEST(asked() == "");
}
