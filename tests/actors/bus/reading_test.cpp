#include "tests/actors/bus/bus_fixture.hpp"

using namespace steward;
using namespace steward::test;

BOOST_AUTO_TEST_SUITE(readings)

namespace {
void fill(bus_fixture& f, const std::string& subject, int n) {
  collected<bool> acks;
  for (int i = 0; i < n; ++i)
    f.bus->js_publish(subject, std::to_string(i), {{message_id_header, std::to_string(i)}}, 15s,
                      [&](result<publish_ack> r) { acks.add(r.ok()); });
  BOOST_REQUIRE(acks.wait(static_cast<size_t>(n)));
}

bool is_lost(const std::vector<read_event>& e) { return !e.empty() && e.back().lost; }

// Grants one more for each message, from inside the callback, as a slow owner would.
class reader {
public:
  ~reader() { take(); }
  void open(nats_client& c, read_options o, uint32_t credit, bool refill) {
    std::lock_guard lock(shared_->mutex);
    shared_->reading = c.js_read(std::move(o), [events = events, s = shared_, refill](read_event e) mutable {
      bool lost = e.lost.has_value();
      events.add(std::move(e));
      if (lost || !refill) return;
      std::lock_guard inner(s->mutex);
      if (s->reading) s->reading->grant(1);
    });
    shared_->reading->grant(credit);
  }
  void grant(uint32_t n) {
    std::lock_guard lock(shared_->mutex);
    shared_->reading->grant(n);
  }
  collected<read_event> events;

private:
  struct shared {
    std::mutex mutex;
    std::unique_ptr<stream_reading> reading;
  };
  std::unique_ptr<stream_reading> take() {
    std::lock_guard lock(shared_->mutex);
    return std::move(shared_->reading);
  }
  std::shared_ptr<shared> shared_ = std::make_shared<shared>();
};
} // namespace

BUS_TEST(five_thousand_in_order_with_small_credit) {
  f.make_stream("S");
  fill(f, "S.a", 5000);
  for (auto [credit, batch] : {std::pair{7u, 256u}, {256u, 64u}, {1u, 1u}}) {
    reader r;
    auto before = std::chrono::steady_clock::now();
    r.open(*f.bus, {.stream = "S", .batch = batch}, credit, true);
    BOOST_REQUIRE(r.events.wait(5000));
    auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - before).count();
    BOOST_TEST_MESSAGE("5000 messages, credit " << credit << ", batch " << batch << ": " << ms << " ms");
    uint64_t n = 0;
    for (auto& e : r.events.all()) {
      ++n;
      BOOST_REQUIRE(!e.lost);
      BOOST_REQUIRE(e.consumer_seq == n);
      BOOST_REQUIRE(e.message.seq == n);
      BOOST_REQUIRE(e.pending == 5000 - n);
      BOOST_REQUIRE(e.message.data == std::to_string(n - 1));
      BOOST_REQUIRE(e.message.subject == "S.a");
      BOOST_REQUIRE(e.message.time_ns > 0);
    }
  }
}

BUS_TEST(nothing_comes_without_credit) {
  f.make_stream("S");
  fill(f, "S.a", 100);
  reader r;
  r.open(*f.bus, {.stream = "S", .from_seq = 11}, 30, false);
  BOOST_REQUIRE(r.events.wait(30));
  BOOST_TEST(!r.events.wait(31, 300ms));
  BOOST_TEST(r.events.all().front().message.seq == 11u);
  r.grant(20);
  BOOST_REQUIRE(r.events.wait(50));
  BOOST_TEST(!r.events.wait(51, 300ms));
}

BUS_TEST(filters) {
  f.make_stream("S");
  for (int i = 0; i < 20; ++i) f.must_publish(i % 2 ? "S.odd" : "S.even", std::to_string(i));
  reader r;
  r.open(*f.bus, {.stream = "S", .filter = "S.odd"}, 100, false);
  BOOST_REQUIRE(r.events.wait(10));
  auto e = r.events.all();
  for (size_t i = 0; i < 10; ++i) {
    BOOST_TEST(e[i].consumer_seq == i + 1);
    BOOST_TEST(e[i].message.seq == 2 * i + 2);
  }
}

BUS_TEST(a_message_at_an_idle_stream_comes_at_once) {
  f.make_stream("S");
  reader r;
  r.open(*f.bus, {.stream = "S"}, 100, true);
  f.must_publish("S.a", "warm");
  BOOST_REQUIRE(r.events.wait(1));
  std::vector<double> ms;
  for (size_t i = 0; i < 50; ++i) {
    auto before = std::chrono::steady_clock::now();
    f.bus->publish("S.a", "x");
    BOOST_REQUIRE(r.events.wait(i + 2));
    ms.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - before).count());
  }
  std::sort(ms.begin(), ms.end());
  BOOST_TEST_MESSAGE("publish to event at an idle stream: p50 " << ms[25] << " ms, max " << ms[49] << " ms");
}

BUS_TEST(idle_longer_than_a_pull_waits) {
  // Only when asked for: a pull waits 15 s.
  if (!std::getenv("STEWARD_SLOW_TESTS")) {
    std::cout << "SKIP: idle_longer_than_a_pull_waits (set STEWARD_SLOW_TESTS=1)\n";
    return;
  }
  f.make_stream("S");
  reader r;
  r.open(*f.bus, {.stream = "S"}, 100, false);
  f.must_publish("S.a", "1");
  BOOST_REQUIRE(r.events.wait(1));
  BOOST_TEST(!r.events.wait(2, 40s));
  for (int i = 0; i < 99; ++i) f.must_publish("S.a", "2");
  BOOST_REQUIRE(r.events.wait(100));
  f.must_publish("S.a", "too many");
  BOOST_TEST(!r.events.wait(101, 300ms));
  for (auto& e : r.events.all()) BOOST_TEST(!e.lost);
}

BUS_TEST(missing_stream_is_lost_at_once) {
  reader r;
  r.open(*f.bus, {.stream = "NOWHERE"}, 10, false);
  BOOST_REQUIRE(r.events.wait(1));
  BOOST_REQUIRE(is_lost(r.events.all()));
  BOOST_TEST((r.events.all()[0].lost->code == errc::not_found));
}

BUS_TEST(deleted_stream_is_lost) {
  for (bool recreate : {false, true}) {
    f.make_stream("S");
    f.must_publish("S.a", "x");
    reader r;
    r.open(*f.bus, {.stream = "S"}, 10, false);
    BOOST_REQUIRE(r.events.wait(1));
    auto before = std::chrono::steady_clock::now();
    BOOST_REQUIRE(
        wait_for<bus_message>([&](auto g) { f.bus->request("$JS.API.STREAM.DELETE.S", "", 5s, {}, g); }).ok());
    if (recreate) {
      f.make_stream("S");
      f.must_publish("S.a", "not for the old reading");
    }
    BOOST_REQUIRE(r.events.wait_until(is_lost));
    BOOST_TEST_MESSAGE(
        "lost after "
        << std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - before).count()
        << " ms: " << r.events.all().back().lost->message);
    BOOST_TEST(r.events.all().size() == 2u);
  }
}

BUS_TEST(deleted_consumer_is_lost) {
  f.make_stream("S");
  reader r;
  r.open(*f.bus, {.stream = "S"}, 10, false);
  f.must_publish("S.a", "x");
  BOOST_REQUIRE(r.events.wait(1));
  auto names = wait_for<bus_message>([&](auto g) { f.bus->request("$JS.API.CONSUMER.NAMES.S", "", 5s, {}, g); });
  BOOST_REQUIRE(names.ok());
  auto at = names->data.find("stw-");
  BOOST_REQUIRE(at != std::string::npos);
  auto name = names->data.substr(at, names->data.find('"', at) - at);
  BOOST_REQUIRE(
      wait_for<bus_message>([&](auto g) { f.bus->request("$JS.API.CONSUMER.DELETE.S." + name, "", 5s, {}, g); }).ok());
  BOOST_REQUIRE(r.events.wait_until(is_lost));
}

BUS_TEST(destroyed_readings_leave_no_consumer) {
  f.make_stream("S");
  {
    reader r;
    r.open(*f.bus, {.stream = "S"}, 10, false);
    f.must_publish("S.a", "x");
    BOOST_REQUIRE(r.events.wait(1));
  }
  collected<int> never;
  bool gone = false;
  for (int i = 0; i < 100 && !gone; ++i) {
    auto names = wait_for<bus_message>([&](auto g) { f.bus->request("$JS.API.CONSUMER.NAMES.S", "", 5s, {}, g); });
    gone = names && names->data.find("stw-") == std::string::npos;
    if (!gone) never.wait(1, 20ms); // the server deletes in its own time
  }
  BOOST_TEST(gone);
}

BOOST_AUTO_TEST_SUITE_END()
