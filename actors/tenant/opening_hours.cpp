#include "actors/tenant/opening_hours.hpp"

#include <algorithm>
#include <charconv>
#include <date/date.h>
#include <memory>
#include <unicode/dtptngen.h>
#include <unicode/smpdtfmt.h>

namespace steward {
namespace {

constexpr int64_t minute_ms = 60'000, day_ms = 1440 * minute_ms;
constexpr int days_ahead = 366;

day_number day_of(int64_t local_ms) {
  return static_cast<day_number>(local_ms >= 0 ? local_ms / day_ms : (local_ms - day_ms + 1) / day_ms);
}

/// Monday is 0. The first of January 1970 was a Thursday.
size_t weekday(day_number d) { return static_cast<size_t>(((d + 3) % 7 + 7) % 7); }

/// A make-up day that falls on a day without hours is worked as the first day of the week that has some.
const day_hours& worked(const opening_hours& h, day_number d) {
  auto& own = h.week[weekday(d)];
  if (!own.empty()) return own;
  auto at = std::find_if(h.week.begin(), h.week.end(), [](auto& x) { return !x.empty(); });
  return at == h.week.end() ? own : *at;
}

const day_hours& hours_on(const opening_hours& h, const holiday_calendar& holidays, day_number d, std::string* why) {
  static const day_hours closed;
  if (auto own = h.dates.find(d); own != h.dates.end()) return own->second;
  if (auto special = holidays.find(d); special != holidays.end()) {
    if (special->second.works) return worked(h, d);
    if (why) *why = special->second.name;
    return closed;
  }
  return h.week[weekday(d)];
}

bool parse_minutes(std::string_view s, uint16_t& out) {
  unsigned hour = 0, minute = 0;
  auto colon = s.find(':');
  if (colon == s.npos || colon == 0 || colon > 2 || s.size() != colon + 3) return false;
  auto number = [](std::string_view x, unsigned& n) {
    auto [end, e] = std::from_chars(x.data(), x.data() + x.size(), n);
    return e == std::errc{} && end == x.data() + x.size();
  };
  if (!number(s.substr(0, colon), hour) || !number(s.substr(colon + 1), minute)) return false;
  if (minute > 59 || hour > 24 || (hour == 24 && minute > 0)) return false;
  out = static_cast<uint16_t>(hour * 60 + minute);
  return true;
}

std::string_view trimmed(std::string_view s) {
  while (!s.empty() && s.front() == ' ') s.remove_prefix(1);
  while (!s.empty() && s.back() == ' ') s.remove_suffix(1);
  return s;
}

int day_named(std::string_view s) {
  static constexpr std::string_view names[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
  auto at = std::find(std::begin(names), std::end(names), s);
  return at == std::end(names) ? -1 : static_cast<int>(at - std::begin(names));
}

} // namespace

bool opening_hours::always() const {
  return dates.empty() && std::all_of(week.begin(), week.end(), [](auto& d) { return d.empty(); });
}

const zone_clock& world_clock() {
  struct world final : zone_clock {
    int64_t local(int64_t ms) const override { return ms; }
    int64_t utc(int64_t ms) const override { return ms; }
  };
  static const world it;
  return it;
}

desk_state desk_at(const opening_hours& h, const holiday_calendar& holidays, const zone_clock& zone, int64_t now_ms) {
  if (h.always()) return {};
  desk_state out;
  out.open = false;
  auto now = zone.local(now_ms);
  auto today = day_of(now);
  int64_t until = -1; // local; of the stretch that is open now, which may go on over midnight
  for (int i = 0; i <= days_ahead; ++i) {
    auto day = today + i;
    auto midnight = int64_t{day} * day_ms;
    auto& spans = hours_on(h, holidays, day, i == 0 ? &out.holiday : nullptr);
    for (auto& s : spans) {
      auto from = midnight + s.from * minute_ms, to = midnight + s.to * minute_ms;
      if (until >= 0) {
        if (from > until) return out.until_ms = zone.utc(until), out;
        until = to;
      } else if (from <= now && now < to) {
        out.open = true;
        until = to;
      } else if (from > now) {
        return out.until_ms = zone.utc(from), out;
      }
    }
    if (until >= 0 && until < midnight + day_ms) return out.until_ms = zone.utc(until), out;
  }
  return out; // open day and night, or never
}

bool parse_hours(std::string_view s, day_hours& out) {
  out.clear();
  s = trimmed(s);
  if (s == "closed") return true;
  while (true) {
    auto comma = s.find(',');
    auto one = trimmed(s.substr(0, comma));
    auto dash = one.find('-');
    day_span x;
    if (dash == one.npos || !parse_minutes(trimmed(one.substr(0, dash)), x.from) ||
        !parse_minutes(trimmed(one.substr(dash + 1)), x.to) || x.from >= x.to)
      return false;
    if (!out.empty() && x.from < out.back().to) return false;
    out.push_back(x);
    if (comma == s.npos) return true;
    s.remove_prefix(comma + 1);
  }
}

bool parse_days(std::string_view s, int& first, int& last) {
  auto dash = s.find('-');
  first = day_named(s.substr(0, dash));
  last = dash == s.npos ? first : day_named(s.substr(dash + 1));
  return first >= 0 && last >= 0;
}

bool parse_date(std::string_view s, day_number& out) {
  int y = 0;
  unsigned m = 0, d = 0;
  auto part = [&](size_t at, size_t n, auto& x) {
    auto [end, e] = std::from_chars(s.data() + at, s.data() + at + n, x);
    return e == std::errc{} && end == s.data() + at + n;
  };
  if (s.size() != 10 || s[4] != '-' || s[7] != '-' || !part(0, 4, y) || !part(5, 2, m) || !part(8, 2, d)) return false;
  date::year_month_day ymd{date::year{y}, date::month{m}, date::day{d}};
  if (!ymd.ok()) return false;
  out = static_cast<day_number>(date::sys_days{ymd}.time_since_epoch().count());
  return true;
}

std::string say_when(int64_t when_ms, int64_t now_ms, const zone_clock& zone, const std::string& language) {
  if (when_ms == 0) return {};
  auto when = zone.local(when_ms), now = zone.local(now_ms);
  auto ahead = day_of(when) - day_of(now);
  // ICU's own tables of time zones are old: what it is given is local already, called GMT.
  icu::Locale locale(language.c_str());
  UErrorCode error = U_ZERO_ERROR;
  std::unique_ptr<icu::DateTimePatternGenerator> patterns(icu::DateTimePatternGenerator::createInstance(locale, error));
  if (U_FAILURE(error)) return {};
  auto pattern = patterns->getBestPattern(ahead == 0 ? "jm" : ahead > 0 && ahead < 7 ? "EEEEjm" : "EEEEMMMMdjm", error);
  if (U_FAILURE(error)) return {};
  icu::SimpleDateFormat format(pattern, locale, error);
  if (U_FAILURE(error)) return {};
  format.setTimeZone(*icu::TimeZone::getGMT());
  icu::UnicodeString text;
  format.format(static_cast<UDate>(when), text);
  // Some releases of ICU's data put a narrow space before AM: not every channel can show it.
  text.findAndReplace(icu::UnicodeString(u'\u202f'), icu::UnicodeString(u' '));
  std::string out;
  text.toUTF8String(out);
  return out;
}

} // namespace steward
