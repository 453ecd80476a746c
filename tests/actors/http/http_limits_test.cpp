#include "tests/actors/http/door_fixture.hpp"

#include <poll.h>
#include <sys/resource.h>

using namespace steward;
using namespace steward::test;

namespace {
const std::string say_path = "/v1/demo/conversations/anna/messages";
}

BOOST_FIXTURE_TEST_SUITE(http_limits, door_fixture)

BOOST_AUTO_TEST_CASE(bad_requests_get_a_word_and_are_closed) {
  const std::pair<std::string, int> rows[] = {
      {"\r\n\r\n\r\nnonsense\r\n\r\n", 400},
      {"GET /livez\r\n\r\n", 400},
      {"GET /livez HTTP/9.9\r\nHost: x\r\n\r\n", 400},
      {"GET /livez HTTP/1.1\r\n\r\n", 400},                       // no Host
      {"GET /livez HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", 400}, // two
      {"GET /livez HTTP/1.1\r\nHost: x\r\nBad Header\r\n\r\n", 400},
      {"GET /livez HTTP/1.1\r\nHost: x\r\nContent-Length: x\r\n\r\n", 400},
      {"GET /livez HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n", 400},
      {"POST " + say_path + " HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
       400},
      {"POST " + say_path + " HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 400},
      {"\x16\x03\x01\x02\x01\x01\xfc\x03\x03 a TLS client\r\n\r\n", 400},
      {"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400},
      {"GET /" + std::string(9000, 'x') + " HTTP/1.1\r\nHost: x\r\n\r\n", 414},
      {"GET /livez HTTP/1.1\r\nHost: x\r\nX: " + std::string(20000, 'x') + "\r\n\r\n", 431},
      {"POST " + say_path + " HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n", 413},
      {"POST " + say_path + " HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999999\r\n\r\n", 400},
      {"POST " + say_path + " HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\nExpect: 100-continue\r\n\r\n", 413},
      {"POST " + say_path + " HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n20000\r\n" +
           std::string(0x20000, 'x') + "\r\n",
       413},
  };
  for (auto& [request, status] : rows) {
    auto c = client();
    auto a = c.ask(request);
    auto shown = request.substr(0, 90);
    BOOST_TEST(a.status == status, shown << " -> " << a.status << " " << a.body);
    BOOST_TEST(has(a.body, "\"error\""), shown);
    BOOST_TEST(c.closed(), shown);
  }
  BOOST_TEST(engine.said().empty());
  BOOST_TEST(client().get("/livez").status == 200);
}

// The client is still sending when it is refused; it must be able to read why.
BOOST_AUTO_TEST_CASE(an_oversize_body_is_refused_with_a_readable_answer) {
  auto c = client();
  c.send("POST " + say_path + " HTTP/1.1\r\nHost: x\r\nContent-Length: 800000\r\n\r\n");
  c.send(std::string(800000, 'x'));
  auto a = c.answer();
  BOOST_TEST(a.status == 413);
  BOOST_TEST(has(a.body, "larger than 65536 bytes"));
}

BOOST_AUTO_TEST_CASE(a_request_that_takes_too_long_is_cut_off) {
  config.request_s = 1;
  auto body = client();
  body.send("POST " + say_path + " HTTP/1.1\r\nHost: x\r\nContent-Length: 30\r\n\r\n{\"id\":");
  auto head = client();
  head.send("GET /livez HT");
  BOOST_TEST(body.closed());
  BOOST_TEST(head.closed());
}

BOOST_AUTO_TEST_CASE(a_connection_that_says_nothing_is_closed) {
  config.idle_s = 1;
  auto c = client();
  BOOST_TEST(c.get("/livez").status == 200);
  BOOST_TEST(c.closed());
}

BOOST_AUTO_TEST_CASE(a_stream_that_nobody_reads_is_closed) {
  config.write_s = 1;
  open();
  raw_client c(door->port(), 4096);
  c.send("GET /v1/demo/conversations/anna/feed?stream=1 HTTP/1.1\r\nHost: x\r\n\r\n");
  BOOST_TEST(engine.until_watched(1));
  for (int i = 0; i < 200; ++i) engine.add("anna", std::string(60000, 'x'));
  BOOST_TEST(engine.until_watched(0)); // the door has let go of it
}

BOOST_AUTO_TEST_CASE(too_many_connections_are_turned_away_until_one_closes) {
  config.connections = 3;
  std::vector<raw_client> held;
  for (int i = 0; i < 3; ++i) {
    held.push_back(client());
    BOOST_TEST(held.back().get("/livez").status == 200);
  }
  auto c = client();
  auto a = c.get("/livez");
  BOOST_TEST(a.status == 503);
  BOOST_TEST(a.headers["retry-after"] == "1");
  BOOST_TEST(c.closed());
  held.pop_back();
  // Its place is free as soon as the door has seen it close.
  int status = 503;
  for (int i = 0; i < 1000 && status != 200; ++i) status = client().get("/livez").status;
  BOOST_TEST(status == 200);
}

BOOST_AUTO_TEST_CASE(five_hundred_at_once) {
  rlimit files;
  ::getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = std::min<rlim_t>(files.rlim_max, 8192);
  ::setrlimit(RLIMIT_NOFILE, &files);
  size_t n = files.rlim_cur > 1200 ? 500 : files.rlim_cur / 2 - 50;
  std::vector<raw_client> all;
  for (size_t i = 0; i < n; ++i) all.push_back(client());
  // Half of them say something, half wait for an answer that comes when everybody is there.
  for (size_t i = 0; i < n; ++i) {
    auto id = std::to_string(i);
    std::string body = R"({"id":")" + id + R"(","text":"hello"})";
    if (i % 2)
      all[i].send("POST /v1/demo/conversations/c" + id + "/messages HTTP/1.1\r\nHost: x\r\nContent-Length: " +
                  std::to_string(body.size()) + "\r\n\r\n" + body);
    else
      all[i].send("GET /v1/demo/conversations/all/feed?wait=30 HTTP/1.1\r\nHost: x\r\n\r\n");
  }
  for (size_t i = 1; i < n; i += 2) BOOST_REQUIRE(all[i].answer().status == 202);
  BOOST_TEST(engine.until_watched((n + 1) / 2));
  engine.add("all", "good morning");
  for (size_t i = 0; i < n; i += 2) BOOST_REQUIRE(has(all[i].answer().body, "good morning"));
}

BOOST_AUTO_TEST_CASE(doors_open_and_close_without_a_hang) {
  for (int i = 0; i < 50; ++i) {
    open();
    raw_client c(door->port()), s(door->port());
    s.send("GET /v1/demo/conversations/anna/feed?stream=1 HTTP/1.1\r\nHost: x\r\n\r\n");
    BOOST_TEST(c.get("/livez").status == 200);
    door.reset();
  }
}

BOOST_AUTO_TEST_SUITE_END()
