#include "actors/conversation/wishes.hpp"

#include <boost/test/unit_test.hpp>

using namespace steward;

BOOST_AUTO_TEST_SUITE(wishes)

BOOST_AUTO_TEST_CASE(several_come_out_as_several_and_one_stays_one) {
  using list = std::vector<std::string>;
  struct {
    const char* text;
    list parts; // none: one wish
  } rows[] = {
      {"where is my parcel and can I change my address?", {"where is my parcel", "can I change my address?"}},
      {"Where is my parcel? Can I still change the address?",
       {"Where is my parcel?", "Can I still change the address?"}},
      {"Hi, how do I return boots, and how much is shipping to Austria?",
       {"Hi, how do I return boots", "how much is shipping to Austria?"}},
      {"I want to cancel my order. Also, when do you open on Saturday?",
       {"I want to cancel my order.", "when do you open on Saturday?"}},
      {"do you ship to Spain? do you have gift cards? and where is your shop?",
       {"do you ship to Spain?", "do you have gift cards?", "where is your shop?"}},
      {"can I pay by invoice and do you ship to Norway and are dogs allowed and when do you open",
       {"can I pay by invoice", "do you ship to Norway", "are dogs allowed and when do you open"}},
      {"please send me the invoice and tell me when the parcel arrives",
       {"please send me the invoice", "tell me when the parcel arrives"}},
      {"¿dónde está mi paquete y puedo cambiar la dirección?",
       {"¿dónde está mi paquete", "puedo cambiar la dirección?"}},
      {"¿Cuánto cuesta el envío? ¿Tenéis tarjetas regalo?", {"¿Cuánto cuesta el envío?", "Tenéis tarjetas regalo?"}},
      {"quiero cambiar la direccion y tambien saber si enviais a canarias",
       {"quiero cambiar la direccion", "saber si enviais a canarias"}},
      {"我的包裹到哪了？怎么修改地址？", {"我的包裹到哪了？", "怎么修改地址？"}},
      {"运费多少，另外可以退货吗", {"运费多少", "可以退货吗"}},
      // One wish.
      {"where is my parcel", {}},
      {"can I return the boots and get my money back?", {}},
      {"I ordered on Monday and where is my parcel", {}},
      {"my tent is wet and dirty, how do I clean it and store it?", {}},
      {"do you ship to Spain? how much is it?", {}},
      {"what size do I need for boots and trail shoes?", {}},
      {"where is my order? I ordered it last week.", {}},
      {"is the jacket warm and waterproof?", {}},
      {"Hello! Can you help me with my order?", {}},
      {"the boots are great. thank you!", {}},
      {"where is my parcel? Please help", {}},
      {"how do I return the boots? Can you help me, please?", {}},
      {"is my parcel lost? What should I do now?", {}},
      {"please help, where is my parcel?", {}},
      {"my tent is torn, can I have it repaired? Please tell me. Can you tell me what postage costs?",
       {"my tent is torn, can I have it repaired? Please tell me.", "Can you tell me what postage costs?"}},
      {"¿dónde está mi paquete? ¿Puedes ayudarme, por favor?", {}},
      {"我的包裹到哪了？请帮帮我", {}},
      {"包裹丢了吗？我该怎么办？", {}},
      {"quiero devolver las botas y recuperar mi dinero", {}},
      {"退货和换货的期限是多久", {}},
      {"你好，请问怎么退货？", {}},
      {"black and white, how much?", {}},
      {"", {}},
      {"?!?!?!?!?!?!", {}},
  };
  for (auto& r : rows) {
    auto got = wishes_in(r.text);
    BOOST_TEST(got == r.parts, r.text << " -> " << got.size() << (got.empty() ? "" : ": " + got.front()));
  }
}

BOOST_AUTO_TEST_CASE(a_story_is_one_wish) {
  std::string story;
  while (story.size() < 700) story += "where is my parcel? can I change my address? ";
  BOOST_TEST(wishes_in(story).empty());
  BOOST_TEST(wishes_in(std::string(100'000, '?')).empty());
}

BOOST_AUTO_TEST_SUITE_END()
