#include "clients/cli/json_text.hpp"
#include "messages/ops.hpp"
#include "messages/understanding.hpp"

#include <boost/test/unit_test.hpp>

using namespace steward;
using namespace steward::cli;

BOOST_AUTO_TEST_SUITE(json_text_suite)

BOOST_AUTO_TEST_CASE(strings_are_escaped) {
  BOOST_TEST(json_string("a\"b\\c\n\t\x01") == R"("a\"b\\c\n\t\u0001")");
  BOOST_TEST(json_string("运\xff") == "\"运\uFFFD\"");
}

BOOST_AUTO_TEST_CASE(numbers_stay_numbers) {
  BOOST_TEST(json_number(3) == "3");
  BOOST_TEST(json_number(0.25) == "0.25");
  BOOST_TEST(json_number(1e300) == "1e+300");
  BOOST_TEST(json_number(0.0 / 0.0) == "null");
}

BOOST_AUTO_TEST_CASE(every_field_is_there_also_when_empty) {
  auto j = full_json(conversation_row{.tenant = tenant_id("demo"), .conversation = entity_id("cabc")});
  BOOST_TEST(j == R"({"tenant":"demo","conversation":"cabc","channel":"","peer":"","mode":"","turns":0,"last_ms":0,)"
                  R"("waiting_ms":0,"language":"","last_text":"","seat":"","name":"","queue":"","place":0})");
}

BOOST_AUTO_TEST_CASE(what_is_written_can_be_read_again) {
  node_status n{.node = node_id("n1"), .ready = true, .notes = {"disk \"full\""}};
  n.partitions.push_back({.partition = 3, .state = "mine"});
  n.counters["turns"] = 2.5;
  auto back = decode<node_status>(full_json(n));
  BOOST_TEST_REQUIRE(back.ok());
  BOOST_TEST(back->notes.at(0) == "disk \"full\"");
  BOOST_TEST(back->partitions.at(0).partition == 3);
  BOOST_TEST(back->counters.at("turns") == 2.5);
}

// `nlu explain --json` told the values of entities without their kinds.
BOOST_AUTO_TEST_CASE(what_has_a_value_among_other_fields_is_written_whole) {
  const auto text = full_json(read_entity{.kind = "order_number", .text = "lt-1", .value = "LT-1", .start = 3});
  BOOST_TEST(text == R"({"kind":"order_number","text":"lt-1","value":"LT-1","unit":"","start":3})");
  BOOST_TEST(full_json(tenant_id("shop")) == "\"shop\"");
}

BOOST_AUTO_TEST_CASE(structs_inside_bytes_are_shown) {
  auto inner = encode(say_request{.id = "1", .text = "hi"});
  BOOST_TEST(json_bytes({inner}).find("\"text\":\"hi\"") != std::string::npos);
  BOOST_TEST(json_bytes({"plain"}) == "\"plain\"");
  BOOST_TEST(json_bytes({"\x81\xff"}).front() == '"'); // looks like msgpack and is not
  BOOST_TEST(json_bytes({}) == "null");
}

BOOST_AUTO_TEST_SUITE_END()
