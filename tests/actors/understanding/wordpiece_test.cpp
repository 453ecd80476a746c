#include "actors/understanding/wordpiece.hpp"

#include "tests/actors/understanding/fixtures.hpp"

#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>

using namespace steward;
namespace st = steward::test;

BOOST_AUTO_TEST_SUITE(wordpiece_suite)

namespace {
void compare(const std::string& name, const std::filesystem::path& tokenizer) {
  const auto pieces = wordpiece::load(tokenizer);
  BOOST_REQUIRE_MESSAGE(pieces, (pieces ? "" : pieces.error().message));
  const auto golden = nlohmann::json::parse(st::read_file(st::golden("wordpiece.golden.json")));
  for (const auto& line : golden.at(name)) {
    const auto text = line.at("text").get<std::string>();
    const auto ids = line.at("ids").get<std::vector<std::int32_t>>();
    const auto ours = pieces->encode(text);
    BOOST_CHECK_MESSAGE(ours == ids, name << ": other ids than the reference for " << text);
  }
}
} // namespace

BOOST_AUTO_TEST_CASE(ids_are_those_of_the_reference) { compare("small", st::golden("wordpiece.small.json")); }

BOOST_AUTO_TEST_CASE(ids_of_the_real_models_are_those_of_the_reference) {
  for (const char* name : {"bge-small-en-v15", "bge-small-zh-v15"}) {
    const auto file = st::model_folder(name) / "tokenizer.json";
    if (!std::filesystem::exists(file)) {
      BOOST_TEST_MESSAGE("skipped: " << file << " is absent; scripts/setup fetches it");
      continue;
    }
    compare(name, file);
  }
}

BOOST_AUTO_TEST_CASE(limits_keep_both_markers) {
  const auto pieces = wordpiece::load(st::golden("wordpiece.small.json"));
  BOOST_REQUIRE(pieces);
  for (const std::size_t most : {0U, 1U, 2U, 3U, 10U}) {
    const auto ids = pieces->encode("word word word word word word word word word word word word", most);
    BOOST_TEST(ids.size() == std::max<std::size_t>(most, 2));
    BOOST_TEST(ids.front() == pieces->cls());
    BOOST_TEST(ids.back() == pieces->sep());
  }
}

BOOST_AUTO_TEST_CASE(a_marker_in_a_text_is_not_a_marker) {
  const auto pieces = wordpiece::load(st::golden("wordpiece.small.json"));
  BOOST_REQUIRE(pieces);
  const auto ids = pieces->encode("a [SEP] b");
  BOOST_TEST(std::count(ids.begin(), ids.end(), pieces->sep()) == 1);
}

BOOST_AUTO_TEST_CASE(broken_utf8_is_dropped) {
  const auto pieces = wordpiece::load(st::golden("wordpiece.small.json"));
  BOOST_REQUIRE(pieces);
  BOOST_TEST(pieces->encode("wo\xFFrd\xC3") == pieces->encode("word"), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_is_no_wordpiece_is_refused) {
  BOOST_TEST(int(wordpiece::load("/nowhere/tokenizer.json").error().code) == int(errc::not_found));
  for (const char* json : {"", "[]", "{", R"({"model":{"type":"BPE","vocab":{"a":1}}})", R"({"model":{"vocab":{}}})",
                           R"({"model":{"type":"WordPiece","vocab":{"a":-1}}})",
                           R"({"model":{"type":"WordPiece","vocab":{"a":0,"[UNK]":1}}})",
                           R"({"model":{"type":"WordPiece","vocab":[1]}})", R"({"model":3})"}) {
    const auto made = wordpiece::parse(json);
    BOOST_REQUIRE(!made);
    BOOST_TEST(int(made.error().code) == int(errc::unsupported));
    BOOST_TEST(!made.error().message.empty());
  }
}

BOOST_AUTO_TEST_SUITE_END()
