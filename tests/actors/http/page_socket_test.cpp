// The page's WebSocket, by the very bytes: what comes in, what goes out, and what is refused.
#include "tests/actors/http/door_fixture.hpp"

#include "actors/http/visitor.hpp"

#include <thread>

using namespace steward;
using namespace steward::test;

namespace {

struct frame {
  int op = -1; // -1: closed without a word
  std::string data;
};

struct socket_fixture : door_fixture {
  std::string secret = std::string(43, 's');
  visitor who = visitor_of(tenant_id{"demo"}, secret);

  std::string upgrade(const std::string& query = {}, const std::string& more = {}) {
    return "GET /t/demo/socket" + query +
           " HTTP/1.1\r\nHost: a.example\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
           "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nCookie: steward_visitor_demo=" +
           secret + "\r\n" + more + "\r\n";
  }
  raw_client socket(const std::string& query = {}) {
    auto c = client();
    c.send(upgrade(query));
    auto head = c.read_until("\r\n\r\n");
    BOOST_REQUIRE_MESSAGE(has(head, " 101 "), head);
    return c;
  }
};

// Masked with zeros: a mask, and the bytes stay readable.
std::string framed(const std::string& data, int op = 1, bool fin = true, bool masked = true) {
  std::string out;
  out += static_cast<char>((fin ? 0x80 : 0) | op);
  char mask = masked ? static_cast<char>(0x80) : 0;
  if (data.size() < 126) {
    out += static_cast<char>(mask | static_cast<char>(data.size()));
  } else if (data.size() < 65536) {
    out += static_cast<char>(mask | 126);
    out += static_cast<char>(data.size() >> 8), out += static_cast<char>(data.size() & 255);
  } else {
    out += static_cast<char>(mask | 127);
    for (int i = 7; i >= 0; --i) out += static_cast<char>((data.size() >> (i * 8)) & 255);
  }
  if (masked) out += std::string(4, '\0');
  return out + data;
}

frame read_frame(raw_client& c) {
  auto head = c.read_bytes(2);
  if (head.size() < 2) return {};
  size_t n = head[1] & 0x7f;
  auto more = c.read_bytes(n == 126 ? 2 : n == 127 ? 8 : 0);
  if (n >= 126) {
    n = 0;
    for (unsigned char b : more) n = n << 8 | b;
  }
  return {head[0] & 15, c.read_bytes(n)};
}

// The next text that holds `part`.
std::string text_with(raw_client& c, std::string_view part) {
  for (;;) {
    auto f = read_frame(c);
    if (f.op != 1) return "op " + std::to_string(f.op) + " " + f.data;
    if (has(f.data, part)) return f.data;
  }
}

int close_code(raw_client& c) {
  for (;;) {
    auto f = read_frame(c);
    if (f.op == 8)
      return f.data.size() < 2 ? 0 : static_cast<unsigned char>(f.data[0]) << 8 | static_cast<unsigned char>(f.data[1]);
    if (f.op < 0) return -1;
  }
}

std::string say(const std::string& id, const std::string& text = "hello") {
  return framed(R"({"say":{"id":")" + id + R"(","text":")" + text + R"("}})");
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(page_sockets, socket_fixture)

BOOST_AUTO_TEST_CASE(says_and_follows) {
  auto c = socket("?as=" + who.tag);
  BOOST_TEST(has(text_with(c, "mode"), R"("items":[])"));
  c.send(say("m1"));
  bool acked = false, fed = false;
  while (!acked || !fed) {
    auto f = read_frame(c);
    BOOST_REQUIRE(f.op == 1);
    acked |= has(f.data, R"("id":"m1")") && has(f.data, R"("ok":true)");
    fed |= has(f.data, R"("seq":1)") && has(f.data, R"("blocks")");
  }
  engine.add(who.peer.value, "more");
  BOOST_TEST(has(text_with(c, R"("seq":2)"), R"("next":3)"));
  BOOST_TEST(engine.said().at(0).body.customer == who.peer.value);
}

BOOST_AUTO_TEST_CASE(goes_on_where_it_was) {
  for (auto t : {"a", "b", "c"}) engine.add(who.peer.value, t);
  auto c = socket("?from=3");
  auto got = text_with(c, "seq");
  BOOST_TEST(has(got, R"("seq":3)"));
  BOOST_TEST(!has(got, R"("seq":2)"));
}

BOOST_AUTO_TEST_CASE(who_speaks_the_place_and_typing_are_shown) {
  engine.set_mode("waiting", "", 2);
  auto c = socket();
  BOOST_TEST(has(text_with(c, "mode"), R"({"mode":"waiting","place":2,)"));
  engine.set_mode("waiting", "", 2, {60, 240}); // nothing else is new, and no signal tells of it
  BOOST_TEST(has(text_with(c, "from_s"), R"({"mode":"waiting","place":2,"from_s":60,"to_s":240,)"));
  engine.out_of_hours = true;
  engine.set_mode("waiting", "", 1);
  BOOST_TEST(has(text_with(c, "out_of"), R"({"mode":"waiting","place":1,"out_of_hours":true,"items":[])"));
  c.send(framed(R"({"typing":true})")); // nobody is there to see it
  engine.set_mode("person", "Cora");
  engine.add(who.peer.value, "Cora is here");
  BOOST_TEST(has(text_with(c, "seq"), R"({"mode":"person","name":"Cora",)"));
  for (int i = 0; i < 3; ++i) c.send(framed(R"({"typing":true})")); // one a second is passed on
  BOOST_TEST(engine.until_typing(who.peer.value));
  BOOST_TEST(engine.type({speaker::customer, "another tab"})); // not shown
  // A sign that would have to wait for a frame before it is left out: who types goes on.
  std::jthread types([&](std::stop_token stop) {
    while (!stop.stop_requested() && engine.type({speaker::person, "Co\"ra"})) std::this_thread::yield();
  });
  BOOST_TEST(has(text_with(c, "typing"), R"({"typing":"Co\"ra"})"));
}

BOOST_AUTO_TEST_CASE(who_has_an_answer_is_looked_after_less) {
  config.recheck_s = 1, config.longest_wait_s = 8;
  engine.deaf = true; // no signal comes
  auto c = socket();
  BOOST_TEST(has(text_with(c, "mode"), R"("items":[])"));
  c.send(framed(R"({"say":{"id":"m1","text":"hello"}})"));
  BOOST_TEST(engine.until_said(1));
  engine.add(who.peer.value, "to what was said before");
  BOOST_TEST(has(text_with(c, "before"), "before"));
  auto asked = engine.asked();
  BOOST_TEST(engine.until_asked(asked + 2)); // it goes on: its own message is yet to come
  engine.add(who.peer.value, "hello", speaker::customer);
  engine.add(who.peer.value, "unheard");
  BOOST_TEST(has(text_with(c, "unheard"), "unheard"));
  auto began = std::chrono::steady_clock::now();
  BOOST_TEST(engine.until_asked(engine.asked() + 2)); // one at once, perhaps
  BOOST_TEST((std::chrono::steady_clock::now() - began > std::chrono::milliseconds(3500)));
}

BOOST_AUTO_TEST_CASE(malformed_frames_are_refused_and_end) {
  auto c = socket();
  for (auto bad : {"", "{", "[]", "{\"say\":1}", "{\"say\":{\"id\":\"x\"}}", "{\"other\":{}}", "\xff\xfe"}) {
    if (std::string(bad) == "\xff\xfe") continue; // not UTF-8: below
    c.send(framed(bad));
    BOOST_TEST(has(text_with(c, "ack"), "bad_request"), bad);
  }
  for (int i = 0; i < 30; ++i) c.send(framed("x"));
  BOOST_TEST(close_code(c) == 1008);
  auto utf8 = socket();
  utf8.send(framed("\xff\xfe"));
  BOOST_TEST(close_code(utf8) == 1007);
  auto unmasked = socket();
  unmasked.send(framed("{}", 1, true, false));
  BOOST_TEST(close_code(unmasked) == 1002);
  auto reserved = socket();
  reserved.send(framed("{}", 5));
  BOOST_TEST(close_code(reserved) == 1002);
  auto noise = socket();
  noise.send(std::string(64, '\x7f'));
  BOOST_TEST(close_code(noise) != 0);
  BOOST_TEST(engine.said().empty());
}

BOOST_AUTO_TEST_CASE(oversize_is_cut_off) {
  auto c = socket();
  c.send(framed(std::string(40'000, 'x')));
  BOOST_TEST(close_code(c) == 1009);
  auto pieces = socket(); // in many small frames
  for (int i = 0; i < 50; ++i)
    if (!pieces.send(framed(std::string(1000, 'x'), i ? 0 : 1, false))) break;
  BOOST_TEST(close_code(pieces) == 1009);
}

BOOST_AUTO_TEST_CASE(a_flood_is_told_to_wait_and_loses_nothing) {
  config.frames_per_second = 1, config.frames_burst = 5;
  auto c = socket();
  std::string all;
  for (int i = 0; i < 40; ++i) all += say("m" + std::to_string(i));
  c.send(all);
  int ok = 0, later = 0;
  while (ok + later < 40) {
    auto f = read_frame(c);
    BOOST_REQUIRE(f.op == 1);
    if (!has(f.data, "\"ack\"")) continue;
    if (has(f.data, "\"ok\":true"))
      ++ok;
    else
      later += has(f.data, "overloaded") && has(f.data, "retry_after_ms");
  }
  BOOST_TEST(ok >= 5);
  BOOST_TEST(later >= 30);
  BOOST_TEST(engine.said().size() == static_cast<size_t>(ok));
}

BOOST_AUTO_TEST_CASE(strangers_are_refused) {
  auto ask = [&](const std::string& query, const std::string& more) {
    auto c = client();
    c.send(upgrade(query, more));
    return c.answer().status;
  };
  BOOST_TEST(ask("", "Origin: https://evil.example\r\n") == 403);
  BOOST_TEST(ask("?as=0000000000000000", "") == 409);
  BOOST_TEST(ask("?from=x", "") == 400);
  auto plain = client();
  plain.send("GET /t/demo/socket HTTP/1.1\r\nHost: a\r\nCookie: steward_visitor_demo=" + secret + "\r\n\r\n");
  BOOST_TEST(plain.answer().status == 426);
}

BOOST_AUTO_TEST_CASE(one_address_has_so_many) {
  config.sockets_per_address = 2;
  auto a = socket();
  {
    auto b = socket();
    auto c = client();
    c.send(upgrade());
    BOOST_TEST(c.answer().status == 429);
  }
  // The place of one that went is free again, as soon as its going was seen.
  for (int status = 0; status != 101;) {
    auto c = client();
    c.send(upgrade());
    status = has(c.read_until("\r\n\r\n"), " 101 ") ? 101 : 0;
  }
}

BOOST_AUTO_TEST_CASE(half_open_ends) {
  config.socket_idle_s = 1;
  auto c = socket();
  text_with(c, "mode");
  BOOST_TEST(read_frame(c).op == 9); // a ping that nobody answers
  BOOST_TEST(c.closed());
}

BOOST_AUTO_TEST_CASE(a_silent_engine_costs_bounded_memory) {
  engine.silent = true;
  config.frames_burst = 1000;
  auto c = socket();
  for (int i = 0; i < 200; ++i) c.send(say("m" + std::to_string(i)));
  BOOST_TEST(engine.until_said(32));
  BOOST_TEST(engine.said().size() <= 33u); // the rest stays with its sender
}

BOOST_AUTO_TEST_CASE(the_server_says_goodbye) {
  auto c = socket();
  text_with(c, "mode");
  door.reset();
  auto code = close_code(c);
  BOOST_TEST((code == 1001 || code == -1));
}

// The client has the handshake's last byte before the server knows: a goodbye was written beside it. Beast's assertion
// sees that, in builds that have it.
BOOST_AUTO_TEST_CASE(the_server_stops_within_the_handshake) {
  for (int i = 0; i < 20; ++i) {
    auto c = client();
    c.send(upgrade());
    auto head = c.read_until("\r\n\r\n");
    BOOST_TEST(has(head, " 101 "), head);
    door.reset();
    auto code = close_code(c);
    BOOST_TEST((code == 1001 || code == -1));
  }
}

BOOST_AUTO_TEST_SUITE_END()
