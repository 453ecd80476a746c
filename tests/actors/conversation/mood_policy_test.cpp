#include "actors/conversation/conversation_model.hpp"
#include "actors/conversation/language_note.hpp"
#include "actors/conversation/mood_policy.hpp"
#include "actors/conversation/small_talk.hpp"
#include "actors/folded_text.hpp"
#include "actors/text_reader.hpp"
#include "tests/actors/conversation/replies_of.hpp"

#include <boost/test/unit_test.hpp>
#include <fstream>
#include <map>

using namespace steward;

BOOST_AUTO_TEST_SUITE(moods)

namespace {

const text_reader& reader() {
  static std::string note;
  static auto it = *make_text_reader("", note);
  return *it;
}

understood_message read(const std::string& text, const std::string& before = "") {
  std::string served;
  auto u = reader().begin(text, {before, {"en", "zh", "es"}, 1'750'000'000'000}, served);
  reader().feel(u, text, "", {}, {});
  return u;
}

temper temper_in(const std::string& text) { return temper_of(read(text).mood, folded_text(text)); }

struct talk {
  tenant_config tenant;
  entity_kinds kinds{{'c', conversation_kind()}};
  entity_id id = conversation_id(tenant_id{"shop"}, channel_id{"kiosk"}, account_id{}, peer_id{"anna"});
  entity_state state = std::move(*fresh_entity(kinds, tenant_id{"shop"}, id));
  uint64_t seq = 0;

  talk() {
    tenant.id = tenant_id{"shop"};
    tenant.languages = {"en", "zh"};
    auto& w = tenant.words["en"];
    w.unknown = "No.", w.offer_person = "A colleague will.", w.waiting = "Wait.", w.comfort = "Sorry.",
    w.reassure = "No worry.", w.language = "en";
    tenant.unknowns = 3;
  }
  /// As in the engine: what is needed is understood, and known only where `known`.
  turn_record say(const std::string& text, bool known = false) {
    in_message m;
    m.tenant = tenant.id, m.entity = id;
    m.from = {channel_id{"kiosk"}, account_id{}, peer_id{"anna"}};
    m.id = message_id{"m" + std::to_string(++seq)};
    m.body.data = encode(say_request{"s", text, "", "", "", 0});
    auto q = state.model->needs(m, tenant);
    BOOST_REQUIRE(q.has_value());
    knowledge_result k;
    k.understood = read(text, q->language);
    if (known && q->search)
      k.outcome = verdict::answer, k.candidates.push_back({"a", "Title", 0, "", "The answer.", "f.md", 1});
    return decide_turn(state, m, {1, seq}, {encode(k)}, tenant, 1000 * static_cast<int64_t>(seq));
  }
  conversation_data data() const { return *decode<conversation_data>(state.model->snapshot().data); }
};

} // namespace

BOOST_AUTO_TEST_CASE(tempers_of_messages) {
  struct {
    const char* text;
    temper is;
  } rows[] = {
      {"this is too slow", temper::let_down},
      {"I am very disappointed", temper::let_down},
      {"太慢了", temper::let_down},
      {"非常失望", temper::let_down},
      {"demasiado lento", temper::let_down},
      {"estoy muy decepcionada", temper::let_down},
      {"I am furious about this", temper::angry},
      {"你们是骗子", temper::angry},
      {"esto es inaceptable", temper::angry},
      {"I will post this on Trustpilot", temper::threatens},
      {"You are useless, I am leaving", temper::threatens},
      {"how do I delete my account?", temper::calm},
      {"how many gas canisters can go in one order? Please help", temper::calm},
      {"the strap ripped off my pack", temper::calm},
      {"I feel ripped off", temper::angry},
      {"do you sell fast and furiously light boots", temper::calm},
      {"thank you, that helps a lot", temper::calm},
      {"我的包裹到哪里了", temper::calm},
      {"Wo ist mein Paket geblieben?", temper::calm},
  };
  for (auto& r : rows) BOOST_TEST(to_string(temper_in(r.text)) == to_string(r.is), r.text);
}

BOOST_AUTO_TEST_CASE(questions_of_calm_customers_bring_no_person) {
  std::ifstream in(std::string(STEWARD_SOURCE_DIR) + "/scripts/demo/tenant/questions.jsonl");
  size_t all = 0, upset = 0, foreign = 0;
  for (std::string line; std::getline(in, line);) {
    auto packed = msgpack_of(line);
    if (!packed) continue;
    auto from = line.find("\"question\": \"") + 13;
    auto text = line.substr(from, line.find("\", \"expected\"") - from);
    ++all;
    if (temper_in(text) != temper::calm) {
      ++upset;
      BOOST_TEST_MESSAGE("upset: " << text << " " << to_string(temper_in(text)));
    }
    if (auto u = read(text); u.language != "en" && u.language != "zh" && u.language != "es") {
      ++foreign;
      BOOST_TEST_MESSAGE("foreign: " << text << " " << u.language);
    }
  }
  BOOST_REQUIRE(all > 300u);
  BOOST_TEST(upset * 50 <= all);
  BOOST_TEST(foreign == 0u);
}

BOOST_AUTO_TEST_CASE(getting_worse) {
  struct {
    std::vector<int> before;
    temper now;
    bool worse;
  } rows[] = {
      {{}, temper::anxious, false},           {{0, 0}, temper::anxious, false}, {{-1}, temper::anxious, true},
      {{-1, 0, 0}, temper::anxious, true},    {{-1}, temper::calm, false},      {{-1, 0, 0, 0}, temper::anxious, false},
      {{0, 0, -2, 0}, temper::anxious, true},
  };
  for (auto& r : rows) BOOST_TEST(gets_worse(r.before, r.now) == r.worse);
}

BOOST_AUTO_TEST_CASE(disappointment_brings_comfort_and_a_person) {
  for (auto text : {"this is too slow", "I am very disappointed"}) {
    talk t;
    auto r = t.say(text, true);
    BOOST_TEST(said(r) == "Sorry.\n\nWait.", text);
    BOOST_TEST((t.data().mode == conversation_mode::waiting));
    BOOST_TEST(t.data().priority == 1u);
    BOOST_TEST(t.data().reason == "mood");
  }
}

BOOST_AUTO_TEST_CASE(an_anxious_customer_is_reassured_and_the_second_time_gets_a_person) {
  talk t;
  auto text = "I am really worried that my parcel is lost";
  BOOST_REQUIRE(to_string(temper_in(text)) == "anxious");
  BOOST_TEST(said(t.say(text, true)) == "No worry.\n\nThe answer.");
  BOOST_TEST(said(t.say("where do you deliver?", true)) == "The answer.");
  BOOST_TEST(said(t.say(text, true)) == "No worry.\n\nWait.");
  BOOST_TEST(t.data().reason == "mood_worse");
}

BOOST_AUTO_TEST_CASE(a_language_that_the_tenant_lacks_is_said_once) {
  talk t;
  auto r = t.say("Wann kommt mein Paket an, ich warte schon seit zwei Wochen darauf?", true);
  BOOST_TEST(said(r) == "Leider kann ich hier nur auf English, 中文 antworten.\n\nThe answer.");
  BOOST_TEST(t.data().language == "de");
  BOOST_TEST(said(t.say("ok", true)) == "The answer.");
  BOOST_TEST(t.data().language == "de");
  t.say("And how much does shipping to France cost me?", true);
  BOOST_TEST(t.data().language == "en");
}

BOOST_AUTO_TEST_CASE(letters_of_no_language_of_the_tenant_are_enough) {
  struct {
    const char *text, *language;
  } rows[] = {
      {"πού είναι;", "el"}, {"أين طلبي؟", "ar"}, {"my jakcet zip broke", "en"}, {"πού", "en"}, {"我的包裹呢", "zh"}};
  for (auto& r : rows) BOOST_TEST(read(r.text).language == r.language, r.text << " -> " << read(r.text).language);
}

BOOST_AUTO_TEST_CASE(built_in_intents_of_messages) {
  struct {
    const char* text;
    const char* is;
  } rows[] = {
      {"Hello!", "hello"},
      {"hellooooo", "hello"},
      {"HI", "hello"},
      {"Thank you very much!!", "thanks"},
      {"thank yuo very much", "thanks"},
      {"Danke schön", "thanks"},
      {"谢谢。", "thanks"},
      {"ありがとうございます", "thanks"},
      {"감사합니다", "thanks"},
      {"Спасибо!", "thanks"},
      {"teşekkürler", "thanks"},
      {"obrigada", "thanks"},
      {"ＨＥＬＬＯ", "hello"},
      {"转人工", "person"},
      {"оператор", "person"},
      {"je veux me plaindre", "complaint"},
      {"我要投诉", "complaint"},
      {"delete my data", "forget_me"},
      {"Tschüss", "bye"},
      {"non merci", "no"},
      {"¡Sí!", "yes"},
      {"再说一遍", "repeat"},
      {"laat maar", "stop"},
      {"", ""},
      {"\u200b\u200b", "hello"},
      {"  ", "hello"},
      {"???", ""},
      {"👍", "yes"},
      {"👍🏽👍🏽", "yes"},
      {"❤️ 🙏", "thanks"},
      {"👍👎", ""},
      {"😡😡", ""},
      {"ok", "yes"},
      {"好的", "yes"},
      {"都不是", "no"},
      {"I need help!", "hello"},
      {"帮帮我", "hello"},
      {"are you a bot?", "machine"},
      {"你是机器人吗？", "machine"},
      {"a person", "person"},
      {"help with my tent", ""},
      {"ok but where is it", ""},
      {"hello, where is my parcel?", ""},
      {"thanks but it is broken", ""},
      {"no tent", ""},
      {"yes or no", ""},
  };
  for (auto& r : rows) {
    auto u = read(r.text);
    BOOST_TEST((u.intents.empty() ? "" : u.intents[0].name) == r.is, r.text);
  }
}

BOOST_AUTO_TEST_CASE(talk_is_answered_as_such) {
  talk t;
  t.tenant.words["en"].greeting = "How can I help?";
  BOOST_TEST(said(t.say("hello")) == "How can I help?");
  BOOST_TEST(said(t.say("thank you")).starts_with("You're welcome!"));
  BOOST_TEST(said(t.say("bye")).starts_with("Goodbye"));
  BOOST_TEST((t.data().mode == conversation_mode::ai));
  BOOST_TEST(t.data().unknowns == 0u);
  t.say("i want to make a complaint");
  BOOST_TEST((t.data().mode == conversation_mode::waiting));
  BOOST_TEST(t.data().reason == "complaint");
  BOOST_TEST(said(t.say("thanks")) == "Wait.");
}

// "bist du ein bot?" was answered with the greeting.
BOOST_AUTO_TEST_CASE(only_hello_is_greeted_whatever_the_language) {
  tenant_words w;
  w.greeting = "Guten Tag!", w.unknown = "Weiß ich nicht.";
  for (auto language : {"de", "fr", "it", "pt", "nl", "pl", "sv", "tr", "ru", "ja", "ko", "fi"}) {
    w.language = language;
    BOOST_TEST(small_talk("hello", w, talk_after::anything) == w.greeting);
    BOOST_TEST(small_talk("hello", w, talk_after::choice) == w.greeting);
    for (auto before : {talk_after::anything, talk_after::choice}) {
      for (auto intent : {"thanks", "bye", "yes", "stop", "machine"}) {
        BOOST_TEST(small_talk(intent, w, before) != w.greeting, language << " " << intent);
        BOOST_TEST(!small_talk(intent, w, before).empty(), language << " " << intent);
      }
      BOOST_TEST(small_talk("machine", w, before).starts_with("I am an automatic assistant."), language);
      BOOST_TEST(small_talk("stop", w, before).starts_with("All right"), language);
      BOOST_TEST(small_talk("yes", w, before).starts_with("Good."), language);
    }
    BOOST_TEST(small_talk("no", w, talk_after::anything).starts_with("All right."), language);
    BOOST_TEST(small_talk("no", w, talk_after::choice) == "", language);
  }
  w.language = "de";
  BOOST_TEST(small_talk("thanks", w, talk_after::anything) == "Gern geschehen!");
}

BOOST_AUTO_TEST_CASE(a_tenants_own_entities_stand_in_what_was_understood) {
  tenant_config t;
  t.languages = {"en", "es"};
  t.entities = {
      {"order_number", {}, {"LT-[0-9]{5}"}},
      {"product", {{"STOVE", {{"en", {"ember stove"}}, {"es", {"hornillo"}}}}, {"R1", {{"", {"Ridge 1"}}}}}, {}}};
  const auto own = make_own_meanings(t);
  auto found = [&](const std::string& text, const std::string& before) {
    text_context c{before, {"en", "es"}, 1'750'000'000'000};
    c.meanings = own.get();
    std::string served, out;
    for (auto& e : reader().begin(text, c, served).entities)
      if (e.kind == "order_number" || e.kind == "product") out += e.kind + "=" + e.value + " ";
    return out;
  };
  BOOST_TEST(found("the ember stove of order LT-20417 is broken", "en") == "product=STOVE order_number=LT-20417 ");
  BOOST_TEST(found("el hornillo y la Ridge 1 no funcionan", "es") == "product=STOVE product=R1 ");
  BOOST_TEST(found("the hornillo does not work", "en") == ""); // a word of another language
}

BOOST_AUTO_TEST_CASE(notes_on_languages) {
  BOOST_TEST(language_note("fr", {"en"}) == "Désolé, ici je ne peux répondre qu'en English.");
  BOOST_TEST(language_note("xx", {"en", "xy"}) == "I'm sorry, I can only answer in English, xy here.");
}

BOOST_AUTO_TEST_CASE(what_hangs_on_the_minute_is_told) {
  BOOST_TEST(depends_on_time(read("can it come tomorrow?")));
  BOOST_TEST(!depends_on_time(read("I have waited for two weeks")));
  BOOST_TEST(!depends_on_time(read("do you ship to Spain?")));
}

BOOST_AUTO_TEST_SUITE_END()
