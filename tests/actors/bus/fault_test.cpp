#include "tests/actors/bus/bus_fixture.hpp"

#include <algorithm>
#include <csignal>
#include <thread>

using namespace steward;
using namespace steward::test;

BOOST_AUTO_TEST_SUITE(faults)

BUS_TEST(killed_server_comes_back) {
  f.make_stream("K");
  f.must_publish("K.a", "before");
  collected<connection_state> states;
  f.bus->on_state([&](connection_state s) { states.add(s); });
  collected<read_event> events;
  auto reading = f.bus->js_read({.stream = "K"}, [&](read_event e) { events.add(std::move(e)); });
  reading->grant(100);
  BOOST_REQUIRE(events.wait(1));
  collected<bus_message> plain;
  auto s = f.bus->subscribe("still.here", "", [&](bus_message m) { plain.add(std::move(m)); });
  auto mute = f.bus->subscribe("mute", "", [](bus_message) {});
  f.bus->flush();

  // In flight when the server dies: ends at its own deadline, as "may have happened".
  collected<errc> ends;
  f.bus->request("mute", "x", 700ms, {}, [&](result<bus_message> r) { ends.add(r ? errc::ok : r.error().code); });
  f.bus->flush();
  auto port = f.server->port();
  f.kill_server();
  BOOST_REQUIRE(events.wait(2));
  BOOST_REQUIRE(events.all()[1].lost.has_value());
  BOOST_TEST((events.all()[1].lost->code == errc::unavailable));
  BOOST_REQUIRE(ends.wait(1));
  BOOST_TEST((ends.all()[0] == errc::timeout));
  // Afterwards: known not to have happened, at once.
  BOOST_REQUIRE(states.wait(1));
  auto p = wait_for<publish_ack>([&](auto g) { f.bus->js_publish("K.a", "lost", {}, 5s, g); });
  BOOST_TEST((p.error().code == errc::unavailable));
  f.bus->publish("still.here", "dropped");

  f.start(port);
  BOOST_REQUIRE(states.wait(2));
  BOOST_TEST((states.all()[0] == connection_state::reconnecting));
  BOOST_TEST((states.all()[1] == connection_state::connected));
  BOOST_TEST(f.must_publish("K.a", "after").seq == 2u);
  f.bus->publish("still.here", "again");
  BOOST_REQUIRE(plain.wait(1));
  BOOST_TEST(plain.all()[0].data == "again");
  collected<read_event> more;
  reading = f.bus->js_read({.stream = "K"}, [&](read_event e) { more.add(std::move(e)); });
  reading->grant(100);
  BOOST_REQUIRE(more.wait(2));
  BOOST_TEST(more.all()[1].message.data == "after");
  BOOST_TEST(events.all().size() == 2u);
  f.bus->on_state({});
}

BUS_TEST(stopped_server_blocks_nobody) {
  f.make_stream("K");
  ::kill(f.server->pid(), SIGSTOP);
  auto before = std::chrono::steady_clock::now();
  collected<errc> ends;
  std::string data(100'000, 'x');
  for (int i = 0; i < 100; ++i) // more than the socket buffers hold
    f.bus->js_publish("K.a", data, {}, 1s, [&](result<publish_ack> r) { ends.add(r ? errc::ok : r.error().code); });
  auto took = std::chrono::steady_clock::now() - before;
  BOOST_TEST_MESSAGE("100 publishes of 100 kB to a stopped server: "
                     << std::chrono::duration_cast<std::chrono::milliseconds>(took).count() << " ms");
  BOOST_TEST((took < 1s));
  BOOST_REQUIRE(ends.wait(100));
  ::kill(f.server->pid(), SIGCONT);
  auto all = ends.all(); // the first may have been quicker than the signal
  BOOST_TEST(std::count(all.begin(), all.end(), errc::timeout) >= 90);
  // The connection may have to be made anew; then work goes on.
  bool ok = false;
  collected<int> never;
  for (int i = 0; i < 100 && !ok; ++i) {
    ok = wait_for<stream_info>([&](auto g) { f.bus->js_info("K", g); }).ok();
    if (!ok) never.wait(1, 50ms);
  }
  BOOST_TEST(ok);
}

BUS_TEST(destroying_in_the_middle_of_traffic) {
  f.make_stream("S");
  for (int i = 0; i < 50; ++i) f.must_publish("S.a", std::string(600, 'x'));
  std::jthread traffic([&](std::stop_token stop) {
    auto c = f.connect();
    while (!stop.stop_requested()) {
      for (int i = 0; i < 20; ++i) c->publish("chat", "hello"), c->publish("S.b", "more");
      c->flush();
    }
  });
  auto calls = std::make_shared<std::atomic<int>>(0);
  collected<int> answers;
  size_t asked = 0;
  for (int round = 0; round < 100; ++round) {
    auto c = f.connect();
    auto s = c->subscribe("chat", "", [calls](bus_message) { ++*calls; });
    collected<read_event> events; // by value into the callback: it may run once more
    auto shared = std::make_shared<std::unique_ptr<stream_reading>>();
    *shared = c->js_read({.stream = "S"}, [events](read_event e) mutable { events.add(std::move(e)); });
    (*shared)->grant(10'000);
    for (int i = 0; i < 20; ++i) {
      ++asked;
      c->js_publish("S.c", "x", {}, 5s, [answers](result<publish_ack>) mutable { answers.add(1); });
    }
    events.wait(static_cast<size_t>(round % 7));
    std::jthread elsewhere([&] { shared->reset(); });
    if (round % 3 == 0) *s = nullptr;
    if (round % 3 == 1) elsewhere.join();
    c.reset();
  }
  traffic.request_stop();
  traffic.join();
  BOOST_TEST(answers.wait(asked)); // exactly one callback each, a closed client's included
  BOOST_TEST(answers.all().size() == asked);
}

BUS_TEST(destroying_from_callbacks) {
  for (int round = 0; round < 20; ++round) {
    auto c = std::make_shared<std::unique_ptr<nats_client>>(f.connect());
    auto s = std::make_shared<std::unique_ptr<nats_client::subscription>>();
    auto done = std::make_shared<std::promise<void>>();
    auto r = (*c)->subscribe("die", "", [=](bus_message) {
      s->reset();
      c->reset();
      done->set_value();
    });
    BOOST_REQUIRE(r.ok());
    *s = std::move(*r);
    (*c)->flush();
    f.bus->publish("die", "");
    BOOST_REQUIRE((done->get_future().wait_for(patience) == std::future_status::ready));
    // And from the clock's thread.
    auto d = std::make_shared<std::unique_ptr<nats_client>>(f.connect());
    auto mute = f.bus->subscribe("mute", "", [](bus_message) {});
    f.bus->flush();
    auto over = std::make_shared<std::promise<void>>();
    (*d)->request("mute", "", 1ms, {}, [=](result<bus_message>) {
      d->reset();
      over->set_value();
    });
    BOOST_REQUIRE((over->get_future().wait_for(patience) == std::future_status::ready));
  }
}

BOOST_AUTO_TEST_SUITE_END()
