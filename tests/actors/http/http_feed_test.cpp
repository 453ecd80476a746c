#include "tests/actors/http/door_fixture.hpp"

#include <future>

using namespace steward;
using namespace steward::test;

namespace {

const std::string path = "/v1/demo/conversations/anna/feed";

raw_client stream(door_fixture& f, const std::string& query, const std::string& headers = {}) {
  auto c = f.client();
  c.send("GET " + path + query + " HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n");
  auto h = c.head();
  BOOST_TEST(h.status == 200);
  BOOST_TEST(has(h.headers["content-type"], "text/event-stream"));
  return c;
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(http_feed, door_fixture)

BOOST_AUTO_TEST_CASE(pages) {
  for (int i = 1; i <= 5; ++i) engine.add("anna", "line " + std::to_string(i));
  auto c = client();
  auto a = c.get(path);
  BOOST_TEST(a.status == 200);
  auto p = decode<feed_page>(a.body);
  BOOST_REQUIRE(p.ok());
  BOOST_TEST(p->items.size() == 5u);
  BOOST_TEST(p->next == 6u);
  BOOST_TEST(p->mode == "ai");
  p = decode<feed_page>(c.get(path + "?from=2&limit=2").body);
  BOOST_TEST(p->items.size() == 2u);
  BOOST_TEST(p->items[0].seq == 2u);
  BOOST_TEST(p->next == 4u);
  p = decode<feed_page>(c.get(path + "?from=0&limit=999999").body);
  BOOST_TEST(p->items.size() == 5u);
  p = decode<feed_page>(c.get(path + "?from=6").body);
  BOOST_TEST(p->items.empty());
  BOOST_TEST(p->next == 6u);
  BOOST_TEST(c.get(path + "?from=x").status == 400);
  BOOST_TEST(c.get(path + "?limit=0").status == 400);
  BOOST_TEST(c.get(path + "?wait=-1").status == 400);
  BOOST_TEST(c.get("/v1/nobody/conversations/a/feed").status == 404);
  BOOST_TEST(c.get("/v1/nobody/conversations/a/feed?stream=1").status == 404);
}

BOOST_AUTO_TEST_CASE(a_conversation_that_has_not_begun_is_empty) {
  engine.feed_error = {"not_found", "no such conversation"};
  auto a = client().get(path);
  BOOST_TEST(a.status == 200);
  BOOST_TEST(decode<feed_page>(a.body)->next == 1u);
}

BOOST_AUTO_TEST_CASE(a_long_poll_wakes_with_the_next_line) {
  auto c = client();
  c.send("GET " + path + "?wait=30 HTTP/1.1\r\nHost: x\r\n\r\n");
  BOOST_TEST(engine.until_watched(1));
  BOOST_TEST(engine.until_asked(1));
  engine.add("other", "not for anna");
  engine.add("anna", "hello");
  auto p = decode<feed_page>(c.answer().body);
  BOOST_REQUIRE(p->items.size() == 1u);
  BOOST_TEST(p->items[0].text == "hello");
  BOOST_TEST(engine.until_watched(0));
  BOOST_TEST(c.get("/livez").body == "ok\n");
}

BOOST_AUTO_TEST_CASE(a_long_poll_ends_empty_after_its_time) {
  auto a = client().get(path + "?wait=1");
  BOOST_TEST(a.status == 200);
  BOOST_TEST(decode<feed_page>(a.body)->items.empty());
}

BOOST_AUTO_TEST_CASE(a_lost_signal_is_made_up_for) {
  config.recheck_s = 1;
  engine.deaf = true;
  auto c = client();
  c.send("GET " + path + "?wait=30 HTTP/1.1\r\nHost: x\r\n\r\n");
  BOOST_TEST(engine.until_asked(1));
  engine.add("anna", "unheard");
  BOOST_TEST(has(c.answer().body, "unheard"));
}

BOOST_AUTO_TEST_CASE(a_client_that_hangs_up_while_it_waits_is_forgotten) {
  auto c = client();
  c.send("GET " + path + "?wait=30 HTTP/1.1\r\nHost: x\r\n\r\n");
  BOOST_TEST(engine.until_watched(1));
  c.close();
  BOOST_TEST(engine.until_watched(0));
  auto s = stream(*this, "?stream=1");
  BOOST_TEST(engine.until_watched(1));
  s.close();
  BOOST_TEST(engine.until_watched(0));
}

BOOST_AUTO_TEST_CASE(a_stream_tells_everything_in_order) {
  engine.add("anna", "one");
  auto c = stream(*this, "?stream=1");
  auto e = c.event();
  BOOST_TEST(e.starts_with("id: 1\ndata: {"));
  BOOST_TEST(has(e, "\"text\":\"one\""));
  for (int i = 2; i <= 300; ++i) engine.add("anna", "line\n" + std::to_string(i));
  for (int i = 2; i <= 300; ++i) BOOST_REQUIRE(c.event().starts_with("id: " + std::to_string(i) + "\ndata: {"));
}

BOOST_AUTO_TEST_CASE(a_stream_goes_on_where_the_page_left_it) {
  for (int i = 1; i <= 10; ++i) engine.add("anna", "x");
  {
    auto c = stream(*this, "", "Accept: text/event-stream\r\n");
    for (int i = 1; i <= 4; ++i) BOOST_TEST(c.event().starts_with("id: " + std::to_string(i) + "\n"));
  }
  auto c = stream(*this, "?from=1&stream=1", "Last-Event-ID: 4\r\n");
  for (int i = 5; i <= 10; ++i) BOOST_TEST(c.event().starts_with("id: " + std::to_string(i) + "\n"));
  auto later = stream(*this, "?from=8&stream=1");
  BOOST_TEST(later.event().starts_with("id: 8\n"));
  BOOST_TEST(client().get(path + "?stream=1", "Last-Event-ID: x\r\n").status == 400);
}

// Many short connections, each resuming after the last id, while lines keep coming: the whole is the feed.
BOOST_AUTO_TEST_CASE(no_gap_and_no_double_over_reconnects) {
  std::thread writer([this] {
    for (int i = 1; i <= 400; ++i) engine.add("anna", std::to_string(i));
  });
  uint64_t seen = 0;
  for (int round = 0; seen < 400 && round < 200; ++round) {
    auto c = stream(*this, "?stream=1", "Last-Event-ID: " + std::to_string(seen) + "\r\n");
    for (int k = 0; k < 1 + round % 7 && seen < 400; ++k) {
      auto e = c.event();
      BOOST_REQUIRE_MESSAGE(e.starts_with("id: " + std::to_string(seen + 1) + "\n"), e);
      ++seen;
    }
  }
  writer.join();
  BOOST_TEST(seen == 400u);
}

BOOST_AUTO_TEST_CASE(a_stream_beats_and_outlives_an_owner_that_is_away) {
  config.beat_s = 1;
  auto c = stream(*this, "?stream=1");
  auto first = c.chunk();
  BOOST_TEST(has(first, "retry: 2000"));
  BOOST_TEST(c.chunk() == ":\n\n");
  engine.feed_error = {"unavailable", "takeover"};
  auto next = c.chunk();
  while (next == ":\n\n") next = c.chunk(); // beats go on
  BOOST_TEST(has(next, "waiting"));
  engine.feed_error = {};
  engine.add("anna", "back");
  BOOST_TEST(has(c.event(), "back"));
}

BOOST_AUTO_TEST_CASE(old_clients_get_a_stream_without_chunks) {
  engine.add("anna", "one");
  auto c = client();
  c.send("GET " + path + "?stream=1 HTTP/1.0\r\n\r\n");
  BOOST_TEST(c.head().headers.count("transfer-encoding") == 0u);
  BOOST_TEST(has(c.read_until("\"one\""), "id: 1\ndata: "));
}

BOOST_AUTO_TEST_CASE(streams_and_polls_end_when_the_door_closes) {
  auto s = stream(*this, "?stream=1");
  auto poll = client();
  poll.send("GET " + path + "?wait=30 HTTP/1.1\r\nHost: x\r\n\r\n");
  auto idle = client();
  BOOST_TEST(idle.get("/livez").status == 200);
  BOOST_TEST(engine.until_watched(2));
  auto began = std::chrono::steady_clock::now();
  door.reset();
  BOOST_TEST((std::chrono::steady_clock::now() - began < std::chrono::seconds(3)));
  BOOST_TEST(s.event() == "");
  auto a = poll.answer();
  BOOST_TEST(a.status == 200);
  BOOST_TEST(a.headers["connection"] == "close");
  BOOST_TEST(idle.closed());
  BOOST_TEST(engine.until_watched(0));
}

BOOST_AUTO_TEST_CASE(a_door_that_closes_does_not_wait_for_a_silent_engine) {
  engine.silent = true;
  auto c = client();
  c.send("POST /v1/demo/conversations/anna/messages HTTP/1.1\r\nHost: x\r\nContent-Length: "
         "21\r\n\r\n{\"id\":\"1\",\"text\":\"x\"}");
  BOOST_TEST(engine.until_said(1));
  door.reset();
  for (auto& late : engine.kept()) late({.ok = true}); // into the void, not into freed memory
  BOOST_TEST(c.closed());
}

BOOST_AUTO_TEST_SUITE_END()
