#include "messages/subjects.hpp"

#include <boost/test/unit_test.hpp>

using namespace steward;

BOOST_AUTO_TEST_SUITE(subject_names)

BOOST_AUTO_TEST_CASE(peers_of_any_bytes_have_one_spelling) {
  for (std::string peer : {"anna", "+49 170.1", "a=b", "=41", "客户", "*", ">"}) {
    auto s = subjects::say(tenant_id{"demo"}, channel_id{"kiosk"}, peer_id{peer});
    auto back = subjects::parse_say(s);
    BOOST_REQUIRE(back.ok());
    BOOST_TEST(back->peer.value == peer);
  }
}

BOOST_AUTO_TEST_CASE(bad_subjects_are_refused) {
  for (auto s : {"", "say", "say.demo.kiosk", "say.demo.kiosk.", "say.De mo.kiosk.x", "say.demo..x", "say.demo.k.a=4",
                 "say.demo.k.=4g"})
    BOOST_TEST(!subjects::parse_say(s).ok(), s);
  BOOST_TEST(!subjects::parse_event("event.demo").ok());
  BOOST_TEST(subjects::parse_event("event.demo.order_shipped").ok());
}

BOOST_AUTO_TEST_CASE(a_seats_subject_has_four_names) {
  auto s = subjects::parse_seat(subjects::seat(tenant_id{"demo"}, "anna", "say"));
  BOOST_REQUIRE(s.ok());
  BOOST_TEST((s->tenant.value == "demo" && s->seat == "anna" && s->verb == "say"));
  for (auto bad : {"seat.demo.anna", "seat.demo.anna.", "seat.demo.An na.say", "seat.demo.anna.say.more", "say.a.b.c"})
    BOOST_TEST(!subjects::parse_seat(bad).ok(), bad);
}

// Stored names: a change here orphans every conversation of an installation.
BOOST_AUTO_TEST_CASE(hashes_are_what_they_were) {
  auto c = conversation_id(tenant_id{"demo"}, channel_id{"web"}, account_id{""}, peer_id{"anna"});
  BOOST_TEST(c.value == "cfjmktleosyapduhrfptkzhhj3m");
  BOOST_TEST(int(partition_of(tenant_id{"demo"}, c).value) == 0);
  BOOST_TEST(inbound_id(tenant_id{"a"}, channel_id{"b"}, account_id{"c"}, peer_id{"d"}, "e").value !=
             inbound_id(tenant_id{"a"}, channel_id{"b"}, account_id{"cd"}, peer_id{""}, "e").value);
}

BOOST_AUTO_TEST_SUITE_END()
