#include "actors/knowledge/intent_trainer.hpp"

#include <boost/test/unit_test.hpp>
#include <thread>

using namespace steward;

namespace {

/// Words as places of a vector; counts what it reads, and can be told to fail or to wait.
class fake_embedder final : public embedder {
public:
  struct book {
    std::atomic<size_t> texts{0};
    std::atomic<bool> fails{false};
    std::mutex gate; // whoever holds it keeps the encoder from reading
  };
  explicit fake_embedder(std::shared_ptr<book> b)
      : book_(std::move(b)) {}
  result<embeddings> embed(std::span<const std::string> texts) override {
    std::lock_guard wait(book_->gate);
    if (book_->fails) return {errc::unavailable, "out of order"};
    book_->texts += texts.size();
    embeddings out{width, {}};
    for (auto& t : texts) {
      std::vector<float> row(width, 0.01F);
      for (size_t at = 0; at < t.size();) {
        auto end = std::min(t.find(' ', at), t.size());
        row[std::hash<std::string>{}(t.substr(at, end - at)) % width] += 1;
        at = end + 1;
      }
      normalise(row);
      out.values.insert(out.values.end(), row.begin(), row.end());
    }
    return out;
  }
  std::size_t dimension() const override { return width; }
  const std::string& name() const override { return name_; }

private:
  static constexpr size_t width = 48;
  std::shared_ptr<book> book_;
  std::string name_ = "fake";
};

tenant_config shop(size_t examples, uint64_t version = 1) {
  tenant_config t;
  t.id = tenant_id{"shop"}, t.languages = {"en", "es"}, t.models = {{"en", "fake"}}, t.version = version;
  for (auto name : {"late", "pay", "size"}) {
    tenant_intent i;
    i.name = name, i.article["en"] = name + std::string("-article");
    for (size_t n = 0; n < examples; ++n)
      i.examples["en"].push_back(std::string(name) + " word" + std::to_string(n % 7) + " " + name + std::to_string(n));
    t.intents.push_back(i);
  }
  return t;
}

/// A trainer whose outcomes can be waited for.
struct school {
  std::shared_ptr<fake_embedder::book> encoder = std::make_shared<fake_embedder::book>();
  std::mutex mutex;
  std::condition_variable came;
  std::vector<std::shared_ptr<learnt_intents>> learnt;
  std::shared_ptr<encoder_shelf> shelf = std::make_shared<encoder_shelf>(
      std::shared_ptr<store>(make_memory_store()), "", [b = encoder](const std::string&) {
        return result<std::unique_ptr<embedder>>(std::make_unique<fake_embedder>(b));
      });
  intent_trainer trainer{shelf, [this](std::shared_ptr<learnt_intents> l) {
                           std::lock_guard lock(mutex);
                           learnt.push_back(std::move(l));
                           came.notify_all();
                         }};

  void train(tenant_config t) { trainer.train(std::make_shared<const tenant_config>(std::move(t))); }
  std::shared_ptr<learnt_intents> outcome(size_t n) { // the n-th
    std::unique_lock lock(mutex);
    BOOST_REQUIRE(came.wait_for(lock, std::chrono::seconds(60), [&] { return learnt.size() > n; }));
    return learnt[n];
  }
  std::string until_live(uint64_t version) { // the model's name; polls what operators see
    for (auto end = std::chrono::steady_clock::now() + std::chrono::seconds(60); std::chrono::steady_clock::now() < end;
         std::this_thread::yield()) {
      auto rows = trainer.progress(tenant_id{"shop"});
      if (!rows.empty() && rows[0].stage == "live" && rows[0].version == version) return rows[0].model;
    }
    BOOST_FAIL("not learnt in a minute");
    return {};
  }
};

} // namespace

BOOST_AUTO_TEST_SUITE(intent_trainer_suite)

BOOST_AUTO_TEST_CASE(lessons_are_of_one_language) {
  auto t = shop(2);
  t.intents[0].examples["es"] = {"tarde"};
  t.no_intent["en"] = {"is it waterproof"};
  t.questions = {{"do you sell kayaks", {}, "en"}, {"vendéis kayaks", {}, "es"}, {"known", {"a"}, "en"}};
  auto en = lessons_of(t, "en"), es = lessons_of(t, "es");
  BOOST_TEST(en.names.size() == 3u);
  BOOST_TEST(en.texts.size() == 6u);
  BOOST_TEST(en.strangers == (std::vector<std::string>{"is it waterproof", "do you sell kayaks"}),
             boost::test_tools::per_element());
  BOOST_TEST(es.texts == (std::vector<std::string>{"tarde"}), boost::test_tools::per_element());
  BOOST_TEST(intent_version(en, "x") != intent_version(en, ""));
  BOOST_TEST(intent_version(en, "x") == intent_version(lessons_of(t, "en"), "x"));
}

BOOST_AUTO_TEST_CASE(an_intent_without_examples_is_what_is_said_about_it) {
  auto t = shop(2);
  t.languages = {"en", "es"};
  tenant_intent gift;
  gift.name = "gift_wrap", gift.description = "The customer wants it wrapped",
  gift.article = {{"en", "wrap"}, {"es", "wrap"}};
  t.intents.push_back(gift);
  gift.name = "unknown", gift.description.clear(), gift.article.clear();
  t.intents.push_back(gift);
  t.questions = {{"is wrapping free", {"other", "wrap"}, "en"}, {"¿lo envolvéis?", {"wrap"}, "es"}, {"x", {"y"}, "en"}};
  const auto en = lessons_of(t, "en"), es = lessons_of(t, "es");
  BOOST_REQUIRE(en.names.size() == 4u);
  BOOST_TEST(en.names.back() == "gift_wrap");
  BOOST_TEST(en.described == (std::vector<bool>{false, false, false, true}), boost::test_tools::per_element());
  BOOST_TEST(std::vector<std::string>(en.texts.end() - 3, en.texts.end()) ==
                 (std::vector<std::string>{"gift wrap", "The customer wants it wrapped", "is wrapping free"}),
             boost::test_tools::per_element());
  BOOST_TEST(es.texts == (std::vector<std::string>{"¿lo envolvéis?"}), boost::test_tools::per_element());
  // With an example of its own it is an intent like others.
  t.intents[3].examples["en"] = {"wrap it please"};
  const auto taught = lessons_of(t, "en");
  BOOST_TEST(taught.described.empty());
  BOOST_TEST(intent_version(taught, "x") != intent_version(en, "x"));
}

BOOST_AUTO_TEST_CASE(words_answer_until_the_encoder_has_read) {
  school s;
  std::unique_lock closed(s.encoder->gate);
  s.train(shop(50));
  auto words = s.outcome(0);
  BOOST_TEST(words->language == "en");
  BOOST_TEST(words->intents->reader->encoder() == "");
  auto r = words->intents->reader->first_look("late word3 please");
  BOOST_TEST(r.ranked.front().name == "late");
  BOOST_TEST(r.settled);
  BOOST_TEST(words->intents->article.at("late") == "late-article");
  // It is served first and told then.
  auto rows = s.trainer.progress(tenant_id{"shop"});
  for (; rows.empty() || rows[0].model.empty(); rows = s.trainer.progress(tenant_id{"shop"})) std::this_thread::yield();
  BOOST_REQUIRE(rows.size() == 1u);
  BOOST_TEST(rows[0].stage == "embedding");
  BOOST_TEST(rows[0].model == words->intents->reader->version());
  closed.unlock();
  auto whole = s.outcome(1);
  BOOST_TEST(whole->intents->reader->encoder() == "fake");
  BOOST_TEST(s.until_live(1) == whole->intents->reader->version());
  auto v = s.shelf->encoder_for(shop(1), "en")->embed(std::vector<std::string>{"pay word1"});
  BOOST_TEST(whole->intents->reader->second_look("pay word1", v->row(0)).ranked.front().name == "pay");
}

BOOST_AUTO_TEST_CASE(only_new_texts_are_read_and_an_old_version_comes_back_at_once) {
  school s;
  s.train(shop(10));
  auto first = s.until_live(1);
  auto before = s.encoder->texts.load();
  BOOST_TEST(before == 33u); // with the names
  auto more = shop(10, 2);
  more.intents[0].examples["en"].push_back("one more");
  s.train(more);
  auto second = s.until_live(2);
  auto at_once = s.outcome(1)->intents->reader; // the example joins the former model before all is learnt anew
  BOOST_TEST(at_once->version().starts_with(first + "~"));
  auto corrected = at_once->first_look("One more");
  BOOST_TEST(corrected.step == "example");
  BOOST_TEST(corrected.ranked.front().name == "late");
  BOOST_TEST(corrected.ranked.front().confidence > 0.9);
  BOOST_TEST(second != first);
  BOOST_TEST(s.encoder->texts - before == 1u);
  s.train(shop(10, 3)); // rolled back
  BOOST_TEST(s.until_live(3) == first);
  BOOST_TEST(s.encoder->texts - before == 1u);
  BOOST_TEST((s.outcome(3)->intents->reader == s.outcome(0)->intents->reader));
}

BOOST_AUTO_TEST_CASE(a_folder_that_is_changed_ten_times_a_second_is_learnt_as_it_is_at_last) {
  school s;
  std::unique_lock closed(s.encoder->gate);
  for (uint64_t n = 1; n <= 30; ++n) s.train(shop(5 + n, n));
  closed.unlock();
  s.until_live(30);
  std::lock_guard lock(s.mutex);
  BOOST_TEST(s.learnt.size() <= 4u); // the one that was begun, and the last
  BOOST_TEST(s.learnt.back()->intents->reader->version() == intent_version(lessons_of(shop(35), "en"), "fake"));
}

BOOST_AUTO_TEST_CASE(without_the_encoder_words_decide) {
  school s;
  s.encoder->fails = true;
  s.train(shop(8));
  auto words = s.outcome(0);
  BOOST_TEST(words->intents->reader->encoder() == "");
  BOOST_TEST((words->intents->encoder == nullptr));
  s.until_live(1);
}

BOOST_AUTO_TEST_CASE(what_is_taken_out_of_the_folder_answers_no_more) {
  school s;
  s.train(shop(8));
  s.until_live(1);
  auto none = shop(8, 2);
  none.intents.clear();
  s.train(none);
  auto gone = s.outcome(1);
  BOOST_TEST((gone->intents == nullptr));
  BOOST_TEST(gone->language == "en");
}

BOOST_AUTO_TEST_CASE(odd_texts_are_read_without_trouble) {
  school s;
  s.train(shop(8));
  auto reader = s.outcome(0)->intents->reader;
  for (auto& text : {std::string(), std::string(100'000, 'x'), std::string("\x01\x02\xff"), std::string("😀😀"),
                     std::string("\u200b\u200b")}) {
    auto r = reader->first_look(text);
    BOOST_TEST((r.ranked.front().confidence >= 0 && r.ranked.front().confidence <= 1));
  }
}

BOOST_AUTO_TEST_SUITE_END()
