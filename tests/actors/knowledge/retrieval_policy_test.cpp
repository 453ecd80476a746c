#include "actors/knowledge/retrieval_policy.hpp"

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <cstdint>

using namespace steward;

BOOST_AUTO_TEST_SUITE(retrieval_policy_suite)

namespace {

// Numbers that look random and never change.
struct dice {
  std::uint64_t state = 7;
  float operator()() {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<float>((state >> 33) & 0xFFFFFF) / 0x1000000;
  }
};

// Twenty candidates; passage similarity tells the right one, title similarity is noise. The guess sees the passage
// clearly in two questions of three, and wrongly but with little margin in the rest.
std::vector<labelled_question> made_up(std::size_t n) {
  dice d;
  std::vector<labelled_question> out(n);
  for (std::size_t q = 0; q < n; ++q) {
    out[q].ceiling = 10;
    const bool clear = q % 3 != 0;
    for (std::size_t c = 0; c < 20; ++c) {
      labelled_candidate k;
      k.in_guessed = k.in_encoded = true;
      k.right = c == q % 20;
      k.encoded = {d() * 0.3F, 0.4F + d() * 0.1F + (k.right ? 0.1F : 0), 0.4F + d() * 0.1F + (k.right ? 0.3F : 0), d(),
                   0};
      k.guessed = k.encoded;
      k.guessed.passage = 0.4F + d() * 0.1F + (k.right && clear ? 0.4F : 0);
      k.guessed.whole = 0.4F + d() * 0.02F;
      k.cosine_encoded = k.encoded.passage, k.cosine_guessed = k.guessed.passage;
      out[q].candidates.push_back(k);
    }
  }
  return out;
}

} // namespace

BOOST_AUTO_TEST_CASE(weights_follow_the_evidence) {
  const auto policy = fit_policy(made_up(200));
  BOOST_TEST(policy.encoded.of[2] > default_policy().encoded.of[2]);
  BOOST_TEST(policy.encoded.of[0] < default_policy().encoded.of[0]);
}

BOOST_AUTO_TEST_CASE(the_gate_opens_for_what_is_clear_and_loses_nothing) {
  const auto all = made_up(480);
  const auto policy = fit_policy(std::span(all).first(240));
  double settled = 0, lost = 0;
  for (const auto& q : std::span(all).last(240)) {
    if (certainty_of(features_of(q, look::first, policy.guessed)) < policy.gate.settled_from) continue;
    settled += 1;
    lost += q.candidates[ranking(q, look::first, policy.guessed).front()].right ? 0 : 1;
  }
  BOOST_TEST(settled / 240 > 0.4);
  BOOST_TEST(settled / 240 < 0.75);
  BOOST_TEST(lost / 240 <= 0.005);
}

BOOST_AUTO_TEST_CASE(with_few_questions_the_encoder_is_always_asked) {
  BOOST_TEST(fit_policy(made_up(60)).gate.settled_from > 1);
  BOOST_TEST(fit_policy({}).gate.settled_from > 1);
  BOOST_TEST(default_policy().gate.settled_from > 1);
  BOOST_TEST(fit_policy({}).encoded.of == default_policy().encoded.of, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(fitting_is_deterministic_and_survives_nonsense) {
  BOOST_TEST(fit_policy(made_up(150)).gate.settled_from == fit_policy(made_up(150)).gate.settled_from);
  std::vector<labelled_question> strange(120);
  for (std::size_t i = 0; i < strange.size(); ++i) {
    if (i % 2 == 0) continue;        // no candidates at all
    strange[i].candidates.resize(3); // all alike
    for (auto& c : strange[i].candidates) c.in_guessed = c.in_encoded = true, c.right = i % 4 == 1;
  }
  const auto policy = fit_policy(strange);
  for (const auto w : policy.encoded.of) BOOST_TEST(std::isfinite(w));
  for (const auto w : policy.encoded_confidence.of) BOOST_TEST(std::isfinite(w));
}

// Of questions some of which nothing answers: each answerable one comes with a third of one whose answer is gone.
BOOST_AUTO_TEST_CASE(confidence_is_calibrated_on_what_it_was_fitted_for) {
  const auto questions = made_up(300);
  const auto policy = fit_policy(questions);
  double said = 0, was = 0;
  for (const auto& q : questions) {
    said += policy.guessed_confidence(features_of(q, look::first, policy.guessed));
    was += q.candidates[ranking(q, look::first, policy.guessed).front()].right ? 1 : 0;
    auto gone = q;
    std::erase_if(gone.candidates, [](const auto& c) { return c.right; });
    said += 0.33 * policy.guessed_confidence(features_of(gone, look::first, policy.guessed));
  }
  BOOST_TEST(std::abs(said - was) / 400 < 0.05);
}

BOOST_AUTO_TEST_CASE(what_nothing_answers_is_told_from_what_something_does) {
  auto questions = made_up(300);
  for (std::size_t i = 0; i < questions.size(); i += 5) {
    questions[i].answerable = false;
    for (auto& c : questions[i].candidates) {
      if (c.right) c.encoded.passage -= 0.3F, c.cosine_encoded -= 0.3F;
      c.right = false;
    }
  }
  const auto policy = fit_policy(questions);
  double wrongly = 0, rightly = 0;
  for (const auto& q : questions) {
    const bool answers = policy.encoded_confidence(features_of(q, look::second, policy.encoded)) >= 0.6;
    (q.answerable ? rightly : wrongly) += answers ? 1 : 0;
  }
  BOOST_TEST(wrongly / 60 <= 0.1);
  BOOST_TEST(rightly / 240 > 0.8);
}

BOOST_AUTO_TEST_CASE(unanswerable_questions_leave_the_weights_alone) {
  auto questions = made_up(150);
  const auto before = fit_policy(questions);
  for (auto& q : made_up(40)) {
    q.answerable = false;
    for (auto& c : q.candidates) c.right = false;
    questions.push_back(std::move(q));
  }
  BOOST_TEST(fit_policy(questions).encoded.of == before.encoded.of, boost::test_tools::per_element());
  BOOST_TEST(fit_policy(questions).gate.settled_from == before.gate.settled_from);
}

BOOST_AUTO_TEST_CASE(decisions) {
  const decision_limits limits{0.6, 0.3};
  BOOST_TEST(int(decide(0.6, limits)) == int(verdict::answer));
  BOOST_TEST(int(decide(0.59, limits)) == int(verdict::choose));
  BOOST_TEST(int(decide(0.29, limits)) == int(verdict::unknown));
}

BOOST_AUTO_TEST_SUITE_END()
