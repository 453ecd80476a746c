// All voices learnt from one set of examples, and what they say of texts.
#pragma once

#include "actors/understanding/intents/kernel_voice.hpp"
#include "actors/understanding/intents/lexical_voice.hpp"
#include "actors/understanding/intents/neighbour_voice.hpp"

namespace steward {

// Examples, a row of `vectors` each. Without an encoder `vectors` and `names` have no rows.
struct lessons {
  std::vector<std::string> texts; // normal_text's
  std::vector<std::uint32_t> intent;
  std::size_t intents = 0;
  embeddings vectors;
  std::vector<std::string> name_texts; // the intents' names as words
  embeddings names;
  // Of each text: it tells of its intent what people say about it (a name, a description, a labelled question), and is
  // no example: it is learnt always, and nothing is concluded from how it would be understood. Empty: all are examples.
  std::vector<bool> told;

  bool is_example(std::size_t text) const { return told.empty() || !told[text]; }
};

// Those at `which`.
lessons part_of(const lessons& l, std::span<const std::size_t> which);

// What the voices say of texts, as log-probabilities: voices x texts x intents, and what tells strangers.
struct said {
  std::size_t texts = 0, intents = 0;
  std::vector<std::vector<float>> voices; // lexical first, then kernel, neighbours, names
  std::vector<float> coverage, lexical_energy, kernel_energy, nearest;
};

class voices {
public:
  static voices learn(const lessons& l);
  // The same in two halves, which two threads may do at once.
  void learn_words(const lessons& l);
  void learn_vectors(const lessons& l);

  // Log-probabilities of the lexical voice alone into `out`; cheap.
  struct lexical_answer {
    float coverage = 0, energy = 0;
  };
  lexical_answer read_lexical(std::string_view normal, lexical_voice::scratch& s, std::span<float> out) const;

  // Everything; `vectors` has a row per text, or none when there is no encoder.
  said read(std::span<const std::string> normal, const embeddings& vectors) const;

  // More examples as neighbours; the other voices do not hear of them.
  void add_neighbours(const embeddings& vectors, std::span<const std::uint32_t> intent) {
    if (has_encoder_) neighbours_.add(vectors, intent);
  }

  std::size_t intents() const { return lexical_.intents(); }
  bool has_encoder() const { return has_encoder_; }
  std::size_t lexical_bytes() const { return lexical_.bytes(); }

private:
  lexical_voice lexical_;
  kernel_voice kernel_;
  neighbour_voice neighbours_;
  bool has_encoder_ = false;
};

// The rows of `from` at `which`.
embeddings rows_of(const embeddings& from, std::span<const std::size_t> which);

} // namespace steward
