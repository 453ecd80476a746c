#include "actors/understanding/intents/intent_evaluation.hpp"
#include "actors/understanding/intents/intent_model.hpp"
#include "actors/understanding/intents/normal_text.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <random>

using namespace steward;

namespace {

// Eight intents: a few telling words each among words that all share, and vectors around eight centres.
struct world {
  std::mt19937 random{7};
  static constexpr std::size_t width = 30;

  std::string text(std::uint32_t k) {
    static const char* filler[] = {"please", "my", "the", "can you", "hello", "now", "order", "help"};
    std::string out = filler[random() % 8];
    for (int i = 0; i < 2; ++i)
      out += std::string(" ") + static_cast<char>('a' + k) + "word" + static_cast<char>('a' + random() % 6);
    return out + " " + filler[random() % 8];
  }
  std::vector<float> vector(std::uint32_t k) {
    std::normal_distribution<float> noise(0, 0.25F);
    std::vector<float> out(width);
    for (auto& x : out) x = noise(random);
    for (std::size_t third = 0; third < 3; ++third) out[third * 10 + k] += 1;
    return out;
  }
  lessons many(std::size_t each, std::uint32_t intents = 8) {
    lessons l;
    l.intents = intents;
    l.vectors.dimension = l.names.dimension = width;
    for (std::uint32_t k = 0; k < intents; ++k) {
      l.name_texts.push_back("name " + std::to_string(k));
      const auto name = vector(k);
      l.names.values.insert(l.names.values.end(), name.begin(), name.end());
      for (std::size_t i = 0; i < each; ++i) {
        l.texts.push_back(text(k)), l.intent.push_back(k);
        const auto v = vector(k);
        l.vectors.values.insert(l.vectors.values.end(), v.begin(), v.end());
      }
    }
    return l;
  }
};

} // namespace

BOOST_AUTO_TEST_SUITE(intent_model_suite)

BOOST_AUTO_TEST_CASE(learns_decides_and_asks_the_encoder_where_it_must) {
  world w;
  const auto model = intent_model::learn(w.many(150), {}, {.threads = 2});
  BOOST_REQUIRE(model.ok());
  BOOST_TEST(model->expected_encoder_share() < 0.9);
  std::vector<std::string> texts;
  std::vector<std::uint32_t> truth;
  for (std::uint32_t i = 0; i < 400; ++i) truth.push_back(i % 8), texts.push_back(w.text(i % 8));
  std::size_t asked = 0;
  const auto out = model->understand(texts, [&](std::span<const std::string> some) -> result<embeddings> {
    embeddings e{world::width, {}};
    asked = some.size();
    for (const auto& text : some) {
      const auto at = static_cast<std::size_t>(std::find(texts.begin(), texts.end(), text) - texts.begin());
      const auto v = w.vector(truth[at]);
      e.values.insert(e.values.end(), v.begin(), v.end());
    }
    return e;
  });
  BOOST_REQUIRE(out.ok());
  std::vector<judged> all;
  for (std::size_t i = 0; i < out->size(); ++i) all.push_back({(*out)[i], truth[i], model->stranger_threshold()});
  const auto score = score_of(all);
  BOOST_TEST(score.accuracy > 0.97);
  BOOST_TEST(score.calibration_error < 0.05);
  BOOST_TEST(score.calibration_by_chance < 0.05);
  BOOST_TEST(score.encoder_share == static_cast<double>(asked) / 400);
  BOOST_TEST(score.in_scope_kept > 0.85);
}

BOOST_AUTO_TEST_CASE(few_texts_always_ask_the_encoder) {
  world w;
  const auto model = intent_model::learn(w.many(10), {});
  BOOST_REQUIRE(model.ok());
  BOOST_TEST(model->expected_encoder_share() == 1.0);
  intent_model::scratch s;
  BOOST_TEST(!model->settles(model->first_look("please aworda", s)));
}

// Before there are examples: what is said about an intent stands for it, and the encoder finds what is nearest.
BOOST_AUTO_TEST_CASE(names_alone_will_do) {
  world w;
  auto l = w.many(1);
  l.told.assign(l.texts.size(), true);
  const auto model = intent_model::learn(l, {});
  BOOST_REQUIRE(model.ok());
  BOOST_TEST(model->expected_encoder_share() == 1.0);
  std::size_t right = 0, kept = 0;
  for (std::uint32_t i = 0; i < 200; ++i) {
    const auto v = w.vector(i % 8);
    const auto u = model->second_look(w.text(i % 8), v);
    right += u.intent == i % 8, kept += u.belongs >= model->stranger_threshold();
  }
  BOOST_TEST(right > 150U);
  BOOST_TEST(kept > 150U);
  intent_model::scratch s;
  BOOST_TEST(model->first_look(l.texts.front(), s).confidence <= 0.5F); // words alone are never sure
  l.vectors.values.clear(), l.names.values.clear();
  const auto words = intent_model::learn(l, {});
  BOOST_REQUIRE(words.ok());
  BOOST_TEST(words->first_look(l.texts.front(), s).intent == 0U);
}

// One intent without examples among others that have them is found, and disturbs nobody's figures.
BOOST_AUTO_TEST_CASE(one_is_only_described) {
  world w;
  auto l = w.many(40);
  std::vector<std::size_t> some;
  for (std::size_t i = 0; i < l.texts.size(); ++i)
    if (l.intent[i] != 7 || i % 20 == 0) some.push_back(i);
  auto part = part_of(l, some);
  for (const auto k : part.intent) part.told.push_back(k == 7);
  const auto model = intent_model::learn(part, {});
  BOOST_REQUIRE(model.ok());
  std::size_t right = 0, others = 0;
  for (std::uint32_t i = 0; i < 400; ++i) {
    const auto hit = model->second_look(w.text(i % 8), w.vector(i % 8)).intent == i % 8;
    (i % 8 == 7 ? right : others) += hit;
  }
  BOOST_TEST(right > 35U);   // of 50
  BOOST_TEST(others > 330U); // of 350
}

BOOST_AUTO_TEST_CASE(an_encoder_that_fails_is_told) {
  world w;
  const auto model = intent_model::learn(w.many(10), {});
  BOOST_REQUIRE(model.ok());
  const std::vector<std::string> one{"aworda"};
  const auto out = model->understand(one, [](auto) -> result<embeddings> { return failure{errc::timeout, "late"}; });
  BOOST_TEST(!out.ok());
  BOOST_TEST((out.error().code == errc::timeout));
}

BOOST_AUTO_TEST_CASE(works_without_encoder) {
  world w;
  auto l = w.many(20);
  l.vectors = l.names = {};
  const auto model = intent_model::learn(l, {});
  BOOST_REQUIRE(model.ok());
  const std::vector<std::string> texts{"please awordb awordc", "", std::string(100'000, 'z'), "\x01\x02"};
  const auto out = model->understand(texts, [](auto) -> result<embeddings> {
    return failure{errc::internal, "never"};
  });
  BOOST_REQUIRE(out.ok());
  BOOST_TEST((*out)[0].intent == 0u);
  for (const auto& u : *out) BOOST_TEST((u.confidence >= 0 && u.confidence <= 1));
}

BOOST_AUTO_TEST_CASE(what_cannot_be_learnt) {
  world w;
  BOOST_TEST(!intent_model::learn({}, {}).ok());
  BOOST_TEST(!intent_model::learn(w.many(5, 1), {}).ok());
  auto l = w.many(5);
  l.intents = 9; // the ninth has no example
  BOOST_TEST(!intent_model::learn(l, {}).ok());
  BOOST_TEST(intent_model::learn(w.many(1), {}).ok());    // one example each
  BOOST_TEST(intent_model::learn(w.many(5, 2), {}).ok()); // two intents: none can play the stranger
}

BOOST_AUTO_TEST_CASE(scores) {
  std::vector<judged> all;
  for (int i = 0; i < 100; ++i) {
    understood u;
    u.intent = i % 10 == 0 ? 1 : 0, u.confidence = 0.9F, u.step = i % 4 == 0 ? decided_by::encoder : decided_by::words;
    all.push_back({u, 0, -1});
  }
  const auto s = score_of(all);
  BOOST_TEST(s.accuracy == 0.9, boost::test_tools::tolerance(1e-9));
  BOOST_TEST(s.calibration_error < 0.09); // bins of 6 or 7 texts cannot hold 90 % exactly
  BOOST_TEST(s.encoder_share == 0.25, boost::test_tools::tolerance(1e-9));
  BOOST_TEST(s.macro_f1 == 180.0 / 190, boost::test_tools::tolerance(1e-6));
  BOOST_TEST(score_of({}).accuracy == 0.0);
}

BOOST_AUTO_TEST_CASE(few_texts_have_a_calibration_error_by_chance_alone) {
  const auto scored = [](std::size_t texts) { // nine of ten are right, as sure as that
    std::vector<judged> all(texts);
    for (std::size_t i = 0; i < texts; ++i) all[i].u.confidence = 0.9F, all[i].truth = i % 10 == 0 ? 1 : 0;
    return score_of(all);
  };
  BOOST_TEST(scored(0).calibration_by_chance == 0);
  BOOST_TEST(scored(90).calibration_by_chance > 0.05);
  BOOST_TEST(scored(90).calibration_by_chance < 0.12);
  BOOST_TEST(scored(20'000).calibration_by_chance < 0.01);
  BOOST_TEST(scored(90).calibration_by_chance == scored(90).calibration_by_chance);
}

BOOST_AUTO_TEST_SUITE_END()
