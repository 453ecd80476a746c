#include "tests/actors/bus/bus_fixture.hpp"

using namespace steward;
using namespace steward::test;

BOOST_AUTO_TEST_SUITE(streams)

using stored = std::optional<stored_message>;

BUS_TEST(expected_sequence_fences) {
  f.make_stream("T");
  auto publish = [&](uint64_t expected) {
    return wait_for<publish_ack>([&](auto g) {
      f.bus->js_publish("T.a", "x", {{expected_last_sequence, std::to_string(expected)}}, 5s, g);
    });
  };
  auto one = publish(0);
  BOOST_REQUIRE(one.ok());
  BOOST_TEST(one->seq == 1u);
  BOOST_TEST(one->stream == "T");
  BOOST_TEST(publish(1).ok());
  BOOST_TEST((publish(1).error().code == errc::conflict));
  BOOST_TEST((publish(7).error().code == errc::conflict));
  BOOST_TEST(publish(2)->seq == 3u);
}

// What commits in a chain rest on: one whose predecessor was beaten by another's message is refused, although the
// sequence that it expects is there.
BUS_TEST(a_chain_of_expectations_lands_in_part_or_not_at_all) {
  f.make_stream("C");
  auto publish = [&](const std::string& id, uint64_t expected, const std::string& behind) {
    headers head{{expected_last_sequence, std::to_string(expected)}, {message_id_header, id}};
    if (!behind.empty()) head.emplace_back(expected_last_id, behind);
    return wait_for<publish_ack>([&](auto g) { f.bus->js_publish("C.a", "x", head, 5s, g); });
  };
  BOOST_TEST(publish("a1", 0, "").ok());
  BOOST_TEST(publish("a2", 1, "a1").ok());
  BOOST_TEST(publish("b1", 2, "").ok()); // the other one, where a3 should have come
  BOOST_TEST((publish("a3", 2, "a2").error().code == errc::conflict));
  BOOST_TEST((publish("a4", 3, "a3").error().code == errc::conflict));
  BOOST_TEST((publish("a5", 4, "a4").error().code == errc::conflict));
  BOOST_TEST(publish("b2", 3, "b1")->seq == 4u);
}

BUS_TEST(message_ids_drop_repeats) {
  f.make_stream("D");
  auto a = f.must_publish("D.a", "x", {{message_id_header, "m1"}});
  auto b = f.must_publish("D.a", "x", {{message_id_header, "m1"}});
  auto c = f.must_publish("D.a", "x", {{message_id_header, "m2"}});
  BOOST_TEST(!a.duplicate);
  BOOST_TEST(b.duplicate);
  BOOST_TEST(b.seq == a.seq);
  BOOST_TEST(c.seq == 2u);
}

BUS_TEST(no_stream_is_told) {
  auto p = wait_for<publish_ack>([&](auto g) { f.bus->js_publish("nowhere.a", "x", {}, 5s, g); });
  BOOST_TEST((p.error().code == errc::unavailable));
  auto i = wait_for<stream_info>([&](auto g) { f.bus->js_info("NOWHERE", g); });
  BOOST_TEST((i.error().code == errc::not_found));
  auto m = wait_for<stored>([&](auto g) { f.bus->js_get("NOWHERE", 1, g); });
  BOOST_TEST((m.error().code == errc::not_found));
}

BUS_TEST(messages_can_be_read_singly) {
  f.make_stream("G");
  std::string data("\0\xffpayload", 9);
  f.must_publish("G.a", data, {{"K", "v"}, {message_id_header, "id"}});
  f.must_publish("G.b", "second");
  f.must_publish("G.a", "third");
  auto get = [&](uint64_t seq) { return wait_for<stored>([&](auto g) { f.bus->js_get("G", seq, g); }); };
  auto first = get(1);
  BOOST_REQUIRE((first.ok() && first->has_value()));
  BOOST_TEST((*first)->data == data);
  BOOST_TEST((*first)->subject == "G.a");
  BOOST_TEST((*first)->seq == 1u);
  BOOST_TEST((*first)->time_ns > 1'600'000'000'000'000'000);
  BOOST_TEST((*first)->head.size() == 2u);
  auto none = get(4);
  BOOST_REQUIRE(none.ok());
  BOOST_TEST(!none->has_value());
  auto last = wait_for<stored>([&](auto g) { f.bus->js_last("G", "G.a", g); });
  BOOST_REQUIRE((last.ok() && last->has_value()));
  BOOST_TEST((*last)->seq == 3u);
  auto unknown = wait_for<stored>([&](auto g) { f.bus->js_last("G", "G.zzz", g); });
  BOOST_REQUIRE(unknown.ok());
  BOOST_TEST(!unknown->has_value());
}

BUS_TEST(purging) {
  f.make_stream("P");
  for (int i = 0; i < 10; ++i) f.must_publish(i % 2 ? "P.odd" : "P.even", "x");
  auto purge = [&](uint64_t keep, const std::string& subject) {
    auto r = wait_for<uint64_t>([&](auto g) { f.bus->js_purge("P", keep, subject, g); });
    return r ? *r : 999;
  };
  auto info = [&] { return *wait_for<stream_info>([&](auto g) { f.bus->js_info("P", g); }); };
  BOOST_TEST(purge(0, "") == 0u);
  BOOST_TEST(purge(1, "") == 0u);
  BOOST_TEST(info().messages == 10u);
  BOOST_TEST(purge(4, "") == 3u);
  BOOST_TEST(info().first_seq == 4u);
  BOOST_TEST(info().last_seq == 10u);
  BOOST_TEST(purge(0, "P.odd") == 4u);
  BOOST_TEST(info().messages == 3u);
  BOOST_TEST(info().last_seq == 10u);
}

BUS_TEST(ensure_is_idempotent_and_updates) {
  subjects::stream_definition d{"IN_3", {"in.3.*"}, 3600, 0, 600};
  auto ensure = [&] { return wait_for<stream_info>([&](auto g) { f.bus->js_ensure(d, 1, g); }); };
  auto a = ensure();
  BOOST_REQUIRE(a.ok());
  BOOST_TEST(a->created_ns > 1'600'000'000'000'000'000u);
  f.must_publish("in.3.demo", "x");
  auto b = ensure();
  BOOST_REQUIRE(b.ok());
  BOOST_TEST(b->created_ns == a->created_ns);
  BOOST_TEST(b->last_seq == 1u);
  d.max_age_s = 7200;
  d.subjects.push_back("more.3");
  auto c = ensure();
  BOOST_REQUIRE(c.ok());
  BOOST_TEST(c->created_ns == a->created_ns);
  BOOST_TEST(f.must_publish("more.3", "x").seq == 2u);
}

BUS_TEST(all_streams_of_an_installation) {
  collected<bool> done;
  auto all = subjects::all_streams();
  for (auto& d : all) f.bus->js_ensure(d, 1, [&](result<stream_info> r) { done.add(r.ok()); });
  BOOST_REQUIRE(done.wait(all.size()));
  for (bool ok : done.all()) BOOST_TEST(ok);
}

BUS_TEST(recreated_streams_have_another_incarnation) {
  auto a = f.make_stream("R");
  auto r = wait_for<bus_message>([&](auto g) { f.bus->request("$JS.API.STREAM.DELETE.R", "", 5s, {}, g); });
  BOOST_REQUIRE(r.ok());
  auto b = f.make_stream("R");
  BOOST_TEST(b.created_ns > a.created_ns);
  auto i = wait_for<stream_info>([&](auto g) { f.bus->js_info("R", g); });
  BOOST_TEST(i->created_ns == b.created_ns);
}

BOOST_AUTO_TEST_SUITE_END()
