#include "actors/knowledge/knowledge_index.hpp"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <map>
#include <thread>

using namespace steward;

BOOST_AUTO_TEST_SUITE(knowledge_index_suite)

namespace {

// Stands in for an encoder: words of one meaning share a direction.
class meanings final : public embedder {
public:
  result<embeddings> embed(std::span<const std::string> texts) override {
    if (broken) return failure{errc::unavailable, "out of order"};
    embeddings out{4, std::vector<float>(texts.size() * 4)};
    for (std::size_t i = 0; i < texts.size(); ++i) {
      ++embedded;
      const auto row = out.row(i);
      row[3] = 0.3F;
      for (const auto& [word, axis] : {std::pair{"return", 0},
                                       {"send back", 0},
                                       {"refund", 0},
                                       {"ship", 1},
                                       {"parcel", 1},
                                       {"deliver", 1},
                                       {"pay", 2},
                                       {"card", 2}})
        if (texts[i].find(word) != std::string::npos) row[static_cast<std::size_t>(axis)] += 1;
      normalise(row);
    }
    return out;
  }
  std::size_t dimension() const override { return 4; }
  const std::string& name() const override { return name_; }
  std::atomic<int> embedded{0};
  bool broken = false;

private:
  std::string name_ = "meanings/1";
};

std::vector<article> shop() {
  std::vector<article> out(4);
  out[0].id = "returns", out[0].title = "How to return an item",
  out[0].text = "Within 30 days.\n\n## Costs\n\nA return is free.";
  out[1].id = "delivery", out[1].title = "When do you deliver",
  out[1].text = "We ship at once. A parcel takes two days.";
  out[2].id = "payment", out[2].title = "Ways to pay", out[2].text = "By card.";
  out[3].id = "gone", out[3].title = "Old", out[3].removed = true;
  return out;
}

std::shared_ptr<const knowledge_index> made(const index_sources& sources) {
  auto built = knowledge_index::build("en", shop(), sources);
  BOOST_REQUIRE_MESSAGE(built, (built ? "" : built.error().message));
  return *built;
}

} // namespace

BOOST_AUTO_TEST_CASE(words_alone_answer_when_there_is_no_encoder) {
  const auto index = made({});
  BOOST_TEST(!index->has_encoder());
  BOOST_TEST(index->articles().size() == 3U);
  const auto look = index->first_look("what does a return cost");
  BOOST_TEST(look.settled);
  BOOST_REQUIRE(!look.found.hits.empty());
  BOOST_TEST(index->articles()[look.found.hits[0].article].id == "returns");
  BOOST_TEST(look.found.hits[0].lexical > 0);
  const auto none = index->first_look("zzz");
  BOOST_TEST(none.found.hits.empty());
  BOOST_TEST(int(none.found.outcome) == int(verdict::unknown));
}

BOOST_AUTO_TEST_CASE(the_encoder_finds_what_words_do_not) {
  auto encoder = std::make_shared<meanings>();
  index_sources sources;
  sources.encoder = encoder;
  sources.threads = 3;
  const auto index = made(sources);
  const auto look = index->first_look("can I send back the boots");
  BOOST_TEST(!look.settled); // no gate was fitted
  const std::string query[] = {look.query};
  const auto vector = encoder->embed(query);
  const auto found = index->second_look(look, vector->row(0));
  BOOST_REQUIRE(!found.hits.empty());
  BOOST_TEST(index->articles()[found.hits[0].article].id == "returns");
  BOOST_TEST(found.hits[0].dense > 0.5);
  BOOST_TEST(found.confidence >= 0);
  BOOST_TEST(found.confidence <= 1);
  const auto sent = index->candidate_of(found.hits[0], true);
  BOOST_TEST(sent.article == "returns");
  BOOST_TEST(!sent.text.empty());
}

// A picked article said the one passage that the search had found best among many articles, whatever the question was.
BOOST_AUTO_TEST_CASE(a_picked_article_says_what_is_near_to_the_question) {
  std::string filler;
  for (int i = 0; i < 5; ++i) filler += "Nothing of this is about what was asked. ";
  const std::vector<article> all{{"shipping", "Shipping",
                                  "How we ship.\n\n## Bulky goods\n\nTents cost extra. " + filler +
                                      "\n\n## Norway\n\nA parcel to Norway takes six days. " + filler +
                                      "\n\n## Islands\n\nFerries are slow. " + filler,
                                  "en", "s.md"}};
  const auto index = *knowledge_index::build("en", all, {});
  std::uint32_t bulky = 0;
  for (std::uint32_t k = 0; k < index->passages(0).size(); ++k)
    if (index->passages(0)[k].heading.find("Bulky") != std::string::npos) bulky = k;
  const auto said = index->candidate_of(index->picked_answer(0, bulky, "how many days to Norway"), true);
  BOOST_TEST(said.passage == bulky);
  BOOST_TEST(said.text.find("six days") != std::string::npos, said.text);
  BOOST_TEST(said.text.find("Tents cost extra") != std::string::npos); // what was offered is said as well
  BOOST_TEST(said.text.find("Ferries") == std::string::npos);
  const auto alone = index->candidate_of(index->picked_answer(0, bulky, ""), true);
  BOOST_TEST(alone.text.find("six days") == std::string::npos);
  BOOST_TEST(index->candidate_of(index->picked_answer(0, 99, "x"), true).article == "shipping");
}

BOOST_AUTO_TEST_CASE(the_lead_is_said_where_the_others_do_not_speak_of_what_the_title_names) {
  std::string filler;
  for (int i = 0; i < 8; ++i) filler += "Nothing of this is about what was asked. ";
  const std::vector<article> all{{"far", "Switzerland and Norway",
                                  "Delivery costs 20 euro. " + filler +
                                      "\n\n## Outside\n\nDo you ship to other countries? We do not ship to them. " +
                                      filler,
                                  "en", "s.md"},
                                 {"eu", "Delivery in the EU", "Delivery costs 10 euro.", "en", "e.md"}};
  const auto index = *knowledge_index::build("en", all, {});
  const auto said = [&](const char* question) {
    return index->candidate_of(index->picked_answer(0, 1, question), true).text;
  };
  BOOST_TEST(said("do you ship to Switzerland").starts_with("Delivery costs 20 euro"));
  BOOST_TEST(said("do you ship to other countries").find("20 euro") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(passages_are_cited) {
  auto encoder = std::make_shared<meanings>();
  index_sources sources;
  sources.encoder = encoder;
  const auto index = made(sources);
  const auto look = index->first_look("refund cost");
  const std::string query[] = {"refund"};
  const auto found = index->second_look(look, encoder->embed(query)->row(0));
  BOOST_REQUIRE(!found.hits.empty());
  BOOST_TEST(found.hits[0].passage < index->passages(found.hits[0].article).size());
}

BOOST_AUTO_TEST_CASE(vectors_come_from_the_cache) {
  std::map<std::uint64_t, std::vector<float>> store;
  auto encoder = std::make_shared<meanings>();
  index_sources sources;
  sources.encoder = encoder;
  sources.cache.get = [&](const std::string&, std::uint64_t hash, std::span<float> row) {
    const auto it = store.find(hash);
    if (it == store.end()) return false;
    std::copy(it->second.begin(), it->second.end(), row.begin());
    return true;
  };
  sources.cache.put = [&](const std::string& name, std::uint64_t hash, std::span<const float> row) {
    BOOST_TEST(name == "meanings/1");
    store[hash] = {row.begin(), row.end()};
  };
  std::size_t told = 0;
  sources.progress = [&](std::size_t done, std::size_t all) {
    told = done;
    BOOST_TEST(done <= all);
  };
  made(sources);
  const int first = encoder->embedded;
  BOOST_TEST(first > 0);
  BOOST_TEST(told == static_cast<std::size_t>(first));
  made(sources);
  BOOST_TEST(encoder->embedded == first);
}

BOOST_AUTO_TEST_CASE(a_broken_encoder_is_a_failure_not_a_crash) {
  auto encoder = std::make_shared<meanings>();
  encoder->broken = true;
  index_sources sources;
  sources.encoder = encoder;
  const auto built = knowledge_index::build("en", shop(), sources);
  BOOST_REQUIRE(!built);
  BOOST_TEST(built.error().message == "out of order");
}

BOOST_AUTO_TEST_CASE(strange_input_finds_nothing_or_something_and_never_fails) {
  auto encoder = std::make_shared<meanings>();
  index_sources sources;
  sources.encoder = encoder;
  const auto index = made(sources);
  for (const std::string& text : {std::string(), std::string("\xFF\xFE"), std::string(100'000, 'x'),
                                  std::string("??? ..."), std::string("\0", 1)}) {
    const auto look = index->first_look(text);
    (void)index->second_look(look, std::vector<float>(4));
    (void)index->second_look(look, {});                     // no vector
    (void)index->second_look(look, std::vector<float>(99)); // a stranger's
  }
  const auto empty = knowledge_index::build("en", {}, sources);
  BOOST_REQUIRE(empty);
  const auto look = (*empty)->first_look("anything");
  BOOST_TEST(look.settled);
  BOOST_TEST(look.found.hits.empty());
}

BOOST_AUTO_TEST_CASE(many_threads_see_the_same) {
  auto encoder = std::make_shared<meanings>();
  index_sources sources;
  sources.encoder = encoder;
  const auto index = made(sources);
  const auto expected = index->first_look("ship my parcel").found.hits.at(0).score;
  std::atomic<int> wrong{0};
  std::vector<std::thread> crew;
  for (int t = 0; t < 4; ++t)
    crew.emplace_back([&] {
      for (int i = 0; i < 500; ++i)
        if (index->first_look("ship my parcel").found.hits.at(0).score != expected) ++wrong;
    });
  for (auto& t : crew) t.join();
  BOOST_TEST(wrong == 0);
}

BOOST_AUTO_TEST_CASE(another_policy_shares_the_rest) {
  const auto index = made({});
  auto policy = default_policy();
  policy.limits.answer = 0;
  const auto other = index->with(policy);
  BOOST_TEST(&other->articles() == &index->articles());
  BOOST_TEST(int(other->first_look("return").found.outcome) == int(verdict::answer));
}

BOOST_AUTO_TEST_CASE(shared_words_are_told_the_most_telling_first) {
  const auto index = made({});
  const auto words = index->words_shared("Returning, to whom? an item item zzz", 0);
  BOOST_REQUIRE(words.size() >= 2U);
  BOOST_TEST((std::find(words.begin(), words.end(), "Returning") != words.end()));
  BOOST_TEST(std::count(words.begin(), words.end(), "item") == 1);
  BOOST_TEST(std::count(words.begin(), words.end(), "zzz") == 0);
}

BOOST_AUTO_TEST_CASE(hashes_stand) { // stored in caches: do not change
  BOOST_TEST(text_hash("") == 14695981039346656037ULL);
  BOOST_TEST(text_hash("a") == 12638187200555641996ULL);
}

BOOST_AUTO_TEST_SUITE_END()
