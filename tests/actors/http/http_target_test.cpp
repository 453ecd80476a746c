#include "actors/http/http_answer.hpp"
#include "actors/http/http_target.hpp"

#include <boost/test/unit_test.hpp>

using namespace steward;

BOOST_AUTO_TEST_SUITE(http_targets)

BOOST_AUTO_TEST_CASE(paths_name_their_conversation) {
  struct {
    std::string target, tenant, peer;
    http_route route;
  } rows[] = {
      {"/livez", "", "", http_route::livez},
      {"/readyz?verbose=1", "", "", http_route::readyz},
      {"/metrics", "", "", http_route::metrics},
      {"/openapi.yaml", "", "", http_route::openapi},
      {"/v1/demo/conversations/anna/messages", "demo", "anna", http_route::messages},
      {"/v1/demo/conversations/anna/feed?from=3&wait=2", "demo", "anna", http_route::feed},
      {"/v1/demo/conversations/a%20b%2Fc%2f+d/feed", "demo", "a b/c/+d", http_route::feed},
      {"/v1/demo/conversations/%E5%AE%A2/feed", "demo", "客", http_route::feed},
      {"/v1/demo/conversations/%00%ff/feed", "demo", std::string("\0\xff", 2), http_route::feed},
      {"/v1/demo/conversations/" + std::string(200, 'x') + "/feed", "demo", std::string(200, 'x'), http_route::feed},
      {"/", "", "", http_route::page},
      {"/t/demo", "demo", "", http_route::page},
      {"/t/demo?lang=zh", "demo", "", http_route::page},
      {"/t/demo/feed?from=3", "demo", "", http_route::page_feed},
      {"/t/demo/messages", "demo", "", http_route::page_messages},
      {"/t/demo/socket", "demo", "", http_route::page_socket},
      {"/t/demo/theme.css", "demo", "", http_route::page_theme},
      {"/assets/v1/chat.js", "", "", http_route::asset},
      {"/embed.js", "", "", http_route::asset},
      {"http://host:80/v1/demo/conversations/anna/feed?x", "demo", "anna", http_route::feed},
  };
  for (auto& r : rows) {
    auto t = parse_target(r.target);
    BOOST_REQUIRE_MESSAGE(t.ok(), r.target);
    BOOST_TEST((t->route == r.route), r.target);
    BOOST_TEST(t->tenant.value == r.tenant);
    BOOST_TEST(t->peer.value == r.peer);
  }
}

BOOST_AUTO_TEST_CASE(what_is_no_path_says_so) {
  struct {
    std::string target;
    errc code;
  } rows[] = {
      {"", errc::bad_request},
      {"*", errc::bad_request},
      {"livez", errc::bad_request},
      {"/t", errc::not_found},
      {"/t/demo/other", errc::not_found},
      {"/t/demo/feed/x", errc::not_found},
      {"/t/De%20mo", errc::unknown_tenant},
      {"/assets/chat.js", errc::not_found},
      {"/livez/", errc::not_found},
      {"//livez", errc::not_found},
      {"http://host", errc::not_found},
      {"/v1", errc::not_found},
      {"/v1/demo/conversations/anna", errc::not_found},
      {"/v1/demo/conversations/anna/other", errc::not_found},
      {"/v1/demo/conversations/a/b/feed", errc::not_found},
      {"/v1/demo/conversations//feed", errc::bad_request},
      {"/v1/demo/conversations/" + std::string(201, 'x') + "/feed", errc::bad_request},
      {"/v1/De%20mo/conversations/a/feed", errc::unknown_tenant},
      {"/v1//conversations/a/feed", errc::unknown_tenant},
      {"/v1/demo/conversations/%4/feed", errc::bad_request},
      {"/v1/demo/conversations/%/feed", errc::bad_request},
      {"/v1/demo/conversations/%zz/feed", errc::bad_request},
      {"/livez?x=%q", errc::bad_request},
  };
  for (auto& r : rows) {
    auto t = parse_target(r.target);
    BOOST_REQUIRE_MESSAGE(!t.ok(), r.target);
    BOOST_TEST(to_string(t.error().code) == to_string(r.code), r.target);
  }
}

BOOST_AUTO_TEST_CASE(numbers_in_queries) {
  auto number = [](const std::string& q) { return number_of(*parse_target("/livez?" + q), "n", 7, 100); };
  BOOST_TEST(*number("") == 7u);
  BOOST_TEST(*number("n=5") == 5u);
  BOOST_TEST(*number("n=5&n=6") == 6u);
  BOOST_TEST(*number("n=500") == 100u);
  for (auto q : {"n=", "n", "n=-1", "n=1.5", "n=x", "n=5+", "n=99999999999999999999999"})
    BOOST_TEST(!number(q).ok(), q);
}

BOOST_AUTO_TEST_CASE(every_error_has_a_status) {
  for (uint16_t i = 1; i <= 15; ++i) {
    auto a = error_answer(static_cast<errc>(i), "why");
    BOOST_TEST(a.status >= 400u);
    BOOST_TEST((a.retry_after_s > 0) == (a.status == 503 || a.status == 429));
    BOOST_TEST(a.body == R"({"error":{"code":")" + std::string(to_string(static_cast<errc>(i))) +
                             R"(","message":"why"},"ok":false})");
  }
  accept_ack busy;
  busy.error = {"overloaded", "slow down"}, busy.retry_after_ms = 2500;
  BOOST_TEST(answer_of(busy).status == 429u);
  BOOST_TEST(answer_of(busy).retry_after_s == 3u);
}

BOOST_AUTO_TEST_SUITE_END()
