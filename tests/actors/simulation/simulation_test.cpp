#define BOOST_TEST_MODULE simulation
#include "actors/conversation/conversation_model.hpp"
#include "actors/simulation/customers.hpp"
#include "actors/simulation/report.hpp"
#include "actors/simulation/visit.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <set>

using namespace steward;

namespace {

tenant_config shop() {
  tenant_config t;
  t.id = tenant_id{"shop"};
  t.languages = {"en", "zh"};
  tenant_words w;
  w.unknown = "I do not know.", w.offer_person = "A colleague will write.", w.waiting = "A colleague has it.",
  w.choose = "Which one?";
  t.words["en"] = w;
  t.ask_for_person["en"] = {"talk to a human"};
  t.person_phrases = {"talk to a human"};
  t.unknowns = 1;
  t.questions = {
      {"Where is my parcel?", {"track"}, "en"}, {"do you sell kayaks", {}, "en"}, {"包裹在哪里", {"track-zh"}, "zh"}};
  return t;
}

reply_message said(reply_kind k, std::vector<std::string> articles, std::string text = "text") {
  reply_message r;
  r.kind = k, r.text = std::move(text);
  for (auto& a : articles) {
    r.citations.push_back({a, "Title " + a, "", ""});
    if (k == reply_kind::choice) r.choices.push_back("Title " + a);
  }
  return r;
}

customer_script wants(goal g) {
  customer_script s;
  s.language = "en", s.person = "talk to a human";
  s.goals.push_back(std::move(g));
  return s;
}
goal parcel() { return {wanted::article, {"track"}, {"by tracking link"}, {"where is it", "my parcel"}}; }

} // namespace

BOOST_AUTO_TEST_CASE(a_customer_judges_what_he_hears) {
  struct {
    const char* what;
    goal wish;
    std::vector<reply_message> replies;
    ending end;
    bool served;
  } rows[] = {
      {"the right article", parcel(), {said(reply_kind::answer, {"track"})}, ending::right, true},
      {"another article that says it",
       parcel(),
       {said(reply_kind::answer, {"x"}, "by tracking link")},
       ending::right,
       true},
      {"wrong, then right",
       parcel(),
       {said(reply_kind::answer, {"x"}), said(reply_kind::answer, {"track"})},
       ending::wrong,
       false},
      {"a person", parcel(), {said(reply_kind::handover, {})}, ending::handed_over, false},
      {"asked back, picked, answered",
       parcel(),
       {said(reply_kind::choice, {"x", "track"}), said(reply_kind::answer, {"track"})},
       ending::right,
       true},
      {"nothing answers it",
       {wanted::nothing, {}, {}, {"kayaks?"}},
       {said(reply_kind::unknown, {})},
       ending::left,
       true},
      {"nothing answers it, but something does",
       {wanted::nothing, {}, {}, {"kayaks?"}},
       {said(reply_kind::answer, {"x"})},
       ending::wrong,
       false},
      {"a person was wanted",
       {wanted::person, {}, {}, {"human!"}},
       {said(reply_kind::handover, {})},
       ending::handed_over,
       true},
  };
  for (auto& r : rows) {
    auto script = wants(r.wish);
    customer_mind mind(script);
    auto text = mind.next({});
    for (auto& reply : r.replies)
      if (text) text = mind.next({reply});
    BOOST_TEST(std::string(to_string(mind.end())) == std::string(to_string(r.end)), r.what);
    BOOST_TEST(mind.served() == r.served, r.what);
  }
}

BOOST_AUTO_TEST_CASE(a_customer_picks_what_he_wants_and_otherwise_says_it_in_other_words_and_then_asks_for_a_person) {
  auto script = wants(parcel());
  customer_mind mind(script);
  BOOST_TEST(*mind.next({}) == "where is it");
  BOOST_TEST(*mind.next({said(reply_kind::choice, {"x", "track"})}) == "Title track");
  script.picks_by_number = true;
  customer_mind other(script);
  other.next({});
  BOOST_TEST(*other.next({said(reply_kind::choice, {"x", "track"})}) == "2");
  customer_mind third(script);
  third.next({});
  BOOST_TEST(*third.next({said(reply_kind::choice, {"x", "y"})}) == "my parcel");
  BOOST_TEST(*third.next({said(reply_kind::choice, {"x", "y"})}) == "talk to a human");
  BOOST_TEST(!third.next({said(reply_kind::notice, {})}).has_value());
  BOOST_TEST(third.asked_back() == 2u);
}

BOOST_AUTO_TEST_CASE(who_changes_his_mind_is_judged_by_what_he_wanted_last) {
  auto script = wants(parcel());
  script.goals.push_back({wanted::article, {"returns"}, {}, {"how do I return it"}});
  script.change = "Never mind. ";
  customer_mind mind(script);
  mind.next({});
  BOOST_TEST(*mind.next({said(reply_kind::answer, {"track"})}) == "Never mind. how do I return it");
  BOOST_TEST(!mind.next({said(reply_kind::answer, {"returns"})}).has_value());
  BOOST_TEST(std::string(to_string(mind.end())) == "right");
}

BOOST_AUTO_TEST_CASE(a_manner_changes_the_words_the_same_way_for_the_same_seed) {
  for (auto language : {"en", "es", "zh", "xx"})
    for (auto m : all_manners) {
      std::mt19937_64 a(7), b(7);
      auto text = std::string(language) == "zh" ? "请问退货怎么办理？" : "Where is the parcel that I ordered?";
      auto once = worded(text, language, m, a);
      BOOST_TEST(once == worded(text, language, m, b));
      BOOST_TEST(!once.empty());
    }
  std::mt19937_64 dice(1);
  BOOST_TEST(worded("where is the parcel", "en", manner::plain, dice) == "where is the parcel");
  BOOST_TEST(worded("where is the parcel", "en", manner::reworded, dice) == "where's the package");
  auto slip = worded("where is the parcel", "en", manner::typos, dice);
  BOOST_TEST(slip != "where is the parcel");
  BOOST_TEST(std::max(slip.size(), size_t{19}) - std::min(slip.size(), size_t{19}) <= 1u);
}

BOOST_AUTO_TEST_CASE(a_labelled_question_comes_from_its_own_fold_and_alike_ones_share_it) {
  BOOST_TEST(fold_of("Where is my parcel?") == fold_of("where is my parcel"));
  auto t = shop();
  auto all = labelled_customers(t, 1);
  BOOST_REQUIRE(all.size() == 3u);
  for (size_t i = 0; i < all.size(); ++i) {
    BOOST_TEST(all[i].fold == fold_of(t.questions[i].question));
    BOOST_TEST(all[i].script.goals.front().says.size() >= 1u);
  }
  BOOST_TEST((all[1].script.goals.front().what == wanted::nothing));
  // Hundreds of them change their minds now and then, only within their fold.
  for (int i = 0; i < 400; ++i)
    t.questions.push_back({"question " + std::to_string(i), {"a" + std::to_string(i)}, "en"});
  size_t changed = 0;
  for (auto& v : labelled_customers(t, 1)) changed += v.script.goals.size() > 1;
  BOOST_TEST((changed > 20 && changed < 90));
}

BOOST_AUTO_TEST_CASE(written_customers_are_read_line_by_line_and_problems_are_told) {
  auto t = shop();
  auto r = written_customers("{\"says\": [\"where is it\"], \"expected\": [\"track\"]}\n"
                             "not json\n"
                             "{\"expected\": []}\n"
                             "{\"says\": [\"x\"]}\n"
                             "{\"says\": [\"human please\"], \"person\": true}\n"
                             "{\"says\": [\"kayaks\"], \"expected\": [], \"language\": \"en\"}\n",
                             "c.jsonl", t, 1);
  BOOST_TEST(r.visitors.size() == 6u); // each twice
  BOOST_TEST(r.problems == (std::vector<std::string>{
                               "c.jsonl:2: not a JSON object",
                               "c.jsonl:3: no 'says': a list of what the customer writes, one after the other",
                               "c.jsonl:4: no 'expected': a list of article ids, empty where nothing answers it"}),
             boost::test_tools::per_element());
  BOOST_TEST((r.visitors[2].script.goals[0].what == wanted::person));
  BOOST_TEST((r.visitors[4].script.goals[0].what == wanted::nothing));
}

BOOST_AUTO_TEST_CASE(a_visit_goes_through_the_real_conversation) {
  auto t = shop();
  entity_kinds kinds{{'c', conversation_kind()}};
  auto look = [](const knowledge_query& q) {
    knowledge_result r;
    if (!q.pick.empty() || q.text == "my parcel") {
      r.outcome = verdict::answer, r.confidence = 0.9;
      r.candidates.push_back({"track", "Tracking", 0, "", "by tracking link", "", 1});
    } else if (q.text == "where is it") {
      r.outcome = verdict::choose, r.confidence = 0.4;
      r.candidates.push_back({"x", "Other", 0, "", "", "", 1});
      r.candidates.push_back({"track", "Tracking", 0, "", "", "", 1});
    }
    return r;
  };
  auto v = visited(wants(parcel()), t, kinds, "anna", 0, look);
  BOOST_TEST(std::string(to_string(v.end)) == "right");
  BOOST_TEST(v.turns == 2u);
  BOOST_TEST(v.asked_back == 1u);
  BOOST_TEST(v.picked);
  auto lost = visited(wants({wanted::article, {"track"}, {}, {"hm"}}), t, kinds, "ben", 0, look);
  BOOST_TEST(std::string(to_string(lost.end)) == "handed over");
  auto report = report_of({visitor{wants(parcel()), 0, "written"}, visitor{wants(parcel()), 0, "written"}}, {v, lost});
  BOOST_TEST(report.all.customers == 2u);
  BOOST_TEST(report.by_kind.at("written").right == 1u);
  BOOST_TEST(to_json(report, 1).find("\"answered_wrong\":0") != std::string::npos);
  BOOST_TEST(transcript({wants(parcel()), 0, "written"}, v).find("> where is it\n< Which one?") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(an_intent_sends_a_customer_per_language_to_an_engine_that_lacks_his_example) {
  auto t = shop();
  tenant_intent late{"late", "", {{"en", {"my parcel is late", "it did not come"}}, {"zh", {"还没到"}}}, {}, false, {}};
  late.article = {{"en", "late"}}; // in Chinese nothing answers it: nobody comes for it
  tenant_intent hurt{"hurt", "", {{"en", {"I got hurt"}}}, {}, true, {}};
  tenant_intent noted{"noted", "", {{"en", {"just looking"}}}, {}, false, {}};
  t.intents = {late, hurt, noted};
  auto who = intent_customers(t, 1);
  BOOST_REQUIRE(who.size() == 2u);
  BOOST_TEST(who[0].kind == "intent");
  BOOST_TEST(who[0].script.goals.front().articles.front() == "late");
  BOOST_TEST((who[1].script.goals.front().what == wanted::person));
  for (auto& v : who) {
    auto known = without_fold(t, v.fold);
    for (auto& i : known.intents)
      for (auto& text : i.examples["en"]) BOOST_TEST(fold_of(text) != v.fold);
  }
  BOOST_TEST(without_fold(t, fold_of_all).intents[0].examples["en"].size() == 2u);
}
