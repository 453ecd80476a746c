#include "tests/actors/bus/bus_fixture.hpp"

using namespace steward;
using namespace steward::test;

BOOST_AUTO_TEST_SUITE(nats_client_suite)

BUS_TEST(publish_reaches_subscribers) {
  collected<bus_message> got;
  auto s = f.bus->subscribe("greet.*", "", [&](bus_message m) { got.add(std::move(m)); });
  BOOST_REQUIRE(s.ok());
  f.bus->flush();
  auto other = f.connect();
  std::string binary("\0\x01\xff{", 4);
  other->publish("greet.a", binary, {{"X-One", "1"}, {"X-Two", "zwei drei"}}, "answer.here");
  other->publish("greet.b", "");
  BOOST_REQUIRE(got.wait(2));
  auto m = got.all();
  BOOST_TEST(m[0].subject == "greet.a");
  BOOST_TEST(m[0].data == binary);
  BOOST_TEST(m[0].reply == "answer.here");
  BOOST_TEST(m[0].header("X-One") == "1");
  BOOST_TEST(m[0].header("X-Two") == "zwei drei");
  BOOST_TEST(m[0].header("X-Three") == "");
  BOOST_TEST(m[1].data == "");
  BOOST_TEST(m[1].head.empty());
}

BUS_TEST(queue_groups_share) {
  std::atomic<int> a = 0, b = 0;
  collected<int> all;
  auto other = f.connect();
  auto s1 = f.bus->subscribe("work", "group", [&](bus_message) { ++a, all.add(1); });
  auto s2 = other->subscribe("work", "group", [&](bus_message) { ++b, all.add(2); });
  f.bus->flush();
  other->flush();
  for (int i = 0; i < 200; ++i) f.bus->publish("work", "x");
  BOOST_REQUIRE(all.wait(200));
  BOOST_TEST(a + b == 200);
  BOOST_TEST(a > 0);
  BOOST_TEST(b > 0);
}

BUS_TEST(destroyed_subscriptions_are_silent) {
  collected<int> got;
  auto s = f.bus->subscribe("tick", "", [&](bus_message) { got.add(1); });
  f.bus->publish("tick", "");
  BOOST_REQUIRE(got.wait(1));
  *s = nullptr;
  auto witness = f.bus->subscribe("tick", "", [&](bus_message) { got.add(2); });
  f.bus->publish("tick", "");
  BOOST_REQUIRE(got.wait(2));
  BOOST_TEST(got.all()[1] == 2);
}

BUS_TEST(requests_are_answered) {
  auto server = f.connect();
  auto s = server->subscribe("echo", "", [&](bus_message m) { server->publish(m.reply, m.data, m.head); });
  server->flush();
  auto r = wait_for<bus_message>([&](auto g) { f.bus->request("echo", "hello", 5s, {{"A", "b"}}, g); });
  BOOST_REQUIRE(r.ok());
  BOOST_TEST(r->data == "hello");
  BOOST_TEST(r->header("A") == "b");

  collected<int> done;
  for (int i = 0; i < 5000; ++i)
    f.bus->request("echo", std::to_string(i), 10s, {},
                   [&, i](result<bus_message> x) { done.add(x && x->data == std::to_string(i) ? 1 : 0); });
  BOOST_REQUIRE(done.wait(5000));
  for (int ok : done.all()) BOOST_REQUIRE(ok == 1);
}

BUS_TEST(requests_nobody_answers) {
  auto r = wait_for<bus_message>([&](auto g) { f.bus->request("no.one", "x", 5s, {}, g); });
  BOOST_TEST((r.error().code == errc::unavailable));
  auto s = f.bus->subscribe("mute", "", [](bus_message) {});
  f.bus->flush();
  auto before = std::chrono::steady_clock::now();
  auto t = wait_for<bus_message>([&](auto g) { f.bus->request("mute", "x", 150ms, {}, g); });
  auto took = std::chrono::steady_clock::now() - before;
  BOOST_TEST((t.error().code == errc::timeout));
  BOOST_TEST((took >= 150ms));
  BOOST_TEST_MESSAGE("a deadline of 150 ms came after "
                     << std::chrono::duration_cast<std::chrono::milliseconds>(took).count() << " ms");
}

BUS_TEST(bad_publishes_say_so) {
  auto big = wait_for<bus_message>([&](auto g) { f.bus->request("a", std::string(2 << 20, 'x'), 5s, {}, g); });
  BOOST_TEST((big.error().code == errc::too_large));
  auto bare = wait_for<bus_message>([&](auto g) { f.bus->request("", "x", 5s, {}, g); });
  BOOST_TEST((bare.error().code == errc::bad_request));
}

BUS_TEST(server_is_known) {
  auto info = f.bus->server();
  BOOST_TEST(info.version == f.server->version().text());
  BOOST_TEST(info.max_payload == 1 << 20);
  BOOST_TEST((f.bus->state() == connection_state::connected));
}

BOOST_AUTO_TEST_CASE(no_server_fails_in_time) {
  auto before = std::chrono::steady_clock::now();
  auto c = nats_client::create({.url = "nats://user:secret@127.0.0.1:1", .connect_timeout = 500ms});
  BOOST_REQUIRE(!c.ok());
  BOOST_TEST((c.error().code == errc::unavailable));
  BOOST_TEST((std::chrono::steady_clock::now() - before < 5s));
  BOOST_TEST(c.error().message ==
             "no NATS server answers at nats://127.0.0.1:1: does it run, and is the address right?");
}

BOOST_AUTO_TEST_CASE(credentials_that_are_not_there_are_named) {
  auto c = nats_client::create({.url = "nats://127.0.0.1:1", .creds_file = "/nonexistent/engine.creds"});
  BOOST_REQUIRE(!c.ok());
  BOOST_TEST(c.error().message == "cannot read the credentials file /nonexistent/engine.creds");
}

BOOST_AUTO_TEST_SUITE_END()
