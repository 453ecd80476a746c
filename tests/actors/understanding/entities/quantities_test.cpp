// Numbers, ordinals, percentages, money, measures, ages, answers and addresses, per language.
#include "actors/understanding/entities/own_names.hpp"
#include "tests/actors/understanding/entities/cases.hpp"

using namespace steward;

BOOST_AUTO_TEST_SUITE(quantities)

BOOST_AUTO_TEST_CASE(numbers) {
  check_cases({
      {"en", "number", "I need forty-two of them", "forty-two=42"},
      {"en", "number", "about 3,250.5 pieces", "3,250.5=3250.5"},
      {"en", "number", "two hundred and six", "two hundred and six=206"},
      {"en", "number", "three quarters of a box", "three quarters=0.75"},
      {"en", "number", "which one is it", ""},
      {"en", "number", "minus 12", "minus 12=-12"},
      {"es", "number", "son 3.250,5 piezas", "3.250,5=3250.5"},
      {"es", "number", "treinta y siete cajas", "treinta y siete=37"},
      {"es", "number", "dos millones cien mil", "dos millones cien mil=2100000"},
      {"zh", "number", "共三千零八个", "三千零八=3008"},
      {"zh", "number", "一千五", "一千五=1500"},
      {"zh", "number", "四分之三", "四分之三=0.75"},
      {"zh", "number", "我们一起走", ""},
      {"fr", "number", "il en reste 17", "17=17"},
  });
}

BOOST_AUTO_TEST_CASE(fractions_and_proportions) {
  check_cases({
      {"en", "number", "four hundred and one quarter", "four hundred and one quarter=400.25"},
      {"en", "number", "one hundred and forty fifths", "one hundred and forty fifths=28"},
      {"en", "number", "three million and one half", "three million and one half=3500000"},
      {"en", "number", "three quarters of a million", "three quarters of a million=750000"},
      {"en", "number", "four out of nine parcels", "four out of nine=0.444444444444444"},
      {"en", "number", "nine out of four", "nine=9 | four=4"},
      {"en", "number", "1 in 8 arrives late", "1 in 8=0.125"},
      {"en", "number", "1 in 8 days", "1=1 | 8=8"},
      {"en", "number", "$900 over 3 years", "900=900 | 3=3"},
      {"en", "number", "900 over 3", "900 over 3=300"},
      {"en", "number", "nought point two five", "nought point two five=0.25"},
      {"en", "number", "a hundred billionths", "a hundred billionths=1E-07"},
      {"en", "number", "2 345 678.5", "2 345 678.5=2345678.5"},
      {"en", "number", "4 dzs of eggs", "4 dzs=48"},
      {"zh", "number", "味道十足", ""},
      {"zh", "number", "涨了三%", ""},
  });
}

BOOST_AUTO_TEST_CASE(ordinals_and_shares) {
  check_cases({
      {"en", "ordinal", "the 3rd item", "3rd=3"},
      {"en", "ordinal", "her twenty-second order", "twenty-second=22"},
      {"en", "ordinal", "twelve and a fifth", "fifth=5"},
      {"en", "ordinal", "second to last", "second to last=end-1"},
      {"en", "ordinal", "the previous order", "previous=current-1"},
      {"es", "ordinal", "la octava vez", "octava=8"},
      {"zh", "ordinal", "第十二个", "第十二=12"},
      {"en", "percentage", "a discount of 12.5%", "12.5%=12.5"},
      {"es", "percentage", "el veinte por ciento", "veinte por ciento=20"},
      {"zh", "percentage", "打八五折", "八五折=85"},
      {"zh", "percentage", "百分之三十", "百分之三十=30"},
  });
}

BOOST_AUTO_TEST_CASE(money_measures_ages) {
  check_cases({
      {"en", "currency", "it was $1,299.99 yesterday", "$1,299.99=1299.99"},
      {"en", "currency", "refund me 20 euros", "20 euros=20"},
      {"es", "currency", "cuesta 15 euros con 20", "15 euros con 20=15.2"},
      {"zh", "currency", "退我三百五十元", "三百五十元=350"},
      {"en", "currency", "got a $ 30 voucher", "$ 30=30"},
      {"en", "currency", "A$ 30", "A$ 30=30"},
      {"es", "currency", "subió a $ 30", "$ 30=30"},
      {"en", "currency", "EUR45.90", "EUR45.90=45.9"},
      {"en", "currency", "5 dollars one day", "5 dollars=5"},
      {"zh", "currency", "￥20，300美元", "￥20=20 | 300美元=300"},
      {"en", "dimension", "give it two turns", "two turns=2"},
      {"en", "dimension", "a 5 kg parcel", "5 kg=5"},
      {"en", "dimension", "6 feet and 3 inches", "6 feet and 3 inches=6.25"},
      {"es", "dimension", "mide dos metros", "dos metros=2"},
      {"zh", "dimension", "重两公斤半", "两公斤半=2.5"},
      {"en", "currency", "a $1.5m loan", "$1.5m=1500000"},
      {"en", "dimension", "half a litre of milk", "half a litre=0.5"},
      {"en", "dimension", "two miles and a half", "two miles and a half=2.5"},
      {"en", "dimension", "it was minus 5 degrees", "minus 5 degrees=-5"},
      {"es", "dimension", "un litro y medio", "un litro y medio=1.5"},
      {"es", "dimension", "medio kilo", "medio kilo=0.5"},
      {"es", "dimension", "a 20 ºC", "20 ºC=20"},
      {"es", "age", "un niño de 3 años y medio", "3 años y medio=3.5"},
      {"es", "age", "la garantía es de 2 años", ""},
      {"en", "age", "my son is 7 years old", "7 years old=7"},
      {"en", "age", "she is 4 yrs old", "4 yrs old=4"},
      {"en", "age", "a jacket for a girl aged 9", "aged 9=9"},
      {"en", "age", "from the age of 12", "age of 12=12"},
      {"en", "age", "their age is 12 percent", ""},
      {"zh", "age", "他八岁了", "八岁=8"},
  });
}

BOOST_AUTO_TEST_CASE(answers_and_addresses) {
  check_cases({
      {"en", "boolean", "Yes, please", "Yes=true"},
      {"es", "boolean", "Por supuesto", "Por supuesto=true"},
      {"zh", "boolean", "不行", "不行=false"},
      {"en", "boolean", "definitely not", "definitely not=false"},
      {"es", "boolean", "claro que no", "claro que no=false"},
      {"en", "email", "write to jo.smith@example.org.", "jo.smith@example.org=jo.smith@example.org"},
      {"de", "email", "an max@beispiel.de bitte", "max@beispiel.de=max@beispiel.de"},
      {"en", "url", "see https://example.org/a?b=1.", "https://example.org/a?b=1=https://example.org/a?b=1"},
      {"en", "phone", "call 415-555-0132 now", "415-555-0132=415-555-0132"},
      {"fr", "phone", "mon numéro est +33 6 12 34 56 78", "+33 6 12 34 56 78=+33 6 12 34 56 78"},
      {"en", "phone", "it happened 16-04-2019", ""},
      {"en", "phone", "Phone (212)555-0142 03/14/2021 09:15", "(212)555-0142=(212)555-0142"},
      {"en", "ip", "ping 10.0.0.17 fails", "10.0.0.17=10.0.0.17"},
      {"en", "hashtag", "see #summer", "#summer=#summer"},
  });
}

BOOST_AUTO_TEST_CASE(places_are_code_points_and_bytes) {
  entity_context context;
  context.language = "zh";
  const auto found = read_entities("价格😀为５元", context);
  BOOST_REQUIRE(!found.empty());
  BOOST_TEST(found.front().kind == "currency");
  BOOST_TEST(found.front().start == 4);
  BOOST_TEST(found.front().byte == 13);
  BOOST_TEST(found.front().text == "5元");
}

BOOST_AUTO_TEST_CASE(products_with_typing_errors) {
  entity_context context;
  const entities::own_names own({{"product", {{"Turbo Kettle", {"Turbo Kettle"}}, {"Mini Fan", {"Mini Fan"}}}, {}}});
  context.own = &own;
  const auto found = read_entities("my turbo ketle and the mini fan broke", context);
  BOOST_REQUIRE(found.size() == 2);
  BOOST_TEST(found[0].value == "Turbo Kettle");
  BOOST_TEST(found[0].text == "turbo ketle");
  BOOST_TEST(found[1].value == "Mini Fan");
}

BOOST_AUTO_TEST_CASE(lists_and_patterns_of_a_tenant) {
  const entities::own_names own(
      {{"order_number", {}, {R"(LT-\d{5})", "(broken"}},
       {"product", {{"TN-RDG1", {"Ridge 1", "Tarnline Ridge 1", "单人帐篷"}}, {"TN-STV", {"Ember stove"}}}, {}},
       {"slow", {}, {"(a+)+b"}}});
  entity_context context;
  context.own = &own;
  context.language = "xx"; // these alone, and digits
  struct {
    const char* text;
    const char* want; // kind=value@start, by place
  } rows[] = {{"my order LT-20417, and lt-20418", "order_number=LT-20417@9 order_number=lt-20418@23"},
              {"ＬＴ－２０４１７在哪里", "order_number=LT-20417@0"},
              {"我的LT-20417订单", "order_number=LT-20417@2"},
              {"XLT-20417 and LT-204171", ""}, // of something longer
              {"the tarnlin ridge 1 leaks", "product=TN-RDG1@4"},
              {"Ember stoves and the embr stove", "product=TN-STV@0 product=TN-STV@21"},
              {"the ridge 2, the ridg 1", "product=TN-RDG1@17"},
              {"单人帐篷漏水，双人帐篷没有", "product=TN-RDG1@0"},
              {"nothing of it", ""},
              {"", ""}};
  for (const auto& r : rows) {
    std::string got;
    for (const auto& e : read_entities(r.text, context))
      if (e.type == "own") got += (got.empty() ? "" : " ") + e.kind + "=" + e.value + "@" + std::to_string(e.start);
    BOOST_TEST(got == r.want, r.text << " -> " << got);
  }
  // A pattern that would never end gives up, a list of thousands costs little, and many finds are cut.
  BOOST_TEST(read_entities(std::string(2000, 'a') + "c", context).empty());
  std::string many;
  for (int i = 0; i < 500; ++i) many += "LT-20417 ";
  BOOST_TEST(std::ranges::count(read_entities(many, context), "order_number", &entity::kind) == 20);
}

BOOST_AUTO_TEST_CASE(zones) {
  BOOST_TEST(local_seconds("2024-07-01T12:00:00Z", "Europe/Madrid") - local_seconds("2024-07-01T12:00:00") == 7200);
  BOOST_TEST(local_seconds("2024-07-01T12:00:00+02:00", "Asia/Shanghai") - local_seconds("2024-07-01T12:00:00") ==
             6 * 3600);
  BOOST_TEST(local_seconds("yesterday") == -1);
}

BOOST_AUTO_TEST_SUITE_END()
