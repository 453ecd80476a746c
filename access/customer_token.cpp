#include "access/customer_token.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <nlohmann/json.hpp>
#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <optional>
#include <sodium.h>

namespace steward {
namespace {

using json = nlohmann::json;

template <class T, void (*F)(T*)>
struct closer {
  void operator()(T* x) const { F(x); }
};
using pkey_ptr = std::unique_ptr<EVP_PKEY, closer<EVP_PKEY, EVP_PKEY_free>>;
using digest_ptr = std::unique_ptr<EVP_MD_CTX, closer<EVP_MD_CTX, EVP_MD_CTX_free>>;
using ecdsa_ptr = std::unique_ptr<ECDSA_SIG, closer<ECDSA_SIG, ECDSA_SIG_free>>;
struct bio_closer {
  void operator()(BIO* b) const { BIO_free(b); }
};

constexpr std::pair<token_algorithm, std::string_view> names[] = {{token_algorithm::hs256, "HS256"},
                                                                  {token_algorithm::rs256, "RS256"},
                                                                  {token_algorithm::es256, "ES256"},
                                                                  {token_algorithm::eddsa, "EdDSA"}};
constexpr int smallest_rsa_bits = 2048;
constexpr size_t p256_half = 32; // bytes of each number of an ES256 signature
constexpr size_t longest_id = 200;

const unsigned char* bytes_of(std::string_view s) { return reinterpret_cast<const unsigned char*>(s.data()); }

pkey_ptr public_key_of(const std::string& pem) {
  std::unique_ptr<BIO, bio_closer> in(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  pkey_ptr out(in ? PEM_read_bio_PUBKEY(in.get(), nullptr, nullptr, nullptr) : nullptr);
  ERR_clear_error();
  return out;
}

bool is_p256(EVP_PKEY* k) {
  char group[32];
  size_t n = 0;
  return EVP_PKEY_get_base_id(k) == EVP_PKEY_EC && EVP_PKEY_get_group_name(k, group, sizeof group, &n) == 1 &&
         std::string_view(group, n) == SN_X9_62_prime256v1;
}

bool fits(EVP_PKEY* k, token_algorithm a) {
  switch (a) {
  case token_algorithm::rs256:
    return EVP_PKEY_get_base_id(k) == EVP_PKEY_RSA && EVP_PKEY_get_bits(k) >= smallest_rsa_bits;
  case token_algorithm::es256: return is_p256(k);
  case token_algorithm::eddsa: return EVP_PKEY_get_base_id(k) == EVP_PKEY_ED25519;
  case token_algorithm::hs256: break;
  }
  return false;
}

/// Without padding, as RFC 7515 wants it; nothing when it is not that.
std::optional<std::string> from_base64url(std::string_view s) {
  std::string out(s.size(), '\0');
  size_t n = 0;
  const char* end = nullptr;
  if (sodium_base642bin(reinterpret_cast<unsigned char*>(out.data()), out.size(), s.data(), s.size(), nullptr, &n, &end,
                        sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0 ||
      end != s.data() + s.size())
    return {};
  out.resize(n);
  return out;
}

/// The two numbers of an ES256 signature as OpenSSL wants them.
std::string der_of(std::string_view raw) {
  if (raw.size() != 2 * p256_half) return {};
  ecdsa_ptr sig(ECDSA_SIG_new());
  auto r = BN_bin2bn(bytes_of(raw), p256_half, nullptr), s = BN_bin2bn(bytes_of(raw) + p256_half, p256_half, nullptr);
  if (!sig || !r || !s || ECDSA_SIG_set0(sig.get(), r, s) != 1) {
    BN_free(r), BN_free(s);
    return {};
  }
  unsigned char* out = nullptr;
  auto n = i2d_ECDSA_SIG(sig.get(), &out);
  std::string der(reinterpret_cast<char*>(out), n > 0 ? static_cast<size_t>(n) : 0);
  OPENSSL_free(out);
  return der;
}

bool hmac_is(std::string_view text, std::string_view signature, const std::string& secret) {
  unsigned char mac[crypto_auth_hmacsha256_BYTES];
  crypto_auth_hmacsha256_state s;
  crypto_auth_hmacsha256_init(&s, bytes_of(secret), secret.size());
  crypto_auth_hmacsha256_update(&s, bytes_of(text), text.size());
  crypto_auth_hmacsha256_final(&s, mac);
  return signature.size() == sizeof mac && sodium_memcmp(mac, signature.data(), sizeof mac) == 0;
}

bool signed_by(const customer_key& k, std::string_view text, std::string_view signature) {
  if (k.algorithm == token_algorithm::hs256) return k.key.size() >= shortest_secret && hmac_is(text, signature, k.key);
  auto pkey = public_key_of(k.key);
  if (!pkey || !fits(pkey.get(), k.algorithm)) return false;
  std::string der;
  if (k.algorithm == token_algorithm::es256) signature = der = der_of(signature);
  digest_ptr d(EVP_MD_CTX_new());
  auto md = k.algorithm == token_algorithm::eddsa ? nullptr : EVP_sha256();
  auto good = d && !signature.empty() && EVP_DigestVerifyInit(d.get(), nullptr, md, nullptr, pkey.get()) == 1 &&
              EVP_DigestVerify(d.get(), bytes_of(signature), signature.size(), bytes_of(text), text.size()) == 1;
  ERR_clear_error();
  return good;
}

/// Nothing: it is not there, or not of that kind.
std::optional<std::string> text_in(const json& j, const char* key) {
  auto at = j.find(key);
  if (at == j.end() || !at->is_string()) return {};
  return at->get<std::string>();
}

/// Whole seconds; RFC 7519 allows fractions.
std::optional<int64_t> time_in(const json& j, const char* key) {
  auto at = j.find(key);
  if (at == j.end() || !at->is_number()) return {};
  auto x = at->get<double>();
  if (!std::isfinite(x) || x < 0 || x > 1e12) return {};
  return static_cast<int64_t>(x);
}

bool is_for(const json& claims, const std::string& audience) {
  auto at = claims.find("aud");
  if (at == claims.end()) return false;
  if (at->is_string()) return *at == audience;
  return at->is_array() && std::any_of(at->begin(), at->end(), [&](auto& x) { return x == audience; });
}

/// Printable, for messages: a stranger wrote it.
std::string shown(const std::string& s) {
  std::string out;
  for (unsigned char c : s.substr(0, 40)) out += c > 32 && c < 127 ? static_cast<char>(c) : '?';
  return out;
}

bool has_control(const std::string& s) {
  return std::any_of(s.begin(), s.end(), [](unsigned char c) { return c < 32 || c == 127; });
}

failure not_a_token() {
  return {errc::bad_request, "that is no token: three parts of base64url with dots between, the first two JSON"};
}

failure refused(std::string why) { return {errc::unauthorized, std::move(why)}; }

result<const customer_key*> key_for(const json& header, const customer_identity& who) {
  auto kid = text_in(header, "kid"), alg = text_in(header, "alg");
  if (!alg) return not_a_token();
  if (!kid) return refused("the token's header has no 'kid', the name of the key that signed it");
  // RFC 7515: who does not understand what is critical must refuse.
  if (header.contains("crit")) return refused("the token's header has 'crit', which is not understood here");
  auto at = std::find_if(who.keys.begin(), who.keys.end(), [&](auto& k) { return k.id == *kid; });
  if (at == who.keys.end())
    return refused("no key is called '" + shown(*kid) + "' in page/identity/keys of this tenant");
  if (*alg != to_string(at->algorithm))
    return refused("the key '" + shown(*kid) + "' signs with " + std::string(to_string(at->algorithm)) +
                   ", not with '" + shown(*alg) + "'");
  if (at->key.empty())
    return {errc::unsupported, "the secret of the key '" + shown(*kid) +
                                   "' is missing: the engine's environment has no " + at->secret_env};
  return &*at;
}

result<signed_customer> claims_of(const json& claims, const customer_identity& who, int64_t now_s) {
  signed_customer out;
  if (!is_for(claims, who.audience)) return refused("the token's 'aud' is not '" + who.audience + "'");
  auto until = time_in(claims, "exp");
  if (!until) return refused("the token has no 'exp', the time until which it holds");
  if (*until + token_leeway_s <= now_s) return refused("the token has expired");
  if (claims.contains("nbf")) {
    auto from = time_in(claims, "nbf");
    if (!from || *from - token_leeway_s > now_s) return refused("the token does not hold yet ('nbf')");
  }
  auto sub = text_in(claims, "sub");
  if (!sub || sub->empty() || sub->size() > longest_id || has_control(*sub))
    return refused("the token's 'sub' must be your name for this customer, text of 1 to 200 bytes");
  out.id = std::move(*sub);
  if (auto name = text_in(claims, "name"); name && name->size() <= longest_id && !has_control(*name))
    out.name = std::move(*name);
  out.until_s = *until;
  return out;
}

} // namespace

std::string_view to_string(token_algorithm a) {
  for (auto& [x, name] : names)
    if (x == a) return name;
  return "?";
}

bool from_string(std::string_view s, token_algorithm& a) {
  for (auto& [x, name] : names)
    if (name == s) return a = x, true;
  return false;
}

status check_customer_key(const customer_key& k) {
  if (k.algorithm == token_algorithm::hs256) {
    if (k.key.size() < shortest_secret)
      return {errc::bad_request, "the secret has " + std::to_string(k.key.size()) + " bytes, at least " +
                                     std::to_string(shortest_secret) + " are needed"};
    return success();
  }
  if (k.key.find("PRIVATE KEY") != std::string::npos)
    return {errc::bad_request, "this is the private key, which stays with your server: give the public one, and make "
                               "a new pair if this one has left your house"};
  auto pkey = public_key_of(k.key);
  if (!pkey) return {errc::bad_request, "this is no public key in PEM (-----BEGIN PUBLIC KEY----- …)"};
  if (fits(pkey.get(), k.algorithm)) return success();
  return {errc::bad_request, k.algorithm == token_algorithm::rs256   ? "RS256 wants an RSA key of 2,048 bits or more"
                             : k.algorithm == token_algorithm::es256 ? "ES256 wants a key on the curve P-256"
                                                                     : "EdDSA wants an Ed25519 key"};
}

result<signed_customer> read_customer_token(std::string_view token, const customer_identity& who, int64_t now_s) {
  if (who.empty()) return {errc::unsupported, "this tenant has no page/identity in tenant.yaml: nobody can sign in"};
  if (token.size() > longest_customer_token)
    return {errc::too_large, "the token has " + std::to_string(token.size()) + " bytes, at most " +
                                 std::to_string(longest_customer_token) + ": put only sub, name, aud and exp into it"};
  auto first = token.find('.'), second = first == token.npos ? first : token.find('.', first + 1);
  if (second == token.npos || token.find('.', second + 1) != token.npos) return not_a_token();
  auto header = from_base64url(token.substr(0, first));
  auto payload = from_base64url(token.substr(first + 1, second - first - 1));
  auto signature = from_base64url(token.substr(second + 1));
  if (!header || !payload || !signature) return not_a_token();
  auto head = json::parse(*header, nullptr, false);
  if (!head.is_object()) return not_a_token();
  auto key = key_for(head, who);
  if (!key) return key.error();
  if (!signed_by(**key, token.substr(0, second), *signature))
    return refused("the token's signature is not of the key '" + shown((*key)->id) + "'");
  auto claims = json::parse(*payload, nullptr, false); // only now: strangers' JSON is not looked at
  if (!claims.is_object()) return not_a_token();
  return claims_of(claims, who, now_s);
}

} // namespace steward
