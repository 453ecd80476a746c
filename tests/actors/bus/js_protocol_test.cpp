#include "actors/bus/js_protocol.hpp"
#include "actors/bus/server_hello.hpp"

#include <boost/test/unit_test.hpp>

using namespace steward;

BOOST_AUTO_TEST_SUITE(js_protocol)

BOOST_AUTO_TEST_CASE(ack_subjects_of_both_lengths) {
  auto a = js::parse_ack_subject("$JS.ACK.IN_3.stw-x-7.1.42.5.1700000000123456789.9");
  BOOST_REQUIRE(a);
  BOOST_TEST(a->stream == "IN_3");
  BOOST_TEST(a->consumer == "stw-x-7");
  BOOST_TEST(a->delivered == 1u);
  BOOST_TEST(a->stream_seq == 42u);
  BOOST_TEST(a->consumer_seq == 5u);
  BOOST_TEST(a->time_ns == 1700000000123456789);
  BOOST_TEST(a->pending == 9u);
  for (auto* s : {"$JS.ACK._.hash.S.c.1.2.3.4.5", "$JS.ACK.hub.hash.S.c.1.2.3.4.5.rnd"}) {
    auto b = js::parse_ack_subject(s);
    BOOST_REQUIRE(b);
    BOOST_TEST(b->stream == "S");
    BOOST_TEST(b->stream_seq == 2u);
    BOOST_TEST(b->pending == 5u);
  }
}

BOOST_AUTO_TEST_CASE(other_subjects_are_no_acks) {
  for (auto* s : {"", "$JS.ACK.", "$JS.ACK.a.b.c", "$JS.ACK.S.c.1.2.x.4.5", "$JS.ACK.S.c.1.2.3.4.5.6", "in.3.demo",
                  "$JS.ACK.1.2.3.4.5.6.7.8.9.10.11", "$JS.ACK.S.c.1.-2.3.4.5"})
    BOOST_TEST(!js::parse_ack_subject(s), s);
}

BOOST_AUTO_TEST_CASE(publish_acks) {
  auto plain = js::parse_publish_ack(R"({"stream":"IN_3","seq":17})");
  BOOST_REQUIRE(plain.ok());
  BOOST_TEST(plain->stream == "IN_3");
  BOOST_TEST(plain->seq == 17u);
  BOOST_TEST(!plain->duplicate);
  for (auto* s : {R"({"stream":"S","seq":1,"duplicate": true})", R"({"stream":"S", "seq":1,"duplicate":true})",
                  R"({"domain":"d","stream":"S","seq":1,"duplicate":true})"}) {
    auto d = js::parse_publish_ack(s);
    BOOST_REQUIRE(d.ok());
    BOOST_TEST(d->duplicate, s);
    BOOST_TEST(d->seq == 1u);
  }
  for (auto* s : {"", "{", "[]", "{}", R"({"stream":"S"})", R"({"stream":5,"seq":"x"})", "\xff"})
    BOOST_TEST((js::parse_publish_ack(s).error().code == errc::unavailable), s);
}

BOOST_AUTO_TEST_CASE(cost_of_publish_acks) {
  constexpr int rounds = 20'000;
  uint64_t sum = 0;
  auto cost = [&](std::string_view text) {
    auto before = std::chrono::steady_clock::now();
    for (int i = 0; i < rounds; ++i) sum += js::parse_publish_ack(text)->seq;
    return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now() - before).count() /
           rounds;
  };
  auto quick = cost(R"({"stream":"TURN_3","seq":7})"), full = cost(R"({"domain":"","stream":"TURN_3","seq":7})");
  BOOST_TEST(sum == 2u * 7u * rounds);
  BOOST_TEST_MESSAGE("a publish ack by hand " << quick << " ns, by the JSON parser " << full << " ns");
}

BOOST_AUTO_TEST_CASE(errors_by_number) {
  auto code = [](int http, int err, const char* text) { return js::to_failure(http, err, text).code; };
  BOOST_TEST((code(400, 10071, "wrong last sequence: 5") == errc::conflict));
  BOOST_TEST((code(404, 10059, "stream not found") == errc::not_found));
  BOOST_TEST((code(503, 10077, "maximum messages exceeded") == errc::overloaded));
  BOOST_TEST((code(500, 10047, "insufficient storage resources available") == errc::overloaded));
  BOOST_TEST((code(500, 99999, "resource limits exceeded for account") == errc::overloaded));
  BOOST_TEST((code(400, 10025, "invalid JSON") == errc::bad_request));
  BOOST_TEST((code(503, 10008, "JetStream system temporarily unavailable") == errc::unavailable));
  auto f = js::parse_publish_ack(R"({"error":{"code":400,"err_code":10071,"description":"wrong last sequence: 3"}})");
  BOOST_TEST((f.error().code == errc::conflict));
  BOOST_TEST(f.error().message == "JetStream: wrong last sequence: 3 (10071)");
}

BOOST_AUTO_TEST_CASE(times) {
  BOOST_TEST(*js::parse_time("1970-01-01T00:00:01Z") == 1'000'000'000);
  BOOST_TEST(*js::parse_time("2023-11-14T22:13:20.123456789Z") == 1700000000123456789);
  BOOST_TEST(*js::parse_time("2023-11-14T22:13:20.5Z") == 1700000000500000000);
  BOOST_TEST(*js::parse_time("2023-11-15T00:13:20+02:00") == 1700000000000000000);
  for (auto* s : {"", "2023-11-14", "2023-13-14T22:13:20Z", "2023-11-14T22:13:20", "2023-11-14T22:13:20+2"})
    BOOST_TEST(!js::parse_time(s), s);
}

BOOST_AUTO_TEST_CASE(stored_messages) {
  auto r = js::parse_stored(
      R"({"type":"x","message":{"subject":"a.b","seq":7,"hdrs":"TkFUUy8xLjANCk5hdHMtTXNnLUlkOiBpZCAxDQoNCg==",)"
      R"("data":"aGVsbG8=","time":"1970-01-01T00:00:01.000000002Z"}})");
  BOOST_REQUIRE(r.ok());
  BOOST_REQUIRE(r->has_value());
  auto& m = **r;
  BOOST_TEST(m.seq == 7u);
  BOOST_TEST(m.subject == "a.b");
  BOOST_TEST(m.data == "hello");
  BOOST_TEST(m.time_ns == 1000000002);
  BOOST_REQUIRE(m.head.size() == 1u);
  BOOST_TEST(m.head[0].first == "Nats-Msg-Id");
  BOOST_TEST(m.head[0].second == "id 1");
  auto none = js::parse_stored(R"({"error":{"code":404,"err_code":10037,"description":"no message found"}})");
  BOOST_REQUIRE(none.ok());
  BOOST_TEST(!none->has_value());
  auto gone = js::parse_stored(R"({"error":{"code":404,"err_code":10059,"description":"stream not found"}})");
  BOOST_TEST((gone.error().code == errc::not_found));
  auto bad = js::parse_stored(R"({"message":{"subject":"a","seq":1,"data":"&&&","time":"1970-01-01T00:00:01Z"}})");
  BOOST_TEST((bad.error().code == errc::corrupt));
}

BOOST_AUTO_TEST_CASE(versions) {
  BOOST_TEST(*version_in_hello(R"(INFO {"server_id":"N","version":"2.9.10"} )") == "2.9.10");
  for (auto* s : {"", "INFO", "INFO {", "HTTP/1.1 200 OK", "INFO {\"version\":5}"}) BOOST_TEST(!version_in_hello(s), s);
}

BOOST_AUTO_TEST_SUITE_END()
