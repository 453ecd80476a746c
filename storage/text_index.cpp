// Scores of all documents are added up in a dense array that each thread keeps: knowledge bases have thousands of
// articles, not millions, and the array stays in the first cache.
#include "storage/text_index.hpp"

#include <unicode/brkiter.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>
#include <xapian.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>

namespace steward {
namespace {

constexpr float k1 = 1.2F, b = 0.75F;

const icu::Normalizer2* folding() {
  static const icu::Normalizer2* instance = [] {
    UErrorCode status = U_ZERO_ERROR;
    const auto* n = icu::Normalizer2::getNFKCCasefoldInstance(status);
    return U_SUCCESS(status) ? n : nullptr;
  }();
  return instance;
}

// Neither a stemmer nor a breaker may be used by two threads at once, and both cost more to make than to use.
icu::BreakIterator* breaker() {
  thread_local const std::unique_ptr<icu::BreakIterator> instance = [] {
    UErrorCode status = U_ZERO_ERROR;
    return std::unique_ptr<icu::BreakIterator>(icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), status));
  }();
  return instance.get();
}

const Xapian::Stem& stemmer(std::string_view language) {
  thread_local std::map<std::string, Xapian::Stem, std::less<>> made;
  const auto it = made.find(language);
  if (it != made.end()) return it->second;
  Xapian::Stem stem;
  try {
    if (language.size() == 2) stem = Xapian::Stem(std::string(language));
  } catch (const Xapian::Error&) { // no stemmer for this language: words stay as they are
  }
  if (made.size() > 64) made.clear();
  return made.emplace(std::string(language), stem).first->second;
}

bool without_blanks(UChar32 c) {
  UErrorCode status = U_ZERO_ERROR;
  const auto script = uscript_getScript(c, &status);
  return script == USCRIPT_HAN || script == USCRIPT_HIRAGANA || script == USCRIPT_KATAKANA;
}

} // namespace

std::vector<std::string> terms_of(std::string_view text, std::string_view language, std::size_t most) {
  std::vector<std::string> out;
  constexpr std::size_t longest_text = 1 << 20, longest_word = 64;
  if (text.size() > longest_text) text = text.substr(0, longest_text);
  auto unicode = icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
  if (folding() != nullptr) {
    UErrorCode status = U_ZERO_ERROR;
    auto folded = folding()->normalize(unicode, status);
    if (U_SUCCESS(status)) unicode = std::move(folded);
  }
  auto* words = breaker();
  if (words == nullptr) return out;
  words->setText(unicode);
  const auto& stem = stemmer(language);
  std::string before; // the character before, while a run of Chinese or Japanese goes on
  std::int32_t run_end = -1;
  for (std::int32_t begin = words->first(), end = words->next(); end != icu::BreakIterator::DONE && out.size() < most;
       begin = end, end = words->next()) {
    if (words->getRuleStatus() < UBRK_WORD_NONE_LIMIT) continue; // blanks and punctuation
    if (without_blanks(unicode.char32At(begin))) {
      for (auto i = begin; i < end; i = unicode.moveIndex32(i, 1)) {
        std::string here;
        icu::UnicodeString(unicode.char32At(i)).toUTF8String(here);
        if (run_end == i) out.push_back(before + here);
        out.push_back(here);
        before = std::move(here);
        run_end = unicode.moveIndex32(i, 1);
      }
      continue;
    }
    std::string word;
    unicode.tempSubStringBetween(begin, end).toUTF8String(word);
    if (word.size() > longest_word) word.resize(longest_word);
    // Stemmers know letters only; a code such as a1093 stays as it is.
    const bool letters = std::none_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
    out.push_back(letters ? stem(word) : std::move(word));
  }
  return out;
}

std::uint32_t text_index::add(std::string_view text) {
  const auto document = static_cast<std::uint32_t>(lengths_.size());
  const auto terms = terms_of(text, language_);
  lengths_.push_back(static_cast<std::uint32_t>(terms.size()));
  for (const auto& term : terms) {
    auto& list = postings_[term];
    if (list.empty() || list.back().document != document)
      list.push_back({document, 1});
    else
      list.back().weight += 1;
  }
  return document;
}

float text_index::rarity(std::size_t documents_with) const {
  const auto all = static_cast<float>(lengths_.size()), with = static_cast<float>(documents_with);
  return std::log(1.0F + (all - with + 0.5F) / (with + 0.5F));
}

void text_index::finish() {
  double total = 0;
  for (const auto n : lengths_) total += n;
  const auto mean =
      static_cast<float>(std::max(1.0, total / static_cast<double>(std::max<std::size_t>(lengths_.size(), 1))));
  for (auto& [term, list] : postings_) {
    const auto rare = rarity(list.size());
    for (auto& p : list) {
      const auto length = static_cast<float>(lengths_[p.document]);
      p.weight = rare * p.weight * (k1 + 1) / (p.weight + k1 * (1 - b + b * length / mean));
    }
    list.shrink_to_fit();
  }
}

std::vector<text_hit> text_index::search(std::string_view query, std::size_t k) const {
  const auto terms = terms_of(query, language_, 1000);
  return search(terms, k);
}

std::vector<text_hit> text_index::search(std::span<const std::string> query_terms, std::size_t k) const {
  thread_local std::vector<float> scores;
  thread_local std::vector<std::uint32_t> touched;
  thread_local std::vector<const std::vector<posting>*> lists;
  if (scores.size() < lengths_.size()) scores.resize(lengths_.size());
  touched.clear();
  lists.clear();
  for (const auto& term : query_terms)
    if (const auto it = postings_.find(term); it != postings_.end()) lists.push_back(&it->second);
  std::sort(lists.begin(), lists.end());
  lists.erase(std::unique(lists.begin(), lists.end()), lists.end());
  for (const auto* list : lists)
    for (const auto& p : *list) {
      if (scores[p.document] == 0) touched.push_back(p.document);
      scores[p.document] += p.weight;
    }
  std::vector<text_hit> out;
  out.reserve(touched.size());
  for (const auto document : touched) {
    out.push_back({document, scores[document]});
    scores[document] = 0;
  }
  const auto better = [](const text_hit& a, const text_hit& c) {
    return a.score != c.score ? a.score > c.score : a.document < c.document;
  };
  const auto kept = std::min(k, out.size());
  std::partial_sort(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(kept), out.end(), better);
  out.resize(kept);
  return out;
}

bool text_index::holds(std::string_view term, std::uint32_t document) const {
  const auto it = postings_.find(term);
  if (it == postings_.end()) return false;
  const auto at = std::lower_bound(it->second.begin(), it->second.end(), document,
                                   [](const posting& p, std::uint32_t d) { return p.document < d; });
  return at != it->second.end() && at->document == document;
}

float text_index::ceiling(std::span<const std::string> query_terms) const {
  std::vector<std::string_view> unique(query_terms.begin(), query_terms.end());
  std::sort(unique.begin(), unique.end());
  unique.erase(std::unique(unique.begin(), unique.end()), unique.end());
  float sum = 0;
  for (const auto term : unique) {
    const auto it = postings_.find(term);
    sum += rarity(it == postings_.end() ? 1 : it->second.size()) * (k1 + 1) / 2;
  }
  return sum;
}

} // namespace steward
