// The page over HTTP: who a visitor is, where requests come from, forms without script.
#include "tests/actors/http/door_fixture.hpp"

#include "actors/http/visitor.hpp"

using namespace steward;
using namespace steward::test;

namespace {

struct page_fixture : door_fixture {
  std::string secret = std::string(42, 's') + "A";
  visitor who = visitor_of(tenant_id{"demo"}, secret);

  raw_answer ask(const std::string& what, std::string head = {}, const std::string& body = {}, bool cookie = true) {
    if (cookie) head += "Cookie: steward_visitor_demo=" + secret + "\r\n";
    auto c = client();
    c.send(what + " HTTP/1.1\r\nHost: a.example\r\nConnection: close\r\n" + head +
           (body.empty() ? "" : "Content-Length: " + std::to_string(body.size()) + "\r\n") + "\r\n" + body);
    return c.answer();
  }
};

const std::string form = "Content-Type: application/x-www-form-urlencoded\r\n";

} // namespace

BOOST_FIXTURE_TEST_SUITE(page_requests, page_fixture)

BOOST_AUTO_TEST_CASE(a_new_visitor_gets_a_secret_an_old_one_keeps_his) {
  for (auto path : {"GET /", "GET /t/demo"}) {
    auto a = ask(path, {}, {}, false);
    BOOST_TEST(a.status == 200);
    BOOST_TEST(has(a.headers["set-cookie"], "steward_visitor_demo="));
    BOOST_TEST(has(a.headers["set-cookie"], "HttpOnly"));
    BOOST_TEST(has(a.headers["content-security-policy"], "default-src 'none'"));
    BOOST_TEST(has(a.body, "Larch &amp; &lt;Tarn&gt;"));
    auto b = ask(path);
    BOOST_TEST(b.headers.count("set-cookie") == 0u);
    BOOST_TEST(has(b.body, who.tag));
    BOOST_TEST(!has(b.body, who.peer.value)); // the page does not know its conversation's name
    BOOST_TEST(!has(b.body, secret));
  }
  BOOST_TEST(ask("GET /t/nobody").status == 404);
  // A page gives a message up on 404, and a node that has just started only does not know yet.
  BOOST_TEST(ask("GET /t/not_read").status == 503);
  BOOST_TEST(has(ask("GET /t/demo", "X-Forwarded-Proto: https\r\n", {}, false).headers["set-cookie"], "Secure"));
}

BOOST_AUTO_TEST_CASE(assets_are_packed_and_kept) {
  auto page = ask("GET /t/demo").body;
  auto at = page.find("/assets/");
  auto version = page.substr(at + 8, 16);
  auto a = ask("GET /assets/" + version + "/chat.js");
  BOOST_TEST(a.status == 200);
  BOOST_TEST(has(a.headers["cache-control"], "immutable"));
  BOOST_TEST(has(ask("GET /assets/old/chat.js").headers["cache-control"], "max-age=300"));
  auto packed = ask("GET /assets/" + version + "/chat.js", "Accept-Encoding: gzip, br\r\n");
  BOOST_TEST(packed.headers["content-encoding"] == "gzip");
  BOOST_TEST(packed.body.size() * 2 < a.body.size());
  BOOST_TEST(ask("GET /assets/x/page.html").status == 404);
  auto theme = ask("GET /t/demo/theme.css");
  BOOST_TEST(has(theme.body, ":root{--accent:#2f5d50"));
  // The launcher on other sites, some of which take nothing from elsewhere that does not say so.
  BOOST_TEST(has(theme.body, ":host{--steward-accent:#2f5d50"));
  BOOST_TEST(theme.headers["cross-origin-resource-policy"] == "cross-origin");
  BOOST_TEST(ask("GET /embed.js").headers["cross-origin-resource-policy"] == "cross-origin");
  BOOST_TEST(a.headers.count("cross-origin-resource-policy") == 0u);
}

BOOST_AUTO_TEST_CASE(without_the_secret_there_is_nothing) {
  for (auto what : {"GET /t/demo/feed", "GET /t/demo/transcript", "GET /t/demo/plain", "POST /t/demo/messages",
                    "GET /t/demo/socket", "POST /t/demo/end", "POST /t/demo/events"})
    BOOST_TEST(ask(what, {}, {}, false).status == 403, what);
  BOOST_TEST(engine.said().empty());
  // The name of the conversation alone opens no door.
  BOOST_TEST(ask("GET /v1/demo/conversations/" + who.peer.value + "/feed").status == 403);
  BOOST_TEST(
      ask("POST /v1/demo/conversations/" + who.peer.value + "/messages", {}, R"({"id":"1","text":"x"})").status == 403);
}

BOOST_AUTO_TEST_CASE(a_visitor_speaks_and_reads) {
  auto said =
      ask("POST /t/demo/messages?as=" + who.tag, {}, R"({"id":"m1","text":"hello","customer":"C-1","account":"x"})");
  BOOST_TEST(said.status == 202);
  auto m = engine.said().at(0);
  BOOST_TEST(m.peer.value == who.peer.value);
  BOOST_TEST(m.body.customer == who.peer.value); // a page does not say who its customer is
  BOOST_TEST(m.body.account == "");
  auto feed = ask("GET /t/demo/feed?from=1");
  BOOST_TEST(has(feed.body, R"("blocks":[{"kind":"paragraph")"));
  BOOST_TEST(has(feed.body, R"("next":2)"));
  engine.out_of_hours = true; // which only who waits is told
  BOOST_TEST(!has(ask("GET /t/demo/feed?from=1").body, "out_of_hours"));
  engine.set_mode("waiting", "");
  BOOST_TEST(has(ask("GET /t/demo/feed?from=1").body, R"("out_of_hours":true)"));
  BOOST_TEST(has(ask("GET /t/demo/transcript").headers["content-disposition"], "demo-chat.txt"));
  BOOST_TEST(has(ask("GET /t/demo/plain").body, "<p>hello</p>"));
}

BOOST_AUTO_TEST_CASE(another_tabs_end_is_noticed) {
  BOOST_TEST(ask("GET /t/demo/feed?as=0000000000000000").status == 409);
  BOOST_TEST(ask("POST /t/demo/messages?as=0000000000000000", {}, R"({"id":"1","text":"x"})").status == 409);
  BOOST_TEST(engine.said().empty());
}

BOOST_AUTO_TEST_CASE(other_sites_are_refused) {
  std::string body = R"({"id":"1","text":"x"})";
  for (auto head : {"Origin: https://evil.example\r\n", "Origin: null\r\n", "Origin: https://a.example.evil\r\n",
                    "Sec-Fetch-Site: cross-site\r\n"})
    BOOST_TEST(ask("POST /t/demo/messages", head, body).status == 403, head);
  BOOST_TEST(
      ask("POST /t/demo/messages", "Origin: https://A.example\r\nSec-Fetch-Site: same-origin\r\n", body).status == 202);
  BOOST_TEST(engine.said().size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_form_without_script_leads_back) {
  auto a = ask("POST /t/demo/messages", form + "Origin: http://a.example\r\n",
               "id=f1&as=" + who.tag + "&text=two%0D%0Alines");
  BOOST_TEST(a.status == 303);
  BOOST_TEST(a.headers["location"] == "/t/demo?note=note_sent");
  BOOST_TEST(engine.said().at(0).body.text == "two\nlines");
  ask("POST /t/demo/messages", form, "id=f2&text=&question=Where%3F");
  BOOST_TEST(engine.said().at(1).body.text == "Where?");
  BOOST_TEST(ask("POST /t/demo/messages", form, "id=f3&as=0&text=x").headers["location"] == "/t/demo?note=note_failed");
  BOOST_TEST(engine.said().size() == 2u);
  engine.next_ack = {.ok = false, .error = {"overloaded", "later"}, .retry_after_ms = 1000};
  BOOST_TEST(ask("POST /t/demo/messages", form, "id=f4&text=x").headers["location"] == "/t/demo?note=note_later");
  BOOST_TEST(has(ask("GET /t/demo?note=note_sent").body, ">Sent<"));
  BOOST_TEST(!has(ask("GET /t/demo?note=<b>").body, "<b>"));
}

BOOST_AUTO_TEST_CASE(a_rating_and_the_end_are_events) {
  BOOST_TEST(
      ask("POST /t/demo/events?as=" + who.tag, {}, R"({"type":"answer_rated","reply":"c:1:0","right":false})").status ==
      202);
  for (auto bad :
       {"", "{", "[]", "{}", R"({"type":"order_paid","reply":"r","right":true})",
        R"({"type":"answer_rated","reply":"r","right":"yes"})", R"({"type":"answer_rated","reply":1,"right":true})"})
    BOOST_TEST(ask("POST /t/demo/events", {}, bad).status == 400, bad);
  auto e = engine.events().at(0);
  BOOST_TEST(e.type == "answer_rated");
  BOOST_TEST(e.body.customer == who.peer.value);
  BOOST_TEST(has(json_of(e.body.data.msgpack), R"("right":false)"));
  auto a = ask("POST /t/demo/end?as=" + who.tag, form, "stars=4&text=thanks+%3Cb%3E");
  BOOST_TEST(a.status == 303);
  BOOST_TEST(a.headers["location"] == "/t/demo?note=note_ended");
  BOOST_TEST(has(a.headers["set-cookie"], "Max-Age=0"));
  BOOST_TEST(has(json_of(engine.events().at(1).body.data.msgpack), R"("stars":4)"));
  ask("POST /t/demo/end", form, "stars=9");
  BOOST_TEST(!has(json_of(engine.events().at(2).body.data.msgpack), "stars"));
  engine.next_ack = {.ok = false, .error = {"unavailable", "no log"}, .retry_after_ms = 1000};
  auto failed = ask("POST /t/demo/end", form, "stars=1");
  BOOST_TEST(failed.headers.count("set-cookie") == 0u); // not forgotten before it is told
}

BOOST_AUTO_TEST_CASE(one_address_that_floods_is_told_to_wait) {
  config.page_per_second = 1, config.page_burst = 3;
  config.trusted_proxies = {"127.0.0.1"};
  for (int i = 0; i < 3; ++i) BOOST_TEST(ask("GET /t/demo", "X-Forwarded-For: 192.0.2.1\r\n").status == 200);
  auto a = ask("GET /t/demo", "X-Forwarded-For: 192.0.2.1\r\n");
  BOOST_TEST(a.status == 429);
  BOOST_TEST(a.headers["retry-after"] == "1");
  BOOST_TEST(ask("GET /t/demo", "X-Forwarded-For: 192.0.2.2\r\n").status == 200); // one proxy is not one address
  BOOST_TEST(ask("GET /livez").status == 200);
}

BOOST_AUTO_TEST_SUITE_END()
