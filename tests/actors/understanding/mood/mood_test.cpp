#define BOOST_TEST_MODULE mood
#include "actors/understanding/mood/mood_reader.hpp"
#include "actors/understanding/mood/mood_text.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>

using namespace steward;

namespace {

const mood_reader& reader() {
  static const auto made = mood_reader::create();
  BOOST_REQUIRE_MESSAGE(made.ok(), (made ? std::string() : made.error().message));
  return *made;
}

mood en(std::string_view text) { return reader().read(text, "en"); }
mood zh(std::string_view text) { return reader().read(text, "zh"); }

mood with(double sentiment, const char* emotion = nullptr, double strength = 0.7) {
  mood m;
  m.known = true;
  m.sentiment = sentiment;
  m.step = std::abs(sentiment) < 0.2 ? 0 : (sentiment < 0 ? -1 : 1) * (std::abs(sentiment) < 0.7 ? 1 : 2);
  if (emotion != nullptr) m.emotions.push_back({emotion, strength});
  return m;
}

} // namespace

BOOST_AUTO_TEST_CASE(polarity_without_an_encoder) {
  const std::pair<const char*, int> english[] = {
      {"I have been waiting for three hours and nobody helps me", -1},
      {"This is the worst shop I have ever dealt with", -1},
      {"I am not happy with the repair", -1},
      {"Thank you, everything arrived and it looks great", 1},
      {"I love it, perfect!", 1},
      {"Not bad at all, thanks", 1},
  };
  for (const auto& [text, sign] : english)
    BOOST_TEST(en(text).sentiment * sign > 0, text << ": " << en(text).sentiment);
  const std::pair<const char*, int> chinese[] = {{"等了三个小时都没有人管，太差了", -1},
                                                 {"质量不好，很失望", -1},
                                                 {"非常满意，谢谢", 1},
                                                 {"味道很好，送得也快", 1}};
  for (const auto& [text, sign] : chinese)
    BOOST_TEST(zh(text).sentiment * sign > 0, text << ": " << zh(text).sentiment);
}

BOOST_AUTO_TEST_CASE(the_emotions_of_a_desk) {
  BOOST_TEST(strength_of(en("This is unacceptable, I am furious"), "anger") >= 0.5);
  BOOST_TEST(strength_of(en("I am very disappointed"), "disappointment") >= 0.5);
  BOOST_TEST(strength_of(en("I am worried that it will not arrive"), "anxiety") >= 0.5);
  BOOST_TEST(strength_of(en("Thanks a million"), "gratitude") >= 0.5);
  BOOST_TEST(strength_of(zh("气死我了，你们太过分了"), "anger") >= 0.5);
  BOOST_TEST(strength_of(zh("真让人失望"), "disappointment") >= 0.5);
  BOOST_TEST(strength_of(zh("我很担心，怎么办"), "anxiety") >= 0.5);
  BOOST_TEST(strength_of(zh("多谢"), "gratitude") >= 0.5);
  BOOST_TEST(strength_of(zh("别担心"), "anxiety") < 0.5);
}

BOOST_AUTO_TEST_CASE(threats_and_urgency) {
  BOOST_TEST(en("If this goes on I will cancel my subscription").leaving);
  BOOST_TEST(en("My lawyer will hear about this").going_public);
  BOOST_TEST(!en("Can I pursue youth discounts?").going_public);
  BOOST_TEST(zh("再不处理我就去消协").going_public);
  BOOST_TEST(zh("我要注销账号").leaving);
  BOOST_TEST(urgency_name(en("I need this fixed immediately!")) == "now");
  BOOST_TEST(urgency_name(en("Can you do it today")) == "soon");
  BOOST_TEST(urgency_name(en("What are your opening hours")) == "none");
  BOOST_TEST(urgency_name(zh("很急，马上要用")) == "now");
}

BOOST_AUTO_TEST_CASE(sarcasm_and_politeness_hide_nothing) {
  for (const char* text : {"Thanks for nothing", "Great job losing my bag", "So much for next day delivery"}) {
    BOOST_TEST(en(text).step < 0, text);
    BOOST_TEST(en(text).sarcastic, text);
    BOOST_TEST(strength_of(en(text), "gratitude") < 0.5, text);
  }
  BOOST_TEST(en("With all due respect, I would appreciate an answer after six weeks").step < 0);
  BOOST_TEST(zh("呵呵，服务真好").step < 0);
}

BOOST_AUTO_TEST_CASE(a_disappointment_denied_is_praise) {
  for (const char* text : {"点了三次了都没让我失望", "从来没有让人失望", "不会让你失望"}) {
    BOOST_TEST(zh(text).sentiment > 0, text << ": " << zh(text).sentiment);
    BOOST_TEST(strength_of(zh(text), "disappointment") < 0.5, text);
  }
  BOOST_TEST(zh("这次真的让我失望").sentiment < 0);
  BOOST_TEST(zh("上次没让我失望，这次太让人失望了").sentiment < 0);
}

BOOST_AUTO_TEST_CASE(a_denial_denied_is_no_praise) {
  for (const char* text : {"没有一次不让我失望", "怎么能不失望", "谁能不失望", "没有人不失望", "不可能不失望",
                           "怎么会让人不失望", "能不失望吗"}) {
    BOOST_TEST(zh(text).sentiment < 0, text << ": " << zh(text).sentiment);
    BOOST_TEST(strength_of(zh(text), "disappointment") >= 0.5, text);
  }
  for (const char* text : {"how could I not regret this", "I was never not disappointed by you"})
    BOOST_TEST(strength_of(en(text), "disappointment") >= 0.5, text);
  BOOST_TEST(strength_of(zh("谁能不生气"), "anger") >= 0.5);
  // Another "not" that is about something else, and questions that are none.
  for (const char* text : {"不错，没让我失望", "不得不说没让我失望", "任何时候都没让我失望", "哪次都没让我失望",
                           "功能没让我失望", "不贵，也没让人失望"}) {
    BOOST_TEST(zh(text).sentiment > 0, text << ": " << zh(text).sentiment);
    BOOST_TEST(strength_of(zh(text), "disappointment") < 0.5, text);
  }
}

BOOST_AUTO_TEST_CASE(emoji_speak_in_every_language) {
  BOOST_TEST(reader().read("👍👍", "und").step > 0);
  BOOST_TEST(reader().read("😡", "und").step < 0);
  BOOST_TEST(en("my order 😡😡").sentiment < 0);
}

BOOST_AUTO_TEST_CASE(what_is_not_known_is_not_neutral) {
  for (const auto& m :
       {reader().read("Ich bin sehr enttäuscht", "de"), reader().read("", "en"), reader().read("123", "und")}) {
    BOOST_TEST((!m.known || m.step == 0));
    if (!m.known) BOOST_TEST(step_name(m) == "unknown");
  }
  BOOST_TEST(step_name(reader().read("Ich bin sehr enttäuscht", "de")) == "unknown");
  BOOST_TEST(urgency_name(reader().read("schnell", "de")) == "unknown");
}

BOOST_AUTO_TEST_CASE(the_encoder_is_asked_only_where_words_are_unsure_and_a_wrong_row_is_left_out) {
  int asked = 0;
  const auto encode = [&](std::string_view) {
    ++asked;
    return std::vector<float>(3, 1.0F);
  };
  const auto unsure = reader().read("the box", "en", encode);
  BOOST_TEST(asked == 1);
  BOOST_TEST(unsure.sentiment == en("the box").sentiment);
  asked = 0;
  reader().read("thank you so much, I love it, amazing, wonderful, excellent, perfect, great service", "en", encode);
  BOOST_TEST(asked == 0);
}

BOOST_AUTO_TEST_CASE(any_input_is_read_in_time_that_grows_with_its_length) {
  const auto started = std::chrono::steady_clock::now();
  std::string thumbs;
  while (thumbs.size() < 100'000) thumbs += "👎";
  for (const auto& text :
       {std::string(100'000, 'a'), std::string(100'000, '!'), thumbs, std::string("\xFF\xFE\x00\x01", 4),
        std::string("\xE2\x80\x8B\xE2\x80\x8B"), std::string(100'000, ' ')}) {
    const auto m = en(text);
    BOOST_TEST(std::abs(m.sentiment) <= 1);
  }
  BOOST_TEST(mood_tokens(thumbs).size() <= 2000U);
  BOOST_TEST((std::chrono::steady_clock::now() - started < std::chrono::seconds(4)));
}

BOOST_AUTO_TEST_CASE(tokens_are_what_the_models_were_made_with) {
  const std::vector<std::string> expected{"@u", "soo", "late", "!", "!", "@l", "don't", "0", "退", "款", "😡"};
  BOOST_TEST(mood_tokens("@shop SOOOO late!! https://x.y don’t 4711 退款😡") == expected,
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_conversation_that_gets_worse_gets_a_person) {
  struct row {
    const char* name;
    std::vector<mood> moods;
    mood_trend trend;
    bool comfort, person;
  };
  auto leaving = with(-0.3);
  leaving.leaving = true;
  const row table[] = {
      {"nothing said", {}, mood_trend::steady, false, false},
      {"a question", {with(0.05)}, mood_trend::steady, false, false},
      {"one complaint", {with(-0.4)}, mood_trend::steady, true, false},
      {"from fine to angry", {with(0.5), with(-0.5, "anger")}, mood_trend::worse, true, true},
      {"a question between", {with(0.5), with(0), with(-0.5)}, mood_trend::worse, true, false},
      {"three bad ones", {with(-0.4), with(-0.4), with(0), with(-0.4)}, mood_trend::steady, true, true},
      {"too slow, very disappointed", {with(-0.4), with(-0.5, "disappointment")}, mood_trend::steady, true, true},
      {"healed", {with(-0.8, "anger"), with(0.6, "gratitude")}, mood_trend::better, false, false},
      {"leaving", {leaving}, mood_trend::steady, true, true},
      {"only worried", {with(0, "anxiety")}, mood_trend::steady, true, false},
      {"unknown ones count for nothing", {with(0.5), mood{}, mood{}}, mood_trend::steady, false, false},
  };
  for (const auto& r : table) {
    const auto course = follow_moods(r.moods);
    BOOST_TEST(int(course.trend) == int(r.trend), r.name);
    BOOST_TEST(course.comfort == r.comfort, r.name);
    BOOST_TEST(course.person == r.person, r.name);
  }
}

BOOST_AUTO_TEST_CASE(damaged_files_are_refused) {
  BOOST_TEST(int(mood_head::create("a\t1\t2\nb\t1", "h").error().code) == int(errc::corrupt));
  BOOST_TEST(mood_head::create("a\t1\t2\nb\t1\tx", "h").error().message.find("h:2") == 0U);
  BOOST_TEST(!mood_head::create("", "h"));
  BOOST_TEST(!mood_head::create("a\tnan\t1", "h"));
  BOOST_TEST(mood_head::create("a\t1\t2\nb\t1\t3", "h").ok());
  const auto bad = mood_lexicon::create("# x\nanger\n", mood_lexicon::matching::words, "l");
  BOOST_REQUIRE(!bad);
  BOOST_TEST(bad.error().message.find("l:2") == 0U);
}
