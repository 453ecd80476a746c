#include "actors/knowledge/taught_questions.hpp"

#include <algorithm>
#include <cmath>
#include <set>

namespace steward {
namespace {

constexpr std::size_t fewest_terms = 4;
constexpr float share_that_repeats = 0.9F; // of the question's weight

float rarity_of(std::size_t all, std::size_t with) {
  const auto a = static_cast<float>(all), w = static_cast<float>(with);
  return std::log(1 + (a - w + 0.5F) / (w + 0.5F));
}

std::set<std::string_view> distinct(std::span<const std::string> terms) { return {terms.begin(), terms.end()}; }

} // namespace

void repeated_questions::add(std::span<const std::string> terms) {
  const auto number = static_cast<std::uint32_t>(sizes_.size());
  const auto all = distinct(terms);
  sizes_.push_back(static_cast<std::uint32_t>(all.size()));
  for (const auto term : all) postings_[std::string(term)].push_back(number);
}

void repeated_questions::finish(std::size_t exact_from) {
  exact_from_ = exact_from;
  weights_.assign(sizes_.size(), 0);
  for (const auto& [term, list] : postings_) {
    const auto rare = rarity_of(sizes_.size(), list.size());
    for (const auto number : list) weights_[number] += rare;
  }
  for (std::size_t i = 0; i < sizes_.size(); ++i)
    if (sizes_[i] < fewest_terms) weights_[i] = 0;
}

std::size_t repeated_questions::find(std::span<const std::string> terms, std::size_t but) const {
  std::unordered_map<std::uint32_t, float> shared;
  const auto said = distinct(terms);
  for (const auto term : said) {
    const auto it = postings_.find(term);
    if (it == postings_.end()) continue;
    const auto rare = rarity_of(sizes_.size(), it->second.size());
    for (const auto number : it->second) shared[number] += rare;
  }
  std::size_t best = npos;
  for (const auto& [number, weight] : shared) {
    if (number == but || weights_[number] == 0 || weight < share_that_repeats * weights_[number]) continue;
    if (number >= exact_from_ && said.size() > sizes_[number] + 1) continue;
    // The longest says most.
    if (best == npos || weights_[number] > weights_[best] || (weights_[number] == weights_[best] && number < best))
      best = number;
  }
  return best;
}

} // namespace steward
