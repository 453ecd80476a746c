#include "clients/cli/picks.hpp"

#include <boost/test/unit_test.hpp>

using namespace steward;
using namespace steward::cli;

BOOST_AUTO_TEST_SUITE(picks_suite)

namespace {

feed_item said(const std::string& id, const std::string& text) {
  feed_item i;
  i.by = speaker::customer, i.id = id, i.text = text;
  return i;
}

feed_item reply(const std::string& to, reply_kind kind, std::vector<std::string> articles, double confidence) {
  feed_item i;
  i.by = speaker::ai, i.id = "r-" + to, i.kind = to_string(kind), i.in_reply_to = to, i.confidence = confidence;
  for (auto& a : articles) i.citations.push_back({a, "Title " + a, "", ""});
  return i;
}

feed_item asked_back(const std::string& to) {
  auto i = reply(to, reply_kind::choice, {"germany", "norway"}, 0.4);
  i.choices = {"Germany", "Norway"};
  return i;
}

feed_item answered(const std::string& to, const std::string& article, double confidence = 1) {
  return reply(to, reply_kind::answer, {article}, confidence);
}

feed_item of_kind(reply_kind k, speaker by) {
  feed_item i;
  i.by = by, i.kind = to_string(k);
  return i;
}

std::vector<feed_item> conversation(const std::vector<feed_item>& after = {}) {
  std::vector<feed_item> all{said("1", "What is delivery?"), asked_back("1"), said("2", "the second one"),
                             answered("2", "norway")};
  all.insert(all.end(), after.begin(), after.end());
  return all;
}

/// "text -> article doubt; …"
std::string told(const std::vector<feed_item>& items) {
  std::string out;
  for (auto& p : picks_in(items))
    out += (out.empty() ? "" : "; ") + p.text + " -> " + p.article + (p.doubt.empty() ? "" : " (" + p.doubt + ")");
  return out;
}

pick one(const std::string& text, const std::string& article, const std::string& customer,
         const std::string& doubt = {}, const std::string& language = "en") {
  return {text, article, "Title " + article, {}, doubt, language, customer};
}

/// "weight article text[!]; …"
std::string rows_of(const std::vector<pick>& picks, uint64_t at_least) {
  std::string out;
  for (auto& r : pick_rows(picks, at_least))
    out +=
        (out.empty() ? "" : "; ") + std::to_string(r.weight) + " " + r.article + " " + r.text + (r.conflict ? "!" : "");
  return out;
}

} // namespace

BOOST_AUTO_TEST_CASE(what_is_a_pick) {
  const std::string good = "What is delivery? -> norway";
  auto several = asked_back("1");
  several.citations.push_back({"boots", "", "", ""});
  auto quoted = several;
  quoted.text = "About boots.\n\n“And delivery?”\nWhich country?\n1. Germany\n2. Norway";
  struct row {
    const char* what;
    std::vector<feed_item> items;
    std::string wanted;
  };
  const std::vector<row> table = {
      {"nothing", {}, ""},
      {"a pick", conversation(), good},
      {"nobody picked", {said("1", "What is delivery?"), asked_back("1")}, ""},
      {"not answered yet", {said("1", "What is delivery?"), asked_back("1"), said("2", "2")}, ""},
      {"another question, answered from a choice's article",
       {said("1", "What is delivery?"), asked_back("1"), said("2", "to Oslo?"), answered("2", "norway", 0.9)},
       ""},
      {"surely answered, but from another article",
       {said("1", "What is delivery?"), asked_back("1"), said("2", "boots"), answered("2", "boots")},
       ""},
      {"only the first message after the question back picks",
       {said("1", "What is delivery?"), asked_back("1"), said("2", "boots"), answered("2", "boots", 0.9),
        said("3", "2"), answered("3", "norway")},
       ""},
      {"the message is not in the feed any more", {asked_back("1"), said("2", "2"), answered("2", "norway")}, ""},
      {"of several wishes one was asked about",
       {said("1", "Boots? And delivery?"), quoted, said("2", "2"), answered("2", "norway")},
       "And delivery? -> norway"},
      {"of several wishes nobody can tell which",
       {said("1", "Boots? And delivery?"), several, said("2", "2"), answered("2", "norway")},
       ""},
      {"what was answered beside it is no choice",
       {said("1", "Boots? And delivery?"), quoted, said("2", "2"), answered("2", "boots")},
       ""},
      {"what is quoted is not what was written",
       {said("1", "Boots, and what is it?"), quoted, said("2", "2"), answered("2", "norway")},
       ""},
      {"it completed the question before",
       {said("0", "How much is it?"), asked_back("0"), said("1", "for my tent"), asked_back("1"), said("2", "2"),
        answered("2", "norway")},
       ""},
      {"blanks only", {said("1", " ?"), asked_back("1"), said("2", "2"), answered("2", "norway")}, ""},
      {"too long", {said("1", std::string(4001, 'x')), asked_back("1"), said("2", "2"), answered("2", "norway")}, ""},
      {"said no", conversation({said("3", "No, not that")}), good + " (no)"},
      {"said no in Chinese", conversation({said("3", "不对")}), good + " (no)"},
      {"a word that begins like no", conversation({said("3", "now boots please")}), good},
      {"thanks", conversation({said("3", "thanks"), of_kind(reply_kind::notice, speaker::ai)}), good},
      {"picked the other after all", conversation({said("3", "sorry, I meant the first"), answered("3", "germany")}),
       good + " (another pick)"},
      {"the same again", conversation({said("3", "say that again"), answered("3", "norway")}), good},
      {"picked the other by number", conversation({said("3", "1")}), good + " (another pick)"},
      {"picked the other by label", conversation({said("3", "germany.")}), good + " (another pick)"},
      {"picked the same again", conversation({said("3", "Norway")}), good},
      {"asked for a person", conversation({said("3", "a person!"), of_kind(reply_kind::handover, speaker::system)}),
       good + " (person)"},
      {"a person came",
       conversation(
           {said("3", "hm"), reply("3", reply_kind::unknown, {}, 0), of_kind(reply_kind::message, speaker::person)}),
       good + " (person)"},
      {"a person, about something else",
       conversation({said("3", "boots?"), answered("3", "boots", 0.9), said("4", "a person!"),
                     of_kind(reply_kind::handover, speaker::system)}),
       good},
      {"asked the same again and picked the other",
       conversation({said("3", "what is  delivery"), asked_back("3"), said("4", "1"), answered("4", "germany")}),
       good + " (another pick); what is  delivery -> germany"},
  };
  for (auto& t : table) BOOST_TEST(told(t.items) == t.wanted, t.what << ": " << told(t.items));
  BOOST_TEST(picks_in(conversation()).front().reply == "r-2");
}

BOOST_AUTO_TEST_CASE(picks_are_grouped_and_weighed) {
  struct row {
    const char* what;
    std::vector<pick> picks;
    uint64_t at_least;
    std::string wanted;
  };
  std::vector<pick> crowd;
  for (int i = 0; i < 30; ++i) crowd.push_back(one("Pay?", "paying", "c" + std::to_string(i)));
  const std::vector<row> table = {
      {"nothing", {}, 1, ""},
      {"too few", {one("a", "x", "c1")}, 2, ""},
      {"one is enough if wanted", {one("a", "x", "c1")}, 1, "1 x a"},
      {"alike texts are one, as most wrote it",
       {one("Áb c?", "x", "c1"), one("áb  C", "x", "c2"), one("Áb c?", "x", "c3")},
       2,
       "3 x Áb c?"},
      {"a customer counts once", {one("a", "x", "c1"), one("A!", "x", "c1")}, 2, ""},
      {"what is in doubt does not count", {one("a", "x", "c1"), one("a", "x", "c2", "no")}, 2, ""},
      {"languages are apart", {one("a", "x", "c1"), one("a", "x", "c2", "", "es")}, 2, ""},
      {"a conflict shows all articles, the heavier first",
       {one("a", "x", "c1"), one("a", "y", "c2"), one("a", "y", "c3")},
       2,
       "2 y a!; 1 x a!"},
      {"no conflict with what is in doubt",
       {one("a", "x", "c1"), one("a", "x", "c2"), one("a", "y", "c3", "person")},
       2,
       "2 x a"},
      {"split evenly below the limit", {one("a", "x", "c1"), one("a", "y", "c2")}, 2, ""},
      {"capped", crowd, 2, "20 paying Pay?"},
      {"the heaviest first",
       {one("a", "x", "c1"), one("a", "x", "c2"), one("b", "y", "c1"), one("b", "y", "c2"), one("b", "y", "c3")},
       2,
       "3 y b; 2 x a"},
  };
  for (auto& t : table) {
    auto got = rows_of(t.picks, t.at_least);
    BOOST_TEST(got == t.wanted, t.what << ": " << got);
  }
  BOOST_TEST(pick_rows(crowd, 2).front().customers == 30u);
}

BOOST_AUTO_TEST_CASE(normal_questions) {
  const std::vector<std::pair<std::string, std::string>> table = {
      {"", ""},         {" \t\n", ""},          {"?!", ""},         {"  How  MUCH\nis it ?! ", "how much is it"},
      {"ÜBER", "über"}, {"多少钱？", "多少钱"}, {"\xFF", "\uFFFD"}, {"a\u00a0b…", "a b"}};
  for (auto& [text, wanted] : table) BOOST_TEST(normal_question(text) == wanted, text << ": " << normal_question(text));
}

BOOST_AUTO_TEST_CASE(ratings_and_names_are_read) {
  auto item = [](const std::string& kind, const std::string& text) {
    feed_item i;
    i.kind = kind, i.text = text;
    return i;
  };
  std::vector<feed_item> timeline = {item("answer_rated", R"({"reply":"a","right":false})"),
                                     item("answer_rated", R"({"reply":"b","right":true})"),
                                     item("answer_rated", R"({"reply":3,"right":false})"),
                                     item("answer_rated", R"({"right":false})"),
                                     item("answer_rated", "[{"),
                                     item("order", R"({"reply":"c","right":false})")};
  BOOST_TEST((rated_wrong(timeline) == std::set<std::string>{"a"}));
  BOOST_TEST(customer_of(R"({"customer":"maria","mode":0})") == "maria");
  for (auto bad : {"", "{", "[]", "{}", R"({"customer":1})"}) BOOST_TEST(customer_of(bad) == "", bad);
}

BOOST_AUTO_TEST_CASE(lines_for_questions_jsonl) {
  pick_row r{"say \"hi\"\n", "en", "x", "", 2, 2, false};
  BOOST_TEST(question_line(r) == R"({"question":"say \"hi\"\n","expected":["x"],"language":"en"})");
  r.language = "und";
  BOOST_TEST(question_line(r) == R"({"question":"say \"hi\"\n","expected":["x"]})");
}

BOOST_AUTO_TEST_SUITE_END()
