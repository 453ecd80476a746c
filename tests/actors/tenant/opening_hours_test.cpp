#include "actors/tenant/tenant_config.hpp"

#include <boost/test/unit_test.hpp>
#include <date/tz.h>

using namespace steward;

BOOST_AUTO_TEST_SUITE(hours)

namespace {
int64_t utc(int y, unsigned m, unsigned d, int hour, int minute = 0) {
  auto t = date::sys_days{date::year{y} / date::month{m} / date::day{d}} + std::chrono::hours(hour) +
           std::chrono::minutes(minute);
  return std::chrono::duration_cast<std::chrono::milliseconds>(t.time_since_epoch()).count();
}
opening_hours shop() {
  opening_hours h;
  for (int i = 0; i < 5; ++i) h.week[static_cast<size_t>(i)] = {{9 * 60, 12 * 60}, {13 * 60, 18 * 60}};
  h.week[5] = {{10 * 60, 14 * 60}};
  h.holidays = {"2026-12-25"};
  h.extra = {{"2026-12-27", {{11 * 60, 12 * 60}}}}; // a Sunday
  return h;
}
} // namespace

BOOST_AUTO_TEST_CASE(without_hours_it_is_always_open) { BOOST_TEST(is_open_at({}, "Europe/Berlin", 0)); }

BOOST_AUTO_TEST_CASE(a_table_of_moments) {
  struct {
    const char* what;
    int64_t at;
    bool open;
    const char* opens; // local
  } rows[] = {
      {"Wednesday, 9:00 in winter", utc(2026, 11, 25, 8), true, "2026-11-25, 13:00"},
      {"a minute before", utc(2026, 11, 25, 7, 59), false, "2026-11-25, 09:00"},
      {"at lunch", utc(2026, 11, 25, 11, 30), false, "2026-11-25, 13:00"},
      {"18:00 is closed", utc(2026, 11, 25, 17), false, "2026-11-26, 09:00"},
      {"9:00 in summer", utc(2026, 7, 1, 7), true, "2026-07-01, 13:00"},
      {"8:00 in summer", utc(2026, 7, 1, 6), false, "2026-07-01, 09:00"},
      {"Saturday afternoon", utc(2026, 11, 28, 14), false, "2026-11-30, 09:00"},
      {"the holiday, a Friday", utc(2026, 12, 25, 10), false, "2026-12-26, 10:00"},
      {"a Sunday that is worked", utc(2026, 12, 27, 10, 30), true, "2026-12-28, 09:00"},
      {"the night in which clocks go back", utc(2026, 10, 25, 1), false, "2026-10-26, 09:00"},
  };
  for (auto& r : rows) {
    BOOST_TEST(is_open_at(shop(), "Europe/Berlin", r.at) == r.open, r.what);
    auto next = opens_at(shop(), "Europe/Berlin", r.at);
    BOOST_REQUIRE(next.has_value());
    BOOST_TEST(local_text("Europe/Berlin", *next) == r.opens, r.what << ": " << local_text("Europe/Berlin", *next));
  }
}

BOOST_AUTO_TEST_CASE(it_says_nothing_where_it_never_opens_again) {
  opening_hours h;
  h.extra = {{"2020-01-01", {{0, 60}}}};
  BOOST_TEST(!opens_at(h, "Asia/Shanghai", utc(2026, 1, 1, 0)).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
