// The description is YAML, and knows every path and every error code that the door knows.
#include "actors/http/http_answer.hpp"
#include "actors/http/http_target.hpp"

#include <boost/test/unit_test.hpp>
#include <yaml-cpp/yaml.h>

using namespace steward;

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

} // namespace

BOOST_AUTO_TEST_SUITE(openapi)

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
