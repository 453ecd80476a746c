#include "actors/understanding/intents/intent_evaluation.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <random>
#include <utility>
#include <vector>

namespace steward {

namespace {

// Sorted by how sure they are; the share by which confidence and truth differ, over bins of equal mass.
double calibration_gap(std::span<const std::pair<float, bool>> sure, std::size_t bins) {
  double out = 0;
  for (std::size_t b = 0; b < bins; ++b) {
    const auto begin = sure.size() * b / bins, end = sure.size() * (b + 1) / bins;
    double gap = 0;
    for (auto i = begin; i < end; ++i) gap += sure[i].first - static_cast<double>(sure[i].second);
    out += std::fabs(gap) / static_cast<double>(sure.size());
  }
  return out;
}

// The same if each text were right exactly as often as it is sure of: the mean of some draws, always the same ones.
double gap_by_chance(std::vector<std::pair<float, bool>> sure, std::size_t bins) {
  constexpr int draws = 100;
  std::mt19937 dice(1);
  double out = 0;
  for (int i = 0; i < draws; ++i) {
    for (auto& [confidence, right] : sure) right = static_cast<double>(dice()) < 4294967296.0 * confidence;
    out += calibration_gap(sure, bins) / draws;
  }
  return out;
}

} // namespace

intent_score score_of(std::span<const judged> all, std::size_t bins) {
  intent_score out;
  if (all.empty()) return out;
  struct tally {
    double right = 0, said = 0, meant = 0;
  };
  std::map<std::uint32_t, tally> of;
  const auto n = static_cast<double>(all.size());
  std::vector<std::pair<float, bool>> sure;
  for (const auto& j : all) {
    const bool right = j.u.intent == j.truth;
    out.accuracy += right / n;
    out.encoder_share += (j.u.step == decided_by::encoder) / n;
    out.in_scope_kept += (j.u.belongs >= j.threshold) / n;
    of[j.truth].right += right;
    of[j.truth].meant += 1;
    of[j.u.intent].said += 1;
    sure.emplace_back(j.u.confidence, right);
  }
  double meant = 0;
  for (const auto& [intent, t] : of) {
    if (t.meant == 0) continue;
    ++meant;
    out.macro_f1 += 2 * t.right / (t.meant + t.said);
  }
  out.macro_f1 /= meant;
  std::sort(sure.begin(), sure.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  out.calibration_error = calibration_gap(sure, bins);
  out.calibration_by_chance = gap_by_chance(std::move(sure), bins);
  return out;
}

} // namespace steward
