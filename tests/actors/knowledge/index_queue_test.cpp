#include "actors/knowledge/index_queue.hpp"

#include <boost/test/unit_test.hpp>

using namespace steward;

namespace {

const tenant_id shop{"shop"};

struct served {
  index_queue queue;
  std::set<std::string> languages;
  bool words_can_be_made = true;

  // What is made in turn: "en words", "en".
  std::string made() {
    std::string out;
    while (auto c = queue.take([&](auto& l) { return !languages.contains(l.second); })) {
      out += (out.empty() ? "" : ", ") + c->which.second + (c->words_only ? " words" : "");
      if (!c->words_only || words_can_be_made) languages.insert(c->which.second);
    }
    return out;
  }
};

} // namespace

BOOST_AUTO_TEST_SUITE(index_queue_suite)

BOOST_AUTO_TEST_CASE(every_language_answers_by_words_before_the_encoder_reads_one) {
  served s;
  for (auto l : {"zh", "en", "es"}) s.queue.add({shop, l});
  BOOST_TEST(s.made() == "en words, es words, zh words, en, es, zh");
}

BOOST_AUTO_TEST_CASE(what_is_served_already_waits_for_the_encoder) {
  served s;
  s.languages = {"en"};
  s.queue.add({shop, "en"});
  s.queue.add({shop, "zh"});
  BOOST_TEST(s.made() == "zh words, en, zh");
  BOOST_TEST(s.made() == "");
}

BOOST_AUTO_TEST_CASE(one_whose_words_cannot_be_made_holds_nobody_up) {
  served s;
  s.words_can_be_made = false;
  for (auto l : {"en", "zh"}) s.queue.add({shop, l});
  BOOST_TEST(s.made() == "en words, zh words, en, zh");
}

BOOST_AUTO_TEST_CASE(it_knows_what_waits) {
  index_queue q;
  q.add({shop, "en"});
  auto is = [](std::string l) { return [l](const language_of& o) { return o.second == l; }; };
  BOOST_TEST(q.contains(is("en")));
  BOOST_TEST(!q.contains(is("zh")));
  BOOST_TEST(q.take([](auto&) { return true; })->words_only);
  BOOST_TEST(q.contains(is("en")));
  BOOST_TEST(!q.take([](auto&) { return true; })->words_only);
  BOOST_TEST(!q.contains(is("en")));
}

BOOST_AUTO_TEST_SUITE_END()
