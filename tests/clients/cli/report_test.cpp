#include "clients/cli/report.hpp"

#include <algorithm>
#include <boost/test/unit_test.hpp>

using namespace steward;
using namespace steward::cli;

BOOST_AUTO_TEST_SUITE(report_suite)

namespace {

tally_data a_day(const std::string& day, int64_t scale) {
  tally_data d;
  tally_note n{day,
               {{"outcome", "", "ai", 3 * scale},
                {"outcome", "main", "person", scale},
                {"reopened", "main", "person", scale},
                {"transfer", "main", "mood", scale},
                {"transfer", "returns", "passed", 2 * scale},
                {"wait", "main", "", 60},
                {"wait", "main", "", 61},
                {"abandoned", "main", "", 9},
                {"handle", "main", "", 300},
                {"rating", "main", "person", 5},
                {"rating", "main", "person", 2},
                {"rating", "", "ai", 3},
                {"answer", "", "right", 2},
                {"answer", "", "wrong", 1}}};
  d.add(n);
  return d;
}

report_part part(std::initializer_list<int> partitions, std::vector<tally_data> days) {
  report_part p;
  for (auto x : partitions) p.partitions.push_back({static_cast<uint8_t>(x)});
  p.days = std::move(days);
  return p;
}

} // namespace

BOOST_AUTO_TEST_CASE(parts_of_nodes_are_summed_by_day) {
  auto sum = sum_up({part({0, 1, 2, 3, 4, 5, 6, 7}, {a_day("2026-11-27", 1), a_day("2026-11-28", 1)}),
                     part({7, 8, 9, 10, 11, 12, 13, 14}, {a_day("2026-11-28", 10)})});
  BOOST_TEST((sum.missing == std::vector<unsigned>{15}));
  BOOST_TEST((sum.doubled == std::vector<unsigned>{7}));
  BOOST_REQUIRE(sum.days.size() == 2u);
  BOOST_TEST(sum.days[1].queues[""].outcomes["ai"] == 33);
}

BOOST_AUTO_TEST_CASE(a_row_per_day_and_one_of_all) {
  auto rows = report_rows({a_day("2026-11-27", 1), a_day("2026-11-28", 2)}, report_by::day);
  BOOST_REQUIRE(rows.size() == 3u);
  BOOST_TEST(rows[0].name == "2026-11-27");
  BOOST_TEST(rows[2].name == "all");
  BOOST_TEST(rows[1].begun == 8);
  BOOST_TEST(rows[2].begun == 12);
  BOOST_TEST(rows[2].ai == 9);
  BOOST_TEST(rows[2].transfers == 9);
  BOOST_TEST(rows[2].waits == 4u);
  BOOST_TEST((rows[2].wait_p50 >= 56 && rows[2].wait_p50 <= 63));
  BOOST_TEST(rows[2].stars_person == 3.5);
  BOOST_TEST(rows[0].rated_person == 2u);
  BOOST_TEST(rows[0].stars_ai == 3.0);
  auto text = report_table(rows, report_by::day).text(0, false);
  BOOST_TEST(text.find("75 %") != text.npos);
  BOOST_TEST(text.find("4 of 6") != text.npos);
  BOOST_TEST(text.find("blocked") == text.npos); // nobody was: the column is left out
  rows[0].blocked = 1;
  BOOST_TEST(report_table(rows, report_by::day).text(0, false).find("blocked") != text.npos);
}

BOOST_AUTO_TEST_CASE(a_row_per_queue) {
  auto rows = report_rows({a_day("2026-11-27", 1), a_day("2026-11-28", 2)}, report_by::queue);
  BOOST_REQUIRE(rows.size() == 4u);
  BOOST_TEST(rows[0].name == "(AI alone)");
  BOOST_TEST(rows[1].name == "main");
  BOOST_TEST(rows[1].person == 3);
  BOOST_TEST(rows[2].transfers == 6);
}

BOOST_AUTO_TEST_CASE(reasons_most_frequent_first) {
  auto rows = reason_rows({a_day("2026-11-27", 1), a_day("2026-11-28", 2)});
  BOOST_REQUIRE(rows.size() == 2u);
  BOOST_TEST(rows[0].reason == "passed");
  BOOST_TEST(rows[0].transfers == 6);
  BOOST_TEST(reason_csv(rows) == "reason,queue,transfers\r\npassed,returns,6\r\nmood,main,3\r\n");
}

BOOST_AUTO_TEST_CASE(csv_is_text_and_never_a_formula) {
  BOOST_TEST(reason_csv({{"=cmd()", "a,\"b\"", 1}}) == "reason,queue,transfers\r\n'=cmd(),\"a,\"\"b\"\"\",1\r\n");
  auto text = report_csv(report_rows({a_day("2026-11-28", 1)}, report_by::day), report_by::day);
  auto header = text.substr(0, text.find('\r'));
  auto row = text.substr(text.find('\n') + 1);
  row = row.substr(0, row.find('\r'));
  BOOST_TEST(std::count(header.begin(), header.end(), ',') == std::count(row.begin(), row.end(), ','));
  BOOST_TEST(row.starts_with("2026-11-28,4,3,1,0,0,0,0,1,3,2,"));
}

BOOST_AUTO_TEST_CASE(nothing_counted_is_no_row) {
  BOOST_TEST(report_rows({}, report_by::day).empty());
  BOOST_TEST(reason_rows({}).empty());
}

BOOST_AUTO_TEST_SUITE_END()
