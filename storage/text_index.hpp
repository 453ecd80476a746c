// Words to documents: BM25 over terms that suit the language. Built once, then immutable: any number of threads may
// search at once, without a lock.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace steward {

// The terms of a text, in order: words by Unicode's rules, without case and compatibility forms, stemmed where the
// language (ISO 639-1) has a stemmer; of Chinese and Japanese writing every character and every pair of neighbours.
// Any bytes may come in. Reads at most `most` terms.
std::vector<std::string> terms_of(std::string_view text, std::string_view language, std::size_t most = 100'000);

struct text_hit {
  std::uint32_t document;
  float score;
};

class text_index {
public:
  explicit text_index(std::string language)
      : language_(std::move(language)) {}

  // Documents are numbered from 0 in the order in which they come. Not after the first search.
  std::uint32_t add(std::string_view text);
  void finish();

  // At most `k` documents that share a term with the query, best first. A term that stands twice counts once.
  std::vector<text_hit> search(std::string_view query, std::size_t k) const;
  std::vector<text_hit> search(std::span<const std::string> query_terms, std::size_t k) const;

  // What a document that holds every term of the query may reach at most: for "how much of the question is known".
  // Terms that no document has count as if one had.
  float ceiling(std::span<const std::string> query_terms) const;

  // Does the document hold the term?
  bool holds(std::string_view term, std::uint32_t document) const;

  std::size_t documents() const { return lengths_.size(); }
  const std::string& language() const { return language_; }

private:
  struct posting {
    std::uint32_t document;
    float weight; // frequency before finish(), the whole BM25 share of the term afterwards
  };
  struct hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view s) const { return std::hash<std::string_view>{}(s); }
  };
  float rarity(std::size_t documents_with) const;

  std::string language_;
  std::unordered_map<std::string, std::vector<posting>, hash, std::equal_to<>> postings_;
  std::vector<std::uint32_t> lengths_;
};

} // namespace steward
