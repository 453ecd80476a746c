// The description is YAML, knows every path and every error code that the door knows, and what bad input is answered.
#include "actors/http/http_answer.hpp"
#include "actors/http/http_target.hpp"
#include "actors/http/visitor.hpp"
#include "tests/actors/http/door_fixture.hpp"

#include <boost/test/unit_test.hpp>
#include <set>
#include <yaml-cpp/yaml.h>

using namespace steward;
using namespace steward::test;

namespace {

const YAML::Node& follow(const YAML::Node& root, const std::string& ref, YAML::Node& at) {
  at.reset(root);
  for (size_t i = 2; i < ref.size();) {
    auto end = std::min(ref.find('/', i), ref.size());
    YAML::Node next = at[ref.substr(i, end - i)];
    BOOST_REQUIRE_MESSAGE(next.IsDefined(), ref << " leads nowhere");
    at.reset(next);
    i = end + 1;
  }
  return at;
}

void check_refs(const YAML::Node& root, const YAML::Node& n) {
  if (n.IsMap())
    for (const auto& m : n) {
      if (m.first.as<std::string>() == "$ref") {
        YAML::Node at;
        follow(root, m.second.as<std::string>(), at);
      } else {
        check_refs(root, m.second);
      }
    }
  if (n.IsSequence())
    for (const auto& i : n) check_refs(root, i);
}

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  if (auto at = text.find(what); at != text.npos) text.replace(at, what.size(), by);
  return text;
}

struct bad_input {
  std::string tenant = "demo", id = "anna", question, head, body;
};

std::vector<bad_input> all_bad_input() {
  auto form = "Content-Type: application/x-www-form-urlencoded\r\n";
  std::vector<bad_input> out{{}, {.tenant = "NO%20NAME"}, {.tenant = "nobody"}, {.id = "visitor-x"}, {.id = "%zz"}};
  out.push_back({.id = std::string(201, 'a')});
  for (auto q : {"?from=-1", "?from=x", "?limit=0", "?wait=x", "?as=another", "?lang=klingon"})
    out.push_back({.question = q});
  for (auto h : {"Sec-Fetch-Site: cross-site\r\n", "Origin: https://evil.example\r\n", "Last-Event-ID: x\r\n",
                 "traceparent: x\r\n", form})
    out.push_back({.head = h, .body = R"({"id":"1","text":"x"})"});
  for (auto b : {"{", "[]", "null", R"({"id":1})", R"({"id":"1","text":"x"} y)", R"({"id":"1","text":"x"})",
                 R"({"type":"answer_rated"})", "\xc1", "stars=nine"})
    out.push_back({.body = b}), out.push_back({.head = form, .body = b});
  out.push_back({.body = std::string(70'000, 'x')});
  return out;
}

} // namespace

BOOST_AUTO_TEST_SUITE(openapi)

BOOST_FIXTURE_TEST_CASE(bad_input_is_answered_as_described, door_fixture) {
  auto doc = YAML::Load(openapi_text);
  auto secret = std::string(42, 's') + "A";
  for (const auto& path : doc["paths"])
    for (const std::string method : {"get", "post"}) {
      auto operation = path.second[method];
      if (!operation) continue;
      std::set<int> described{405, 408, 413, 431, 500, 501}; // as `info` says of every path
      for (const auto& r : operation["responses"]) described.insert(std::stoi(r.first.as<std::string>()));
      auto check = [&](const bad_input& in) {
        auto target =
            replaced(replaced(path.first.as<std::string>(), "{tenant}", in.tenant), "{id}", in.id) + in.question;
        door.reset(); // a new one: the limits of an address would answer in its place
        auto c = client();
        c.send((method == "get" ? "GET " : "POST ") + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" +
               in.head + "Cookie: steward_visitor_demo=" + secret +
               "\r\nContent-Length: " + std::to_string(in.body.size()) + "\r\n\r\n" + in.body);
        auto a = c.answer();
        BOOST_TEST(described.contains(a.status), method << " " << target << " " << in.head << in.body.substr(0, 40)
                                                        << " -> " << a.status << " " << a.body.substr(0, 100));
        if (a.status >= 400) BOOST_TEST(has(a.body, R"("error":{"code":")"), target << " -> " << a.body.substr(0, 100));
        if (a.status == 429 || a.status == 503) BOOST_TEST(a.headers.count("retry-after") == 1u);
      };
      for (auto& in : all_bad_input()) check(in);
      for (uint16_t code = 1; code <= 15; ++code) {
        engine.next_ack = {.ok = false, .error = {std::string(to_string(static_cast<errc>(code))), "because"}};
        check({.body = R"({"id":"1","text":"x"})"});
        engine.next_ack = {.ok = true};
      }
    }
}

BOOST_AUTO_TEST_CASE(it_parses_and_its_references_lead_somewhere) {
  auto doc = YAML::Load(openapi_text);
  BOOST_TEST(doc["openapi"].as<std::string>() == "3.0.3");
  check_refs(doc, doc);
}

BOOST_AUTO_TEST_CASE(every_path_is_a_route_with_its_methods) {
  auto doc = YAML::Load(openapi_text);
  size_t n = 0;
  for (const auto& p : doc["paths"]) {
    auto path = p.first.as<std::string>();
    for (std::string part : {"{tenant}", "{id}"})
      if (auto at = path.find(part); at != path.npos) path.replace(at, part.size(), "x");
    auto t = parse_target(path);
    BOOST_REQUIRE_MESSAGE(t.ok(), path);
    bool post = allowed_methods(t->route).starts_with("POST");
    BOOST_TEST(p.second["post"].IsDefined() == post, path);
    BOOST_TEST(p.second["get"].IsDefined() == !post, path);
    ++n;
  }
  BOOST_TEST(n == 16u);
}

BOOST_AUTO_TEST_CASE(every_error_code_is_listed) {
  auto doc = YAML::Load(openapi_text);
  auto listed = doc["components"]["schemas"]["problem"]["properties"]["code"]["enum"].as<std::vector<std::string>>();
  std::vector<std::string> known;
  for (uint16_t i = 1; i <= 15; ++i) known.emplace_back(to_string(static_cast<errc>(i)));
  BOOST_TEST(listed == known, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
