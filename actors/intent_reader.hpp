// Which of a tenant's intents a text means, learnt from the tenant's examples in one language. Where the rooms that
// learn and those that ask meet.
#pragma once
#include "actors/embedder.hpp"
#include "messages/understanding.hpp"

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace steward {

struct intent_lessons {
  std::vector<std::string> names;     // of intents
  std::vector<std::string> texts;     // examples, as written
  std::vector<uint32_t> intent;       // of each text, a place in `names`
  std::vector<std::string> strangers; // examples of what means none of them
  std::vector<bool> described;        // of each name: without examples; `texts` has what is said about it. Empty: none
};

struct intent_reading {
  std::vector<ranked_intent> ranked; // best first; that it is meant, and not something foreign: 0 to 1
  bool outside = false;              // a stranger, rather
  std::string step;      // example (it is one, word by word), words, encoder; description: the encoder, of an
                         // intent without examples
  bool settled = true;   // words are sure enough; false: the encoder would know better
  bool unlikely = false; // by words: the encoder will hardly be sure of it
};

class intent_reader {
public:
  virtual ~intent_reader() = default;
  /// Microseconds.
  virtual intent_reading first_look(std::string_view text) const = 0;
  /// `vector`: the text's, by encoder().
  virtual intent_reading second_look(std::string_view text, std::span<const float> vector) const = 0;
  /// The same for the same lessons and encoder.
  virtual const std::string& version() const = 0;
  virtual const std::string& encoder() const = 0; // empty: words alone

  /// Places in `lessons` of the examples that this has not learnt under their intent.
  virtual std::vector<size_t> added(const intent_lessons& lessons) const = 0;
  /// This with those examples, until it is learnt anew: they are known by heart, and neighbours of what resembles them;
  /// what weighs and calibrates stays. `vectors`: of added(), by encoder(). errc::unsupported: the intents are others,
  /// or too much is new; it must be learnt.
  virtual result<std::shared_ptr<const intent_reader>> with(const intent_lessons& lessons,
                                                            const embeddings& vectors) const = 0;
};

/// What learn_intents wants vectors of, in this order.
std::vector<std::string> texts_to_embed(const intent_lessons&);
/// What a reader learnt from these would be called, before it is.
std::string intent_version(const intent_lessons&, const std::string& encoder);

/// Seconds for thousands of examples; the reader is immutable, so free for all threads. `vectors`: of texts_to_embed(),
/// by `encoder`; both empty: words alone. errc::bad_request with fewer than two intents, or one without examples.
result<std::shared_ptr<const intent_reader>> learn_intents(const intent_lessons&, const embeddings& vectors,
                                                           const std::string& encoder, std::size_t threads = 1);

} // namespace steward
