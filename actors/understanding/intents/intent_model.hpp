// What a tenant's examples teach: from a text to an intent, how sure that is, and whether the text belongs here at all.
// A cheap step looks at every text; where it is not sure enough, the sentence encoder is asked too.
#pragma once

#include "actors/understanding/intents/evidence_policy.hpp"
#include "actors/understanding/intents/voices.hpp"

#include "messages/result.hpp"

#include <functional>
#include <optional>

namespace steward {

enum class decided_by { words, encoder };

struct understood {
  std::uint32_t intent = 0;
  float confidence = 0; // that the intent is right, given that the text belongs here; calibrated
  float belongs = 0;    // log odds against a stranger (a text that means none of the intents)
  decided_by step = decided_by::words;
  std::uint32_t second = 0; // the next best intent
  float second_share = 0;   // of what is left beside the winner, 0 to 1
};

struct learn_options {
  std::size_t threads = 1;
  double accuracy_to_lose = 0.001; // that the cheap step may cost, as a share of all texts
  std::uint64_t seed = 1;
};

// Asked for vectors of texts as customers wrote them, a row each.
using encode_function = std::function<result<embeddings>(std::span<const std::string>)>;

// Immutable after learning: any number of threads.
struct held_out; // held_out.hpp

class intent_model {
public:
  // `strangers` are examples of what means none of the intents (texts and vectors as in lessons); may be empty.
  // errc::bad_request when there are fewer than two intents or one is without examples.
  static result<intent_model> learn(const lessons& l, const lessons& strangers, const learn_options& options = {});

  // The whole cascade. `encode` is called at most once, with the texts that the cheap step leaves open.
  result<std::vector<understood>> understand(std::span<const std::string> texts, const encode_function& encode) const;

  // The cheap step alone, for one text.
  struct scratch {
    lexical_voice::scratch voice;
    std::vector<float> scores;
  };
  understood first_look(std::string_view text, scratch& s) const;
  // All voices, for one text and its vector.
  understood second_look(std::string_view text, std::span<const float> vector) const;
  bool settles(const understood& first) const { return !voices_.has_encoder() || sureness(first) >= settled_from_; }

  // Words so far from all intents as one in forty of the texts that all voices are sure of, and that were not learnt
  // from.
  bool is_hopeless(const understood& first) const { return sureness(first) < hopeless_below_; }
  // Nine of ten that all voices are sure of, words find likelier.
  bool is_unlikely(const understood& first) const { return sureness(first) < unlikely_below_; }

  // That the winner is meant and the text belongs here; on the scale on which strangers are as frequent as ours.
  static float sureness(const understood& u) { return u.confidence * probability(u.belongs); }
  // A copy to which a few examples were added as neighbours, before it is learnt anew with them.
  intent_model with_neighbours(const embeddings& vectors, std::span<const std::uint32_t> intent) const {
    auto out = *this;
    out.voices_.add_neighbours(vectors, intent);
    return out;
  }

  // `belongs` of 95 % of the texts that belong here is at least this; from texts that were not learnt from.
  float stranger_threshold() const { return threshold_; }
  // Share of the learnt texts, each judged by models that had not seen it, for which the encoder is asked.
  double expected_encoder_share() const { return share_; }
  std::span<const float> voice_weights() const { return weights_; }
  // How often each voice alone is right, on learnt texts that it had not seen: words, encoder, neighbours, names.
  std::span<const float> voice_accuracy() const { return alone_; }
  std::size_t lexical_bytes() const { return voices_.lexical_bytes(); }

private:
  understood judge_lexical(std::span<float> scores, const voices::lexical_answer& a) const;
  understood judge(const said& s, const ballots& b, std::size_t t, std::vector<float>& scores) const;
  void take_for_granted();
  void fit(const lessons& l, std::vector<held_out>& folds, const std::vector<bool>& copies,
           std::vector<held_out>& strange, const said& known_strangers, double accuracy_to_lose);

  voices voices_;
  std::vector<float> weights_, alone_;
  float lexical_weight_ = 1;
  float caution_ = 1; // by which words' log odds are held back: what few texts say of their own sureness is half luck
  logistic lexical_sure_, sure_, lexical_belongs_, belongs_;
  float settled_from_ = 2; // sureness is at most 1: nothing is settled
  float hopeless_below_ = 0, unlikely_below_ = 0;
  float threshold_ = 0;
  double share_ = 1;
};

} // namespace steward
