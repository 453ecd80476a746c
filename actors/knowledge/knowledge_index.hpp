// All articles of one tenant in one language, as an immutable snapshot: build a new one when articles change and swap
// the pointer. Any number of threads may search one snapshot at once, without a lock.
//
// Searching has two phases, so that the caller can gather texts for the encoder:
//   auto look = index->first_look(text);           // microseconds: words and the guessed vector
//   if (look.settled) use look.found;
//   else use index->second_look(look, vector);     // `vector`: the encoder's, of look.query
// Without an encoder (has_encoder() == false) every first look is settled.
#pragma once

#include "actors/embedder.hpp"
#include "actors/knowledge/chunker.hpp"
#include "actors/knowledge/retrieval_policy.hpp"
#include "messages/knowledge.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace steward {

// A question and the articles that answer it; none: nothing here does.
struct asked {
  std::string question;
  std::vector<std::string> expected; // ids of right articles; any of them counts
  std::string language;              // "": any
  std::vector<std::string> holds{};  // pieces of text one of which a right answer says; for evaluation
};

// weights_only: nothing but evidence_of_taught() knows of the questions, as if they were there for fitting alone.
enum class teaching { full, weights_only };

struct hit {
  std::uint32_t article = 0;         // index into knowledge_index::articles()
  std::uint32_t passage = 0;         // index into passages(article); meaningless when the article has none
  double score = 0;                  // log-odds scale, comparable within one answer only
  double lexical = 0;                // parts, for `kb search`: BM25 ...
  double guessed = 0;                // ... similarity to the guessed vector ...
  double dense = 0;                  // ... and to the encoder's, 0 in a first look
  double asked = 0;                  // similarity to the nearest labelled question that it answered, 0: none
  std::vector<std::uint32_t> said{}; // passages that make its answer, in order; of the first hit only
};

struct found {
  std::vector<hit> hits; // best first
  double confidence = 0; // calibrated, 0..1
  verdict outcome = verdict::unknown;
};

struct looked {
  std::string query; // what the encoder must embed
  struct found found;
  bool settled = false; // the encoder could not change the outcome; or there is none
  double certainty = 0; // what the gate compares
  std::string repeats;  // the labelled question that this one repeats, which settles it; "": none
  // For second_look:
  std::vector<std::pair<std::uint32_t, float>> lexical; // article, BM25
  std::vector<float> guess;
  float ceiling = 0;
};

// Vectors that were made before, by name of the embedder and hash of the text; a store may be behind it. Called from
// the thread that builds, in batches. Either function may be empty.
struct vector_cache {
  // Fills `row` and returns true when the vector is known.
  std::function<bool(const std::string& embedder, std::uint64_t text_hash, std::span<float> row)> get;
  std::function<void(const std::string& embedder, std::uint64_t text_hash, std::span<const float> row)> put;
};

struct knowledge_parts;  // index_builder.hpp
struct taught_questions; // taught_questions.hpp

struct index_sources {
  std::shared_ptr<embedder> encoder;           // absent: lexical and static only
  std::shared_ptr<const token_embedder> table; // absent: lexical only until the encoder answers
  vector_cache cache;
  std::size_t threads = 1;      // how many call the encoder at once
  std::size_t token_budget = 0; // about how many tokens the encoder may read in all; 0: as many as there are
  std::function<void(std::size_t done, std::size_t all)> progress; // texts embedded
};

class knowledge_index {
public:
  // Takes as long as the encoder takes for what the cache lacks. Articles with `removed` are left out.
  static result<std::shared_ptr<const knowledge_index>> build(std::string language, std::vector<article> articles,
                                                              const index_sources& sources,
                                                              const retrieval_policy& policy = default_policy());
  // The same snapshot under another policy; shares everything else.
  std::shared_ptr<const knowledge_index> with(const retrieval_policy& policy) const;

  // The same snapshot, taught by labelled questions: they help the guess and speak for the articles that answered them,
  // and a question that repeats one is settled at once. `vectors`: the encoder's of each, or nothing without an
  // encoder. Takes about a second where there are thousands of texts. Questions that read the same become one.
  std::shared_ptr<const knowledge_index> taught(std::span<const asked> questions, const embeddings& vectors,
                                                teaching how = teaching::full) const;
  // Evidence of each taught question, in their order, as it would be if just this one had not been taught: for fitting.
  std::vector<labelled_question> evidence_of_taught() const;

  looked first_look(std::string_view text, std::size_t most = 5) const;
  found second_look(const looked& first, std::span<const float> vector, std::size_t most = 5) const;

  // The answer of one article to a question, whatever the others would say: a customer picked it. `passage`, which he
  // was offered, is always part of it.
  hit picked_answer(std::uint32_t article, std::uint32_t passage, std::string_view question) const;

  // By one voice alone, best first; for evaluation.
  std::vector<std::uint32_t> by_words(const looked& first, std::size_t most) const;
  std::vector<std::uint32_t> by_vector(std::span<const float> vector, std::size_t most) const;

  bool has_encoder() const;
  const std::string& encoder_name() const; // "" without one
  const std::string& language() const;
  const std::vector<article>& articles() const;
  const std::vector<passage>& passages(std::uint32_t article) const;
  const retrieval_policy& policy() const;

  // Words of the question that stand in the article, in some form, the most telling first; at most `most`.
  std::vector<std::string> words_shared(std::string_view question, std::uint32_t article, std::size_t most = 6) const;

  // What a caller sends on: article, title, the best passage's place and, of the first hit, the answer: that passage
  // and what is said with it; of others the passage's text.
  candidate candidate_of(const hit& h, bool with_text) const;

private:
  const taught_questions* speaking() const;
  knowledge_index() = default;
  std::shared_ptr<const knowledge_parts> parts_;
  std::shared_ptr<const taught_questions> taught_; // null: none
  retrieval_policy policy_;
};

// The index taught by labelled questions, with weights, curves and gate fitted on them; without an encoder the first
// look's curve goes by words alone.
std::shared_ptr<const knowledge_index> taught_and_fitted(const knowledge_index&, std::span<const asked> questions,
                                                         const embeddings& vectors, bool encoder,
                                                         const decision_limits&);

// FNV-1a of the text's bytes; stored in caches: do not change.
std::uint64_t text_hash(std::string_view text);

} // namespace steward
