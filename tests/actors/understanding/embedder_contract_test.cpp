// One suite for every embedder: what actors/embedder.hpp promises.
#include "actors/embedder.hpp"
#include "actors/understanding/static_table.hpp"
#include "actors/understanding/wordpiece.hpp"

#include "tests/actors/understanding/embedding_server.hpp"
#include "tests/actors/understanding/fixtures.hpp"

#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>

#include <thread>

using namespace steward;
namespace st = steward::test;

BOOST_AUTO_TEST_SUITE(embedder_contract)

namespace {

void keeps_the_contract(embedder& made) {
  BOOST_TEST_CONTEXT(made.name()) {
    BOOST_TEST(!made.name().empty());
    BOOST_TEST(made.dimension() > 0U);
    const auto nothing = made.embed({});
    BOOST_REQUIRE(nothing);
    BOOST_TEST(nothing->rows() == 0U);

    std::string longest;
    for (int i = 0; i < 5000; ++i) longest += "where is my order ";
    const std::vector<std::string> texts{"hello world",
                                         "where is my order",
                                         "",
                                         "我的订单什么时候到",
                                         longest,
                                         "hello world",
                                         "a",
                                         "\xFF\xFE",
                                         "word word word word word word word word word word"};
    const auto rows = made.embed(texts);
    BOOST_REQUIRE(rows);
    BOOST_TEST(rows->dimension == made.dimension());
    BOOST_REQUIRE(rows->rows() == texts.size());
    for (std::size_t i = 0; i < texts.size(); ++i) {
      const auto length = dot(rows->row(i), rows->row(i));
      BOOST_TEST((std::abs(length - 1) < 1e-3F || length == 0));
    }
    BOOST_TEST(dot(rows->row(0), rows->row(5)) > 0.999F);
    BOOST_TEST(dot(rows->row(0), rows->row(1)) < 0.999F);

    // Alone or in company, from one thread or from four: the same vector.
    std::vector<std::thread> crew;
    std::atomic<int> wrong{0};
    for (int t = 0; t < 4; ++t)
      crew.emplace_back([&, t] {
        const auto& text = texts[static_cast<std::size_t>(t % 2)];
        const auto alone = made.embed(std::span(&text, 1));
        if (!alone || dot(alone->row(0), rows->row(static_cast<std::size_t>(t % 2))) < 0.999F) ++wrong;
      });
    for (auto& t : crew) t.join();
    BOOST_TEST(wrong == 0);
  }
}

} // namespace

BOOST_AUTO_TEST_CASE(table) {
  const st::temporary_folder folder;
  std::filesystem::copy_file(st::golden("wordpiece.small.json"), folder.path / "tokenizer.json");
  const auto pieces = wordpiece::load(folder.path / "tokenizer.json");
  BOOST_REQUIRE(pieces);
  embeddings rows{4, {}};
  for (std::size_t i = 0; i < pieces->size() * 4; ++i) rows.values.push_back(static_cast<float>((i * 7919) % 13) - 6);
  BOOST_REQUIRE(write_static_table(folder.path / "static.bin", "static/test", rows));
  auto made = make_static_embedder(folder.path);
  BOOST_REQUIRE_MESSAGE(made, (made ? "" : made.error().message));
  keeps_the_contract(**made);
  BOOST_TEST((*made)->tokens("hello world", 1).size() == 1U);
  BOOST_TEST((*made)->vocabulary() == pieces->size());

  rows.values.resize(8);
  BOOST_REQUIRE(write_static_table(folder.path / "static.bin", "static/test", rows));
  BOOST_TEST(int(make_static_embedder(folder.path).error().code) == int(errc::corrupt));
}

BOOST_AUTO_TEST_CASE(endpoint) {
  st::embedding_server server([](auto&, const std::string& body) {
    const auto asked = nlohmann::json::parse(body);
    nlohmann::json out{{"data", nlohmann::json::array()}};
    for (const auto& text : asked.at("input")) {
      std::vector<float> v(8);
      for (const unsigned char c : text.get<std::string>()) v[c % 8] += 1;
      out["data"].push_back({{"embedding", v}});
    }
    return st::embedding_server::ok(out.dump());
  });
  endpoint_options options;
  options.url = server.url;
  options.model = "letters";
  auto made = make_endpoint_embedder(options);
  BOOST_REQUIRE_MESSAGE(made, (made ? "" : made.error().message));
  BOOST_TEST((*made)->dimension() == 8U);
  keeps_the_contract(**made);
}

BOOST_AUTO_TEST_CASE(encoder) {
  for (const char* name : {"bge-small-en-v15", "bge-small-zh-v15"}) {
    auto made = make_openvino_embedder(st::model_folder(name), {.workers = 2});
    if (!made) {
      BOOST_TEST(int(made.error().code) == int(errc::unavailable));
      BOOST_TEST_MESSAGE("skipped: " << made.error().message);
      continue;
    }
    keeps_the_contract(**made);
  }
}

BOOST_AUTO_TEST_CASE(a_missing_model_is_a_clear_sentence) {
  const auto made = make_openvino_embedder("/nowhere");
  BOOST_REQUIRE(!made);
  BOOST_TEST(int(made.error().code) == int(errc::unavailable));
  BOOST_TEST(made.error().message.find("scripts/setup") != std::string::npos);
  BOOST_TEST(int(make_static_embedder("/nowhere").error().code) == int(errc::not_found));
}

BOOST_AUTO_TEST_SUITE_END()
