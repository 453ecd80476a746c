#include "actors/conversation/handover_policy.hpp"
#include "actors/conversation/handover_summary.hpp"
#include "messages/codec.hpp"

#include <algorithm>
#include <boost/test/unit_test.hpp>

using namespace steward;

BOOST_AUTO_TEST_SUITE(handing_over)

BOOST_AUTO_TEST_CASE(rows_of_the_policy) {
  tenant_config t;
  t.first_queue = "desk";
  t.unknowns = 3;
  t.handover_rules = {{{"lawyer", "律师"}, "legal", "law", 5}};
  struct {
    const char* what;
    handover_signs signs;
    const char* reason; // empty: nobody
    const char* queue = "desk";
  } rows[] = {
      {"nothing", {}, ""},
      {"one unknown", {.unknowns = 1}, ""},
      {"two unknowns", {.unknowns = 2}, ""},
      {"three unknowns", {.unknowns = 3}, "unknown"},
      {"asked back in vain", {.unknowns = 1, .asked_back_enough = true}, "asked_back"},
      {"a broken message", {.dead_letter = true}, "dead_letter"},
      {"asked for", {.asks_for_person = true}, "asked_for_person"},
      {"anxious", {.mood = temper::anxious}, ""},
      {"anxious again", {.mood = temper::anxious, .worse = true}, "mood_worse"},
      {"disappointed", {.mood = temper::let_down}, "mood"},
      {"angry", {.mood = temper::angry}, "mood"},
      {"threatens", {.mood = temper::threatens}, "threat"},
      {"urgent alone", {.urgent = true}, ""},
      {"the tenant's rule", {.text = "i will call my lawyer"}, "rule", "legal"},
      {"the rule in chinese", {.text = "我要找律师"}, "rule", "legal"},
      {"no word of the rule", {.text = "lawyers are nice"}, ""},
      {"the rule before the wish", {.text = "a human or my lawyer", .asks_for_person = true}, "rule", "legal"},
      {"what broke before all", {.text = "lawyer", .dead_letter = true}, "dead_letter"},
  };
  for (auto& r : rows) {
    auto h = handover_policy(r.signs, t);
    BOOST_REQUIRE_MESSAGE(h.has_value() == (*r.reason != 0), r.what);
    if (!h) continue;
    BOOST_TEST(h->reason == r.reason, r.what);
    BOOST_TEST(h->queue == r.queue, r.what);
  }
  t.unknowns = 1;
  BOOST_TEST(handover_policy({.unknowns = 1}, t)->reason == "unknown");
}

BOOST_AUTO_TEST_CASE(what_cannot_wait_goes_further_up) {
  tenant_config t;
  BOOST_TEST(handover_policy({.mood = temper::angry}, t)->priority == 1u);
  BOOST_TEST(handover_policy({.mood = temper::angry, .urgent = true}, t)->priority == 2u);
  BOOST_TEST(handover_policy({.mood = temper::threatens, .urgent = true}, t)->priority == 3u);
}

namespace {

struct written {
  std::vector<const char*> says;
  std::vector<const char*> facts; // each must stand in the summary
};

// What customers write before a person takes over.
const std::vector<written> conversations{
    {{"hi", "Where is my order LT-10293? It should have come on 12 May."}, {"LT-10293", "12 May", "Where is my order"}},
    {{"I was charged twice, €49.90 each, on card ending 4242"}, {"€49.90", "4242"}},
    {{"hello", "my boots are size 42 and they pinch", "order number is 88123"}, {"42", "88123", "pinch"}},
    {{"please write to anna.smith@example.com about the refund"}, {"anna.smith@example.com", "refund"}},
    {{"The tent pole broke after 3 nights. Model Ridge-2P, bought 2024-05-01."},
     {"3 nights", "Ridge-2P", "2024-05-01"}},
    {{"你好", "我的订单LT-20881什么时候到", "电话是13912345678"}, {"LT-20881", "13912345678"}},
    {{"退货单号是RM-5510，鞋子是43码"}, {"RM-5510", "43"}},
    {{"hola", "mi pedido LT-777 no ha llegado", "vivo en el 28013"}, {"LT-777", "28013"}},
    {{"I need a human", "the invoice INV-2024-19 has the wrong VAT number DE811128135"},
     {"INV-2024-19", "DE811128135"}},
    {{"can you change the address to 14 Elm Street, SW1A 1AA?"}, {"14 Elm", "SW1A", "1AA"}},
    {{"Coupon SPRING15 does not work. Basket total is $120.50"}, {"SPRING15", "$120.50"}},
    {{"tracking 1Z999AA10123456784 says delivered but nothing here"}, {"1Z999AA10123456784", "nothing here"}},
    {{"I ordered 2 jackets", "only 1 arrived", "order 55021"}, {"2 jackets", "1 arrived", "55021"}},
    {{"call me at +49 170 5551234 after 18:00"}, {"+49", "5551234", "18:00"}},
    {{"is the 65L pack, article 30-118, back in stock?"}, {"65L", "30-118"}},
    {{"my account is maria_87 and the code ab12cd is refused"}, {"maria_87", "ab12cd"}},
    {{"no puedo pagar", "la tarjeta da error 5008", "pedido 99231 de 75,20 €"}, {"5008", "99231", "75,20"}},
    {{"Return RM-1 was received on 3 June, where are my 89 euros?"}, {"RM-1", "3 June", "89 euros"}},
    {{"The zip of my jacket is broken and I want it repaired"}, {"zip of my jacket"}},
    {{"hey", "shipping to 1010 Vienna", "how much for 7.5 kg?", "article 40-551"}, {"1010 Vienna", "7.5 kg", "40-551"}},
};

size_t characters(const std::string& s) {
  return static_cast<size_t>(std::count_if(s.begin(), s.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

} // namespace

BOOST_AUTO_TEST_CASE(every_fact_of_twenty_conversations_stands_in_600_characters) {
  BOOST_REQUIRE(conversations.size() == 20u);
  for (auto& c : conversations) {
    conversation_story s;
    for (auto t : c.says) tell_story(s, t, 0);
    tell_tried(s, "Where is my parcel?");
    auto text = handover_summary(s, "asked_for_person", 95'000);
    BOOST_TEST(characters(text) <= 600u, text);
    for (auto f : c.facts) BOOST_TEST(text.find(f) != std::string::npos, f << " is missing in\n" << text);
    BOOST_TEST(text.find("Tried: Where is my parcel?") != std::string::npos);
    BOOST_TEST(text.find("Waited: 95 s") != std::string::npos);
  }
}

BOOST_AUTO_TEST_CASE(long_talk_stays_short) {
  conversation_story s;
  for (int i = 0; i < 200; ++i) {
    tell_story(s, std::string(300, 'x') + " order " + std::to_string(100000 + i) + " 客客客客客客客客客客",
               i == 7 ? static_cast<int>(temper::angry) : 0);
    tell_tried(s, "A very long title of an article that goes on and on " + std::to_string(i));
  }
  auto text = handover_summary(s, "asked_for_person_and_a_reason_that_is_long", 3'600'000);
  BOOST_TEST(characters(text) <= 600u);
  BOOST_TEST(text.find("100000") != std::string::npos); // the first fact is kept
  BOOST_TEST(text.find("100199") != std::string::npos); // and the newest
  BOOST_TEST(text.find("Mood: angry") != std::string::npos);
  BOOST_TEST(encode(s).size() < 2000u);
}

BOOST_AUTO_TEST_SUITE_END()
