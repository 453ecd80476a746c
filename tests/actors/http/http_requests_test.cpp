#include "tests/actors/http/door_fixture.hpp"

using namespace steward;
using namespace steward::test;

namespace {
const std::string say_path = "/v1/demo/conversations/anna/messages";
const std::string trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
} // namespace

BOOST_FIXTURE_TEST_SUITE(http_requests, door_fixture)

BOOST_AUTO_TEST_CASE(operation_pages) {
  auto c = client();
  auto a = c.get("/livez");
  BOOST_TEST(a.status == 200);
  BOOST_TEST(a.body == "ok\n");
  a = c.get("/readyz");
  BOOST_TEST(a.status == 200);
  engine.is_ready = false;
  a = c.get("/readyz");
  BOOST_TEST(a.status == 503);
  BOOST_TEST(has(a.body, "no NATS"));
  BOOST_TEST(a.headers.count("retry-after") == 1u);
  a = c.get("/metrics");
  BOOST_TEST(a.body == "steward_turns_total 7\n");
  BOOST_TEST(has(a.headers["content-type"], "version=0.0.4"));
  a = c.get("/openapi.yaml");
  BOOST_TEST(a.status == 200);
  BOOST_TEST(a.body.starts_with("openapi: 3"));
}

BOOST_AUTO_TEST_CASE(a_message_reaches_the_engine) {
  auto c = client();
  auto a = c.post("/v1/demo/conversations/an%20na%2F1/messages", R"({"id":"1","text":"hé"})",
                  "Content-Type: application/json\r\ntraceparent: " + trace + "\r\n");
  BOOST_TEST(a.status == 202);
  BOOST_TEST(a.body == R"({"conversation":"cabc","id":"1","ok":true})");
  BOOST_TEST(a.headers["traceparent"] == trace);
  BOOST_TEST(a.headers["content-type"] == "application/json");
  auto said = engine.said();
  BOOST_REQUIRE(said.size() == 1u);
  BOOST_TEST(said[0].tenant.value == "demo");
  BOOST_TEST(said[0].peer.value == "an na/1");
  BOOST_TEST(said[0].body.text == "hé");
  BOOST_TEST(said[0].trace == trace);
}

BOOST_AUTO_TEST_CASE(msgpack_and_json_with_space_before_it) {
  auto c = client();
  BOOST_TEST(c.post(say_path, encode(say_request{"m", "packed"})).status == 202);
  BOOST_TEST(c.post(say_path, "\r\n  {\"id\":\"2\",\"text\":\"x\"}").status == 202);
  BOOST_TEST(engine.said()[0].body.text == "packed");
}

BOOST_AUTO_TEST_CASE(a_trace_is_made_when_none_or_a_bad_one_comes) {
  auto c = client();
  for (auto header : {"", "traceparent: nonsense\r\n"}) {
    auto a = c.post(say_path, R"({"id":"1","text":"x"})", header);
    BOOST_TEST(a.headers["traceparent"].size() == 55u);
    BOOST_TEST(a.headers["traceparent"] == engine.said().back().trace);
  }
}

BOOST_AUTO_TEST_CASE(bad_bodies_are_named) {
  auto c = client();
  const std::pair<std::string, std::string> rows[] = {
      {"", "empty payload"},
      {"hello", "neither a JSON object"},
      {"{", "not JSON"},
      {R"({"text":"x"})", "'id' is missing"},
      {R"({"id":"1","text":5})", "expected a string"},
      {R"({"id":"1","text":"x"} trailing)", "not JSON"},
      {std::string("\xc1"), "not msgpack"},
  };
  for (auto& [body, part] : rows) {
    auto a = c.post(say_path, body);
    BOOST_TEST(a.status == 400, body);
    BOOST_TEST(has(a.body, part), body << " -> " << a.body);
    BOOST_TEST(has(a.body, R"("code":"bad_request")"));
  }
  auto deep =
      c.post(say_path, "{\"id\":\"1\",\"text\":\"x\",\"y\":" + std::string(90, '[') + std::string(90, ']') + "}");
  BOOST_TEST(deep.status == 413);
  BOOST_TEST(engine.said().empty());
}

BOOST_AUTO_TEST_CASE(the_engines_errors_become_statuses) {
  auto c = client();
  const std::tuple<const char*, int64_t, int, const char*> rows[] = {
      {"bad_request", 0, 400, ""},     {"too_large", 0, 413, ""},    {"unknown_tenant", 0, 404, ""},
      {"unknown_channel", 0, 404, ""}, {"conflict", 0, 409, ""},     {"overloaded", 1500, 429, "2"},
      {"unavailable", 0, 503, "1"},    {"timeout", 0, 503, "1"},     {"stopping", 9999999999, 503, "3600"},
      {"something_new", 0, 500, ""},   {"unauthorized", 0, 403, ""}, {"unavailable", -5, 503, "1"},
  };
  for (auto& [code, ms, status, retry] : rows) {
    engine.next_ack = {.ok = false, .error = {code, "because"}, .retry_after_ms = ms};
    auto a = c.post(say_path, R"({"id":"1","text":"x"})");
    BOOST_TEST(a.status == status, code);
    BOOST_TEST(a.headers["retry-after"] == retry, code);
    BOOST_TEST(has(a.body, "because"));
  }
}

BOOST_AUTO_TEST_CASE(methods_and_paths) {
  auto c = client();
  auto a = c.ask("DELETE /livez HTTP/1.1\r\nHost: x\r\n\r\n");
  BOOST_TEST(a.status == 405);
  BOOST_TEST(a.headers["allow"] == "GET, HEAD, OPTIONS");
  BOOST_TEST(has(a.body, "not DELETE"));
  a = c.get(say_path);
  BOOST_TEST(a.status == 405);
  BOOST_TEST(a.headers["allow"] == "POST, OPTIONS");
  a = c.post("/livez", "x");
  BOOST_TEST(a.status == 405);
  a = c.get("/nothing");
  BOOST_TEST(a.status == 404);
  BOOST_TEST(has(a.body, "openapi.yaml"));
  BOOST_TEST(c.get("/v1/No%20Name/conversations/a/feed").status == 404);
  a = c.ask("OPTIONS /livez HTTP/1.1\r\nHost: x\r\n\r\n");
  BOOST_TEST(a.status == 204);
  BOOST_TEST(a.headers["allow"] == "GET, HEAD, OPTIONS");
  BOOST_TEST(a.headers.count("content-length") == 0u);
  BOOST_TEST(c.ask("OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n").status == 204);
  BOOST_TEST(c.ask("BREW /livez HTTP/1.1\r\nHost: x\r\n\r\n").status == 405);
}

BOOST_AUTO_TEST_CASE(head_has_the_length_and_no_body) {
  auto c = client();
  c.send("HEAD /metrics HTTP/1.1\r\nHost: x\r\n\r\nGET /livez HTTP/1.1\r\nHost: x\r\n\r\n");
  auto a = c.head();
  BOOST_TEST(a.status == 200);
  BOOST_TEST(a.headers["content-length"] == "22");
  BOOST_TEST(c.answer().body == "ok\n");
  c.send("HEAD /v1/demo/conversations/x/feed?stream=1&wait=20 HTTP/1.1\r\nHost: x\r\n\r\n");
  BOOST_TEST(c.head().headers["content-type"] == "application/json");
}

BOOST_AUTO_TEST_CASE(requests_sent_ahead_are_answered_in_order) {
  auto c = client();
  std::string many;
  for (int i = 0; i < 50; ++i) {
    std::string body = R"({"id":")" + std::to_string(i) + R"(","text":"x"})";
    many += "POST " + say_path + " HTTP/1.1\r\nHost: x\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
            body;
    many += "GET /livez HTTP/1.1\r\nHost: x\r\n\r\n";
  }
  c.send(many);
  for (int i = 0; i < 50; ++i) {
    BOOST_TEST(has(c.answer().body, "\"id\":\"" + std::to_string(i) + "\""));
    BOOST_TEST(c.answer().body == "ok\n");
  }
}

BOOST_AUTO_TEST_CASE(old_clients_and_those_that_close) {
  auto a = client().ask("GET /livez HTTP/1.0\r\n\r\n");
  BOOST_TEST(a.status == 200);
  auto c = client();
  BOOST_TEST(c.get("/livez", "Connection: close\r\n").headers["connection"] == "close");
  BOOST_TEST(c.closed());
  auto half = client(); // sends, closes its side, and still wants the answer
  half.send("GET /livez HTTP/1.1\r\nHost: x\r\n\r\n");
  half.end_sending();
  BOOST_TEST(half.answer().body == "ok\n");
}

BOOST_AUTO_TEST_CASE(chunked_bodies_and_continue) {
  auto c = client();
  auto a = c.ask("POST " + say_path + " HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" +
                 "c\r\n{\"id\":\"1\",\"t\r\n9\r\next\":\"x\"}\r\n0\r\n\r\n");
  BOOST_TEST(a.status == 202, a.body);
  c.send("POST " + say_path + " HTTP/1.1\r\nHost: x\r\nContent-Length: 21\r\nExpect: 100-continue\r\n\r\n");
  BOOST_TEST(c.head().status == 100);
  BOOST_TEST(c.ask(R"({"id":"1","text":"x"})").status == 202);
}

BOOST_AUTO_TEST_CASE(an_answer_that_comes_twice_counts_once) {
  engine.twice = true;
  auto c = client();
  for (int i = 0; i < 20; ++i) BOOST_TEST(c.post(say_path, R"({"id":"1","text":"x"})").status == 202);
}

BOOST_AUTO_TEST_CASE(an_engine_that_does_not_answer) {
  config.answer_s = 1;
  engine.silent = true;
  auto c = client();
  auto a = c.post(say_path, R"({"id":"1","text":"x"})");
  BOOST_TEST(a.status == 503);
  BOOST_TEST(has(a.body, "timeout"));
  BOOST_TEST(has(a.body, "same id"));
  BOOST_TEST(a.headers["retry-after"] == "1");
  for (auto& late : engine.kept()) late({.ok = true});
  engine.silent = false;
  BOOST_TEST(c.get("/livez").body == "ok\n"); // the late answer went nowhere
}

BOOST_AUTO_TEST_CASE(a_taken_port_is_named) {
  open();
  auto second = http_door::create({.port = door->port()}, engine.functions());
  BOOST_REQUIRE(!second.ok());
  BOOST_TEST(has(second.error().message, "another program listens on 127.0.0.1:" + std::to_string(door->port())));
  auto nowhere = http_door::create({.host = "no such host", .port = 0}, engine.functions());
  BOOST_REQUIRE(!nowhere.ok());
}

BOOST_AUTO_TEST_SUITE_END()
