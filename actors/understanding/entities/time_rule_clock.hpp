// What the rules for times of the day and for spans of hours share.
#pragma once

#include "actors/understanding/entities/time_rule.hpp"

namespace steward::entities {

constexpr std::int64_t half_day = day_seconds / 2;

inline void set_clock(meaning& m, std::int64_t seconds, bool twelve) {
  m.a[0] = m.a[1] = seconds;
  m.twelve = twelve;
  m.n = static_cast<double>(seconds / 3600);
}

// An hour that is a number: 0 to 24, in at most two digits.
inline bool hour(const item* i, double low = 0) {
  return whole_between(i, static_cast<int>(low), 24) && i->value.digits <= 2 && !i->value.weak;
}

inline std::int64_t of_hour(double h) { return static_cast<std::int64_t>(h) % 24 * 3600; }

inline bool ambiguous(double h) { return h >= 1 && h <= 12; }

struct end_point {
  std::int64_t at;
  bool open; // twelve hours later would do too
  bool named;
};

inline end_point end_of(const item* i) {
  if (i->symbol == sym::num) return {of_hour(i->value.n), ambiguous(i->value.n), false};
  return {i->value.a[0], i->value.twelve, i->value.named};
}

} // namespace steward::entities
