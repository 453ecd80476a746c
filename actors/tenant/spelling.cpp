#include "actors/tenant/spelling.hpp"

#include <algorithm>
#include <unicode/utf8.h>

namespace steward {
namespace {

// Edits including swapped neighbours, on lower-case bytes: names of keys are ASCII.
size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::vector<size_t>> d(a.size() + 1, std::vector<size_t>(b.size() + 1));
  auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c == '-' || c == ' ' ? '_' : c; };
  for (size_t i = 0; i <= a.size(); ++i) d[i][0] = i;
  for (size_t j = 0; j <= b.size(); ++j) d[0][j] = j;
  for (size_t i = 1; i <= a.size(); ++i)
    for (size_t j = 1; j <= b.size(); ++j) {
      auto same = lower(a[i - 1]) == lower(b[j - 1]);
      d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + !same});
      if (i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) && lower(a[i - 2]) == lower(b[j - 1]))
        d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
    }
  return d[a.size()][b.size()];
}

} // namespace

std::string nearest(std::string_view word, const std::vector<std::string>& known) {
  std::string best;
  if (word.size() > 60) return best;
  size_t least = std::max<size_t>(2, word.size() / 3) + 1;
  for (auto& k : known)
    if (word.size() >= 4 && k.starts_with(word)) return k; // "retention"
  for (auto& k : known)
    if (auto d = distance(word, k); d < least && d < k.size()) least = d, best = k;
  return best;
}

std::string hint(std::string_view word, const std::vector<std::string>& known) {
  if (auto near = nearest(word, known); !near.empty()) return "; did you mean '" + near + "'?";
  std::string out = "; known are: ";
  for (size_t i = 0; i < known.size(); ++i) (out += i ? ", " : "") += known[i];
  return known.empty() ? "" : out;
}

std::optional<size_t> first_bad_byte(std::string_view text) {
  auto s = text.data();
  auto n = static_cast<int32_t>(text.size());
  for (int32_t i = 0; i < n;) {
    auto at = i;
    UChar32 c;
    U8_NEXT(s, i, n, c);
    if (c < 0 || (c < 32 && c != '\t' && c != '\n' && c != '\r') || c == 127) return at;
  }
  return std::nullopt;
}

size_t characters(std::string_view utf8) {
  return static_cast<size_t>(std::count_if(utf8.begin(), utf8.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

std::string shortened(std::string_view utf8, size_t limit) {
  size_t i = 0, seen = 0;
  for (; i < utf8.size(); ++i)
    if ((utf8[i] & 0xC0) != 0x80 && seen++ == limit) break;
  std::string out(utf8.substr(0, i));
  std::replace(out.begin(), out.end(), '\n', ' ');
  return i < utf8.size() ? out + "…" : out;
}

uint32_t line_of(std::string_view text, size_t offset) {
  return 1 + static_cast<uint32_t>(std::count(text.begin(), text.begin() + std::min(offset, text.size()), '\n'));
}

} // namespace steward
