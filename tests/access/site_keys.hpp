// A site that signs tokens: keys of every algorithm, and tokens in every way in which one may be wrong.
#pragma once
#include "access/customer_token.hpp"

#include <memory>
#include <nlohmann/json.hpp>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <sodium.h>

namespace steward::site {

inline std::string base64url(std::string_view s) {
  std::string out(sodium_base64_encoded_len(s.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING), '\0');
  sodium_bin2base64(out.data(), out.size(), reinterpret_cast<const unsigned char*>(s.data()), s.size(),
                    sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  out.pop_back();
  return out;
}

using key_pair = std::shared_ptr<EVP_PKEY>;

template <class... Args>
key_pair new_pair(const char* type, Args... args) {
  return {EVP_PKEY_Q_keygen(nullptr, nullptr, type, args...), EVP_PKEY_free};
}

inline std::string pem_of(const key_pair& k, bool secret = false) {
  BIO* out = BIO_new(BIO_s_mem());
  secret ? PEM_write_bio_PrivateKey(out, k.get(), nullptr, nullptr, 0, nullptr, nullptr)
         : PEM_write_bio_PUBKEY(out, k.get());
  char* data = nullptr;
  auto n = BIO_get_mem_data(out, &data);
  std::string s(data, static_cast<size_t>(n));
  BIO_free(out);
  return s;
}

struct signer {
  customer_key key;
  key_pair pair;

  std::string sign(std::string_view text) const {
    auto in = reinterpret_cast<const unsigned char*>(text.data());
    unsigned char sig[1024];
    size_t n = sizeof sig;
    if (!pair) {
      unsigned m = 0;
      HMAC(EVP_sha256(), key.key.data(), static_cast<int>(key.key.size()), in, text.size(), sig, &m);
      return {reinterpret_cast<char*>(sig), m};
    }
    auto ctx = EVP_MD_CTX_new();
    EVP_DigestSignInit(ctx, nullptr, key.algorithm == token_algorithm::eddsa ? nullptr : EVP_sha256(), nullptr,
                       pair.get());
    EVP_DigestSign(ctx, sig, &n, in, text.size());
    EVP_MD_CTX_free(ctx);
    if (key.algorithm != token_algorithm::es256) return {reinterpret_cast<char*>(sig), n};
    const unsigned char* p = sig;
    auto pair_of = d2i_ECDSA_SIG(nullptr, &p, static_cast<long>(n));
    unsigned char raw[64];
    BN_bn2binpad(ECDSA_SIG_get0_r(pair_of), raw, 32);
    BN_bn2binpad(ECDSA_SIG_get0_s(pair_of), raw + 32, 32);
    ECDSA_SIG_free(pair_of);
    return {reinterpret_cast<char*>(raw), sizeof raw};
  }

  std::string token(const nlohmann::json& claims, nlohmann::json header = {}) const {
    nlohmann::json h{{"alg", to_string(key.algorithm)}, {"kid", key.id}, {"typ", "JWT"}};
    if (header.is_object())
      for (auto& [k, v] : header.items()) v.is_null() ? (void)h.erase(k) : (void)(h[k] = v);
    auto text = base64url(h.dump()) + "." + base64url(claims.dump());
    return text + "." + base64url(sign(text));
  }
};

inline signer make(const std::string& kid, token_algorithm a) {
  signer s{{kid, a, {}, {}}, {}};
  switch (a) {
  case token_algorithm::hs256: s.key.key = "0123456789abcdef0123456789abcdef"; return s;
  case token_algorithm::rs256: s.pair = new_pair("RSA", size_t(2048)); break;
  case token_algorithm::es256: s.pair = new_pair("EC", "P-256"); break;
  case token_algorithm::eddsa: s.pair = new_pair("ED25519"); break;
  }
  s.key.key = pem_of(s.pair);
  return s;
}

} // namespace steward::site
