#include "actors/http/client_limits.hpp"

#include <boost/test/unit_test.hpp>

using namespace steward;
namespace ip = boost::asio::ip;

namespace {
trusted_proxies proxies(const std::vector<std::string>& texts) {
  auto p = trusted_proxies::create(texts);
  BOOST_REQUIRE(p.ok());
  return *p;
}
} // namespace

BOOST_AUTO_TEST_SUITE(client_limit)

BOOST_AUTO_TEST_CASE(only_trusted_proxies_are_believed) {
  auto p = proxies({"10.0.0.0/8", "127.0.0.1", "fd00::/8"});
  struct {
    std::string peer, forwarded, client;
  } rows[] = {
      {"192.0.2.1", "198.51.100.7", "192.0.2.1"}, // anybody can write a header
      {"10.1.2.3", "198.51.100.7", "198.51.100.7"},
      {"10.1.2.3", "1.1.1.1, 198.51.100.7", "198.51.100.7"}, // what the customer wrote himself stands left
      {"10.1.2.3", "1.1.1.1, 198.51.100.7, 10.9.9.9", "198.51.100.7"},
      {"10.1.2.3", "10.0.0.2", "10.0.0.2"},
      {"10.1.2.3", "", "10.1.2.3"},
      {"10.1.2.3", "nonsense", "10.1.2.3"},
      {"10.1.2.3", "198.51.100.7, nonsense", "10.1.2.3"},
      {"::ffff:10.1.2.3", "198.51.100.7", "198.51.100.7"},
      {"fd00::1", "198.51.100.7", "198.51.100.7"},
      {"2001:db8:1:2:3::4", "", "2001:db8:1:2::/64"}, // a /64 is one customer
  };
  for (auto& r : rows)
    BOOST_TEST(p.client(ip::make_address(r.peer), r.forwarded) == r.client, r.peer + " " + r.forwarded);
  BOOST_TEST(!trusted_proxies::create({"everybody"}).ok());
  BOOST_TEST(!trusted_proxies::create({"10.0.0.0/40"}).ok());
}

BOOST_AUTO_TEST_CASE(a_flood_waits_and_others_do_not) {
  client_limits l(10, 3, 2);
  for (int i = 0; i < 3; ++i) BOOST_TEST(l.take("a", 1000) == 0);
  BOOST_TEST(l.take("a", 1000) == 100);
  BOOST_TEST(l.take("b", 1000) == 0);
  BOOST_TEST(l.take("a", 1100) == 0);
  BOOST_TEST(l.take("a", 900) > 0); // a clock that goes back gives nothing
}

BOOST_AUTO_TEST_CASE(memory_is_bounded) {
  client_limits l(1, 1, 2, 10);
  for (int i = 0; i < 1000; ++i) l.take(std::to_string(i), 1);
  BOOST_TEST(l.take("0", 1) == 0); // forgotten
  BOOST_TEST(l.take("999", 1) > 0);
}

BOOST_AUTO_TEST_CASE(sockets_give_their_place_back) {
  client_limits l(1, 1, 2);
  auto a = l.open_socket("x"), b = l.open_socket("x");
  BOOST_TEST((a && b));
  BOOST_TEST(!l.open_socket("x"));
  BOOST_TEST(!!l.open_socket("y"));
  a.reset();
  BOOST_TEST(!!l.open_socket("x"));
}

BOOST_AUTO_TEST_SUITE_END()
