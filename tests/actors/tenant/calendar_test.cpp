#include "actors/tenant/calendar.hpp"

#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>

using namespace steward;

BOOST_AUTO_TEST_SUITE(calendar)

BOOST_AUTO_TEST_CASE(summer_time_comes_from_the_system) {
  auto zone = system_zone("Europe/Berlin");
  BOOST_REQUIRE(zone);
  constexpr int64_t july = 1'783'000'000'000, january = 1'768'000'000'000, hour = 3'600'000;
  BOOST_TEST((*zone)->local(july) - july == 2 * hour);
  BOOST_TEST((*zone)->local(january) - january == hour);
  BOOST_TEST((*zone)->utc((*zone)->local(july)) == july);
  // 2026-03-29 02:30 does not exist there, 2026-10-25 02:30 exists twice.
  BOOST_TEST((*zone)->utc(1'774'751'400'000) == 1'774'746'000'000);
  BOOST_TEST((*zone)->utc(1'792'895'400'000) == 1'792'888'200'000);
  BOOST_TEST(!system_zone("Europe/Nowhere"));
}

BOOST_AUTO_TEST_CASE(a_broken_line_is_named) {
  char folder[] = "/tmp/steward-calendar-XXXXXX";
  BOOST_REQUIRE(::mkdtemp(folder));
  std::ofstream(std::string(folder) + "/XX.tsv") << "2026-01-01\tholiday\tNew Year\n2026-01-02\tparty\tNo\n";
  auto broken = read_holidays(folder, "XX");
  BOOST_REQUIRE(!broken);
  BOOST_TEST(broken.error().message.find("XX.tsv:2") != std::string::npos, broken.error().message);
  BOOST_TEST((read_holidays(folder, "YY").error().code == errc::not_found));
  BOOST_TEST((read_holidays(folder, "../XX").error().code == errc::bad_request));
  BOOST_TEST(
      (read_holidays(std::string(folder) + "/none", "XX").error().message.find("scripts/setup") != std::string::npos));
  std::filesystem::remove_all(folder);
}

/// What set-up exported, where it did.
BOOST_AUTO_TEST_CASE(china_works_on_make_up_days) {
  auto cache = std::getenv("STEWARD_CACHE");
  auto folder = (cache ? std::string(cache) : std::string(std::getenv("HOME")) + "/.cache/steward") + "/calendars";
  if (!std::filesystem::exists(folder)) {
    BOOST_TEST_MESSAGE("SKIP: no calendars in " + folder + " (scripts/setup run)");
    return;
  }
  auto c = read_holidays(folder, "CN");
  BOOST_REQUIRE(c);
  BOOST_TEST(std::any_of(c->begin(), c->end(), [](auto& d) { return d.second.works; }));
  auto bavaria = read_holidays(folder, "DE-BY");
  BOOST_REQUIRE(bavaria);
  BOOST_TEST(bavaria->size() > 40u); // twelve or thirteen a year
}

BOOST_AUTO_TEST_SUITE_END()
