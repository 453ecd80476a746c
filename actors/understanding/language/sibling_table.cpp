#include "actors/understanding/language/sibling_table.hpp"

#include "actors/understanding/language/table_bytes.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace steward {
namespace {

constexpr std::string_view magic = "STEWSIB1";   // do not change
constexpr std::size_t head = 32;                 // do not change
constexpr std::size_t shortest = 3, longest = 5; // code points of a run: what the table was made with

bool continues(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

// The hashes of all runs inside words, ascending, each once.
std::vector<std::uint32_t> runs_in(std::string_view text) {
  std::vector<std::uint32_t> out;
  for (std::size_t begin = 0; begin < text.size(); ++begin) {
    if (continues(text[begin])) continue;
    auto h = fnv_start;
    auto at = begin;
    for (std::size_t n = 1; n <= longest && at < text.size() && text[at] != ' '; ++n) {
      do h = (h ^ static_cast<unsigned char>(text[at++])) * fnv_prime;
      while (at < text.size() && continues(text[at]));
      if (n >= shortest) out.push_back(h ^ (h >> 15));
    }
  }
  std::ranges::sort(out);
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

std::vector<std::string> words_of(std::string_view line) {
  std::vector<std::string> out;
  while (!line.empty()) {
    const auto end = std::min(line.find(' '), line.size());
    if (end > 0) out.emplace_back(line.substr(0, end));
    line.remove_prefix(std::min(end + 1, line.size()));
  }
  return out;
}

} // namespace

result<sibling_table> sibling_table::create(std::span<const std::byte> bytes, std::string_view name) {
  const failure damaged{errc::corrupt, "the table " + std::string(name) +
                                           " is cut or damaged; take it anew from the sources, or make it with the "
                                           "script beside it"};
  if (bytes.size() < head || std::memcmp(bytes.data(), magic.data(), magic.size()) != 0) return damaged;
  const auto* start = bytes.data();
  const std::size_t families = number_at<std::uint32_t>(start + 8), all = number_at<std::uint32_t>(start + 12);
  const std::size_t names = number_at<std::uint32_t>(start + 20);
  if (families == 0 || families > 64 || all > 10'000'000 || names > 65536 || names % 4 != 0) return damaged;
  auto at = head + names + families * 4;
  if (bytes.size() < at || checksum(bytes.subspan(head)) != number_at<std::uint32_t>(start + 28)) return damaged;

  sibling_table out;
  out.scale_ = number_at<float>(start + 16);
  if (!std::isfinite(out.scale_)) return damaged;
  std::string_view list(reinterpret_cast<const char*>(start + head), names);
  std::size_t sum = 0;
  for (std::size_t f = 0; f < families; ++f) {
    const auto end = list.find('\n');
    if (end == std::string_view::npos) return damaged;
    family next;
    next.languages = words_of(list.substr(0, end));
    list.remove_prefix(end + 1);
    next.runs = number_at<std::uint32_t>(start + head + names + f * 4);
    sum += next.runs;
    if (next.languages.size() < 2 || next.languages.size() > 64 || sum > all) return damaged;
    const auto size = next.runs * 4 + (next.runs * next.languages.size() + 3) / 4 * 4;
    if (bytes.size() - at < size) return damaged;
    next.hashes = start + at;
    next.weights = start + at + next.runs * 4;
    at += size;
    out.families_.push_back(std::move(next));
  }
  return sum == all && at == bytes.size() ? result<sibling_table>(std::move(out)) : damaged;
}

std::vector<sibling_table::contrast> sibling_table::contrasts(std::string_view language, std::string_view text) const {
  std::vector<contrast> out;
  std::vector<std::uint32_t> runs;
  for (const auto& f : families_) {
    if (std::ranges::find(f.languages, language) == f.languages.end()) continue;
    if (runs.empty()) runs = runs_in(text);
    std::vector<int> sums(f.languages.size());
    for (const auto run : runs) {
      std::size_t low = 0, high = f.runs;
      while (low < high) {
        const auto middle = (low + high) / 2;
        if (number_at<std::uint32_t>(f.hashes + middle * 4) < run)
          low = middle + 1;
        else
          high = middle;
      }
      if (low == f.runs || number_at<std::uint32_t>(f.hashes + low * 4) != run) continue;
      const auto* weights = f.weights + low * sums.size();
      for (std::size_t l = 0; l < sums.size(); ++l) sums[l] += static_cast<std::int8_t>(weights[l]);
    }
    const auto factor = scale_ / std::sqrt(static_cast<float>(runs.size()) + 1);
    for (std::size_t l = 0; l < sums.size(); ++l) out.push_back({f.languages[l], static_cast<float>(sums[l]) * factor});
  }
  return out;
}

} // namespace steward
