#include "actors/tenant/opening_hours.hpp"

#include <boost/test/unit_test.hpp>

using namespace steward;

namespace {

constexpr int64_t hour = 3'600'000;

/// An hour ahead of the world's time, all year.
struct fixed_zone final : zone_clock {
  int64_t local(int64_t utc_ms) const override { return utc_ms + hour; }
  int64_t utc(int64_t local_ms) const override { return local_ms - hour; }
} zone;

int64_t at(const char* date, int h, int m = 0) { // local time, as the world's
  day_number d = 0;
  BOOST_REQUIRE(parse_date(date, d));
  return int64_t{d} * 24 * hour + h * hour + m * 60'000 - hour;
}
day_number day(const char* date) {
  day_number d = 0;
  BOOST_REQUIRE(parse_date(date, d));
  return d;
}
opening_hours office() {
  opening_hours h;
  for (int i = 0; i < 5; ++i) h.week[static_cast<size_t>(i)] = {{540, 720}, {780, 1080}};
  return h;
}

} // namespace

BOOST_AUTO_TEST_SUITE(opening_hours_)

BOOST_AUTO_TEST_CASE(a_week) { // 2026-11-25 is a Wednesday
  struct row {
    int64_t now;
    bool open;
    int64_t until;
  };
  for (auto& r : {row{at("2026-11-25", 8), false, at("2026-11-25", 9)}, // before
                  row{at("2026-11-25", 9), true, at("2026-11-25", 12)},
                  row{at("2026-11-25", 12), false, at("2026-11-25", 13)}, // at lunch
                  row{at("2026-11-25", 17, 59), true, at("2026-11-25", 18)},
                  row{at("2026-11-25", 18), false, at("2026-11-26", 9)},
                  row{at("2026-11-27", 20), false, at("2026-11-30", 9)}}) { // over the week's end
    auto d = desk_at(office(), {}, zone, r.now);
    BOOST_TEST_CONTEXT("at " << r.now) {
      BOOST_TEST(d.open == r.open);
      BOOST_TEST(d.until_ms == r.until);
    }
  }
}

BOOST_AUTO_TEST_CASE(somebody_is_always_there_when_no_hours_are_given) {
  BOOST_TEST(desk_at({}, {}, zone, at("2026-12-25", 3)).open);
}

BOOST_AUTO_TEST_CASE(holidays_close_and_own_dates_stand_above_them) {
  auto h = office();
  holiday_calendar c{{day("2026-12-25"), {false, "Christmas Day"}}};
  auto d = desk_at(h, c, zone, at("2026-12-25", 10));
  BOOST_TEST(!d.open);
  BOOST_TEST(d.holiday == "Christmas Day");
  BOOST_TEST(d.until_ms == at("2026-12-28", 9));
  h.dates[day("2026-12-25")] = {{600, 660}};
  BOOST_TEST(desk_at(h, c, zone, at("2026-12-25", 10)).until_ms == at("2026-12-25", 11));
  h.dates[day("2026-12-28")] = {};
  BOOST_TEST(desk_at(h, c, zone, at("2026-12-26", 10)).until_ms == at("2026-12-29", 9));
}

BOOST_AUTO_TEST_CASE(a_make_up_saturday_is_worked_as_the_week_begins) {
  holiday_calendar c{{day("2026-10-10"), {true, "国庆节"}}};
  BOOST_TEST(desk_at(office(), c, zone, at("2026-10-10", 10)).until_ms == at("2026-10-10", 12));
}

BOOST_AUTO_TEST_CASE(a_night_shift_is_one_stretch) {
  auto h = office();
  h.week[2] = {{1200, 1440}}, h.week[3] = {{0, 360}};
  BOOST_TEST(desk_at(h, {}, zone, at("2026-11-25", 23)).until_ms == at("2026-11-26", 6));
}

BOOST_AUTO_TEST_CASE(day_and_night_never_closes_and_never_never_opens) {
  opening_hours h;
  h.dates[0] = {}; // hours are given, and nobody is ever there
  BOOST_TEST(!desk_at(h, {}, zone, at("2026-11-25", 23)).open);
  BOOST_TEST(desk_at(h, {}, zone, at("2026-11-25", 23)).until_ms == 0);
  for (auto& d : h.week) d = {{0, 1440}};
  BOOST_TEST(desk_at(h, {}, zone, at("2026-11-25", 23)).open);
  BOOST_TEST(desk_at(h, {}, zone, at("2026-11-25", 23)).until_ms == 0);
}

BOOST_AUTO_TEST_CASE(what_reads_as_hours) {
  day_hours h;
  BOOST_TEST(parse_hours("09:00-12:00, 13:00-18:00", h));
  BOOST_TEST(h.size() == 2u);
  BOOST_TEST(parse_hours("closed", h));
  BOOST_TEST(h.empty());
  BOOST_TEST(parse_hours("0:00-24:00", h));
  for (auto s : {"", "9-18", "18:00-09:00", "09:00-12:00,11:00-13:00", "09:00-25:00", "24:30-25:00", "09:60-10:00",
                 "09:00", "09:00-12:00,", "-", "9:0-10:00", "open"})
    BOOST_TEST(!parse_hours(s, h), s);
  day_number d;
  for (auto s : {"2026-02-29", "2026-13-01", "26-01-01", "2026/01/01", "", "2026-1-1x"})
    BOOST_TEST(!parse_date(s, d), s);
  int a = 0, b = 0;
  BOOST_TEST(parse_days("fri-mon", a, b));
  BOOST_TEST((a == 4 && b == 0));
  for (auto s : {"", "monday", "mon-", "-fri", "mon-fri-sat"}) BOOST_TEST(!parse_days(s, a, b), s);
}

BOOST_AUTO_TEST_CASE(when_as_people_say_it) {
  auto now = at("2026-11-25", 19);
  BOOST_TEST(say_when(at("2026-11-25", 21), now, zone, "en") == "9:00 PM");
  auto monday = say_when(at("2026-11-30", 9), now, zone, "en");
  BOOST_TEST(monday.find("Monday") != monday.npos);
  BOOST_TEST(monday.find("9:00 AM") != monday.npos);
  auto later = say_when(at("2027-01-07", 9), now, zone, "es");
  BOOST_TEST(later.find("enero") != later.npos, later);
  auto chinese = say_when(at("2026-11-30", 9), now, zone, "zh");
  BOOST_TEST(chinese.find("星期一") != chinese.npos, chinese);
  BOOST_TEST(say_when(0, now, zone, "en").empty());
}

BOOST_AUTO_TEST_SUITE_END()
