#include "messages/chat.hpp"
#include "messages/record.hpp"

#include <boost/test/unit_test.hpp>

using namespace steward;

BOOST_AUTO_TEST_SUITE(codec)

BOOST_AUTO_TEST_CASE(round_trip_keeps_every_field) {
  turn_record r;
  r.node = node_id{"n1"};
  r.epoch = 3, r.n = 9, r.in_floor = 4, r.entity = entity_id{"cabc"}, r.in = {77, 5};
  r.events = {{"asked", {"x"}}};
  r.replies = {{out_kind::entity, {}, entity_id{"uxyz"}, "opened", {"\x01\x02"}}};
  r.timers = {{"idle", 12345}};
  r.suspects = {{9, 2}};
  auto back = decode<turn_record>(encode(r));
  BOOST_REQUIRE_MESSAGE(back.ok(), (back ? "" : back.error().message));
  BOOST_TEST(encode(*back) == encode(r));
  BOOST_TEST(back->suspects.at(9) == 2u);
  BOOST_TEST((back->replies == r.replies));
}

BOOST_AUTO_TEST_CASE(json_is_taken_and_unknown_fields_are_ignored) {
  auto r = decode<say_request>(R"({"id":"1","text":"hé","later":{"a":[1,2]}})");
  BOOST_REQUIRE(r.ok());
  BOOST_TEST(r->text == "hé");
  BOOST_TEST(r->account == "");
}

BOOST_AUTO_TEST_CASE(bad_payloads_name_the_field) {
  struct {
    std::string payload;
    errc code;
    std::string part;
  } rows[] = {
      {"", errc::bad_request, "empty"},
      {R"({"text":"x"})", errc::bad_request, "'id' is missing"},
      {R"({"id":"1","text":5})", errc::bad_request, "'text': expected a string, got an integer"},
      {R"({"id":"1","text":)", errc::bad_request, "not JSON"},
      {"\xdd\xff\xff\xff\xff", errc::too_large, ""},
      {std::string(2000, '\x91'), errc::too_large, ""},
      {"\x01", errc::bad_request, "expected a map"},
      {"{\"id\":\"1\",\"text\":\"\",\"x\":" + std::string(100, '[') + std::string(100, ']') + "}", errc::too_large,
       "nested"},
      {std::string(2 << 20, 'a'), errc::too_large, "at most"},
      {R"({"id":"1","text":"x","time_ms":99999999999999999999})", errc::bad_request, "time_ms"},
  };
  for (auto& row : rows) {
    auto r = decode<say_request>(row.payload);
    BOOST_TEST_CONTEXT(row.payload.substr(0, 60)) {
      BOOST_REQUIRE(!r.ok());
      BOOST_TEST(to_string(r.error().code) == to_string(row.code));
      BOOST_TEST(r.error().message.find(row.part) != std::string::npos, r.error().message);
    }
  }
}

BOOST_AUTO_TEST_CASE(values_pass_through_unchanged) {
  auto r = decode<event_request>(R"({"id":"1","customer":"c","data":{"a":[1,"x",null,2.5]}})");
  BOOST_REQUIRE(r.ok());
  BOOST_TEST(json_of(r->data.msgpack) == R"({"a":[1,"x",null,2.5]})");
  auto again = decode<event_request>(encode(*r));
  BOOST_REQUIRE(again.ok());
  BOOST_TEST(again->data.msgpack == r->data.msgpack);
}

// Found by fuzz_messages: a key that is binary and no UTF-8 threw.
BOOST_AUTO_TEST_CASE(json_of_takes_any_key) {
  BOOST_TEST(json_of(std::string("\x81\xc4\x01\xff\x01", 5)) == "{\"\\\"\uFFFD\\\"\":1}");
  BOOST_TEST(json_of("\x81\xc0\x01") == R"({"null":1})");
}

BOOST_AUTO_TEST_SUITE_END()
