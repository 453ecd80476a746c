// What a company's site says of its customer: a signed token (JWT, RFC 7519) in the compact form. Pure: the time is an
// argument; any thread.
//
// The algorithm belongs to the key, never to the token: a token that names another one is refused before anything is
// computed.
#pragma once
#include "messages/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace steward {

enum class token_algorithm { hs256, rs256, es256, eddsa };
std::string_view to_string(token_algorithm); // as in a token's header: "HS256", …
bool from_string(std::string_view, token_algorithm&);

struct customer_key {
  std::string id; // `kid`
  token_algorithm algorithm = token_algorithm::eddsa;
  std::string key;        // a public key in PEM; of HS256 the secret's bytes
  std::string secret_env; // HS256: the variable of the engine's environment that holds the secret instead
};

/// Whom a tenant believes.
struct customer_identity {
  std::string audience; // `aud`
  std::vector<customer_key> keys;
  bool empty() const { return keys.empty(); }
};

inline constexpr size_t longest_customer_token = 3800; // bytes: with its name it must fit a cookie
inline constexpr size_t shortest_secret = 32;          // bytes, of HS256
inline constexpr int64_t token_leeway_s = 60;          // by which clocks may differ

/// What a token says that was found good.
struct signed_customer {
  std::string id;      // `sub`: what the company calls this customer, 1 to 200 bytes of UTF-8
  std::string name;    // may be empty
  int64_t until_s = 0; // `exp`
};

/// Is it a key of that algorithm, and strong enough (RSA from 2,048 bits, secrets from 32 bytes)?
status check_customer_key(const customer_key&);

/// Fails with `too_large`, `bad_request` (no such token) or `unauthorized`; messages tell what is wrong with it, and
/// hold nothing of it but the name of its key.
result<signed_customer> read_customer_token(std::string_view token, const customer_identity&, int64_t now_s);

} // namespace steward
