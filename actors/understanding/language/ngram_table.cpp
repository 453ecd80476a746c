#include "actors/understanding/language/ngram_table.hpp"

#include "actors/understanding/language/table_bytes.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace steward {
namespace {

constexpr std::string_view magic = "STEWNGR1"; // do not change
constexpr std::size_t head = 32;               // do not change
constexpr std::uint32_t block = 64;            // buckets that share one offset in the file; do not change
constexpr std::uint32_t near = 8;              // and in memory

} // namespace

result<ngram_table> ngram_table::create(std::span<const std::byte> bytes, std::string_view name) {
  const failure damaged{errc::corrupt, "the table " + std::string(name) +
                                           " is cut or damaged; take it anew from the sources, or make it with the "
                                           "script beside it"};
  if (bytes.size() < head || std::memcmp(bytes.data(), magic.data(), magic.size()) != 0) return damaged;
  const auto* at = bytes.data();
  const auto classes = number_at<std::uint32_t>(at + 8), bits = number_at<std::uint32_t>(at + 12);
  const auto entries = number_at<std::uint32_t>(at + 16), names = number_at<std::uint32_t>(at + 24);
  if (classes == 0 || classes > 256 || bits < 6 || bits > 24 || names > 65536 || names % 4 != 0) return damaged;
  const std::size_t buckets = std::size_t{1} << bits;
  const auto offsets = head + classes * 4UL + names;
  const auto counts = offsets + (buckets / block + 1) * 4;
  if (bytes.size() != counts + buckets + entries * 2UL) return damaged;
  if (checksum(bytes.subspan(head)) != number_at<std::uint32_t>(at + 28)) return damaged;

  ngram_table out;
  out.scale_ = number_at<float>(at + 20);
  out.mask_ = static_cast<std::uint32_t>(buckets - 1);
  out.count_ = reinterpret_cast<const std::uint8_t*>(at + counts);
  out.entries_ = at + counts + buckets;
  for (std::size_t c = 0; c < classes; ++c) out.bias_.push_back(number_at<float>(at + head + 4 * c));
  std::string_view list(reinterpret_cast<const char*>(at + head + 4 * classes), names);
  while (out.classes_.size() < classes) {
    const auto end = list.find('\n');
    if (end == std::string_view::npos) return damaged;
    out.classes_.emplace_back(list.substr(0, end));
    list.remove_prefix(end + 1);
  }
  // Whoever can make a right checksum can still make wrong offsets: look at each once, so that score() need not.
  std::uint32_t sum = 0;
  for (std::size_t b = 0; b < buckets; ++b) {
    if (b % block == 0 && number_at<std::uint32_t>(at + offsets + b / block * 4) != sum) return damaged;
    if (b % near == 0) out.first_.push_back(sum);
    sum += out.count_[b];
  }
  if (sum != entries) return damaged;
  for (std::size_t e = 0; e < entries; ++e)
    if (static_cast<std::uint32_t>(out.entries_[2 * e]) >= classes) return damaged;
  return out;
}

std::vector<float> ngram_table::score(std::vector<std::uint32_t>& features) const {
  std::ranges::sort(features);
  features.erase(std::unique(features.begin(), features.end()), features.end());
  std::vector<float> sums(classes_.size());
  // The table is larger than the caches, and each feature lies somewhere else: they are asked for ahead.
  constexpr std::size_t ahead = 12;
  for (std::size_t k = 0; k < features.size(); ++k) {
    if (k + ahead < features.size()) {
      const auto b = features[k + ahead] & mask_;
      __builtin_prefetch(count_ + b), __builtin_prefetch(&first_[b / near]);
    }
    if (k + ahead / 2 < features.size())
      __builtin_prefetch(entries_ + std::size_t{first_[(features[k + ahead / 2] & mask_) / near]} * 2);
    const auto b = features[k] & mask_;
    if (count_[b] == 0) continue;
    auto e = first_[b / near];
    for (auto i = b / near * near; i < b; ++i) e += count_[i];
    const auto* entry = entries_ + std::size_t{e} * 2;
    for (int n = count_[b]; n > 0; --n, entry += 2)
      sums[static_cast<std::size_t>(entry[0])] += static_cast<float>(static_cast<std::int8_t>(entry[1]));
  }
  const auto factor = scale_ / std::sqrt(static_cast<float>(features.size()) + 1);
  for (std::size_t c = 0; c < sums.size(); ++c) sums[c] = sums[c] * factor + bias_[c];
  return sums;
}

std::uint32_t ngram_table::bucket(std::string_view gram) const {
  auto h = fnv_start;
  for (const char c : gram) h = (h ^ static_cast<unsigned char>(c)) * fnv_prime;
  return (h ^ (h >> 15)) & mask_;
}

void character_grams(const ngram_table& table, std::string_view text, std::size_t most,
                     std::vector<std::uint32_t>& features) {
  features.reserve(features.size() + text.size() * most);
  for (std::size_t begin = 0; begin < text.size();) {
    // One pass of the hash gives all lengths that begin here.
    auto h = fnv_start;
    std::size_t next = text.size(), at = begin;
    for (std::size_t n = 0; n < most && at < text.size(); ++n) {
      do h = (h ^ static_cast<unsigned char>(text[at++])) * fnv_prime;
      while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U);
      if (n == 0) next = at;
      features.push_back((h ^ (h >> 15)) & table.mask());
    }
    begin = next;
  }
}

} // namespace steward
