#define BOOST_TEST_MODULE channel
#include "actors/channel/door_policy.hpp"
#include "actors/channel/rate_limit.hpp"
#include "messages/parts.hpp"

#include <boost/test/unit_test.hpp>

using namespace steward;

namespace {
tenant_config shop() {
  tenant_config t;
  t.channels = {channel_id{"kiosk"}};
  t.mask = {mask_rule::card};
  t.text_chars = 10;
  return t;
}
say_request ask(std::string id, std::string text) {
  say_request q;
  q.id = std::move(id), q.text = std::move(text);
  return q;
}
} // namespace

BOOST_AUTO_TEST_CASE(what_is_not_let_in_says_why) {
  auto t = shop();
  struct {
    say_request q;
    const char* channel;
    errc code;
  } rows[] = {
      {ask("", "x"), "kiosk", errc::bad_request},
      {ask(std::string(201, 'i'), "x"), "kiosk", errc::bad_request},
      {ask("1", ""), "kiosk", errc::bad_request},
      {ask("1", "\xff"), "kiosk", errc::bad_request},
      {ask("1", "12345678901"), "kiosk", errc::too_large},
      {ask("1", "x"), "fax", errc::unknown_channel},
  };
  for (auto& r : rows) {
    auto in = check_say(r.q, tenant_id{"shop"}, channel_id{r.channel}, peer_id{"p"}, {&t, "", 5});
    BOOST_REQUIRE(!in.ok());
    BOOST_TEST(to_string(in.error().code) == to_string(r.code), in.error().message);
  }
  BOOST_TEST(
      (check_say(ask("1", "x"), tenant_id{"none"}, channel_id{"web"}, peer_id{"p"}, {nullptr, "", 5}).error().code ==
       errc::unknown_tenant));
  auto late = ask("1", "x");
  late.time_ms = -4;
  BOOST_TEST((check_say(late, tenant_id{"shop"}, channel_id{"web"}, peer_id{"p"}, {&t, "", 5}).error().code ==
              errc::bad_request));
}

BOOST_AUTO_TEST_CASE(text_is_masked_before_it_is_anywhere) {
  auto t = shop();
  t.text_chars = 100;
  auto in = check_say(ask("1", "card 4111 1111 1111 1111"), tenant_id{"shop"}, channel_id{"kiosk"}, peer_id{"p"},
                      {&t, "", 5});
  BOOST_REQUIRE(in.ok());
  BOOST_TEST(in->message.body.empty()); // nothing that is unmasked can be written by mistake
  BOOST_TEST(mask_and_encode(*in, t) == 1u);
  BOOST_TEST(in->message.body.data.find("4111") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(data_of_events_is_masked_too) {
  auto t = shop();
  event_request q;
  q.id = "1", q.customer = "c1";
  q.data.msgpack = *msgpack_of(R"({"form":{"note":"card 4111 1111 1111 1111"}})");
  auto in = check_event(q, tenant_id{"shop"}, "form", {&t, "", 5});
  BOOST_REQUIRE(in.ok());
  BOOST_TEST(in->message.body.empty()); // nothing that is unmasked can be written by mistake
  BOOST_TEST(mask_and_encode(*in, t) == 1u);
  BOOST_TEST(in->message.body.data.find("4111") == std::string::npos);
  BOOST_TEST(in->message.body.data.find("[card]") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_message_without_a_trace_gets_one_and_keeps_it) {
  auto t = shop();
  auto trace = [&](const char* id, const char* given) {
    return check_say(ask(id, "x"), tenant_id{"shop"}, channel_id{"kiosk"}, peer_id{"p"}, {&t, given, 5})->message.trace;
  };
  const std::string given = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  BOOST_TEST(trace("1", given.c_str()) == given);
  BOOST_TEST(trace("1", "").size() == 55u);
  BOOST_TEST(trace("1", "") == trace("1", ""));
  BOOST_TEST(trace("1", "") != trace("2", ""));
}

BOOST_AUTO_TEST_CASE(the_same_id_of_other_tenants_and_peers_is_another_message) {
  auto t = shop();
  auto id = [&](const char* tenant, const char* peer) {
    return check_say(ask("1", "x"), tenant_id{tenant}, channel_id{"kiosk"}, peer_id{peer}, {&t, "", 5})->message.id;
  };
  BOOST_TEST((id("a", "p") == id("a", "p")));
  BOOST_TEST((id("a", "p") != id("b", "p")));
  BOOST_TEST((id("a", "p") != id("a", "q")));
}

BOOST_AUTO_TEST_CASE(a_flood_meets_its_limit_and_no_other_does) {
  rate_limit l;
  rate r{1, 3};
  for (int i = 0; i < 3; ++i) BOOST_TEST(l.take("a", r, 0) == 0);
  BOOST_TEST(l.take("a", r, 0) == 1000);
  BOOST_TEST(l.take("b", r, 0) == 0);
  BOOST_TEST(l.take("a", r, 1000) == 0);
  BOOST_TEST(l.take("a", r, 500) > 0); // a clock that went back gives nothing
}

BOOST_AUTO_TEST_CASE(keys_are_bounded) {
  rate_limit l(2);
  rate r{1, 1};
  for (auto k : {"a", "b", "c"}) BOOST_TEST(l.take(k, r, 0) == 0);
  BOOST_TEST(l.take("c", r, 0) > 0);
  BOOST_TEST(l.take("a", r, 0) == 0); // was forgotten
}

BOOST_AUTO_TEST_CASE(parts_join_and_bad_ones_are_refused) {
  std::string whole;
  for (int i = 0; i < 20'000; ++i) whole += std::to_string(i * 7919 % 10'007);
  auto parts = to_parts("d", whole, 1'000);
  BOOST_REQUIRE(parts.size() > 2u);
  part_joiner j;
  for (size_t i = 0; i < parts.size(); ++i) {
    auto r = j.add(parts[i]);
    BOOST_REQUIRE(r.ok());
    BOOST_TEST(r->has_value() == (i + 1 == parts.size()));
    if (*r) BOOST_TEST((**r == whole));
  }
  BOOST_TEST(!j.add(parts[1]).ok()); // without the one before
  auto bad = parts[0];
  bad.count = 1;
  BOOST_TEST(!j.add(bad).ok()); // cut
}
