// Which waiting conversation goes to which seat, and why. Pure.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace steward {

struct route_wait {
  int64_t since_ms = 0;
  uint32_t priority = 0;
  std::string skill, language; // empty: none needed, not known
  std::string wanted;          // a seat that it was passed to
  std::string tried;           // the seat that missed or declined it last
  bool declined = false;       // `tried` said no
};

struct route_seat {
  std::string seat;
  int64_t free = 0;                           // below 1: full; still counts as one who speaks its languages
  int64_t idle_since_ms = 0;                  // when it was last given something
  std::vector<std::string> skills, languages; // no languages: speaks them all
};

struct route_choice {
  size_t wait = 0, seat = 0; // places in the arguments
  std::string why;           // a sentence
};

/// A step of priority is worth so much waiting.
inline constexpr int64_t priority_worth_ms = 600'000;

/// What is served first has the lowest. Does not depend on the time.
int64_t urgency(int64_t since_ms, uint32_t priority);

/// Does this seat have the skill and speak the language?
bool serves(const route_seat&, const std::string& skill, const std::string& language);

/// The most urgent first, each to the seat that fits best while one has room: the one that is wanted; not the one that
/// just missed it; more room; idle longer; name. A skill is a must. So is a language that any present seat speaks;
/// where none does, somebody is better than nobody. At most `limit`.
std::vector<route_choice> route(const std::vector<route_wait>&, std::vector<route_seat>, int64_t now_ms, size_t limit);

} // namespace steward
