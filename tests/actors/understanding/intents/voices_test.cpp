#include "actors/understanding/intents/evidence_policy.hpp"
#include "actors/understanding/intents/near_copies.hpp"
#include "actors/understanding/intents/voices.hpp"

#include <boost/test/unit_test.hpp>

#include <cmath>

using namespace steward;

BOOST_AUTO_TEST_SUITE(voices_suite)

// With fewer landmarks than examples it still tells apart what a line cannot: one intent lies around the other.
BOOST_AUTO_TEST_CASE(the_kernel_voice_bends) {
  embeddings e{3, {}};
  std::vector<std::uint32_t> intent;
  for (int i = 0; i < 300; ++i) {
    const auto turn = 0.7F * static_cast<float>(i), out = i % 3 == 0 ? 0.2F : 1.0F;
    e.values.insert(e.values.end(), {out * std::cos(turn), out * std::sin(turn), 1.0F + out});
    intent.push_back(i % 3 == 0 ? 0 : 1);
  }
  for (const std::size_t whole : {1000, 40}) {
    const auto z = kernel_voice::learn(e, intent, 2, {.whole = whole, .landmarks = 40}).read(e);
    std::size_t right = 0;
    for (std::size_t i = 0; i < 300; ++i) right += (z.row(i)[1] > z.row(i)[0]) == (intent[i] == 1);
    BOOST_TEST(right > 290U);
  }
}

BOOST_AUTO_TEST_CASE(examples_that_hardly_differ) {
  const std::vector<std::string> texts{"where is my parcel now",
                                       "where is my parcel",
                                       "my parcel is late",
                                       "where is my parcel today",
                                       "我的包裹在哪里呢",
                                       "我的包裹在哪里",
                                       "",
                                       "\xF0"};
  const std::vector<std::uint32_t> intent{0, 0, 0, 1, 2, 2, 3, 3};
  const std::vector<std::size_t> fold{0, 1, 1, 0, 0, 1, 0, 1};
  const std::vector<bool> want{true, true, false, false, true, true, false, false},
      found = near_copies(texts, intent, fold);
  BOOST_TEST(found == want, boost::test_tools::per_element());
  const std::vector<std::size_t> together(8, 0); // those of one fold are never learnt from and asked at once
  BOOST_TEST(near_copies(texts, intent, together) == std::vector<bool>(8, false), boost::test_tools::per_element());
}

// Shrinking too much once left all scores near zero: right on the learnt texts, and half as good on others.
BOOST_AUTO_TEST_CASE(the_kernel_voice_gets_sure_of_what_it_learnt) {
  constexpr std::size_t n = 400, d = 24;
  embeddings e{d, std::vector<float>(n * d)};
  std::vector<std::uint32_t> intent;
  for (std::size_t i = 0; i < n; ++i) {
    intent.push_back(static_cast<std::uint32_t>(i % 20));
    for (std::size_t j = 0; j < d; ++j)
      e.row(i)[j] =
          5 + (j == i % 20 ? 1.0F : 0.0F) + 0.1F * static_cast<float>(std::sin(37.0 * static_cast<double>(i * d + j)));
  }
  const auto z = kernel_voice::learn(e, intent, 20).read(e);
  for (std::size_t i = 0; i < n; ++i) {
    std::vector<float> p(z.row(i).begin(), z.row(i).end());
    log_softmax(p);
    BOOST_TEST(p[intent[i]] > std::log(0.9F));
  }
}

BOOST_AUTO_TEST_CASE(words_tell_apart) {
  const std::vector<std::string> texts{
      "where is my parcel", "parcel not here", "has my parcel left", "give me a refund",  "i want a refund",
      "refund the money",   "hello",           "hello there friend", "good morning hello"};
  const std::vector<std::uint32_t> intent{0, 0, 0, 1, 1, 1, 2, 2, 2};
  const auto voice = lexical_voice::learn(texts, intent, 3);
  lexical_voice::scratch s;
  std::vector<float> z(3);
  const auto coverage = voice.read("my parcel please", s, z);
  BOOST_TEST(coverage > 0.3F);
  BOOST_TEST((z[0] > z[1] && z[0] > z[2]));
  BOOST_TEST(voice.read("xyzzy qqq", s, z) < 0.2F);
  BOOST_TEST(voice.read("", s, z) < 0.7F);
  std::vector<float> again(3), first(3);
  voice.read("refunds", s, first);
  lexical_voice::learn(texts, intent, 3).read("refunds", s, again);
  BOOST_TEST(first == again, boost::test_tools::per_element()); // the same input, the same model
}

BOOST_AUTO_TEST_CASE(a_voice_that_knows_nothing_gets_no_weight) {
  // The first voice is right nine times of ten and too sure, the second says the opposite of the truth.
  ballots b{200, 2, {{}, {}}};
  std::vector<std::uint32_t> truth;
  for (std::uint32_t t = 0; t < 200; ++t) {
    const auto k = t % 2;
    truth.push_back(k);
    const auto said = t % 20 < 2 ? 1 - k : k;
    for (std::uint32_t i = 0; i < 2; ++i) {
      b.voices[0].push_back(i == said ? -0.0001F : -9.2F);
      b.voices[1].push_back(i == k ? -2.0F : -0.15F);
    }
  }
  const auto w = fit_weights(b, truth);
  BOOST_TEST(w[1] == 0.0F);
  std::vector<float> p(2);
  weighted(b, w, 3, p);
  BOOST_TEST(std::exp(p[1]) == 0.9F, boost::test_tools::tolerance(0.03F));
}

// By likelihood the other voice, unsure but never far off, would outweigh the one that is right most often.
BOOST_AUTO_TEST_CASE(half_of_the_weight_is_with_the_voice_that_is_right_most_often) {
  ballots b{600, 2, {{}, {}}};
  std::vector<std::uint32_t> truth;
  for (std::uint32_t t = 0; t < 600; ++t) {
    const auto k = t % 2;
    truth.push_back(k);
    const auto first = t % 20 < 2 ? 1 - k : k, second = t % 20 < 6 ? 1 - k : k;
    for (std::uint32_t i = 0; i < 2; ++i) {
      b.voices[0].push_back(i == first ? -0.0001F : -9.2F);
      b.voices[1].push_back(i == second ? -0.6F : -0.8F);
    }
  }
  const auto alone = accuracy_alone(b, truth);
  BOOST_TEST(alone == (std::vector<float>{0.9F, 0.7F}), boost::test_tools::per_element());
  const auto w = fit_leaning(b, truth, alone);
  BOOST_TEST(w[0] / (w[0] + w[1]) >= 0.5F);
  std::vector<float> p(2);
  weighted(b, w, 7, p); // both say the same of it
  BOOST_TEST(std::exp(p[1]) == 0.9F, boost::test_tools::tolerance(0.1F));
  const ballots one{600, 2, {b.voices[0]}};
  BOOST_TEST(fit_leaning(one, truth, std::vector<float>{0.9F}) == fit_weights(one, truth),
             boost::test_tools::per_element());
  // Of few texts it is luck which voice that is.
  ballots few{200, 2, b.voices};
  for (auto& v : few.voices) v.resize(400);
  truth.resize(200);
  BOOST_TEST(fit_leaning(few, truth, alone) == fit_weights(few, truth), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(log_odds_of_a_share) {
  std::vector<float> f(300);
  std::vector<std::uint8_t> yes(300);
  for (std::size_t i = 0; i < 300; ++i)
    f[i] = i % 2 == 0 ? 1.0F : -1.0F, yes[i] = i % 2 == 0 ? i % 10 != 0 : i % 10 == 1;
  const auto l = fit_logistic(f, 1, yes, false);
  const float one = 1, other = -1;
  BOOST_TEST(probability(l.log_odds({&one, 1})) == 0.8F, boost::test_tools::tolerance(0.03F));
  BOOST_TEST(probability(l.log_odds({&other, 1})) == 0.2F, boost::test_tools::tolerance(0.1F));
}

BOOST_AUTO_TEST_SUITE_END()
