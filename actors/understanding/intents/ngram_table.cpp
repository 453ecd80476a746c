#include "actors/understanding/intents/ngram_table.hpp"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <unordered_map>

namespace steward {
namespace {

constexpr std::size_t shortest_run = 2, longest_run = 5;

std::uint64_t stir(std::uint64_t h) {
  h ^= h >> 33;
  h *= 0xFF51AFD7ED558CCDULL;
  return h ^ (h >> 29);
}

std::uint64_t add(std::uint64_t h, std::uint64_t x) { return (h ^ x) * 0x9E3779B97F4A7C15ULL + (h >> 47); }

enum class kind { blank, letter, ideograph, mark };

kind kind_of(std::uint32_t c) {
  if (c < 0x80) {
    if (c <= ' ') return kind::blank;
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? kind::letter : kind::mark;
  }
  if ((c >= 0x3040 && c < 0xA000) || (c >= 0xF900 && c < 0xFB00) || (c >= 0x20000 && c < 0x40000))
    return kind::ideograph;
  const auto x = static_cast<UChar32>(c);
  if (u_isUWhiteSpace(x)) return kind::blank;
  return u_isalnum(x) || (U_GET_GC_MASK(x) & U_GC_M_MASK) != 0 ? kind::letter : kind::mark;
}

// Hashes of words and pairs of them into `words`, of character runs into `runs`. Ideographs are a word each for the
// pairs, and runs go on over them as over the letters of one word.
void hash_runs(std::string_view text, ngram_table::scratch& s) {
  s.letters.clear(), s.words.clear(), s.runs.clear();
  const auto length = static_cast<std::int32_t>(text.size());
  for (std::int32_t i = 0; i < length;) {
    const auto byte = static_cast<unsigned char>(text[static_cast<std::size_t>(i)]);
    if (byte < 0x80) {
      s.letters.push_back(byte), ++i;
      continue;
    }
    UChar32 c = 0;
    U8_NEXT(text.data(), i, length, c);
    s.letters.push_back(c < 0 ? 0xFFFDU : static_cast<std::uint32_t>(c));
  }
  const auto& l = s.letters;
  std::uint64_t before = 0x5bd1e995;
  const auto word = [&](std::uint64_t h) {
    s.words.push_back(stir(add(h, 1)));
    s.words.push_back(stir(add(add(before, h), 2)));
    before = h;
  };
  for (std::size_t i = 0; i < l.size();) {
    const auto k = kind_of(l[i]);
    if (k == kind::blank) {
      ++i;
      continue;
    }
    if (k == kind::mark) {
      word(add(77, l[i++]));
      continue;
    }
    auto end = i;
    if (k == kind::letter) {
      std::uint64_t h = 99;
      while (end < l.size() && kind_of(l[end]) == k) h = add(h, l[end++]);
      word(h);
    } else {
      while (end < l.size() && kind_of(l[end]) == k) word(add(55, l[end++]));
    }
    // Runs over " word ", edges included.
    const auto size = end - i + 2;
    for (std::size_t from = 0; from + 1 < size; ++from) {
      std::uint64_t h = 7;
      for (std::size_t n = 0; n < longest_run && from + n < size; ++n) {
        const auto at = from + n;
        h = add(h, at == 0 || at + 1 == size ? std::uint32_t{' '} : l[i + at - 1]);
        if (n + 1 >= shortest_run) s.runs.push_back(stir(add(h, 3)));
      }
    }
    i = end;
  }
  word(0x1234567); // the last word and the end make a pair too
}

} // namespace

ngram_table ngram_table::learn(std::span<const std::string> texts, std::size_t most) {
  struct entry {
    std::uint32_t texts = 0, last = absent, order = 0;
  };
  std::unordered_map<std::uint64_t, entry> found;
  scratch s;
  for (std::uint32_t t = 0; t < texts.size(); ++t) {
    hash_runs(texts[t], s);
    for (const auto* part : {&s.words, &s.runs})
      for (const auto h : *part) {
        auto& e = found[h];
        if (e.texts == 0) e.order = static_cast<std::uint32_t>(found.size());
        if (e.last != t) ++e.texts, e.last = t;
      }
  }
  std::vector<std::pair<std::uint64_t, entry>> kept(found.begin(), found.end());
  std::sort(kept.begin(), kept.end(), [](const auto& a, const auto& b) {
    return a.second.texts != b.second.texts ? a.second.texts > b.second.texts : a.second.order < b.second.order;
  });
  if (kept.size() > most) kept.resize(most);
  ngram_table out;
  out.slots_.resize(std::bit_ceil(std::max<std::size_t>(16, kept.size() * 2)));
  out.weight_.resize(kept.size());
  const auto all = static_cast<float>(texts.size());
  const auto rarity = [&](float with) { return std::log((1 + all) / (1 + with)) + 1; };
  for (std::uint32_t row = 0; row < kept.size(); ++row) {
    const auto h = kept[row].first;
    auto at = h & (out.slots_.size() - 1);
    while (out.slots_[at].row != absent) at = (at + 1) & (out.slots_.size() - 1);
    out.slots_[at] = {static_cast<std::uint32_t>(h >> 32), row};
    out.weight_[row] = rarity(static_cast<float>(kept[row].second.texts));
  }
  out.unknown_ = rarity(0);
  return out;
}

std::uint32_t ngram_table::find(std::uint64_t h) const {
  const auto tag = static_cast<std::uint32_t>(h >> 32);
  for (auto at = h & (slots_.size() - 1);; at = (at + 1) & (slots_.size() - 1)) {
    if (slots_[at].row == absent) return absent;
    if (slots_[at].tag == tag) return slots_[at].row;
  }
}

void ngram_table::read(std::string_view normal, scratch& s, feature_list& out) const {
  out.known.clear();
  out.coverage = 0;
  if (s.seen.size() != rows()) s.seen.assign(rows(), 0), s.text = 0;
  if (++s.text == 0) std::fill(s.seen.begin(), s.seen.end(), 0), s.text = 1;
  hash_runs(normal, s);
  float known = 0, unknown = 0;
  // Words and runs have the same say, however many runs a long word makes.
  for (const auto* part : {&s.words, &s.runs}) {
    const auto first = out.known.size();
    float length = 0;
    for (const auto h : *part) {
      const auto row = find(h);
      if (row == absent) {
        unknown += unknown_;
        continue;
      }
      if (s.seen[row] == s.text) continue;
      s.seen[row] = s.text;
      const auto w = weight_[row];
      out.known.push_back({row, w});
      length += w * w;
      known += w;
    }
    if (length <= 0) continue;
    const auto scale = 1 / std::sqrt(2 * length);
    for (auto i = first; i < out.known.size(); ++i) out.known[i].value *= scale;
  }
  if (known + unknown > 0) out.coverage = known / (known + unknown);
}

} // namespace steward
