#include "actors/understanding/intents/intent_report.hpp"

#include "actors/understanding/intents/intent_evaluation.hpp"

#include <algorithm>
#include <map>

namespace steward {
namespace {

constexpr std::size_t examples_shown = 3;
constexpr double overlap_from = 0.15;
constexpr float suspect_from = 0.8F; // so sure of another intent, without having seen the example
constexpr std::size_t curve_bins = 10;

void add_pairs(intent_report& r,
               const std::map<std::pair<std::uint32_t, std::uint32_t>, intent_report::confusion>& by) {
  for (const auto& [pair, c] : by) r.confusions.push_back(c);
  std::stable_sort(r.confusions.begin(), r.confusions.end(), [](auto& a, auto& b) { return a.count > b.count; });
  const auto of = [&](std::uint32_t k) {
    std::size_t sum = 0;
    for (const auto n : r.matrix[k]) sum += n;
    return sum;
  };
  for (std::uint32_t a = 0; a < r.names.size(); ++a)
    for (std::uint32_t b = a + 1; b < r.names.size(); ++b) {
      const auto both = of(a) + of(b), crossed = r.matrix[a][b] + r.matrix[b][a];
      const auto share = both == 0 ? 0.0 : static_cast<double>(crossed) / static_cast<double>(both);
      if (crossed > 1 && share >= overlap_from) r.overlaps.push_back({a, b, share});
    }
  std::stable_sort(r.overlaps.begin(), r.overlaps.end(), [](auto& a, auto& b) { return a.share > b.share; });
}

void add_curve(intent_report& r, std::vector<std::pair<float, bool>> sure) {
  std::sort(sure.begin(), sure.end(), [](auto& a, auto& b) { return a.first < b.first; });
  for (std::size_t b = 0; b < curve_bins; ++b) {
    const auto begin = sure.size() * b / curve_bins, end = sure.size() * (b + 1) / curve_bins;
    if (begin == end) continue;
    intent_report::bin x;
    x.count = end - begin;
    for (auto i = begin; i < end; ++i) x.said += sure[i].first, x.right += sure[i].second;
    x.said /= static_cast<double>(x.count), x.right /= static_cast<double>(x.count);
    r.curve.push_back(x);
  }
}

} // namespace

intent_report report_of(std::vector<std::string> names, std::span<const tested_text> all) {
  intent_report r;
  r.names = std::move(names);
  const auto k = static_cast<std::uint32_t>(r.names.size());
  r.matrix.assign(k, std::vector<std::size_t>(k, 0));
  std::vector<judged> ours;
  std::vector<std::pair<float, bool>> sure;
  std::map<std::pair<std::uint32_t, std::uint32_t>, intent_report::confusion> wrong;
  std::size_t refused = 0, kept = 0;
  for (const auto& t : all) {
    if (t.truth >= k) {
      ++r.strangers, refused += t.outside;
      continue;
    }
    ++r.texts, kept += !t.outside;
    ++r.matrix[t.truth][t.said];
    understood u;
    u.intent = t.said, u.confidence = t.confidence;
    ours.push_back({u, t.truth, 0});
    sure.emplace_back(t.confidence, t.truth == t.said);
    if (t.truth == t.said) continue;
    auto& c = wrong[{t.truth, t.said}];
    c.truth = t.truth, c.said = t.said, ++c.count;
    if (c.examples.size() < examples_shown) c.examples.push_back(t.text);
    if (t.confidence >= suspect_from) r.suspects.push_back({t.text, t.truth, t.said, t.confidence});
  }
  const auto score = score_of(ours);
  r.accuracy = score.accuracy, r.macro_f1 = score.macro_f1, r.calibration_error = score.calibration_error;
  r.calibration_by_chance = score.calibration_by_chance;
  if (r.texts > 0) r.in_scope_kept = static_cast<double>(kept) / static_cast<double>(r.texts);
  if (r.strangers > 0) r.out_of_scope_recall = static_cast<double>(refused) / static_cast<double>(r.strangers);
  std::stable_sort(r.suspects.begin(), r.suspects.end(), [](auto& a, auto& b) { return a.confidence > b.confidence; });
  add_pairs(r, wrong);
  add_curve(r, std::move(sure));
  return r;
}

} // namespace steward
