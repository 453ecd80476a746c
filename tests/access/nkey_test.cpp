#include "access/nkey.hpp"

#include <boost/test/unit_test.hpp>
#include <vector>

using namespace steward;

namespace {
std::string hex(const auto& bytes) {
  std::string out;
  for (unsigned char c : bytes) out += "0123456789abcdef"[c >> 4], out += "0123456789abcdef"[c & 15];
  return out;
}
} // namespace

// Made with the Python package nkeys 0.2.1 from the seed bytes 0, 1, 2 … 31.
BOOST_AUTO_TEST_CASE(keys_are_written_as_nats_tools_write_them) {
  struct row {
    const char *seed, *open;
    nkey_kind kind;
  };
  for (auto& r : std::vector<row>{{"SOAAAAICAMCAKBQHBAEQUCYMBUHA6EARCIJRIFIWC4MBSGQ3DQOR4H2AJA",
                                   "OAB2CB576PHBBPQ5ODORRZ2LYCMWPZGWGCN2KDK7DXOIMZASKUY3QZVT", nkey_kind::operator_key},
                                  {"SAAAAAICAMCAKBQHBAEQUCYMBUHA6EARCIJRIFIWC4MBSGQ3DQOR4HYMHI",
                                   "AAB2CB576PHBBPQ5ODORRZ2LYCMWPZGWGCN2KDK7DXOIMZASKUY3QPZV", nkey_kind::account},
                                  {"SUAAAAICAMCAKBQHBAEQUCYMBUHA6EARCIJRIFIWC4MBSGQ3DQOR4H776Y",
                                   "UAB2CB576PHBBPQ5ODORRZ2LYCMWPZGWGCN2KDK7DXOIMZASKUY3RLKK", nkey_kind::user}}) {
    auto k = nkey::from_seed(std::string(" ") + r.seed + "\n");
    BOOST_TEST_REQUIRE(k.ok());
    BOOST_TEST((k->kind() == r.kind));
    BOOST_TEST(k->public_key() == r.open);
    BOOST_TEST(k->seed() == r.seed);
    BOOST_TEST(is_public_key(r.open, r.kind));
    BOOST_TEST(hex(k->sign("nonce")) == "f874eae1de830c754d6fc32c4d1019b5221ad2f5c0ff2b996e5c1303b253e706"
                                        "3398a071276c2961f8c787b85ca6d66589d6d5c3fe992f2b9b8e6ff20e4f8e09");
  }
}

BOOST_AUTO_TEST_CASE(what_is_no_key_is_refused) {
  for (auto bad : {"", "S", "SU", "SUAAAAICAMCAKBQHBAEQUCYMBUHA6EARCIJRIFIWC4MBSGQ3DQOR4H776Z", // a letter changed
                   "SUAAAAICAMCAKBQHBAEQUCYMBUHA6EARCIJRIFIWC4MBSGQ3DQOR4H776",                 // cut
                   "suaaaaicamcakbqhbaequcymbuha6earcijrifiwc4mbsgq3dqor4h776y",                // lower case
                   "UAB2CB576PHBBPQ5ODORRZ2LYCMWPZGWGCN2KDK7DXOIMZASKUY3RLKK",                  // public
                   "SUAAAAICAMCAKBQHBAEQUCYMBUHA6EARCIJRIFIWC4MBSGQ3DQOR4H776Y=="})
    BOOST_TEST(!nkey::from_seed(bad).ok(), bad);
  BOOST_TEST(!is_public_key("UAB2CB576PHBBPQ5ODORRZ2LYCMWPZGWGCN2KDK7DXOIMZASKUY3RLKK", nkey_kind::account));
  BOOST_TEST(!is_public_key("SUAAAAICAMCAKBQHBAEQUCYMBUHA6EARCIJRIFIWC4MBSGQ3DQOR4H776Y", nkey_kind::user));
}

BOOST_AUTO_TEST_CASE(new_keys_differ_and_come_back_from_their_seeds) {
  auto a = nkey::make(nkey_kind::user), b = nkey::make(nkey_kind::user);
  BOOST_TEST(a.public_key() != b.public_key());
  auto again = nkey::from_seed(a.seed());
  BOOST_TEST_REQUIRE(again.ok());
  BOOST_TEST(again->public_key() == a.public_key());
  auto s = a.sign("text");
  std::string_view signature(reinterpret_cast<const char*>(s.data()), s.size());
  BOOST_TEST(verify(a.public_key(), "text", signature));
  BOOST_TEST(!verify(a.public_key(), "texT", signature));
  BOOST_TEST(!verify(b.public_key(), "text", signature));
  BOOST_TEST(!verify("", "text", signature));
  BOOST_TEST(!verify(a.public_key(), "text", "short"));
}
