// A customer whom the company's site names: signing in and out over HTTP, and who nobody is.
#include "tests/access/site_keys.hpp"
#include "tests/actors/http/door_fixture.hpp"

#include "actors/http/visitor.hpp"

#include <ctime>

using namespace steward;
using namespace steward::test;
using nlohmann::json;

namespace {

struct sign_in_fixture : door_fixture {
  site::signer key = site::make("k1", token_algorithm::eddsa);
  std::string secret = std::string(42, 's') + "A";
  visitor before = visitor_of(tenant_id{"demo"}, secret);
  visitor ana = visitor_of(tenant_id{"demo"}, signed_customer{"4711", "Ana", now() + 600});

  sign_in_fixture() { engine.facts.identity = {"shop", {key.key}}; }

  static int64_t now() { return static_cast<int64_t>(std::time(nullptr)); }
  std::string token(json change = json::object()) const {
    json c{{"sub", "4711"}, {"name", "Ana"}, {"aud", "shop"}, {"exp", now() + 600}};
    for (auto& [k, v] : change.items()) c[k] = v;
    return key.token(c);
  }
  raw_answer ask(const std::string& what, const std::string& cookie = {}, const std::string& body = {},
                 const std::string& head = {}) {
    auto c = client();
    c.send(what + " HTTP/1.1\r\nHost: a.example\r\nConnection: close\r\n" + head +
           (cookie.empty() ? "" : "Cookie: " + cookie + "\r\n") +
           (body.empty() ? "" : "Content-Length: " + std::to_string(body.size()) + "\r\n") + "\r\n" + body);
    return c.answer();
  }
  raw_answer sign_in(const std::string& t, const std::string& cookie = {}) {
    return ask("POST /t/demo/sign-in", cookie, json{{"token", t}}.dump());
  }
  std::string as_visitor() const { return "steward_visitor_demo=" + secret; }
  std::string as_customer(json change = json::object()) const { return "steward_customer_demo=" + token(change); }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(page_sign_in, sign_in_fixture)

BOOST_AUTO_TEST_CASE(a_visitor_becomes_a_customer_and_takes_his_conversation_along) {
  auto t = token();
  auto a = sign_in(t, as_visitor());
  BOOST_TEST(a.status == 200, a.body);
  auto answer = json::parse(a.body);
  BOOST_TEST(answer["visitor"] == ana.tag);
  BOOST_TEST(answer["until"].get<int64_t>() > now());
  auto cookies = a.headers["set-cookie"];
  BOOST_TEST(has(cookies, "steward_customer_demo=" + t + "; Path=/; HttpOnly"));
  BOOST_TEST(has(cookies, "steward_visitor_demo=; Path=/; HttpOnly; Max-Age=0")); // whoever knows it knows no more
  BOOST_TEST_REQUIRE(engine.sign_ins().size() == 1u);
  auto s = engine.sign_ins().at(0);
  BOOST_TEST(s.visitor.value == before.peer.value);
  BOOST_TEST(s.customers_peer.value == ana.peer.value);
  BOOST_TEST(s.customer == "4711");
  BOOST_TEST(s.name == "Ana");
  // Who is a customer already has nothing to take along: a token again is a longer stay.
  BOOST_TEST(sign_in(t, as_customer()).status == 200);
  BOOST_TEST(sign_in(t).status == 200);
  BOOST_TEST(engine.sign_ins().size() == 1u);
}

BOOST_AUTO_TEST_CASE(nothing_changes_before_the_log_has_it) {
  engine.next_ack = {.ok = false, .error = {"unavailable", "no log"}, .retry_after_ms = 1000};
  auto a = sign_in(token(), as_visitor());
  BOOST_TEST(a.status == 503);
  BOOST_TEST(a.headers.count("set-cookie") == 0u);
}

BOOST_AUTO_TEST_CASE(a_customer_speaks_and_reads_under_the_companys_name) {
  BOOST_TEST(ask("POST /t/demo/messages?as=" + ana.tag, as_customer(), R"({"id":"m1","text":"hello"})").status == 202);
  auto m = engine.said().at(0);
  BOOST_TEST(m.peer.value == ana.peer.value);
  BOOST_TEST(m.body.customer == "4711");
  // Another device, with a token of its own: the same conversation.
  auto feed = ask("GET /t/demo/feed?from=1&as=" + ana.tag, as_customer({{"jti", "other"}, {"exp", now() + 9999}}));
  BOOST_TEST(has(feed.body, R"("next":2)"));
  auto page = ask("GET /t/demo", as_customer());
  BOOST_TEST(has(page.body, ana.tag));
  BOOST_TEST(!has(page.body, "4711"));
  BOOST_TEST(!has(page.body, ana.peer.value));
  BOOST_TEST(page.headers.count("set-cookie") == 0u);
  // His name opens no other door.
  BOOST_TEST(ask("GET /v1/demo/conversations/" + ana.peer.value + "/feed").status == 403);
  BOOST_TEST(
      ask("POST /v1/demo/conversations/" + ana.peer.value + "/messages", {}, R"({"id":"1","text":"x"})").status == 403);
  BOOST_TEST(ask("GET /v1/demo/conversations/signed-off/feed").status == 200); // a name of somebody's own
  // The end closes his conversation, as often as he likes, and he stays who he is.
  for (int i = 0; i < 2; ++i) {
    auto end = ask("POST /t/demo/end?as=" + ana.tag, as_customer(), "stars=5",
                   "Content-Type: application/x-www-form-urlencoded\r\n");
    BOOST_TEST(end.headers["location"] == "/t/demo?note=note_closed");
    BOOST_TEST(end.headers.count("set-cookie") == 0u);
  }
  BOOST_TEST(engine.events().at(0).body.customer == "4711");
  BOOST_TEST(engine.events().at(0).body.id != engine.events().at(1).body.id);
}

BOOST_AUTO_TEST_CASE(signing_out_leaves_nothing) {
  auto a = ask("POST /t/demo/sign-out", as_customer(), "{}");
  BOOST_TEST(a.status == 200);
  BOOST_TEST(has(a.headers["set-cookie"], "steward_customer_demo=; Path=/; HttpOnly; Max-Age=0"));
  BOOST_TEST(has(a.headers["set-cookie"], "steward_visitor_demo=; Path=/; HttpOnly; Max-Age=0"));
  auto form = ask("POST /t/demo/sign-out", as_customer(), "x=1", "Content-Type: application/x-www-form-urlencoded\r\n");
  BOOST_TEST(form.status == 303);
  BOOST_TEST(form.headers["location"] == "/t/demo?note=note_signed_out");
  // A visitor whom nobody named is not signed in, and keeps what he wrote.
  BOOST_TEST(!has(ask("POST /t/demo/sign-out", as_visitor(), "{}").headers["set-cookie"], "steward_visitor_demo"));
}

BOOST_AUTO_TEST_CASE(a_token_that_is_not_good_signs_nobody_in) {
  struct row {
    std::string token;
    unsigned status;
    const char* says;
  };
  auto other = site::make("k1", token_algorithm::eddsa);
  json good{{"sub", "4711"}, {"aud", "shop"}, {"exp", now() + 600}};
  auto none = key.token(good, {{"alg", "none"}});
  for (auto& r : std::vector<row>{{token({{"exp", now() - 61}}), 403, "has expired"},
                                  {token({{"nbf", now() + 90}}), 403, "does not hold yet"},
                                  {token({{"aud", "another"}}), 403, "'aud'"},
                                  {other.token(good), 403, "signature"},
                                  {none, 403, "not with 'none'"},
                                  {none.substr(0, none.rfind('.') + 1), 403, "not with 'none'"},
                                  {key.token(good, {{"kid", "k2"}}), 403, "no key is called 'k2'"},
                                  {key.token(good, {{"kid", nullptr}}), 403, "no 'kid'"},
                                  {"nonsense", 400, "no token"},
                                  {token({{"x", std::string(5000, 'x')}}), 413, "at most 3800"},
                                  {std::string(1 << 20, 'a'), 413, "larger than 65536 bytes"}}) {
    auto a = sign_in(r.token, as_visitor());
    BOOST_TEST(a.status == r.status, r.says << ": " << a.body);
    BOOST_TEST(has(a.body, r.says), a.body);
    BOOST_TEST(a.headers.count("set-cookie") == 0u);
    if (r.token.size() > 8000) continue;
    // Nor does it as a cookie.
    auto feed = ask("GET /t/demo/feed", "steward_customer_demo=" + r.token);
    BOOST_TEST((feed.status == 403 || feed.status == 409), r.says);
  }
  BOOST_TEST(ask("GET /t/demo/feed", "steward_customer_demo=" + std::string(1 << 20, 'a')).status == 431);
  for (auto bad : {"", "{", "[]", "{}", R"({"token":7})", R"({"token":""})"})
    BOOST_TEST(ask("POST /t/demo/sign-in", as_visitor(), bad).status == 400, bad);
  BOOST_TEST(engine.sign_ins().empty());
  engine.facts.identity = {};
  BOOST_TEST(sign_in(token(), as_visitor()).status == 501);
}

BOOST_AUTO_TEST_CASE(one_that_has_expired_begins_anew_and_shows_nothing) {
  auto old = as_customer({{"exp", now() - 100}});
  BOOST_TEST(ask("GET /t/demo/feed?as=" + ana.tag, old).status == 409); // the page loads itself again
  auto page = ask("GET /t/demo", old);
  BOOST_TEST(!has(page.body, ana.tag));
  BOOST_TEST(has(page.headers["set-cookie"], "steward_customer_demo=; "));
  BOOST_TEST(has(page.headers["set-cookie"], "steward_visitor_demo="));
}

BOOST_AUTO_TEST_CASE(other_sites_sign_nobody_in_or_out) {
  auto body = json{{"token", token()}}.dump();
  for (auto what : {"POST /t/demo/sign-in", "POST /t/demo/sign-out"})
    for (auto head : {"Origin: https://evil.example\r\n", "Sec-Fetch-Site: cross-site\r\n"}) {
      auto a = ask(what, as_visitor(), body, head);
      BOOST_TEST(a.status == 403, what);
      BOOST_TEST(a.headers.count("set-cookie") == 0u);
    }
}

BOOST_AUTO_TEST_SUITE_END()
