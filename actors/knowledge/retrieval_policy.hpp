// Every number by which retrieval decides, and how they are fitted from labelled questions. Pure.
#pragma once

#include "messages/knowledge.hpp"

#include <array>
#include <cstddef>
#include <span>
#include <vector>

namespace steward {

// What is known of one candidate article for one question. Similarities are cosines, made comparable between articles
// by taking off what is near to everything (see README); lexical is BM25 of the whole article.
struct evidence {
  float title = 0;   // best of the title and the article's other questions
  float whole = 0;   // title and text together
  float passage = 0; // best passage, with the title in front
  float lexical = 0;
  float asked = 0; // best of the title and the labelled questions that it answered
};
constexpr std::size_t voices = 5;

struct fusion_weights {
  std::array<double, voices> of{}; // in the order of evidence; scores are log-odds
  double score(const evidence& e) const {
    return of[0] * e.title + of[1] * e.whole + of[2] * e.passage + of[3] * e.lexical + of[4] * e.asked;
  }
};

// What is known of a whole answer, for confidence.
struct outcome_features {
  double best = 0;                          // share of the first among the candidates, 0..1 (softmax of the scores)
  double second = 0;                        // of the second
  double cosine = 0;                        // best raw similarity of the first, its labelled questions included
  double coverage = 0;                      // share of the question's weight in words that the first holds, 0..1
  double refused = unrefused;               // similarity to the nearest question that nothing answers, less `cosine`
  static constexpr double unrefused = -0.3; // where no such question is known
};

struct confidence_curve {
  // Logistic on: 1, log-odds of `best`, cosine, coverage, refused.
  std::array<double, 5> of{};
  static std::array<double, 5> values_of(const outcome_features& f);
  double operator()(const outcome_features& f) const;
};

struct decision_limits {
  double answer = 0.55; // at or above: answer
  double choose = 0.30; // at or above: ask which of two or three was meant; below: unknown
};
verdict decide(double confidence, const decision_limits& limits);

// When is the first look good enough? `settled_from` is compared with the first look's certainty, 0..1.
// The first against the second alone: logistic of the margin. Told losses apart better than the share of the first
// among all (README).
double certainty_of(const outcome_features& f);
// outcome_features::refused from the similarity to the nearest unanswerable question (-1: none known) and the cosine.
double refused_less(double similarity, double cosine);

struct settle_gate {
  double settled_from = 2; // above 1: the encoder is always asked
};

struct retrieval_policy {
  fusion_weights encoded; // with the encoder's vector of the question
  fusion_weights guessed; // with the vector that the static table guesses
  confidence_curve encoded_confidence, guessed_confidence;
  settle_gate gate;
  decision_limits limits;
};

// Robust where nothing is labelled: fitted over several knowledge bases in two languages (README). The gate is shut.
retrieval_policy default_policy();

// The same where there is no encoder: one look, by words and a guess that nothing corrects.
retrieval_policy words_only_policy();

// One labelled question: candidates with their evidence under both looks, and which of them are right.
struct labelled_candidate {
  evidence guessed, encoded;
  float cosine_guessed = 0, cosine_encoded = 0; // best raw similarity
  bool in_guessed = false, in_encoded = false;  // found under that look at all
  bool right = false;
};
struct labelled_question {
  std::vector<labelled_candidate> candidates;
  float ceiling = 0; // text_index::ceiling of the question
  // Similarity to the nearest unanswerable question, under each look; -1: none is known.
  float refused_guessed = -1, refused_encoded = -1;
  bool answerable = true; // false: labelled as a question that nothing answers
};

enum class look { first, second };

// Candidates by falling score under a look; those it did not find are left out.
std::vector<std::size_t> ranking(const labelled_question& q, look which, const fusion_weights& weights);
outcome_features features_of(const labelled_question& q, look which, const fusion_weights& weights);

struct fit_options {
  std::size_t fewest = 100;    // with fewer answerable questions the gate stays shut
  double loss_allowed = 0.002; // share of questions that the gate may lose against asking the encoder always
};

// Fits weights (shrunk towards the defaults), curves and gate. Deterministic. The gate is set on questions that the
// weights it is judged with have not seen. Weights and gate are fitted on answerable questions; the curves also on
// those that nothing answers: the labelled ones, and each answerable one with what answers it taken away.
retrieval_policy fit_policy(std::span<const labelled_question> questions, const fit_options& options = {});

} // namespace steward
