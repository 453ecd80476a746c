#include "actors/embedder.hpp"

#include "tests/actors/understanding/embedding_server.hpp"

#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>

using namespace steward;
using steward::test::embedding_server;

BOOST_AUTO_TEST_SUITE(endpoint_embedder_suite)

namespace {
endpoint_options options(const embedding_server& server, std::size_t dimension = 2) {
  endpoint_options out;
  out.url = server.url;
  out.model = "small";
  out.timeout = std::chrono::milliseconds(2000);
  out.dimension = dimension;
  return out;
}

errc code_after(const std::string& http) {
  embedding_server server([&](auto&, auto&) { return http; });
  auto made = make_endpoint_embedder(options(server));
  BOOST_REQUIRE(made);
  const std::string texts[] = {"one"};
  const auto rows = (*made)->embed(texts);
  BOOST_REQUIRE(!rows);
  BOOST_TEST(rows.error().message.find(server.url) != std::string::npos);
  return rows.error().code;
}
} // namespace

BOOST_AUTO_TEST_CASE(asks_in_the_shape_that_servers_know) {
  std::string seen_headers, seen_body;
  embedding_server server([&](const std::string& headers, const std::string& body) {
    seen_headers = headers, seen_body = body;
    return embedding_server::ok(R"({"data":[{"index":1,"embedding":[0,2]},{"index":0,"embedding":[3,4]}]})");
  });
  auto o = options(server, 0);
  o.dimension = 2;
  o.key = "secret";
  auto made = make_endpoint_embedder(o);
  BOOST_REQUIRE(made);
  const std::string texts[] = {"first", "second \xFF"};
  const auto rows = (*made)->embed(texts);
  BOOST_REQUIRE(rows);
  BOOST_TEST(rows->row(0)[0] == 0.6F, boost::test_tools::tolerance(1e-6F)); // by index, not by order; unit length
  BOOST_TEST(rows->row(1)[1] == 1.0F, boost::test_tools::tolerance(1e-6F));
  BOOST_TEST(seen_headers.find("Authorization: Bearer secret") != std::string::npos);
  const auto asked = nlohmann::json::parse(seen_body);
  BOOST_TEST(asked.at("model").get<std::string>() == "small");
  BOOST_TEST(asked.at("input").size() == 2U);
}

BOOST_AUTO_TEST_CASE(splits_what_is_too_much_for_one_request) {
  embedding_server server([](auto&, const std::string& body) {
    nlohmann::json out{{"data", nlohmann::json::array()}};
    for (std::size_t i = 0; i < nlohmann::json::parse(body).at("input").size(); ++i)
      out["data"].push_back({{"embedding", {1, 0}}});
    return embedding_server::ok(out.dump());
  });
  auto o = options(server);
  o.batch = 2;
  auto made = make_endpoint_embedder(o);
  BOOST_REQUIRE(made);
  const std::vector<std::string> texts(5, "x");
  const auto rows = (*made)->embed(texts);
  BOOST_REQUIRE(rows);
  BOOST_TEST(rows->rows() == 5U);
  BOOST_TEST(server.requests == 3);
}

BOOST_AUTO_TEST_CASE(every_bad_answer_is_a_clear_failure) {
  const auto ok = embedding_server::ok;
  for (const std::string json :
       {"", "{}", "not json", R"({"data":{}})", R"({"data":[]})", R"({"data":[{"embedding":[]}]})",
        R"({"data":[{"embedding":["a","b"]}]})", R"({"data":[{"embedding":[1,2,3]}]})",
        R"({"data":[{"index":7,"embedding":[1,2]}]})", R"({"data":[7]})", R"({"data":[{"embedding":[1e999,0]}]})"})
    BOOST_TEST(int(code_after(ok(json))) == int(errc::corrupt));
  BOOST_TEST(int(code_after("HTTP/1.1 500 no\r\nContent-Length: 0\r\n\r\n")) == int(errc::unavailable));
  BOOST_TEST(int(code_after("HTTP/1.1 429 no\r\nContent-Length: 0\r\n\r\n")) == int(errc::unavailable));
  BOOST_TEST(int(code_after("HTTP/1.1 401 no\r\nContent-Length: 0\r\n\r\n")) == int(errc::bad_request));
  BOOST_TEST(int(code_after("nonsense")) == int(errc::unavailable));
}

BOOST_AUTO_TEST_CASE(a_silent_server_costs_the_timeout_and_no_more) {
  embedding_server server([](auto&, auto&) { return std::string(); });
  auto o = options(server);
  o.timeout = std::chrono::milliseconds(100);
  auto made = make_endpoint_embedder(o);
  BOOST_REQUIRE(made);
  const std::string texts[] = {"x"};
  const auto rows = (*made)->embed(texts);
  BOOST_REQUIRE(!rows);
  BOOST_TEST(int(rows.error().code) == int(errc::timeout));
}

BOOST_AUTO_TEST_CASE(addresses_that_are_none_are_refused) {
  for (const char* url : {"", "localhost:80", "file:///etc/passwd"}) {
    endpoint_options o;
    o.url = url;
    const auto made = make_endpoint_embedder(o);
    BOOST_REQUIRE(!made);
    BOOST_TEST(int(made.error().code) == int(errc::bad_request));
  }
}

BOOST_AUTO_TEST_SUITE_END()
