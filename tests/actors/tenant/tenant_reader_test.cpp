#include "actors/tenant/tenant_config.hpp"

#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>

using namespace steward;

namespace {

const std::string good = R"(name: Shop
languages: [en, es]
time_zone: Europe/Berlin
retention_days: 30
channels: {web: {}, kiosk: {}}
mask: [card]
knowledge: {answer_at: 0.7, choose_at: 0.2, models: {en: bge-small-en-v15}}
limits: {messages_per_minute: 5, messages_per_second: 50, text_chars: 100}
words: {en: {greeting: "Hi: there"}}
ask_for_person: {en: [human please]}
)";

tenant_reading read(const std::string& yaml) { return read_tenant(tenant_id{"demo"}, {{"tenant.yaml", {yaml}}}); }

std::string slurp(const std::filesystem::path& p) {
  std::ifstream in(p, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

tenant_reading read_intents(const std::string& yaml) {
  return read_tenant(tenant_id{"demo"},
                     {{"tenant.yaml", {"name: S\nlanguages: [en, es]\n"}}, {"intents.yaml", {yaml}}});
}

struct row {
  std::string yaml, problem; // a part of the whole text of problems; empty: none
};

void check(const std::vector<row>& rows) {
  for (auto& r : rows) {
    auto got = to_string(read(r.yaml).problems);
    if (r.problem.empty())
      BOOST_TEST(got == "", r.yaml.substr(0, 200) << "\n-> " << got);
    else
      BOOST_TEST(got.find(r.problem) != std::string::npos, r.yaml.substr(0, 200)
                                                               << "\n-> " << got << "\nwanted " << r.problem);
  }
}

const std::string deep = [] {
  std::string s;
  for (int i = 0; i < 3000; ++i) s += "- ";
  return s + "\n";
}();

std::string with(const std::string& line) { return "name: S\nlanguages: [en, es]\n" + line + "\n"; }

} // namespace

BOOST_AUTO_TEST_SUITE(tenant_reader)

BOOST_AUTO_TEST_CASE(people_on_duty) {
  auto got = read(with(R"(queues:
  desk: {mode: offer, offer_seconds: 20, misses: 2}
  returns: {}
handover:
  unknowns: 3
  rules:
    - {when: [" My Lawyer "], queue: returns, skill: law, priority: 4}
texts:
  hello: {en: "Hello, {seat} here."}
words: {en: {place: "{place} before you"}}
hours:
  mon: ["9:00-12:00", "13:00-18:00"]
  holidays: [2026-12-25]
  days: {2026-12-27: ["10:00-24:00"]})"));
  BOOST_TEST(to_string(got.problems) == "");
  auto& c = got.config;
  BOOST_TEST(c.first_queue == "desk");
  BOOST_TEST((c.queues["desk"].mode == queue_mode::offer));
  BOOST_TEST(c.queues["desk"].offer_s == 20u);
  BOOST_TEST(c.queues["returns"].misses == 3u);
  BOOST_TEST(c.unknowns == 3u);
  BOOST_TEST(c.handover_rules.at(0).phrases.at(0) == "my lawyer");
  BOOST_TEST(c.handover_rules.at(0).priority == 4u);
  BOOST_TEST(c.texts["hello"]["en"] == "Hello, {seat} here.");
  BOOST_TEST(c.words["en"].place == "{place} before you");
  BOOST_TEST(c.words["es"].place.find("{place}") != std::string::npos);
  BOOST_TEST(c.hours.week[0].at(1).from == 13u * 60);
  BOOST_TEST(c.hours.week[1].empty());
  day_number christmas = 0, sunday = 0;
  BOOST_TEST((parse_date("2026-12-25", christmas) && parse_date("2026-12-27", sunday)));
  BOOST_TEST(c.hours.dates.at(christmas).empty());
  BOOST_TEST(c.hours.dates.at(sunday).at(0).to == 24u * 60);
  check({{with("hours: {mon: [\"18:00-9:00\"]}"), "is not opening hours"},
         {with("hours: {mon: [\"9-18\"]}"), "is not opening hours"},
         {with("hours: {holidays: [25.12.2026]}"), "is neither a date"},
         {with("hours: {someday: []}"), "someday"},
         {with("queues: {desk: {mode: push}}"), "tenant.yaml:3: 'queues/desk/mode': 'push' is neither offer"},
         {with("queues: {De sk: {}}"), "tenant.yaml:3: 'queues': 'De sk' cannot be a queue's name"},
         {with("queues: {desk: {offer_seconds: 1}}"), "offer_seconds"},
         {with("handover: {rules: [{when: [x], queue: attic}]}"), "no queue is called 'attic'"},
         {with("handover: {rules: [{queue: main}]}"), "a rule needs 'when'"},
         {with("handover: {unknowns: 0}"), "handover/unknowns"},
         {with("handover: {rules: [{when: [x], queue: main}]}"), ""}});
}

BOOST_AUTO_TEST_CASE(every_field_arrives) {
  auto r = read(good);
  BOOST_TEST(to_string(r.problems) == "");
  auto& c = r.config;
  BOOST_TEST(c.id.value == "demo");
  BOOST_TEST(c.name == "Shop");
  BOOST_TEST(c.languages == (std::vector<std::string>{"en", "es"}), boost::test_tools::per_element());
  BOOST_TEST(c.time_zone == "Europe/Berlin");
  BOOST_TEST(c.retention_days == 30);
  BOOST_TEST((c.channels == std::set<channel_id>{channel_id{"kiosk"}, channel_id{"web"}}));
  BOOST_TEST((c.mask == std::vector<mask_rule>{mask_rule::card}));
  BOOST_TEST(c.answer_at == 0.7);
  BOOST_TEST(c.choose_at == 0.2);
  BOOST_TEST(c.models.at("en") == "bge-small-en-v15");
  BOOST_TEST(c.messages_per_minute == 5u);
  BOOST_TEST(c.messages_per_second == 50u);
  BOOST_TEST(c.text_chars == 100u);
  BOOST_TEST(c.words.at("en").greeting == "Hi: there");
  BOOST_TEST(c.words.at("en").unknown != "");
  BOOST_TEST(c.words.at("es").greeting != "");
  BOOST_TEST(c.ask_for_person.at("en") == (std::vector<std::string>{"human please"}), boost::test_tools::per_element());
  BOOST_TEST(!c.ask_for_person.at("es").empty());
  BOOST_TEST(c.words_for("es").choose == c.words.at("es").choose);
  BOOST_TEST(c.words_for("fr").greeting == "Hi: there");
}

BOOST_AUTO_TEST_CASE(little_is_enough) {
  auto r = read("name: S\nlanguages: [zh]\n");
  BOOST_TEST(to_string(r.problems) == "");
  BOOST_TEST(r.config.mask.size() == 3u);
  BOOST_TEST(r.config.channels.count(channel_id{"web"}) == 1u);
  BOOST_TEST(r.config.time_zone == "UTC");
}

BOOST_AUTO_TEST_CASE(the_demo_tenant_is_valid) {
  auto folder = std::filesystem::path(STEWARD_SOURCE_DIR) / "scripts/demo/tenant";
  std::map<std::string, bytes> files;
  for (auto& f : std::filesystem::directory_iterator(folder))
    if (f.is_regular_file()) files[f.path().filename().string()] = {slurp(f.path())};
  auto r = read_tenant(tenant_id{"demo"}, files);
  BOOST_TEST(to_string(r.problems) == "");
  BOOST_TEST(to_string(r.warnings) == "");
  BOOST_TEST(r.config.languages.size() == 3u);
  BOOST_TEST(r.config.intents.size() == 13u);
}

BOOST_AUTO_TEST_CASE(problems_name_file_and_line) {
  check({
      {"", "tenant.yaml:1: the file is empty"},
      {"# only a comment\n", "tenant.yaml:1: the file is empty"},
      {"- a\n- b\n", "tenant.yaml:1: expected a map ('key: value' lines), got a list"},
      {"hello", "tenant.yaml:1: expected a map"},
      {"languages: [en]", "'name' is missing"},
      {"name: S", "'languages' is missing"},
      {"name: S\nlanguages: []", "tenant.yaml:2: languages: at least one"},
      {"name: S\nlanguages: en",
       "tenant.yaml:2: 'languages': expected a list ('[a, b]', or a line '- a' each), got text ('en')"},
      {"name: S\nlanguages: [english]", "'english' is not a two-letter code of ISO 639-1; did you mean 'en'?"},
      {"name: S\nlanguages: [zh-CN]", "did you mean 'zh'?"},
      {"name: S\nlanguages:\n  - en\n  - xx", "tenant.yaml:4: languages: 'xx' is not a two-letter code"},
      {"name: S\nlanguages: [en, en]", "'en' stands twice"},
      {"name: S\nlanguages: [no]\nwords: {}", "'words/no': nothing is built in for this language"},
      {"name: S\nlanguages: [no]\nwords:\n  no: {greeting: Hei}", "tenant.yaml:4: 'words/no': nothing is built in"},
      {with("time_zome: UTC"), "tenant.yaml:3: unknown key 'time_zome'; did you mean 'time_zone'?"},
      {with("retention: 3"), "unknown key 'retention'; did you mean 'retention_days'?"},
      {with("qqqqqqqqqqqqqqqqqqqqq: 3"), "; known are: ask_for_person, channels"},
      {with("name: T"), "tenant.yaml:3: key 'name' stands twice; first in line 1"},
      {with("time_zone: Europe/Berln"),
       "tenant.yaml:3: 'time_zone': no time zone is called 'Europe/Berln'; did you mean 'Europe/Berlin'?"},
      {with("time_zone: [a]"), "'time_zone': expected text, got a list"},
      {with("time_zone: Asia/Shanghai"), ""},
      {with("retention_days: many"), "tenant.yaml:3: 'retention_days': expected a whole number, got 'many'"},
      {with("retention_days: 1.5"), "expected a whole number, got '1.5'"},
      {with("retention_days: \"5\""), "expected a whole number, got '5'"},
      {with("retention_days: 0"), "'retention_days': must be from 1 to 36500, is 0"},
      {with("retention_days: 99999999999999999999999"), "must be from 1 to 36500"},
      {with("retention_days:"), "'retention_days': expected a whole number, got nothing"},
      {with("channels: [web]"), "'channels': expected a map"},
      {with("channels: {}"), "'channels': at least one is needed"},
      {with("channels:\n  web:\n  kiosk: ~"), ""},
      {with("channels:\n  Web Page: {}"), "tenant.yaml:4: 'channels': 'Web Page' cannot be a channel's name"},
      {with("channels:\n  web: {tokn: 1}"), "unknown key 'tokn' under 'channels/web'"},
      {with("mask: [card, nationl_id]"),
       "tenant.yaml:3: 'mask': no rule is called 'nationl_id'; did you mean 'national_id'?"},
      {with("mask: [everything]"), "known are: card, national_id, password"},
      {with("mask: []"), ""},
      {with("mask: card"), "'mask': expected a list"},
      {with("knowledge: {answer_at: 1.5}"), "'knowledge/answer_at': must be from 0 to 1, is 1.5"},
      {with("knowledge: {answer_at: \"0,5\"}"), "(write the decimal point as '.')"},
      {with("knowledge: {answer_at: .nan}"), "expected a number"},
      {with("knowledge: {answer_at: nan}"), "expected a number"},
      {with("knowledge:\n  answer_at: 0.2\n  choose_at: 0.4"), "'choose_at' must not be above 'answer_at'"},
      {with("knowledge:\n  models: {fr: x}"),
       "tenant.yaml:4: 'knowledge/models': language 'fr' is not in 'languages' (en, es)"},
      {with("knowledge:\n  models: {en: 'endpoint:ftp://x'}"), "http:// or https://"},
      {with("knowledge:\n  models: {en: 'endpoint:http://localhost:9/v1'}"), ""},
      {with("knowledge:\n  answr_at: 1"), "unknown key 'answr_at' under 'knowledge'; did you mean 'answer_at'?"},
      {with("limits: {messages_per_minute: 0}"), "'limits/messages_per_minute': must be from 1 to 100000, is 0"},
      {with("limits: {text_chars: 5000}"), "must be from 1 to 4000"},
      {with("limits: {messages_per_second: -1}"), "is -1"},
      {with("words:\n  fr: {greeting: x}"), "tenant.yaml:4: 'words': language 'fr' is not in 'languages'"},
      {with("words:\n  en: {greting: x}"), "unknown key 'greting' under 'words/en'; did you mean 'greeting'?"},
      {with("words:\n  en: {greeting: \"\"}"), "'words/en/greeting': must not be empty"},
      {with("words:\n  en: {greeting: [x]}"), "'words/en/greeting': expected text, got a list"},
      {with("words:\n  en: {greeting: " + std::string(2001, 'x') + "}"), "2001 characters, at most 2000"},
      {with("words:\n  en:\n    greeting: He said: hello"), "text that contains ': ' or '#' needs quotes"},
      {with("ask_for_person:\n  en: talk"), "'ask_for_person/en': expected a list"},
      {with("ask_for_person:\n  en: [[a]]"), "'ask_for_person/en': expected text, got a list"},
      {with("a: &x [1]\nb: *x"), "tenant.yaml:3: anchors and aliases"},
      {with("words: {en: {greeting: *bold*}}"), "anchors and aliases"},
      {with("time_zone: !!str UTC"), "tags ("},
      {with("channels: [web"), "not YAML here"},
      {with("channels:\n\tweb: {}"), "not YAML here"},
      {with("? [a]\n: b"), "a key must be a word"},
      {with("---\nname: T"), "a second document begins here"},
      {with("x: " + std::string(3000, '[')), "tenant.yaml:3: "},
      {with("x:\n" + deep), "nested deeper than 16"},
      {with(std::string(3000, '{')), ""
                                     "a key must be a word"},
      {"name: S\nlanguages: [en]\r\ntime_zone: UTC\r\n", ""},
      {"\xEF\xBB\xBFname: S\nlanguages: [en]\n", ""},
      {"name: S\n\nlanguages: [en]\n# \xFF\n", "tenant.yaml:4: not UTF-8"},
      {std::string("name: S\nlanguages: [en]\ntime_zone: U\0TC\n", 40), "tenant.yaml:3: a control character (byte 0)"},
      {with("# " + std::string(300000, 'x')), "at most 256 KiB"},
  });
}

BOOST_AUTO_TEST_CASE(all_problems_at_once_in_order_of_keys_and_bounded) {
  auto r = read("nam: S\nlanguages: [en]\nretention_days: x\nmask: [a]\n");
  BOOST_TEST(r.problems.size() == 4u, to_string(r.problems));
  std::string many = "name: S\nlanguages: [en]\n";
  for (int i = 0; i < 500; ++i) many += "key" + std::to_string(i) + ": 1\n";
  r = read(many);
  BOOST_TEST(r.problems.size() == 101u);
  BOOST_TEST(r.problems.back().message == "and 400 more");
}

// A few kilobytes that would unfold to gigabytes, were aliases followed.
BOOST_AUTO_TEST_CASE(bombs_are_refused_at_once) {
  std::string bomb = "name: S\nlanguages: [en]\na: &a [x,x,x,x,x,x,x,x,x]\n";
  for (char c = 'b'; c < 'z'; ++c) {
    std::string p(1, char(c - 1));
    bomb += std::string(1, c) + ": &" + c + " [*" + p + ",*" + p + ",*" + p + ",*" + p + ",*" + p + ",*" + p + "]\n";
  }
  BOOST_TEST(to_string(read(bomb).problems).find("tenant.yaml:3: anchors") != std::string::npos);
  std::string wide = "name: S\nlanguages: [en]\nx: [";
  for (int i = 0; i < 30000; ++i) wide += "1,";
  BOOST_TEST(to_string(read(wide + "]\n").problems).find("more than 20000 values") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_folder_is_checked_too) {
  auto problems = [](std::map<std::string, bytes> files, std::string id = "demo") {
    return to_string(read_tenant(tenant_id{id}, files).problems);
  };
  auto has = [](const std::string& s, const std::string& part) { return s.find(part) != std::string::npos; };
  bytes yaml{good};
  BOOST_TEST(has(problems({}), "tenant.yaml: the file is missing"));
  BOOST_TEST(
      has(problems({{"tenant.yml", yaml}}), "tenant.yml: not a file that Steward reads; did you mean 'tenant.yaml'?"));
  BOOST_TEST(
      problems({{"tenant.yaml", yaml}, {"README.md", {"hello"}}, {".gitignore", {"x"}}, {"tenant.yaml~", {"x"}}}) ==
      "");
  BOOST_TEST(has(problems({{"tenant.yaml", yaml}, {"../x", {}}}), "a path stays inside"));
  BOOST_TEST(has(problems({{"tenant.yaml", yaml}, {"/etc/passwd", {}}}), "a path stays inside"));
  BOOST_TEST(has(problems({{"tenant.yaml", yaml}, {"a\xFF", {}}}), "a path is UTF-8"));
  BOOST_TEST(has(problems({{"tenant.yaml", yaml}}, "Not A Name"), "cannot be a tenant's name"));
  BOOST_TEST(has(problems({{"tenant.yaml", yaml}}, ""), "cannot be a tenant's name"));
  std::map<std::string, bytes> many{{"tenant.yaml", yaml}};
  for (int i = 0; i < 200; ++i) many["f" + std::to_string(i)] = {};
  BOOST_TEST(has(problems(many), "201 files in the folder, at most 100"));
  BOOST_TEST(has(problems({{"tenant.yaml", yaml}, {"big", {std::string(5 << 20, 'x')}}}), "at most 4096 KiB"));
}

BOOST_AUTO_TEST_CASE(questions_are_read_by_line) {
  auto read = [](const std::string& lines) {
    return read_tenant(tenant_id{"demo"}, {{"tenant.yaml", {good}}, {"questions.jsonl", {lines}}});
  };
  auto r = read("{\"question\":\"how?\",\"expected\":[\"a\",\"b\"]}\r\n\n{\"question\":\"¿cómo?\",\"expected\":[],"
                "\"language\":\"es\"}");
  BOOST_TEST(to_string(r.problems) == "");
  BOOST_REQUIRE(r.config.questions.size() == 2u);
  BOOST_TEST(r.config.questions[0].language == "en");
  BOOST_TEST(r.config.questions[0].expected.size() == 2u);
  BOOST_TEST(r.config.questions[1].question == "¿cómo?");
  BOOST_TEST(r.config.questions[1].language == "es");
  const std::string ok = "{\"question\":\"a\",\"expected\":[]}\n";
  const row rows[] = {
      {"{", "questions.jsonl:1: not JSON near character"},
      {"[]", "questions.jsonl:1: expected {…}, got array"},
      {"{\"question\":\"x\"}", "'expected' is missing"},
      {"{\"expected\":[]}", "'question' is missing"},
      {"{\"question\":\"\",\"expected\":[]}", "must not be empty"},
      {"{\"question\":5,\"expected\":[]}", "'question': expected text, got number"},
      {"{\"question\":\"x\",\"expected\":\"a\"}", "'expected': expected a list of article ids, got string"},
      {"{\"question\":\"x\",\"expected\":[1]}", "expected article ids in quotes, got number"},
      {"{\"question\":\"x\",\"expected\":[],\"lang\":\"en\"}", "unknown key 'lang'"},
      {"{\"question\":\"x\",\"expcted\":[]}", "did you mean 'expected'?"},
      {"{\"question\":\"x\",\"expected\":[],\"language\":\"fr\"}",
       "'language': 'fr' is not in 'languages' of tenant.yaml"},
      {ok + ok, "questions.jsonl:2: the same question stands in line 1"},
      {ok + "{\"question\":" + std::string(5000, '['), "questions.jsonl:2: not JSON"},
      {"{\"question\":" + std::string(50, '[') + std::string(50, ']') + "}", "nested deeper"},
      {ok + "303155e2748", "questions.jsonl:2: a number is too large"}, // it ended the process
      {ok + "\xFF", "questions.jsonl:2: not UTF-8"},
  };
  for (auto& x : rows) {
    auto got = to_string(read(x.yaml).problems);
    BOOST_TEST(got.find(x.problem) != std::string::npos, x.yaml.substr(0, 100) << " -> " << got);
  }
}

BOOST_AUTO_TEST_CASE(intents_are_read) {
  auto r = read_intents(R"(late:
  description: It should have come
  article: {en: late, es: tarde}
  examples:
    en: [my parcel is late, it never came, where is it, tracking is stuck, lost parcel]
    es: [llega tarde, no ha llegado, dónde está, se ha perdido, nunca llegó]
hurt:
  person: true
  queue: main
  examples: [I got hurt, it exploded, it caught fire, it broke and I fell, gas leaks]
none_of_these:
  en: [is it waterproof]
)");
  BOOST_TEST(to_string(r.problems) == "");
  BOOST_REQUIRE(r.config.intents.size() == 2u);
  auto late = r.config.intent("late");
  BOOST_REQUIRE(late);
  BOOST_TEST(late->article.at("es") == "tarde");
  BOOST_TEST(late->examples.at("en").size() == 5u);
  BOOST_TEST(!late->person);
  BOOST_TEST(r.config.intent("hurt")->person);
  BOOST_TEST(r.config.intent("hurt")->examples.at("en").front() == "I got hurt"); // a list is in the first language
  BOOST_TEST(r.config.no_intent.at("en").size() == 1u);
  BOOST_TEST(r.config.intent("lost") == nullptr);
  BOOST_TEST(to_string(r.warnings) ==
             "intents.yaml:10: warning: 'hurt' has no example in 'es': it is not understood there");
}

BOOST_AUTO_TEST_CASE(an_intent_may_be_described_before_it_has_examples) {
  auto r = read_intents("b: {examples: [one, two, three, four, five]}\na: {description: what a is}\n");
  BOOST_TEST(to_string(r.problems) == "");
  BOOST_REQUIRE(r.config.intents.size() == 2u);
  BOOST_TEST(to_string(r.warnings)
                 .find("intents.yaml:2: warning: 'a' has no 'examples': in the first language it is "
                       "guessed from its description") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(problems_of_intents_name_the_line) {
  const std::string two = "b: {examples: [one, two, three, four, five]}\n";
  const std::pair<std::string, std::string> rows[] = {
      {"", "intents.yaml:1: the file is empty"},
      {two, "intents.yaml:1: only one intent: at least two are needed"},
      {"none_of_these: [x]\n", "intents.yaml:1: no intent in the file"},
      {two + "a: {}\n", "intents.yaml:2: 'a' has neither 'examples' nor a 'description'"},
      {two + "a: {examples: []}\n", "intents.yaml:2: 'a' has no example: write a few"},
      {two + "a:\n  examples: [Where is it, \" ONE \"]\n",
       "intents.yaml:3: ' ONE ' is an example of 'a' here and of 'b' in line 1: which of the two"},
      {two + "a: {examples: [\"\"]}\n", "intents.yaml:2: 'a/examples': must not be empty"},
      {two + "a: {examples: [" + std::string(501, 'x') + "]}\n", "501 characters, at most 500"},
      {two + "a: {examples: {zh: [x]}}\n", "intents.yaml:2: 'a/examples': language 'zh' is not in 'languages'"},
      {two + "thanks: {examples: [x]}\n", "intents.yaml:2: 'thanks' is built in"},
      {two + "Big One: {examples: [x]}\n", "intents.yaml:2: 'Big One' cannot be an intent's name"},
      {two + "a: {examples: [x], article: y, person: true}\n", "intents.yaml:2: 'a': either 'article'"},
      {two + "a: {examples: [x], queue: main}\n", "intents.yaml:2: 'a': 'queue' stands beside 'person: true' only"},
      {two + "a: {examples: [x], person: true, queue: attic}\n", "intents.yaml:2: 'a/queue': no queue is called"},
      {two + "a: {examples: [x], person: perhaps}\n", "intents.yaml:2: 'a/person': expected true or false"},
      {two + "a: {example: [x]}\n", "intents.yaml:2: unknown key 'example' under 'a'; did you mean 'examples'?"},
      {two + two, "intents.yaml:2: key 'b' stands twice; first in line 1"},
      {"- a\n", "intents.yaml:1: expected a map"},
  };
  for (auto& [yaml, problem] : rows) {
    auto got = to_string(read_intents(yaml).problems);
    BOOST_TEST(got.find(problem) != std::string::npos, yaml.substr(0, 100) << " -> " << got);
  }
  auto twice = read_intents(two + "a: {examples: {en: [x, y, z, u, v, X], es: [r, s, t, p, q]}}\n");
  BOOST_TEST(to_string(twice.problems) == "");
  BOOST_TEST(to_string(twice.warnings).find("intents.yaml:2: warning: 'X' stands in line 2 already") !=
             std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(tenant_meanings_file)

namespace {

tenant_reading read_words(const std::string& yaml) {
  return read_tenant(tenant_id{"demo"},
                     {{"tenant.yaml", {"name: S\nlanguages: [en, es]\n"}}, {"meanings.yaml", {yaml}}});
}

} // namespace

BOOST_AUTO_TEST_CASE(meanings_are_read) {
  auto r = read_words("known_for: [outdoor, sport]\n"
                      "fields: {outdoor: {en: [tent, trail], es: [sendero]}}\n"
                      "words:\n"
                      "  mat:\n"
                      "    forms: {en: [mat, mats], es: [esterilla]}\n"
                      "    meanings:\n"
                      "      sleeping: {fields: [outdoor], words: [inflate]}\n"
                      "      door: {words: {en: [doorstep]}}\n"
                      "  pole: {meanings: {a: {fields: [sport]}, b: {fields: [home]}}}\n");
  BOOST_TEST(to_string(r.problems) == "");
  auto& m = r.config.meanings;
  BOOST_TEST(m.known_for.size() == 2u);
  BOOST_TEST(m.fields.at("outdoor").at("es").front() == "sendero");
  BOOST_REQUIRE(m.words.size() == 2u);
  BOOST_TEST(m.words[0].forms.at("en").size() == 2u);
  BOOST_TEST(m.words[0].meanings[0].words.at("en").front() == "inflate"); // a list is in the first language
  BOOST_TEST(m.words[1].forms.at("en").front() == "pole");                // without forms it is the name
}

BOOST_AUTO_TEST_CASE(problems_of_meanings_name_the_line) {
  const std::string two = "meanings: {x: {words: [u]}, y: {words: [v]}}";
  const std::pair<std::string, std::string> rows[] = {
      {"", "meanings.yaml:1: the file is empty"},
      {"- a\n", "meanings.yaml:1: expected a map"},
      {"word: {}\n", "meanings.yaml:1: unknown key 'word'; did you mean 'words'?"},
      {"words: {mat: {meanings: {x: {words: [u]}}}}\n", "meanings.yaml:1: 'mat' has one meaning: two at least"},
      {"words: {mat: {forms: [mats]}}\n", "meanings.yaml:1: 'mat' has no meaning: two at least"},
      {"words:\n  mat: {meanings: {x: {}, y: {words: [v]}}}\n", "meanings.yaml:2: 'x' has neither 'words' nor"},
      {"words:\n  mat:\n    meanings: {x: {fields: [outdor]}, y: {words: [v]}}\nfields: {outdoor: [tent]}\n",
       "meanings.yaml:3: 'words/mat/meanings/x/fields': no field is called 'outdor': give it words under 'fields'; did "
       "you mean 'outdoor'?"},
      {"known_for: [nothing_of_the_kind]\n", "no field is called 'nothing_of_the_kind'"},
      {"words: {Mat: {" + two + "}}\n", "'Mat' cannot be the name of a word's entry"},
      {"words: {mat: {forms: {zh: [x]}, " + two + "}}\n", "language 'zh' is not in 'languages' of tenant.yaml"},
      {"words: {mat: {forms: [\"a|b\"], " + two + "}}\n", "a word has no '|'"},
      {"words:\n  mat: {" + two + "}\n  mats: {forms: [MAT], " + two + "}\n",
       "meanings.yaml:3: 'MAT' is a form of 'mats' and of 'mat' in line 2"},
      {"fields: {outdoor: [" + std::string(61, 'x') + "]}\n", "61 characters, at most 60"},
  };
  for (auto& [yaml, problem] : rows) {
    auto got = to_string(read_words(yaml).problems);
    BOOST_TEST(got.find(problem) != std::string::npos, yaml.substr(0, 100) << " -> " << got);
  }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(tenant_entities_file)

namespace {

tenant_reading read_own(const std::string& yaml) {
  return read_tenant(tenant_id{"demo"},
                     {{"tenant.yaml", {"name: S\nlanguages: [en, es]\n"}}, {"entities.yaml", {yaml}}});
}

} // namespace

BOOST_AUTO_TEST_CASE(entities_are_read) {
  auto r = read_own("order_number: {patterns: ['LT-\\d{5}']}\n"
                    "size: {values: [small, large]}\n"
                    "product:\n"
                    "  values:\n"
                    "    TN-RDG1: [Ridge 1, Tarnline Ridge 1]\n"
                    "    TN-STV: {en: [stove, sole], es: [hornillo]}\n"
                    "    TN-MAT: {es: [sole]}\n"); // one word in two languages may be two values
  BOOST_TEST(to_string(r.problems) == "");
  auto& e = r.config.entities;
  BOOST_REQUIRE(e.size() == 3u);
  BOOST_TEST(e[0].patterns.at(0) == "LT-\\d{5}");
  BOOST_TEST(e[1].values.at("small").at("").front() == "small"); // in every language
  BOOST_TEST(e[2].values.at("TN-RDG1").at("").size() == 2u);
  BOOST_TEST(e[2].values.at("TN-STV").at("es").front() == "hornillo");
}

BOOST_AUTO_TEST_CASE(problems_of_entities_name_the_line) {
  const std::pair<std::string, std::string> rows[] = {
      {"", "entities.yaml:1: the file is empty"},
      {"- a\n", "entities.yaml:1: expected a map"},
      {"Size: {values: [ab]}\n", "'Size' cannot be the name of an entity"},
      {"number: {values: [ab]}\n", "'number' is read of every message: give yours another name"},
      {"size: {}\n", "entities.yaml:1: 'size' has neither 'values' nor 'patterns'"},
      {"size: {value: [ab]}\n", "unknown key 'value' under 'size'; did you mean 'values'?"},
      {"size:\n  values: [ab, s]\n", "entities.yaml:2: 's' is too short"},
      {"size:\n  values:\n    a: [big]\n    b: [BIG]\n",
       "entities.yaml:4: 'BIG' is a word for 'b' and for 'a' in line 3"},
      {"size:\n  values:\n    a: [big]\n    b: {en: [big]}\n", // of every language, so of this one too
       "entities.yaml:4: 'big' is a word for 'b' and for 'a' in line 3"},
      {"size:\n  values:\n    a: {en: [big]}\n    b: [big]\n",
       "entities.yaml:4: 'big' is a word for 'b' and for 'a' in line 3"},
      {"size: {values: {a: {zh: [大号]}}}\n", "language 'zh' is not in 'languages' of tenant.yaml"},
      {"no:\n  patterns:\n    - 'LT-[0-9'\n",
       "entities.yaml:3: 'no/patterns': 'LT-[0-9' is no regular expression: REGEX_"},
      {"no: {patterns: ['[0-9]*']}\n", "'[0-9]*' fits nothing at all, too"},
      {"no: {patterns: ['(a?|b?){60}x']}\n", "'(a?|b?){60}x' takes too long"},
      {"no: {patterns: ['(a+)+-']}\n", "'(a+)+-' takes too long"},
      {"size: {values: [" + std::string(61, 'x') + "]}\n", "61 characters, at most 60"},
  };
  for (auto& [yaml, problem] : rows) {
    auto got = to_string(read_own(yaml).problems);
    BOOST_TEST(got.find(problem) != std::string::npos, yaml.substr(0, 100) << " -> " << got);
  }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(tenant_page)

BOOST_AUTO_TEST_CASE(the_page_is_read) {
  auto r = read(with(
      "page: {colour: \"#Ab12cd\", avatar: 图书, questions: {en: [one, two]}, embed_on: [\"https://*.shop.example\", "
      "\"http://localhost:8000\"]}"));
  BOOST_TEST(to_string(r.problems) == "");
  BOOST_TEST(r.config.page.colour == "#Ab12cd");
  BOOST_TEST(r.config.page.avatar == "图书");
  BOOST_TEST(r.config.page.questions["en"].size() == 2u);
  BOOST_TEST(r.config.page.embed_on.size() == 2u);
}

BOOST_AUTO_TEST_CASE(keys_of_the_customers_site_are_read) {
  auto r = read(with("page: {identity: {audience: site, keys: {a: {algorithm: HS256, secret: "
                     "0123456789abcdef0123456789abcdef}, b: {algorithm: HS256, secret_env: STEWARD_KEY_SHOP}}}}"));
  BOOST_TEST(to_string(r.problems) == "");
  auto& who = r.config.page.identity;
  BOOST_TEST(who.audience == "site");
  BOOST_TEST_REQUIRE(who.keys.size() == 2u);
  BOOST_TEST(who.keys[0].key == "0123456789abcdef0123456789abcdef");
  BOOST_TEST(who.keys[1].secret_env == "STEWARD_KEY_SHOP");
  auto pem = read("name: S\nlanguages: [en]\npage:\n  identity:\n    keys:\n      c:\n        algorithm: EdDSA\n"
                  "        public_key: |\n          -----BEGIN PUBLIC KEY-----\n"
                  "          MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n"
                  "          -----END PUBLIC KEY-----\n");
  BOOST_TEST(to_string(pem.problems) == "");
  BOOST_TEST(pem.config.page.identity.audience == "demo");
  BOOST_TEST((pem.config.page.identity.keys.at(0).algorithm == token_algorithm::eddsa));
  auto key = [](const std::string& k) { return with("page: {identity: {keys: {a: " + k + "}}}"); };
  check({{key("{algorithm: none}"), "tenant.yaml:3: 'page/identity/keys/a/algorithm' must be EdDSA"},
         {key("{algorithm: HS256, secret: short}"), "the secret has 5 bytes, at least 32"},
         {key("{algorithm: HS256}"), "HS256 needs either 'secret' or 'secret_env'"},
         {key("{algorithm: HS256, secret_env: HOME}"), "a variable such as STEWARD_KEY_SHOP"},
         {key("{algorithm: RS256, secret: 0123456789abcdef0123456789abcdef}"), "RS256 needs 'public_key'"},
         {key("{algorithm: RS256, public_key: x}"), "no public key in PEM"},
         {key("x"), "tenant.yaml:3: "}});
}

BOOST_AUTO_TEST_CASE(a_theme_with_script_in_it_is_refused_with_its_line) {
  check({
      {with("page: {colour: \"red;background:url(//evil)\"}"),
       "tenant.yaml:3: 'page/colour': 'red;background:url(//evil)' is not a colour"},
      {with("page: {colour: \"#12345g\"}"), "tenant.yaml:3: 'page/colour'"},
      {with("page: {avatar: \"<s\"}"), "tenant.yaml:3: 'page/avatar': '<s' is not one or two characters"},
      {with("page: {avatar: <script>alert(1)</script>}"), "tenant.yaml:3: 'page/avatar'"},
      {with("page: {avatar: abc}"), "tenant.yaml:3: 'page/avatar'"},
      {with("page: {embed_on: [\"https://a.example; script-src *\"]}"), "tenant.yaml:3: 'page/embed_on'"},
      {with("page: {embed_on: [\"javascript:alert(1)\"]}"), "tenant.yaml:3: 'page/embed_on'"},
      {with("page: {embed_on: [\"https://a.example/path\"]}"), "tenant.yaml:3: 'page/embed_on'"},
      {with("page: {embed_on: [\"*\"]}"), "tenant.yaml:3: 'page/embed_on'"},
      {with("page: {questions: {zh: [x]}}"), "language 'zh' is not in 'languages'"},
      {with("page: {script: x}"), "tenant.yaml:3: "},
  });
}

BOOST_AUTO_TEST_SUITE_END()
