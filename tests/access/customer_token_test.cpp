#include "tests/access/site_keys.hpp"

#include <boost/test/unit_test.hpp>

using namespace steward;
using nlohmann::json;

namespace {

constexpr int64_t now = 1'900'000'000;

json claims(json change = json::object()) {
  json c{{"sub", "4711"}, {"name", "Ana"}, {"aud", "shop"}, {"exp", now + 600}};
  for (auto& [k, v] : change.items()) v.is_null() ? (void)c.erase(k) : (void)(c[k] = v);
  return c;
}

struct shop {
  site::signer hs = site::make("hs", token_algorithm::hs256), rs = site::make("rs", token_algorithm::rs256),
               es = site::make("es", token_algorithm::es256), ed = site::make("ed", token_algorithm::eddsa);
  customer_identity who{"shop", {hs.key, rs.key, es.key, ed.key}};

  std::string why(const std::string& token) const {
    auto r = read_customer_token(token, who, now);
    return r ? "" : std::string(to_string(r.error().code)) + ": " + r.error().message;
  }
};

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

} // namespace

BOOST_FIXTURE_TEST_SUITE(customer_token, shop)

BOOST_AUTO_TEST_CASE(every_algorithm_signs_in) {
  for (auto s : {&hs, &rs, &es, &ed}) {
    BOOST_TEST(why(s->token(claims())) == "");
    auto good = s->token(claims());
    auto c = read_customer_token(good, who, now);
    BOOST_TEST_REQUIRE(c.ok());
    BOOST_TEST(c->id == "4711");
    BOOST_TEST(c->name == "Ana");
    BOOST_TEST(c->until_s == now + 600);
    // Each bit of the signature counts, and of what it is made of.
    auto dot = good.rfind('.');
    for (auto at : {good.size() - 5, dot + 1, dot - 3, size_t(3)}) {
      auto forged = good;
      forged[at] = forged[at] == 'A' ? 'B' : 'A';
      BOOST_TEST(why(forged) != "", s->key.id << " " << at);
    }
  }
}

BOOST_AUTO_TEST_CASE(the_header_must_name_a_key_and_its_algorithm) {
  BOOST_TEST(holds(why(ed.token(claims(), {{"kid", nullptr}})), "unauthorized: the token's header has no 'kid'"));
  BOOST_TEST(holds(why(ed.token(claims(), {{"kid", "ed\n\x01\"gone"}})), "no key is called 'ed??\"gone'"));
  BOOST_TEST(holds(why(ed.token(claims(), {{"kid", 7}})), "no 'kid'"));
  BOOST_TEST(holds(why(ed.token(claims(), {{"alg", nullptr}})), "bad_request"));
  BOOST_TEST(holds(why(ed.token(claims(), {{"crit", {"exp"}}})), "'crit'"));
  // "none", with and without a signature, in any spelling.
  for (auto none : {"none", "None", "NONE", ""}) {
    auto t = ed.token(claims(), {{"alg", none}});
    BOOST_TEST(holds(why(t), "signs with EdDSA, not with"), none);
    BOOST_TEST(why(t.substr(0, t.rfind('.') + 1)) != "", none);
  }
}

BOOST_AUTO_TEST_CASE(a_public_key_is_no_secret) {
  // RS256's key, which everybody may know, taken as the secret of HS256.
  auto forger = site::signer{{"rs", token_algorithm::hs256, rs.key.key, {}}, nullptr};
  BOOST_TEST(holds(why(forger.token(claims())), "the key 'rs' signs with RS256, not with 'HS256'"));
  BOOST_TEST(holds(why(forger.token(claims(), {{"alg", "RS256"}})), "signature is not of the key 'rs'"));
  // Keys of one kind do not pass for another.
  for (auto a : {&hs, &rs, &es, &ed})
    for (auto b : {&hs, &rs, &es, &ed})
      if (a != b) {
        BOOST_TEST(holds(why(a->token(claims(), {{"kid", b->key.id}})), "signs with"));
        BOOST_TEST(holds(why(a->token(claims(), {{"kid", b->key.id}, {"alg", to_string(b->key.algorithm)}})),
                         "signature is not"));
      }
}

BOOST_AUTO_TEST_CASE(times_hold_with_a_minute_of_leeway) {
  struct row {
    json change;
    std::string problem; // empty: good
  };
  for (auto& r : std::vector<row>{{{{"exp", now - 59}}, ""},
                                  {{{"exp", now - 60}}, "has expired"},
                                  {{{"exp", now - 100'000}}, "has expired"},
                                  {{{"exp", nullptr}}, "no 'exp'"},
                                  {{{"exp", "soon"}}, "no 'exp'"},
                                  {{{"exp", -1}}, "no 'exp'"},
                                  {{{"exp", 1e300}}, "no 'exp'"},
                                  {{{"exp", now + 0.5}}, ""},
                                  {{{"nbf", now + 60}}, ""},
                                  {{{"nbf", now + 61}}, "does not hold yet"},
                                  {{{"nbf", "x"}}, "does not hold yet"},
                                  {{{"nbf", now - 5}}, ""}}) {
    auto got = why(ed.token(claims(r.change)));
    BOOST_TEST(r.problem.empty() == got.empty(), r.change.dump() << " " << got);
    BOOST_TEST(holds(got, r.problem), r.change.dump() << " " << got);
  }
}

BOOST_AUTO_TEST_CASE(it_is_for_us_and_says_whom) {
  BOOST_TEST(why(ed.token(claims({{"aud", {"x", "shop"}}}))) == "");
  for (json aud : {json("other"), json({"x"}), json(nullptr), json(7), json::array()})
    BOOST_TEST(holds(why(ed.token(claims({{"aud", aud}}))), "'aud' is not 'shop'"), aud.dump());
  for (json sub : {json(nullptr), json(""), json(7), json(std::string(201, 'x')), json("a\nb")})
    BOOST_TEST(holds(why(ed.token(claims({{"sub", sub}}))), "'sub' must be"), sub.dump());
  auto odd = read_customer_token(ed.token(claims({{"name", std::string(300, 'x')}})), who, now);
  BOOST_TEST_REQUIRE(odd.ok());
  BOOST_TEST(odd->name == "");
}

BOOST_AUTO_TEST_CASE(another_tenants_token_is_none_here) {
  auto other = site::make("ed", token_algorithm::eddsa); // the same name, another key
  BOOST_TEST(holds(why(other.token(claims())), "signature is not of the key 'ed'"));
  // Two tenants that share a key are told apart by `aud`.
  BOOST_TEST(holds(why(ed.token(claims({{"aud", "other"}}))), "'aud'"));
}

BOOST_AUTO_TEST_CASE(what_is_no_token_costs_nothing) {
  BOOST_TEST(holds(why(std::string(1 << 20, 'a')), "too_large: the token has 1048576 bytes, at most 3800"));
  BOOST_TEST(holds(why(ed.token(claims({{"x", std::string(1 << 20, 'a')}}))), "too_large"));
  std::string deep(3000, '[');
  for (std::string t : {std::string(), std::string("."), std::string(".."), std::string("..."), std::string("a.b"),
                        std::string("a.b.c.d"), std::string("e30.e30."), std::string("e30.e30.!"),
                        std::string("e30=.e30.AA"), site::base64url(deep).substr(0, 3000) + ".e30.AA",
                        site::base64url("[]") + ".e30.AA", site::base64url("\xff\xfe") + ".e30.AA"})
    BOOST_TEST(holds(why(t), "bad_request"), t.substr(0, 40));
  BOOST_TEST(holds(to_string(read_customer_token("x", {}, now).error().code).data(), "unsupported"));
}

BOOST_AUTO_TEST_CASE(keys_are_checked_before_they_are_used) {
  auto problem = [](customer_key k) {
    auto ok = check_customer_key(k);
    return ok ? std::string() : ok.error().message;
  };
  for (auto s : {&hs, &rs, &es, &ed}) BOOST_TEST(problem(s->key) == "");
  auto weak = site::new_pair("RSA", size_t(1024));
  auto curve = site::new_pair("EC", "P-384");
  BOOST_TEST(holds(problem({"k", token_algorithm::rs256, site::pem_of(weak), {}}), "2,048 bits"));
  BOOST_TEST(holds(problem({"k", token_algorithm::es256, site::pem_of(curve), {}}), "P-256"));
  BOOST_TEST(holds(problem({"k", token_algorithm::eddsa, rs.key.key, {}}), "Ed25519"));
  BOOST_TEST(holds(problem({"k", token_algorithm::rs256, "-----BEGIN", {}}), "no public key"));
  BOOST_TEST(holds(problem({"k", token_algorithm::rs256, site::pem_of(rs.pair, true), {}}), "private key"));
  BOOST_TEST(holds(problem({"k", token_algorithm::hs256, "short", {}}), "5 bytes, at least 32"));
  // A weak key does not sign in either, should one have come in.
  who.keys.push_back({"weak", token_algorithm::rs256, site::pem_of(weak), {}});
  BOOST_TEST(holds(why(site::signer{who.keys.back(), weak}.token(claims())), "signature is not"));
}

BOOST_AUTO_TEST_SUITE_END()
