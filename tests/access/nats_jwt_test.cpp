#include "access/nats_jwt.hpp"

#include <boost/test/unit_test.hpp>

using namespace steward;

BOOST_AUTO_TEST_CASE(tokens_are_signed_by_whom_they_name) {
  auto op = nkey::make(nkey_kind::operator_key), account = nkey::make(nkey_kind::account),
       user = nkey::make(nkey_kind::user);
  auto o = operator_jwt(op, "steward", account.public_key(), 1000);
  auto a = account_jwt(op, {"steward", account.public_key(), true, {{user.public_key(), 7}}}, 1000);
  auto u = user_jwt(
      account, {"anna", user.public_key(), rights_of(role::agent, "anna", "demo"), {"role:agent", "tenant:demo"}, 5000},
      1000);
  for (auto& jwt : {o, a, u}) {
    BOOST_TEST(is_signed(jwt));
    auto changed = jwt;
    auto at = changed.find('.') + 20;
    changed[at] = changed[at] == 'A' ? 'B' : 'A';
    BOOST_TEST(!is_signed(changed));
  }
  BOOST_TEST(!is_signed(""));
  BOOST_TEST(!is_signed("a.b"));
  BOOST_TEST(a == account_jwt(op, {"steward", account.public_key(), true, {{user.public_key(), 7}}}, 1000));

  auto c = parse_creds(creds_text(u, user.seed()));
  BOOST_TEST_REQUIRE(c.ok());
  BOOST_TEST(c->jwt == u);
  BOOST_TEST(c->key.public_key() == user.public_key());
  auto b = bearer_of(creds_text(u, user.seed()));
  BOOST_TEST_REQUIRE(b.ok());
  BOOST_TEST(b->name == "anna");
  BOOST_TEST(b->public_key == user.public_key());
  BOOST_TEST((b->is == role::agent));
  BOOST_TEST(b->tenant == "demo");
  BOOST_TEST(b->expires_s == 5000);
}

BOOST_AUTO_TEST_CASE(what_is_no_credentials_file_is_refused) {
  for (auto text : {"", "hello", "-----BEGIN NATS USER JWT-----", "-----BEGIN NATS USER JWT-----\n",
                    "-----BEGIN NATS USER JWT-----\na.b.c\n", "-----BEGIN NATS USER JWT-----\ne30.W10.e30\n",
                    "-----BEGIN NATS USER JWT-----\ne30.e30.e30\n------END NATS USER JWT------\n"})
    BOOST_TEST((!bearer_of(text).ok() && !parse_creds(text).ok()), text);
}
