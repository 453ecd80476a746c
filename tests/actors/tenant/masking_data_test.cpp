#include "actors/tenant/masking.hpp"
#include "messages/codec.hpp"

#include <boost/test/unit_test.hpp>

using namespace steward;

namespace {
const std::vector<mask_rule> all = {mask_rule::card, mask_rule::national_id, mask_rule::password};
std::string masked(const std::string& json, const std::vector<mask_rule>& rules = all) {
  return json_of(mask_data(*msgpack_of(json), rules).text);
}
} // namespace

BOOST_AUTO_TEST_SUITE(masking_data)

BOOST_AUTO_TEST_CASE(texts_are_masked_at_any_depth) {
  BOOST_TEST(masked(R"({"note":"card 4111 1111 1111 1111","to":[{"deep":["my password is hunter22x"]}]})") ==
             R"({"note":"card [card]","to":[{"deep":["my password is [password]"]}]})");
}

BOOST_AUTO_TEST_CASE(a_key_says_what_its_value_is) {
  BOOST_TEST(masked(R"({"password":"hunter22x"})") == R"({"password":"[password]"})");
  BOOST_TEST(masked(R"({"new_password":"hunter22x"})") == R"({"new_password":"[password]"})");
  BOOST_TEST(masked(R"({"userPassword":"hunter22x"})") == R"({"userPassword":"[password]"})");
  BOOST_TEST(masked(R"({"ssn":"536221234"})") == R"({"ssn":"[national id]"})");
  BOOST_TEST(masked(R"({"ssn":536221234})") == R"({"ssn":"[national id]"})");
}

BOOST_AUTO_TEST_CASE(the_rest_stays_byte_for_byte) {
  for (std::string json :
       {R"({"amount":49.9,"count":3,"ok":true,"order":"R-1042","paid_at":1764018672123,"tags":["a","b"],"x":null})",
        R"({"left":-5,"name":"Anna Lind","status":"password reset"})", R"(["a"])", R"("a")", "{}"}) {
    auto data = *msgpack_of(json);
    auto m = mask_data(data, all);
    BOOST_TEST(m.masked == 0u, json);
    BOOST_TEST((m.text == data), json);
  }
}

BOOST_AUTO_TEST_CASE(no_rules_no_change) {
  BOOST_TEST(masked(R"({"card":"4111111111111111"})", {}) == R"({"card":"4111111111111111"})");
  BOOST_TEST(masked(R"({"card":"4111111111111111","password":"hunter22x"})", {mask_rule::card}) ==
             R"({"card":"[card]","password":"hunter22x"})");
}

BOOST_AUTO_TEST_CASE(it_leaves_nothing_to_mask) {
  auto once = mask_data(*msgpack_of(R"({"password":"hunter22x","pin":"4711","n":"4111111111111111"})"), all);
  BOOST_TEST(once.masked == 3u);
  BOOST_TEST(mask_data(once.text, all).masked == 0u);
}

BOOST_AUTO_TEST_CASE(bytes_that_are_no_msgpack_are_masked_as_text) {
  BOOST_TEST(mask_data("\xc1 4111111111111111", all).text == "\xc1 [card]");
  BOOST_TEST(mask_data("", all).masked == 0u);
}

BOOST_AUTO_TEST_SUITE_END()
