#include "messages/record.hpp"
#include "messages/traceparent.hpp"

#include <boost/test/unit_test.hpp>

using namespace steward;

BOOST_AUTO_TEST_SUITE(traceparent)

const std::string good = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

BOOST_AUTO_TEST_CASE(version_00_goes_on_as_it_is) { BOOST_TEST(read_traceparent(good) == good); }

BOOST_AUTO_TEST_CASE(later_versions_are_read_by_what_00_knows) {
  for (auto& later : {"01" + good.substr(2), "cc" + good.substr(2) + "-more.that-we/know", "fe" + good.substr(2) + "-"})
    BOOST_TEST(read_traceparent(later) == good, later);
  auto flags = "01" + good.substr(2, 51) + "fe";
  BOOST_TEST(read_traceparent(flags) == good.substr(0, 53) + "00");
  BOOST_TEST(read_traceparent(flags.substr(0, 53) + "ff") == good);
}

BOOST_AUTO_TEST_CASE(malformed_ones_are_none) {
  auto zero = good, parent = good, upper = good, ff = good, shape = good;
  zero.replace(3, 32, std::string(32, '0'));
  parent.replace(36, 16, std::string(16, '0'));
  upper[3] = 'A', ff.replace(0, 2, "ff"), shape[2] = '_';
  for (auto& bad : {zero, parent, upper, ff, shape, good + "-x", good + "0", good.substr(1), std::string(),
                    "01" + good.substr(2) + "x", "01" + good.substr(2) + "-" + std::string(200, 'x')})
    BOOST_TEST(read_traceparent(bad) == "", bad);
}

BOOST_AUTO_TEST_CASE(what_is_made_is_good) {
  auto a = make_traceparent(), b = make_traceparent();
  BOOST_TEST(read_traceparent(a) == a);
  BOOST_TEST(a != b);
  auto m = traceparent_for(message_id{"m1"});
  BOOST_TEST(read_traceparent(m) == m);
  BOOST_TEST(m == traceparent_for(message_id{"m1"})); // sent again: the same trace
  BOOST_TEST(m != traceparent_for(message_id{"m2"}));
}

BOOST_AUTO_TEST_CASE(log_lines_carry_the_trace_id) {
  BOOST_TEST(trace_id(good) == "0af7651916cd43dd8448eb211c80319c");
  BOOST_TEST(trace_id("") == "");
}

BOOST_AUTO_TEST_CASE(a_record_knows_the_trace_of_its_input) {
  turn_record r;
  BOOST_TEST(trace_of(r) == "");
  turn_input i;
  i.message.trace = good;
  r.input.data = encode(i);
  BOOST_TEST(trace_of(r) == good);
}

BOOST_AUTO_TEST_SUITE_END()
