// Average linkage: every text begins as a group of its own; the two groups that are most alike become one, as long as
// their mean cosine is high enough. Each group remembers its nearest, so a step costs little more than a row.
#include "actors/understanding/intents/suggestion.hpp"

#include "actors/understanding/intents/blas.hpp"
#include "actors/understanding/intents/normal_text.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <map>
#include <set>
#include <unordered_map>

namespace steward {
namespace {

// Words; of scripts without blanks the runs between other characters stay whole.
std::vector<std::string> words_of(const std::string& normal) {
  std::vector<std::string> out;
  std::string word;
  for (const char c : normal + " ") {
    const auto u = static_cast<unsigned char>(c);
    if (u >= 0x80 || std::isalnum(u) != 0)
      word += c;
    else if (!word.empty())
      out.push_back(std::exchange(word, {}));
  }
  return out;
}

// Words and runs of three bytes, hashed and weighed by rarity: stands in for the encoder where there is none. What one
// text alone holds is the rarest, and most of each short text: it would drown what a few of them share.
embeddings by_words(std::span<const std::string> normal) {
  constexpr std::size_t width = 4096;
  embeddings out{width, std::vector<float>(normal.size() * width)};
  std::vector<float> holders(width, 0);
  std::vector<std::set<std::size_t>> places(normal.size());
  const auto place = [](std::string_view s) { return std::hash<std::string_view>{}(s) % width; };
  for (std::size_t t = 0; t < normal.size(); ++t) {
    for (const auto& w : words_of(normal[t])) places[t].insert(place(w));
    for (std::size_t i = 0; i + 3 <= normal[t].size(); ++i)
      places[t].insert(place(std::string_view(normal[t]).substr(i, 3)));
    for (const auto p : places[t]) holders[p] += 1;
  }
  const auto n = static_cast<float>(normal.size());
  for (std::size_t t = 0; t < normal.size(); ++t)
    for (const auto p : places[t])
      out.row(t)[p] = holders[p] > 1 ? std::log(1 + n / holders[p]) * (1 - 1 / holders[p]) : 0.15F;
  return out;
}

// Around the middle of all, of length 1: what all texts of a company share tells nothing apart.
embeddings centred(embeddings v) {
  std::vector<float> mean(v.dimension, 0);
  for (std::size_t r = 0; r < v.rows(); ++r) {
    normalise(v.row(r));
    for (std::size_t i = 0; i < v.dimension; ++i) mean[i] += v.row(r)[i] / static_cast<float>(v.rows());
  }
  for (std::size_t r = 0; r < v.rows(); ++r) {
    for (std::size_t i = 0; i < v.dimension; ++i) v.row(r)[i] -= mean[i];
    normalise(v.row(r));
  }
  return v;
}

class grouping {
public:
  explicit grouping(const embeddings& v)
      : n_(v.rows())
      , alike_(n_ * n_)
      , nearest_(n_, 0)
      , members_(n_) {
    blas::product_with_transposed(v.values.data(), v.values.data(), alike_.data(), n_, v.dimension, n_);
    for (std::size_t i = 0; i < n_; ++i) members_[i] = {i};
    for (std::size_t i = 0; i < n_; ++i) find_nearest(i);
  }

  void join(double least) {
    for (;;) {
      std::size_t a = n_;
      for (std::size_t i = 0; i < n_; ++i)
        if (lives(i) && nearest_[i] != i && (a == n_ || at(i, nearest_[i]) > at(a, nearest_[a]))) a = i;
      if (a == n_ || at(a, nearest_[a]) < least) return;
      merge(a, nearest_[a]);
    }
  }

  std::vector<std::vector<std::size_t>> groups() const {
    std::vector<std::vector<std::size_t>> out;
    for (const auto& m : members_)
      if (!m.empty()) out.push_back(m);
    return out;
  }

private:
  bool lives(std::size_t i) const { return !members_[i].empty(); }
  float at(std::size_t i, std::size_t j) const { return alike_[i * n_ + j]; }

  void find_nearest(std::size_t i) {
    nearest_[i] = i; // itself: there is no other
    for (std::size_t j = 0; j < n_; ++j)
      if (j != i && lives(j) && (nearest_[i] == i || at(i, j) > at(i, nearest_[i]))) nearest_[i] = j;
  }

  void merge(std::size_t a, std::size_t b) {
    const auto na = static_cast<float>(members_[a].size()), nb = static_cast<float>(members_[b].size());
    for (std::size_t j = 0; j < n_; ++j) {
      if (j == a || j == b || !lives(j)) continue;
      alike_[a * n_ + j] = alike_[j * n_ + a] = (na * at(a, j) + nb * at(b, j)) / (na + nb);
    }
    members_[a].insert(members_[a].end(), members_[b].begin(), members_[b].end());
    members_[b].clear();
    find_nearest(a);
    for (std::size_t j = 0; j < n_; ++j) {
      if (!lives(j) || j == a) continue;
      if (nearest_[j] == a || nearest_[j] == b)
        find_nearest(j);
      else if (at(j, a) > at(j, nearest_[j]))
        nearest_[j] = a;
    }
  }

  std::size_t n_;
  std::vector<float> alike_;
  std::vector<std::size_t> nearest_;
  std::vector<std::vector<std::size_t>> members_;
};

// The most typical first, and how alike they are.
double sort_by_type(std::vector<std::size_t>& members, const embeddings& v) {
  std::vector<float> middle(v.dimension, 0);
  for (const auto m : members)
    for (std::size_t i = 0; i < v.dimension; ++i) middle[i] += v.row(m)[i];
  normalise(middle);
  std::stable_sort(members.begin(), members.end(),
                   [&](auto a, auto b) { return dot(v.row(a), middle) > dot(v.row(b), middle); });
  double sum = 0, pairs = 0;
  for (std::size_t i = 0; i < members.size(); ++i)
    for (std::size_t j = i + 1; j < members.size(); ++j) sum += dot(v.row(members[i]), v.row(members[j])), ++pairs;
  return pairs > 0 ? sum / pairs : 1;
}

// Words that many of the group hold and few others do; only such as a name may hold.
std::string name_of(const std::vector<std::size_t>& members, std::span<const std::string> normal,
                    const std::unordered_map<std::string, std::size_t>& holders, std::size_t number) {
  std::map<std::string, std::size_t> inside;
  for (const auto m : members) {
    const auto words = words_of(normal[m]);
    for (const auto& w : std::set<std::string>(words.begin(), words.end())) ++inside[w];
  }
  std::vector<std::pair<double, std::string>> scored;
  for (const auto& [word, count] : inside) {
    const bool plain =
        std::all_of(word.begin(), word.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); });
    if (!plain || word.size() < 3 || 3 * count < members.size()) continue;
    const auto share = static_cast<double>(count) / static_cast<double>(members.size());
    scored.emplace_back(
        -share * std::log(static_cast<double>(normal.size() + 1) / static_cast<double>(holders.at(word))), word);
  }
  std::sort(scored.begin(), scored.end());
  std::string out;
  for (std::size_t i = 0; i < scored.size() && i < 3 && out.size() + scored[i].second.size() < 38; ++i)
    out += (out.empty() ? "" : "_") + scored[i].second;
  return out.empty() ? "topic_" + std::to_string(number) : out;
}

} // namespace

std::vector<suggestion> suggest_intents(std::span<const std::string> texts, const embeddings& vectors,
                                        const suggest_options& options) {
  // The same message many times is one message.
  std::vector<std::string> normal;
  std::vector<std::size_t> place;
  std::set<std::string> seen;
  for (std::size_t i = 0; i < texts.size() && normal.size() < options.most; ++i) {
    auto n = normal_text(texts[i]);
    if (n.empty() || !seen.insert(n).second) continue;
    normal.push_back(std::move(n)), place.push_back(i);
  }
  std::vector<suggestion> out;
  if (normal.size() < options.least) return out;
  embeddings some{vectors.dimension, {}};
  for (const auto p : place)
    if (vectors.rows() > 0) some.values.insert(some.values.end(), vectors.row(p).begin(), vectors.row(p).end());
  const auto v = centred(vectors.rows() > 0 ? std::move(some) : by_words(normal));
  grouping g(v);
  g.join(options.alike > 0 ? options.alike : vectors.rows() > 0 ? alike_by_vectors : alike_by_words);
  std::unordered_map<std::string, std::size_t> holders;
  for (const auto& n : normal) {
    const auto words = words_of(n);
    for (const auto& w : std::set<std::string>(words.begin(), words.end())) ++holders[w];
  }
  for (auto& members : g.groups()) {
    if (members.size() < options.least) continue;
    suggestion s;
    s.alike = sort_by_type(members, v);
    s.members = std::move(members);
    out.push_back(std::move(s));
  }
  std::stable_sort(out.begin(), out.end(), [](auto& a, auto& b) { return a.members.size() > b.members.size(); });
  std::set<std::string> taken;
  for (std::size_t i = 0; i < out.size(); ++i) {
    auto name = name_of(out[i].members, normal, holders, i + 1);
    out[i].name = taken.insert(name).second ? name : name + "_" + std::to_string(i + 1);
    taken.insert(out[i].name);
    for (auto& m : out[i].members) m = place[m];
  }
  return out;
}

} // namespace steward
