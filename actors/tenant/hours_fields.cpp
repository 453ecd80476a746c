// `hours` of tenant.yaml:
//   hours: {mon-fri: "09:00-18:00", sat: "10:00-14:00", holidays: DE-BY, dates: {2026-12-24: "09:00-12:00"}}
#include "actors/tenant/spelling.hpp"
#include "actors/tenant/tenant_files.hpp"

#include <algorithm>

namespace steward {
namespace {

constexpr const char* how = "write \"09:00-18:00\", several with commas between, or closed";

bool read_spans(yaml_fields& y, const yaml_node& n, const std::string& where, day_hours& out) {
  std::string s;
  if (!y.text(n, where, 200, s)) return false;
  if (parse_hours(s, out)) return true;
  y.complain(n.line, "'" + where + "': '" + shortened(s, 40) + "' is not opening hours; " + how);
  return false;
}

void read_region(yaml_fields& y, const yaml_node& n, opening_hours& out) {
  std::string s;
  if (!y.text(n, "hours/holidays", 12, s)) return;
  auto sound = s.size() >= 2 && std::all_of(s.begin(), s.end(),
                                            [](unsigned char c) { return c < 128 && (std::isalnum(c) || c == '-'); });
  if (!sound)
    return y.complain(n.line, "'hours/holidays': '" + shortened(s, 20) +
                                  "' is not a region: a country's code, with a part of it where that has holidays of "
                                  "its own, as in DE or DE-BY");
  out.holidays = s;
}

} // namespace

void read_hours(yaml_fields& y, const yaml_node& n, opening_hours& out) {
  bool given[7] = {};
  y.map_of(n, "hours", [&](const std::string& key, uint32_t line, const yaml_node& value) {
    if (key == "holidays") return read_region(y, value, out);
    if (key == "dates") {
      y.map_of(value, "hours/dates", [&](const std::string& date, uint32_t at, const yaml_node& spans) {
        day_number day = 0;
        if (!parse_date(date, day))
          return y.complain(at, "'hours/dates': '" + shortened(date, 20) + "' is not a date such as 2026-12-24");
        if (day_hours h; read_spans(y, spans, "hours/dates/" + date, h)) out.dates[day] = std::move(h);
      });
      if (out.dates.size() > 1000) y.complain(line, "'hours/dates': more than 1000 days");
      return;
    }
    int first = 0, last = 0;
    if (!parse_days(key, first, last))
      return y.complain(line, "'hours': '" + shortened(key, 20) +
                                  "' is neither a day (mon, tue, wed, thu, fri, sat, sun), nor days (mon-fri), nor "
                                  "'holidays' or 'dates'");
    day_hours spans;
    if (!read_spans(y, value, "hours/" + key, spans)) return;
    for (int d = first;; d = (d + 1) % 7) {
      if (given[d]) return y.complain(line, "'hours/" + key + "': a day of it has its hours already");
      given[d] = true;
      out.week[static_cast<size_t>(d)] = spans;
      if (d == last) break;
    }
  });
  if (n.kind != yaml_node::type::map) return;
  out.always = false;
  if (std::all_of(out.week.begin(), out.week.end(), [](auto& d) { return d.empty(); }) && out.dates.empty())
    y.complain(n.line, "'hours': nobody is ever there; leave 'hours' out where somebody always is, or give a day's, as "
                       "in mon-fri: \"09:00-18:00\"");
}

} // namespace steward
