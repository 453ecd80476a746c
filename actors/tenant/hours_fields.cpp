// `hours` of tenant.yaml:
//   hours: {mon-fri: "9:00-12:00, 13:00-18:00", sat: ["10:00-14:00"], holidays: [DE-BY, 2026-12-31],
//           days: {2026-12-24: "9:00-12:00"}}
#include "actors/tenant/spelling.hpp"
#include "actors/tenant/tenant_files.hpp"

#include <algorithm>

namespace steward {
namespace {

constexpr size_t most_days = 1000;

/// "9:00-12:00, 13:00-18:00", "closed", or a list of spans.
bool read_spans(yaml_fields& y, const yaml_node& n, const std::string& where, day_hours& out) {
  std::string all;
  if (n.kind == yaml_node::type::list) {
    bool sound = true;
    y.list(n, where, 10, [&](auto& item) {
      std::string s;
      sound = y.text(item, where, 40, s) && sound;
      (all += all.empty() ? "" : ",") += s;
    });
    if (!sound) return false;
    if (all.empty()) return out.clear(), true;
  } else if (!y.text(n, where, 200, all)) {
    return false;
  }
  if (parse_hours(all, out)) return true;
  y.complain(n.line, "'" + where + "': '" + shortened(all, 40) +
                         "' is not opening hours; write \"9:00-18:00\", several with commas between, or closed");
  return false;
}

void read_holiday(yaml_fields& y, const yaml_node& n, opening_hours& out) {
  std::string s;
  if (!y.text(n, "hours/holidays", 20, s)) return;
  if (day_number day = 0; parse_date(s, day)) {
    out.dates.emplace(day, day_hours{});
    return;
  }
  auto letters =
      s.size() >= 2 && s.size() <= 12 && s[0] >= 'A' && s[0] <= 'Z' && s[1] >= 'A' && s[1] <= 'Z' &&
      std::all_of(s.begin(), s.end(), [](unsigned char c) { return c < 128 && (std::isalnum(c) || c == '-'); });
  if (!letters)
    return y.complain(n.line, "'hours/holidays': '" + shortened(s, 20) +
                                  "' is neither a date such as 2026-12-25 nor a region: a country's code, with a part "
                                  "of it where that has holidays of its own, as in DE or DE-BY");
  if (!out.holidays.empty()) return y.complain(n.line, "'hours/holidays': one region alone");
  out.holidays = s;
}

} // namespace

void read_hours(yaml_fields& y, const yaml_node& n, opening_hours& out) {
  bool given[7] = {};
  opening_hours read;
  y.map_of(n, "hours", [&](const std::string& key, uint32_t line, const yaml_node& value) {
    if (key == "holidays") {
      if (value.kind != yaml_node::type::list) return read_holiday(y, value, read);
      return y.list(value, "hours/holidays", most_days, [&](auto& item) { read_holiday(y, item, read); });
    }
    if (key == "days") {
      y.map_of(value, "hours/days", [&](const std::string& date, uint32_t at, const yaml_node& spans) {
        day_number day = 0;
        if (!parse_date(date, day))
          return y.complain(at, "'hours/days': '" + shortened(date, 20) + "' is not a date such as 2026-12-24");
        if (day_hours h; read_spans(y, spans, "hours/days/" + date, h)) read.dates[day] = std::move(h);
      });
      if (read.dates.size() > most_days) y.complain(line, "'hours/days': more than 1000");
      return;
    }
    int first = 0, last = 0;
    if (!parse_days(key, first, last))
      return y.complain(line, "'hours': '" + shortened(key, 20) +
                                  "' is neither a day (mon, tue, wed, thu, fri, sat, sun), nor days (mon-fri), nor "
                                  "'holidays' or 'days'");
    day_hours spans;
    if (!read_spans(y, value, "hours/" + key, spans)) return;
    for (int d = first;; d = (d + 1) % 7) {
      if (std::exchange(given[d], true))
        return y.complain(line, "'hours/" + key + "': a day of it has its hours already");
      read.week[static_cast<size_t>(d)] = spans;
      if (d == last) break;
    }
  });
  auto never = std::all_of(read.week.begin(), read.week.end(), [](auto& d) { return d.empty(); }) &&
               std::all_of(read.dates.begin(), read.dates.end(), [](auto& d) { return d.second.empty(); });
  if (n.kind == yaml_node::type::map && never)
    y.complain(n.line, "'hours': nobody is ever there; leave 'hours' out where somebody always is, or give a day's, as "
                       "in mon-fri: \"9:00-18:00\"");
  out = std::move(read);
}

} // namespace steward
