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

// What of a token counts: signs do not.
std::string_view letters(const source_text& t, std::size_t i) {
  return t[i].kind == token_kind::sign ? std::string_view{} : t.word(i);
}

// "Ridge 2" is no slip of "Ridge 1".
std::string digits(std::string_view s) {
  std::string out;
  std::ranges::copy_if(s, std::back_inserter(out), [](char c) { return c >= '0' && c <= '9'; });
  return out;
}

// Letters of the tokens from one place on; made as far as somebody asks.
class run {
public:
  run(const source_text& t, std::size_t from)
      : t_(t)
      , from_(from) {}

  const std::string& letters_of(std::size_t words) {
    while (so_far_.size() < words) {
      auto next = so_far_.empty() ? std::string() : so_far_.back();
      next += letters(t_, from_ + so_far_.size());
      so_far_.push_back(std::move(next));
    }
    return so_far_[words - 1];
  }

  // Whether a span of so many tokens can be a name: it ends in the text, and with no sign.
  bool ends_well(std::size_t words) const {
    return words > 0 && from_ + words <= t_.size() && t_[from_ + words - 1].kind != token_kind::sign;
  }

private:
  const source_text& t_;
  std::size_t from_;
  std::vector<std::string> so_far_;
};

} // namespace

catalogue::catalogue(const std::vector<std::string>& all) {
  for (std::size_t p = 0; p < all.size(); ++p) {
    const source_text cut(all[p]);
    std::string l;
    char32_t first = 0;
    for (std::size_t i = 0; i < cut.size(); ++i) {
      if (l.empty()) first = cut.at(cut[i].begin);
      l += letters(cut, i);
    }
    if (l.size() < 2) continue;
    // A character of Chinese is a word: another one is another word.
    const bool exact = std::ranges::any_of(l, [](char c) { return static_cast<unsigned char>(c) >= 0xE3; });
    const std::size_t edits = exact ? 0 : l.size() >= 9 ? 2 : l.size() >= 5 ? 1 : 0;
    auto number = digits(l);
    names_.push_back({std::move(l), std::move(number), first, cut.size(), p, edits});
  }
  std::stable_sort(names_.begin(), names_.end(),
                   [](const name& a, const name& b) { return a.letters.size() > b.letters.size(); });
  for (std::size_t i = 0; i < names_.size(); ++i) {
    const auto& n = names_[i];
    if (n.edits > 0) {
      by_first_[n.first].push_back(i);
      continue;
    }
    exact_[n.letters].push_back(i);
    longest_exact_ = std::max(longest_exact_, n.letters.size());
    most_exact_ = std::max(most_exact_, n.words);
  }
}

// What could be found at a place, whatever else is found there.
void catalogue::find_at(const source_text& t, std::size_t i, std::vector<fit>& out, std::size_t& compared) const {
  run here(t, i);
  const auto add = [&](std::size_t which, std::size_t words, std::size_t order) {
    if (t[i + words - 1].end - t[i].begin <= 4 * names_[which].letters.size() + 8)
      out.push_back({which, i, order, words});
  };
  for (std::size_t words = 1; words <= most_exact_ + 1 && i + words <= t.size(); ++words) {
    const auto& there = here.letters_of(words);
    if (there.size() > longest_exact_) break;
    if (!here.ends_well(words)) continue;
    ++compared;
    const auto same = exact_.find(there);
    if (same == exact_.end()) continue;
    for (const auto which : same->second)
      if (words + 1 >= names_[which].words && words <= names_[which].words + 1) add(which, words, 0);
  }
  // A first letter differs seldom: only names that begin like the word are compared.
  const auto likely = by_first_.find(t.at(t[i].begin));
  if (likely == by_first_.end()) return;
  for (const auto which : likely->second) {
    const auto& n = names_[which];
    std::size_t order = 0;
    for (const auto words : {n.words, n.words + 1, n.words - 1}) {
      ++order;
      if (!here.ends_well(words)) continue;
      ++compared;
      const auto& there = here.letters_of(words);
      if (there.size() > n.letters.size() + n.edits || there.size() + n.edits < n.letters.size()) continue;
      if (digits(there) == n.digits && distance(there, n.letters, n.edits) <= n.edits) add(which, words, order);
    }
  }
}

std::vector<product_span> catalogue::read(const source_text& t, std::size_t* compared) const {
  std::vector<product_span> out;
  if (names_.empty()) return out;
  std::vector<fit> fits;
  std::size_t count = 0;
  for (std::size_t i = 0; i < t.size(); ++i)
    if (t[i].kind != token_kind::sign) find_at(t, i, fits, count);
  if (compared != nullptr) *compared += count;
  std::ranges::sort(fits); // the longest name first, then the first place
  std::vector<bool> taken(t.size());
  for (const auto& f : fits) {
    const auto begin = taken.begin() + static_cast<std::ptrdiff_t>(f.from);
    const auto end = begin + static_cast<std::ptrdiff_t>(f.words);
    if (std::find(begin, end, true) != end) continue;
    std::fill(begin, end, true);
    out.push_back({names_[f.which].product, t[f.from].begin, t[f.from + f.words - 1].end});
  }
  return out;
}

} // namespace steward::entities
