#include "actors/understanding/entities/catalogue.hpp"

#include <algorithm>
#include <iterator>
#include <numeric>

namespace steward::entities {

namespace {

// Edit distance of two strings of at most `limit` edits; limit + 1 when there are more. Bytes, which is stricter
// outside of ASCII.
std::size_t distance(std::string_view a, std::string_view b, std::size_t limit) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > limit) return limit + 1;
  std::vector<std::size_t> row(a.size() + 1), before(a.size() + 1), twice(a.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t j = 1; j <= b.size(); ++j) {
    twice = before;
    before = row;
    row[0] = j;
    auto least = row[0];
    for (std::size_t i = 1; i <= a.size(); ++i) {
      row[i] = std::min({before[i] + 1, row[i - 1] + 1, before[i - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[i] = std::min(row[i], twice[i - 2] + 1);
      least = std::min(least, row[i]);
    }
    if (least > limit) return limit + 1;
  }
  return row.back();
}

std::string letters(const source_text& t, std::size_t first, std::size_t last) {
  std::string out;
  for (auto i = first; i < last; ++i)
    if (t[i].kind != token_kind::sign) out += t.word(i);
  return out;
}

// "Ridge 2" is no slip of "Ridge 1".
std::string digits(std::string_view s) {
  std::string out;
  std::ranges::copy_if(s, std::back_inserter(out), [](char c) { return c >= '0' && c <= '9'; });
  return out;
}

} // namespace

catalogue::catalogue(const std::vector<std::string>& all)
    : by_first_(256) {
  for (std::size_t p = 0; p < all.size(); ++p) {
    const source_text cut(all[p]);
    auto l = letters(cut, 0, cut.size());
    if (l.size() < 2) continue;
    // A character of Chinese is a word: another one is another word.
    const bool exact = std::ranges::any_of(l, [](char c) { return static_cast<unsigned char>(c) >= 0xE3; });
    const std::size_t edits = exact ? 0 : l.size() >= 9 ? 2 : l.size() >= 5 ? 1 : 0;
    auto number = digits(l);
    names_.push_back({std::move(l), std::move(number), cut.size(), p, edits});
  }
  std::stable_sort(names_.begin(), names_.end(),
                   [](const name& a, const name& b) { return a.letters.size() > b.letters.size(); });
  for (std::size_t i = 0; i < names_.size(); ++i)
    by_first_[static_cast<unsigned char>(names_[i].letters[0])].push_back(i);
}

std::vector<product_span> catalogue::read(const source_text& t) const {
  std::vector<product_span> out;
  if (names_.empty()) return out;
  // A first letter differs seldom: only names that begin like a word are compared.
  std::vector<std::size_t> likely;
  for (std::size_t i = 0; i < t.size(); ++i)
    if (t[i].kind != token_kind::sign) {
      const auto& here = by_first_[static_cast<unsigned char>(t.word(i)[0])];
      likely.insert(likely.end(), here.begin(), here.end());
    }
  std::ranges::sort(likely);
  likely.erase(std::unique(likely.begin(), likely.end()), likely.end());
  std::vector<bool> taken(t.size());
  const auto free = [&](std::size_t from, std::size_t to) {
    return std::none_of(taken.begin() + static_cast<std::ptrdiff_t>(from),
                        taken.begin() + static_cast<std::ptrdiff_t>(to), [](bool b) { return b; });
  };
  for (const auto which : likely) {
    const auto& n = names_[which];
    for (std::size_t i = 0; i < t.size(); ++i) {
      if (taken[i] || t[i].kind == token_kind::sign || t.word(i)[0] != n.letters[0]) continue;
      for (auto words : {n.words, n.words + 1, n.words - 1}) {
        if (words == 0 || i + words > t.size() || !free(i, i + words)) continue;
        if (t[i + words - 1].kind == token_kind::sign || t[i + words - 1].end - t[i].begin > 4 * n.letters.size() + 8)
          continue;
        const auto there = letters(t, i, i + words);
        if (digits(there) != n.digits || distance(there, n.letters, n.edits) > n.edits) continue;
        std::fill(taken.begin() + static_cast<std::ptrdiff_t>(i),
                  taken.begin() + static_cast<std::ptrdiff_t>(i + words), true);
        out.push_back({n.product, t[i].begin, t[i + words - 1].end});
        break;
      }
    }
  }
  return out;
}

} // namespace steward::entities
