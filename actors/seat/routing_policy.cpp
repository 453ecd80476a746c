#include "actors/seat/routing_policy.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace steward {
namespace {

bool has(const std::vector<std::string>& all, const std::string& x) {
  return std::find(all.begin(), all.end(), x) != all.end();
}

bool speaks(const route_seat& s, const std::string& language) {
  return language.empty() || s.languages.empty() || has(s.languages, language);
}

std::string reason(const route_wait& w, const route_seat& s, bool spoken, int64_t now_ms) {
  auto out = "waited " + std::to_string(std::max<int64_t>(0, now_ms - w.since_ms) / 1000) + " s";
  if (w.priority) out += " at priority " + std::to_string(w.priority);
  if (!w.skill.empty()) out += ", needs " + w.skill;
  if (!w.language.empty()) out += spoken ? ", speaks " + w.language : ", nobody here speaks " + w.language;
  out += "; " + s.seat;
  if (w.wanted == s.seat) return out + " was asked for";
  out += " has room for " + std::to_string(s.free);
  if (w.tried == s.seat) out += " and nobody else has";
  return out;
}

} // namespace

int64_t urgency(int64_t since_ms, uint32_t priority) {
  return since_ms - static_cast<int64_t>(priority) * priority_worth_ms;
}

bool serves(const route_seat& s, const std::string& skill, const std::string& language) {
  return (skill.empty() || has(s.skills, skill)) && speaks(s, language);
}

std::vector<route_choice> route(const std::vector<route_wait>& waits, std::vector<route_seat> seats, int64_t now_ms,
                                size_t limit) {
  std::vector<route_choice> out;
  std::vector<size_t> order(waits.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) {
    return urgency(waits[a].since_ms, waits[a].priority) < urgency(waits[b].since_ms, waits[b].priority);
  });
  auto room = std::count_if(seats.begin(), seats.end(), [](auto& s) { return s.free > 0; });
  for (auto at : order) {
    if (room == 0 || out.size() >= limit) break;
    auto& w = waits[at];
    auto spoken = std::any_of(seats.begin(), seats.end(), [&](auto& s) { return speaks(s, w.language); });
    auto rank = [&](const route_seat& s) {
      return std::tuple(s.seat != w.wanted, s.seat == w.tried, -s.free, s.idle_since_ms, s.seat);
    };
    route_seat* best = nullptr;
    for (auto& s : seats) {
      if (s.free < 1 || (w.declined && s.seat == w.tried)) continue;
      if (!serves(s, w.skill, spoken ? w.language : std::string{})) continue;
      if (!best || rank(s) < rank(*best)) best = &s;
    }
    if (!best) continue;
    out.push_back({at, static_cast<size_t>(best - seats.data()), reason(w, *best, spoken, now_ms)});
    best->idle_since_ms = now_ms;
    if (--best->free == 0) --room;
  }
  return out;
}

} // namespace steward
