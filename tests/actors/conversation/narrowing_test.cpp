// Written pairs: what the customer says, two articles that both may be meant, and the one thing that must be asked.
#include "actors/conversation/narrowing.hpp"
#include "actors/conversation/picked_choice.hpp"
#include "actors/tenant/tenant_config.hpp"

#include <boost/test/unit_test.hpp>

using namespace steward;

namespace {

struct pair_row {
  const char *language, *says, *one, *two; // titles; behind " / " the passage's heading, behind " // " its text
  const char* feature;
  const char *first, *second; // labels
};

candidate of(const char* written) {
  std::string s = written;
  candidate c;
  if (auto at = s.find(" // "); at != s.npos) c.text = s.substr(at + 4), s.resize(at);
  if (auto at = s.find(" / "); at != s.npos) c.heading = s.substr(at + 3), s.resize(at);
  c.article = c.title = s;
  return c;
}

tenant_words words_in(const std::string& language) {
  tenant_words w;
  w.choose = "Which of these?", w.language = language;
  return w;
}

const pair_row rows[] = {
    // Where to.
    {"en", "what does delivery cost", "Delivery to Germany", "Delivery to Switzerland", "place", "Germany",
     "Switzerland"},
    {"en", "how long does a parcel take", "Delivery to other countries in the EU",
     "Switzerland, Norway and the United Kingdom", "place", "EU", "Switzerland, Norway, United Kingdom"},
    {"en", "return costs", "Returns from Austria", "Returns from France", "place", "Austria", "France"},
    {"zh", "运费多少", "寄往德国", "寄往瑞士", "place", "德国", "瑞士"},
    {"es", "cuánto cuesta el envío", "Envíos a España", "Envíos a Suiza", "place", "España", "Suiza"},
    // How it is paid.
    {"en", "when do I get my money", "Refunds to a credit card", "Refunds to a gift card", "payment", "by card",
     "with a gift card"},
    {"en", "my payment does not work", "PayPal does not go through", "Your credit card is refused", "payment",
     "with PayPal", "by card"},
    {"en", "can I pay later", "Purchase on invoice", "Pay in three instalments", "payment", "on invoice",
     "in instalments"},
    {"zh", "付款失败", "信用卡付款失败", "PayPal 付款失败", "payment", "信用卡", "PayPal"},
    {"es", "no puedo pagar", "Pago con tarjeta de crédito rechazado", "Problemas con PayPal", "payment", "con tarjeta",
     "con PayPal"},
    // Before or after dispatch.
    {"en", "I do not want it any more", "Cancel an order", "Send something back / How", "stage",
     "not yet, it has not left", "yes, and I have it"},
    {"en", "the address is wrong", "Change an order after placing it", "My parcel is late or has stopped moving",
     "stage", "not yet, it has not left", "yes, it is on its way"},
    {"en", "what about my order", "No order confirmation arrived", "Where is my order?", "stage",
     "not yet, it has not left", "yes, it is on its way"},
    {"zh", "我不想要了", "取消订单", "退货和退款", "stage", "还没发货", "已经收到了"},
    {"es", "ya no lo quiero", "Cancelar un pedido", "Devolver un artículo", "stage", "aún no, no ha salido",
     "sí, ya lo tengo"},
    // What is the matter.
    {"en", "there is a problem with my lamp", "The parcel or something in it arrived damaged",
     "Warranty: something broke or failed early", "condition", "it arrived damaged", "it broke in use"},
    {"en", "I am not happy with my order", "Something is missing or you sent the wrong thing",
     "Exchange for another size or colour", "condition", "something is missing or wrong", "it does not fit"},
    {"en", "my boots are no good", "The boot promise: boots that hurt after real use",
     "Warranty: something broke or failed early", "condition", "I have worn it, and it hurts", "it broke in use"},
    {"zh", "东西有问题", "收到时包裹或商品坏了", "保修：东西坏了怎么办", "condition", "收到时就坏了", "用着用着坏了"},
    {"es", "tengo un problema con la mochila", "El paquete o un artículo llegó dañado", "Garantía: algo se ha roto",
     "condition", "llegó dañado", "se rompió con el uso"},
    // Who asks, and which way.
    {"en", "do I get a rebate", "Student discount", "Group prices for companies", "person", "as a student",
     "for a company"},
    {"en", "how do I see my orders", "Order without an account", "Tarn Club: orders of members", "person",
     "without an account", "as a member"},
    {"en", "how do I give it back", "Bring a return to the shop", "Send something back", "way", "in the shop",
     "by post"},
    {"en", "how fast do I get it", "Express delivery", "Standard delivery", "speed", "express", "standard"},
    {"es", "qué envío hay", "Envío exprés", "Envío normal", "speed", "exprés", "normal"},
    // What to do with it.
    {"en", "my old tent", "Rent a tent", "Second Trail: sell us your used gear", "action", "rent it", "sell it"},
    {"en", "the zip of my jacket", "Repairs in our workshop", "Wash and reproof a rain jacket", "action",
     "have it repaired", "wash or care for it"},
    // A vague wish: the one thing that would decide.
    {"en", "the package is too expensive", "Shipping costs and delivery times", "Price match", "aspect",
     "what delivery costs", "what the goods cost"},
    {"zh", "太贵了", "运费说明", "比价：别家更便宜", "aspect", "运费", "商品价格"},
    {"es", "es demasiado caro", "Gastos de envío", "Igualamos el precio: precio más bajo en otra tienda", "aspect",
     "los gastos de envío", "el precio de los artículos"},
    // Which product: what the titles do not share.
    {"en", "which size do I need", "Find your boot size", "Find your clothing size", "subject", "boot", "clothing"},
    {"en", "how long do they last", "Batteries of headlamps", "Batteries of power banks", "subject", "headlamps",
     "power banks"},
    {"es", "no sé mi talla", "Tu talla de botas", "Tu talla de ropa", "subject", "botas", "ropa"},
};

} // namespace

BOOST_AUTO_TEST_SUITE(narrowing_question)

BOOST_AUTO_TEST_CASE(asks_for_what_separates_them) {
  for (auto& r : rows) {
    auto n = narrowed({of(r.one), of(r.two)}, r.says, words_in(r.language));
    BOOST_TEST(n.feature == r.feature, r.says << " | " << r.one << " | " << r.two << " -> " << n.feature);
    BOOST_REQUIRE(n.choices.size() == 2u);
    BOOST_TEST(n.choices[0].label == r.first, r.one << " -> " << n.choices[0].label);
    BOOST_TEST(n.choices[1].label == r.second, r.two << " -> " << n.choices[1].label);
    BOOST_TEST(!n.question.empty());
  }
}

BOOST_AUTO_TEST_CASE(does_not_ask_what_was_said) {
  auto n = narrowed({of("Delivery to Germany / Express"), of("Delivery to Switzerland / Standard delivery")},
                    "delivery to Switzerland", words_in("en"));
  BOOST_TEST(n.feature != "place");
}

BOOST_AUTO_TEST_CASE(a_third_keeps_its_title_and_one_far_behind_is_left_out) {
  auto third = of("Gift wrapping");
  auto n = narrowed({of("Delivery to Germany"), of("Delivery to Norway"), third}, "what does it cost", words_in("en"));
  BOOST_REQUIRE(n.choices.size() == 3u);
  BOOST_TEST(n.choices[2].label == "Gift wrapping");
  third.score = -5;
  BOOST_TEST(
      narrowed({of("Delivery to Germany"), of("Delivery to Norway"), third}, "cost?", words_in("en")).choices.size() ==
      2u);
}

BOOST_AUTO_TEST_CASE(the_tenant_may_ask_in_its_own_words) {
  auto w = words_in("en");
  w.narrow["place"] = "Where shall we send it?";
  BOOST_TEST(narrowed({of("Delivery to Germany"), of("Delivery to Norway")}, "cost?", w).question ==
             "Where shall we send it?");
  auto other = words_in("fr");
  auto n = narrowed({of("Livraison express"), of("Livraison normale")}, "combien", other);
  BOOST_TEST(n.question == "Which of these?"); // the tenant's own; no features in this language
  BOOST_TEST(n.choices[0].label == "express");
}

BOOST_AUTO_TEST_CASE(passages_of_one_article_are_told_apart_by_their_headings) {
  auto n = narrowed({of("Gift cards / Buying one"), of("Gift cards / Using one")}, "gift cards", words_in("en"));
  BOOST_TEST(n.choices[0].label == "Buying");
  BOOST_TEST(n.choices[1].label == "Using");
}

BOOST_AUTO_TEST_CASE(a_reply_picks_by_number_place_label_or_the_words_of_one) {
  std::vector<offered_choice> all{{"by card", "a#0"}, {"with a gift card", "b#0"}, {"on invoice", "c#0"}};
  struct {
    const char* text;
    int pick;
  } rows[] = {{"2", 1},
              {"the third one", 2},
              {"Second.", 1},
              {"on invoice", 2},
              {"invoice", 2},
              {"by card please", 0},
              {"with a gift card!", 1},
              {"card", -1},
              {"4", -1},
              {"", -1},
              {"第二个", 1},
              {"la primera", 0},
              {"the second", 1},
              {"no, I meant the second one", 1},
              {"3 please", 2},
              {"number one", 0},
              {"the last one", 2},
              {"la segunda, por favor", 1},
              {"我要第二个", 1},
              {"不是，是第一个", 0},
              {"最后一个吧", 2},
              {"the first or the second", -1},
              {"the first aid kit", -1},
              {"第一次买的", -1},
              {"the one", -1},
              {"one", 0},
              {"uno", 0},
              {"2, please", 1},
              {"I meant 2", 1},
              {"option 3 please", 2},
              {"I would like number one", 0},
              {"la 2", 1},
              {"我要2", 1},
              // An amount, or any one.
              {"I'd like one please", -1},
              {"thanks, I want that one", -1},
              {"this one", -1},
              {"no one", -1},
              {"quiero uno", -1},
              {"I want 2 of them please", -1},
              {"I want 2", -1},
              {"the other 2", -1},
              {"1 or 2", -1},
              {"not the second", -1},
              {"no", -1},
              {"the other one", -1},
              {"neither of them, I want to know when you open on Saturday", -1}};
  for (auto& r : rows) BOOST_TEST(picked_choice(r.text, all) == r.pick, r.text);
  BOOST_TEST(picked_choice("1", {}) == -1);
  const std::vector<offered_choice> two{{"by card", "a#0"}, {"on invoice", "b#1"}};
  BOOST_TEST(picked_choice("the third", two) == -1);
  BOOST_TEST(picked_choice("the last", two) == 1);
  // After one was picked.
  struct {
    const char *text, *answered;
    int pick;
  } after[] = {{"no, the other one", "a#0", 1},
               {"no the other one", "b#1", 0},
               {"另一个", "b#1", 0},
               {"la otra", "a#0", 1},
               {"sorry, I meant the first", "b#1", 0},
               {"the other one", "c#0", -1},
               {"can I pay on invoice?", "a#0", -1},
               {"invoice", "a#0", -1},
               {"no, 2", "a#0", 1},
               {"sorry, I meant 2", "a#0", 1},
               {"number 2", "a#0", 1},
               {"不对，是2", "a#0", 1},
               {"2", "a#0", -1},
               {"2 please", "a#0", -1},
               {"one", "b#1", -1},
               {"我要2", "a#0", -1},
               {"thanks, I would like one", "b#1", -1},
               {"I'd like one please", "b#1", -1},
               {"thanks, I want that one", "b#1", -1},
               {"no one", "b#1", -1},
               {"quiero uno", "b#1", -1},
               {"no", "a#0", -1}};
  for (auto& r : after) BOOST_TEST(picked_after_all(r.text, two, r.answered) == r.pick, r.text);
  BOOST_TEST(picked_after_all("the other one", all, "a#0") == -1); // one of two
  BOOST_TEST(picked_after_all("the other one", {}, "") == -1);
}

BOOST_AUTO_TEST_CASE(a_few_words_go_on_with_the_question_before) {
  for (auto s : {"to Norway", "by card", "挪威", "a Noruega"}) BOOST_TEST(goes_on(s), s);
  for (auto s : {"", "how long does delivery to Norway take?", "¿cuánto cuesta el envío a Noruega?"})
    BOOST_TEST(!goes_on(s), s);
}

BOOST_AUTO_TEST_CASE(the_place_that_was_named_decides) {
  struct {
    const char *language, *says;
    double confidence;
    std::vector<const char*> titles;
    verdict want;
  } rows[] = {
      {"en",
       "do you ship to Norway?",
       0.7,
       {"Switzerland, Norway and the United Kingdom", "Other EU countries"},
       verdict::answer},
      {"en",
       "do you ship to Norway?",
       0.4,
       {"Switzerland, Norway and the United Kingdom", "Other EU countries"},
       verdict::choose},
      {"en", "do you ship to Norway?", 0.7, {"Other EU countries", "Switzerland and Norway"}, verdict::choose},
      {"en", "do you ship to Norway?", 0.7, {"Delivery to Norway", "Returns from Norway"}, verdict::choose},
      {"en", "to Norway or to Spain?", 0.7, {"Delivery to Norway", "Delivery to Spain"}, verdict::choose},
      {"en", "do you ship abroad?", 0.7, {"Delivery to Norway", "Delivery to Spain"}, verdict::choose},
      {"en", "postage within Germany", 0.7, {"Express delivery within Germany", "Shipping costs"}, verdict::choose},
      {"en",
       "postage to Germany",
       0.7,
       {"Express delivery within Germany", "Standard delivery in the EU"},
       verdict::choose},
      {"zh", "能寄到瑞士吗", 0.7, {"寄往瑞士", "寄往德国"}, verdict::answer},
      {"es", "¿enviáis a Suiza?", 0.7, {"Envíos a Suiza", "Envíos a España"}, verdict::answer},
  };
  for (auto& r : rows) {
    knowledge_result k;
    k.outcome = verdict::choose, k.confidence = r.confidence;
    for (auto t : r.titles) k.candidates.push_back(of(t));
    settle_by_place(k, r.says, words_in(r.language));
    BOOST_TEST((k.outcome == r.want), r.says << " | " << r.titles.front());
  }
}

BOOST_AUTO_TEST_CASE(what_asks_on_about_the_last_answer) {
  for (auto s :
       {"and on Monday?", "how much?", "What about Norway?", "¿y a Noruega?", "那台湾呢", "多久？", "¿cuánto cuesta?"})
    BOOST_TEST(follows_up(s), s);
  for (auto s : {"", "how much does delivery cost?", "where is my order", "android app?",
                 "and where do I find the form for returns then?", "ya llegó", "什么时候发货"})
    BOOST_TEST(!follows_up(s), s);
}

// A customer who had written what he wanted was asked what he wanted, with neither choice being it.
BOOST_AUTO_TEST_CASE(send_them_back_says_what_to_do) {
  for (auto t : {"my new boots pinch, can I send them back?", "how do I send it back", "I'd like my money back"})
    BOOST_TEST(feature_value("action", t, "en") == "return", t);
}

BOOST_AUTO_TEST_SUITE_END()
