#include "actors/http/visitor.hpp"

#include <boost/test/unit_test.hpp>
#include <set>

using namespace steward;

BOOST_AUTO_TEST_SUITE(visitors)

BOOST_AUTO_TEST_CASE(the_conversation_hangs_on_the_hash) {
  // Do not change: a visitor would lose his conversation.
  std::string secret(43, 'A');
  auto v = visitor_of(tenant_id{"demo"}, secret);
  BOOST_TEST(v.peer.value == "visitor-07628f5d3a10e7767e6fc7d0046f2cd92cca39d2a9c3ebdda904240ae0bd06f8");
  BOOST_TEST(v.tag == "622749b451162345");
  BOOST_TEST(v.peer.value.find(v.tag) == std::string::npos); // the tag says nothing of the name
  BOOST_TEST(visitor_of(tenant_id{"other"}, secret).peer.value != v.peer.value);
  BOOST_TEST(visitor_of(tenant_id{"other"}, secret).tag != v.tag);
  BOOST_TEST(is_visitors(v.peer));
  BOOST_TEST(!is_visitors(peer_id{"anna"}));
}

BOOST_AUTO_TEST_CASE(secrets_are_new_and_fit_the_cookie) {
  std::set<std::string> all;
  tenant_id t{"a-b_c"};
  for (int i = 0; i < 100; ++i) {
    auto s = new_visitor_secret();
    BOOST_TEST(s.size() == 43u);
    auto back = secret_in_cookie("x=1; steward_visitor_a-b_c=" + s + "; y=2", t);
    BOOST_REQUIRE(back.has_value());
    BOOST_TEST(*back == s);
    all.insert(s);
  }
  BOOST_TEST(all.size() == 100u);
}

BOOST_AUTO_TEST_CASE(other_cookies_are_none) {
  tenant_id t{"demo"};
  std::string s(43, 'x');
  for (auto& bad :
       {std::string(), std::string("steward_visitor_demo="), "steward_visitor_demo=" + s + "y",
        "steward_visitor_demo2=" + s, "xsteward_visitor_demo=" + s, "steward_visitor_demo=" + std::string(43, '\''),
        std::string(";;;=;"), "steward_visitor_demo=\"" + s + "\""})
    BOOST_TEST(!secret_in_cookie(bad, t).has_value(), bad);
  BOOST_TEST(secret_in_cookie("steward_visitor_demo=bad;steward_visitor_demo=" + s, t).has_value());
}

BOOST_AUTO_TEST_CASE(cookies_say_who_may_send_them) {
  tenant_id t{"demo"};
  auto plain = visitor_cookie(t, "s", cookie_scope::plain);
  BOOST_TEST(plain == "steward_visitor_demo=s; Path=/; HttpOnly; Max-Age=31536000; SameSite=Lax");
  BOOST_TEST(visitor_cookie(t, "s", cookie_scope::embedded).ends_with("; SameSite=None; Secure; Partitioned"));
  BOOST_TEST(visitor_cookie(t, "", cookie_scope::secure).find("Max-Age=0;") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
