#include "actors/understanding/entities/catalogue.hpp"

#include <algorithm>
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

} // namespace

std::vector<product_span> read_products(const source_text& t, const std::vector<std::string>& catalogue) {
  struct name {
    std::string letters;
    std::size_t words, product;
  };
  std::vector<name> names;
  for (std::size_t p = 0; p < catalogue.size(); ++p) {
    const source_text cut(catalogue[p]);
    auto l = letters(cut, 0, cut.size());
    if (l.size() >= 2) names.push_back({std::move(l), cut.size(), p});
  }
  std::stable_sort(names.begin(), names.end(),
                   [](const name& a, const name& b) { return a.letters.size() > b.letters.size(); });
  std::vector<product_span> out;
  std::vector<bool> taken(t.size());
  for (const auto& n : names) {
    const std::size_t limit = n.letters.size() >= 9 ? 2 : n.letters.size() >= 5 ? 1 : 0;
    for (std::size_t i = 0; i < t.size(); ++i) {
      if (taken[i] || t[i].kind == token_kind::sign) continue;
      // Cheap first: a first letter differs seldom.
      if (t.word(i)[0] != n.letters[0]) continue;
      for (auto words : {n.words, n.words + 1, n.words - 1}) {
        if (words == 0 || i + words > t.size() ||
            std::any_of(taken.begin() + static_cast<std::ptrdiff_t>(i),
                        taken.begin() + static_cast<std::ptrdiff_t>(i + words), [](bool b) { return b; }))
          continue;
        if (t[i + words - 1].kind == token_kind::sign || t[i + words - 1].end - t[i].begin > 4 * n.letters.size() + 8)
          continue;
        const auto there = letters(t, i, i + words);
        if (distance(there, n.letters, limit) > limit) continue;
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
