#include "actors/understanding/intents/near_copies.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <string_view>

namespace steward {
namespace {

constexpr std::size_t shared_of_five = 3;

// Hashes of the different words, in order.
std::vector<std::size_t> words_of(std::string_view text) {
  std::vector<std::size_t> out;
  const auto add = [&](std::string_view word) {
    if (!word.empty()) out.push_back(std::hash<std::string_view>{}(word));
  };
  std::size_t begin = 0, at = 0;
  while (at < text.size()) {
    const auto lead = static_cast<unsigned char>(text[at]);
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    const bool alone = length >= 3; // Chinese, Japanese, Thai, emoji …
    if (alone || text[at] == ' ') {
      add(text.substr(begin, at - begin));
      if (alone) add(text.substr(at, length));
      begin = at + length;
    }
    at += length;
  }
  if (begin < text.size()) add(text.substr(begin));
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

bool alike(const std::vector<std::size_t>& a, const std::vector<std::size_t>& b) {
  // Too different in length to share enough.
  if (5 * std::min(a.size(), b.size()) < shared_of_five * std::max(a.size(), b.size())) return false;
  std::size_t both = 0;
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    if (a[i] == b[j])
      ++both, ++i, ++j;
    else if (a[i] < b[j])
      ++i;
    else
      ++j;
  }
  return 5 * both >= shared_of_five * (a.size() + b.size() - both);
}

} // namespace

std::vector<bool> near_copies(std::span<const std::string> texts, std::span<const std::uint32_t> intent,
                              std::span<const std::size_t> fold) {
  std::vector<std::vector<std::size_t>> words;
  std::map<std::uint32_t, std::vector<std::size_t>> of_intent;
  for (std::size_t t = 0; t < texts.size(); ++t) words.push_back(words_of(texts[t])), of_intent[intent[t]].push_back(t);
  std::vector<bool> out(texts.size(), false);
  for (const auto& [k, members] : of_intent)
    for (std::size_t i = 0; i < members.size(); ++i)
      for (std::size_t j = 0; j < i; ++j) {
        const auto a = members[i], b = members[j];
        if ((out[a] && out[b]) || fold[a] == fold[b] || !alike(words[a], words[b])) continue;
        out[a] = out[b] = true;
      }
  return out;
}

} // namespace steward
