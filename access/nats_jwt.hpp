// The signed texts by which a NATS server in operator mode knows whom to let in: an operator signs accounts, an account
// signs users. Pure: keys and times are arguments.
#pragma once
#include "access/nkey.hpp"
#include "access/roles.hpp"

#include <cstdint>
#include <map>

namespace steward {

/// Times are Unix seconds; 0: never.
std::string operator_jwt(const nkey& the_operator, const std::string& name, const std::string& system_account,
                         int64_t now_s);

struct account_claims {
  std::string name;
  std::string public_key;
  bool jetstream = false;
  // Users' public keys; what was signed for them at or before that time is void.
  std::map<std::string, int64_t> revoked;
};
std::string account_jwt(const nkey& the_operator, const account_claims&, int64_t now_s);

struct user_claims {
  std::string name;
  std::string public_key;
  subject_rights rights;
  std::vector<std::string> tags; // "role:agent", "tenant:demo"; for people
  int64_t expires_s = 0;
};
std::string user_jwt(const nkey& account, const user_claims&, int64_t now_s);

/// What a `.creds` file holds.
std::string creds_text(const std::string& jwt, const std::string& seed);

struct credentials {
  std::string jwt;
  nkey key; // the user's
};
result<credentials> parse_creds(std::string_view);

/// What an own user's file says of its bearer, without a check of the signature: for choosing an inbox, and for lists.
struct bearer {
  std::string name;
  std::string public_key;
  role is = role::admin;
  std::string tenant;
  int64_t expires_s = 0;
};
result<bearer> bearer_of(std::string_view creds);

/// Of a JWT: that its issuer signed it.
bool is_signed(std::string_view jwt);

} // namespace steward
