// When people are at the desk: weekly hours, a region's holidays, and days of one's own. Pure: the time zone and the
// holidays come as arguments.
#pragma once
#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace steward {

/// Minutes from midnight, local; `to` at most 1440. A night shift is two spans.
struct day_span {
  uint16_t from = 0, to = 0;
  bool operator==(const day_span&) const = default;
};
using day_hours = std::vector<day_span>; // in order, apart from each other; empty: closed

/// A date as days since 1970-01-01.
using day_number = int32_t;

struct opening_hours {
  std::array<day_hours, 7> week;         // Monday first
  std::string holidays;                  // region whose holidays are kept: "DE-BY", "CN"; empty: none
  std::map<day_number, day_hours> dates; // days of one's own; they stand above everything else
  bool always() const;                   // no hours are given: somebody is always there
  bool operator==(const opening_hours&) const = default;
};

/// What a region's calendar says of a day that is not as the week says.
struct special_day {
  bool works = false; // a make-up working day, as China has them
  std::string name;
  bool operator==(const special_day&) const = default;
};
using holiday_calendar = std::map<day_number, special_day>;

/// Between the world's time and a clock on the wall, both in milliseconds since 1970. Thread-safe.
class zone_clock {
public:
  virtual ~zone_clock() = default;
  virtual int64_t local(int64_t utc_ms) const = 0;
  virtual int64_t utc(int64_t local_ms) const = 0; // of a time that does not exist or exists twice: the earlier
};

struct desk_state {
  bool open = true;
  int64_t until_ms = 0; // open: when it closes; closed: when it opens. 0: not within a year
  std::string holiday;  // that keeps it closed today
  bool operator==(const desk_state&) const = default;
};
desk_state desk_at(const opening_hours&, const holiday_calendar&, const zone_clock&, int64_t now_ms);
/// A clock for those that have none: the world's.
const zone_clock& world_clock();

/// "09:00-12:00, 13:00-18:00", "closed". False: not such a text, or spans that overlap or end before they begin.
bool parse_hours(std::string_view, day_hours&);
/// "mon", "mon-fri": first and last day, Monday is 0. A range may go round the week's end.
bool parse_days(std::string_view, int& first, int& last);
/// "2026-12-24".
bool parse_date(std::string_view, day_number&);

/// "Monday at 9:00 AM", as the language says it; a date where it is a week off or more. Empty for times of 0.
std::string say_when(int64_t when_ms, int64_t now_ms, const zone_clock&, const std::string& language);

} // namespace steward
