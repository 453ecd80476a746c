// When people are there, by the tenant's calendar and the system's time zones.
#include "actors/tenant/tenant_config.hpp"

#include <algorithm>
#include <chrono>
#include <date/tz.h>

namespace steward {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;

const date::time_zone* zone_of(const std::string& name) {
  try {
    return date::locate_zone(name);
  } catch (const std::exception&) { // the system has no such zone, or no zones at all
    return nullptr;
  }
}

date::local_time<minutes> local_of(const date::time_zone* z, int64_t ms) {
  date::sys_time<milliseconds> t{milliseconds(ms)};
  if (!z) return date::local_time<minutes>{date::floor<minutes>(t).time_since_epoch()};
  return date::floor<minutes>(z->to_local(t));
}

int64_t utc_of(const date::time_zone* z, date::local_time<minutes> t) {
  if (!z) return std::chrono::duration_cast<milliseconds>(t.time_since_epoch()).count();
  // In the hour that a clock skips or repeats: the earlier of both readings.
  return std::chrono::duration_cast<milliseconds>(z->to_sys(t, date::choose::earliest).time_since_epoch()).count();
}

const std::vector<open_span>& spans_of(const opening_hours& h, date::local_days day) {
  static const std::vector<open_span> closed;
  auto name = date::format("%F", day);
  if (auto x = h.extra.find(name); x != h.extra.end()) return x->second;
  if (h.holidays.count(name)) return closed;
  return h.week[date::weekday{day}.iso_encoding() - 1]; // Monday is 0
}

} // namespace

bool opening_hours::always() const {
  return extra.empty() && std::all_of(week.begin(), week.end(), [](auto& d) { return d.empty(); });
}

bool is_open_at(const opening_hours& h, const std::string& zone, int64_t ms) {
  if (h.always()) return true;
  auto local = local_of(zone_of(zone), ms);
  auto day = date::floor<date::days>(local);
  auto minute = static_cast<uint32_t>((local - day) / minutes(1));
  auto& spans = spans_of(h, day);
  return std::any_of(spans.begin(), spans.end(), [&](auto& s) { return s.from <= minute && minute < s.to; });
}

std::optional<int64_t> opens_at(const opening_hours& h, const std::string& zone, int64_t ms) {
  auto z = zone_of(zone);
  auto local = local_of(z, ms);
  auto today = date::floor<date::days>(local);
  for (int ahead = 0; ahead <= 60; ++ahead) {
    auto day = today + date::days(ahead);
    std::optional<uint32_t> first;
    for (auto& s : spans_of(h, day))
      if (day + minutes(s.from) > local && (!first || s.from < *first)) first = s.from;
    if (first) return utc_of(z, day + minutes(*first));
  }
  return std::nullopt;
}

std::string local_text(const std::string& zone, int64_t ms) {
  return date::format("%F, %H:%M", local_of(zone_of(zone), ms));
}

} // namespace steward
