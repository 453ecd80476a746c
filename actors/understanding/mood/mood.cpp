#include "actors/understanding/mood/mood.hpp"

#include <algorithm>
#include <cmath>

namespace steward {

std::string_view step_name(const mood& m) {
  if (!m.known) return "unknown";
  constexpr std::string_view names[] = {"very negative", "negative", "neutral", "positive", "very positive"};
  return names[std::clamp(m.step, -2, 2) + 2];
}

std::string_view urgency_name(const mood& m) {
  if (!m.known) return "unknown";
  return m.urgency >= 0.8 ? "now" : m.urgency >= 0.4 ? "soon" : "none";
}

double strength_of(const mood& m, std::string_view emotion) {
  const auto found = std::ranges::find(m.emotions, emotion, &emotion::name);
  return found == m.emotions.end() ? 0 : found->strength;
}

mood_course follow_moods(std::span<const mood> messages) {
  constexpr double half = 0.6;          // what a message keeps of its weight when the next one comes
  constexpr double step_of_trend = 0.3; // between the first and the later half of what was said
  mood_course out;
  std::vector<const mood*> known;
  for (const auto& m : messages)
    if (m.known) known.push_back(&m);
  if (known.empty()) return out;
  double weight = 1, sum = 0, whole = 0;
  for (auto m = known.rbegin(); m != known.rend(); ++m, weight *= half) {
    sum += weight * (*m)->sentiment;
    whole += weight;
  }
  out.level = sum / whole;
  for (auto m = known.rbegin(); m != known.rend() && (*m)->step <= 0; ++m)
    if ((*m)->step < 0) ++out.bad_in_row;
  // A question in between is neither better nor worse: only messages with an opinion make a trend.
  std::vector<double> said;
  for (const auto* m : known)
    if (m->step != 0) said.push_back(m->sentiment);
  if (said.size() >= 2) {
    const auto last = said.back();
    double before = 0;
    const auto from = said.size() > 4 ? said.size() - 4 : 0;
    for (auto i = from; i + 1 < said.size(); ++i) before += said[i];
    before /= static_cast<double>(said.size() - 1 - from);
    if (last < before - step_of_trend) out.trend = mood_trend::worse;
    if (last > before + step_of_trend) out.trend = mood_trend::better;
  }
  const auto& now = *known.back();
  const bool bad = now.step < 0;
  const bool hurt = strength_of(now, "anger") >= 0.5 || strength_of(now, "disappointment") >= 0.5;
  out.comfort = bad || strength_of(now, "anxiety") >= 0.5;
  out.person = now.leaving || now.going_public || out.bad_in_row >= 3 || (bad && hurt && now.step <= -2) ||
               (bad && hurt && (out.bad_in_row >= 2 || out.trend == mood_trend::worse));
  return out;
}

} // namespace steward
