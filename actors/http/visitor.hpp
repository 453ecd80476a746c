// Who a visitor of the page is: a secret in a cookie that scripts cannot read. The server keeps nothing of it; the
// conversation's name (peer) is a hash of it, so who knows the name cannot become the visitor. A customer whom the
// company's site named has its token in a cookie instead, and on all his devices the same conversation. Pure but for
// new_visitor_secret.
#pragma once
#include "access/customer_token.hpp"
#include "messages/ids.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace steward {

struct visitor {
  peer_id peer;    // "visitor-" and 64 hex digits: BLAKE2b of tenant and secret. Do not change: feeds hang on it
  std::string tag; // 16 hex digits of another hash: what the page's script may know to tell one visitor from the next
  std::string customer; // on whose timeline he stands: his peer's name, or what the company calls him
  int64_t until_s = 0;  // signed in until then; 0: is not
  bool is_signed_in() const { return until_s > 0; }
};

visitor visitor_of(const tenant_id&, std::string_view secret);
/// One who signed in: the peer is "signed-" and 64 hex digits of tenant and `sub`. Do not change either.
visitor visitor_of(const tenant_id&, const signed_customer&);

/// 256 random bits, as 43 letters of base64url.
std::string new_visitor_secret();
/// The secret in a Cookie header; nothing when there is none, or one that we did not make.
std::optional<std::string> secret_in_cookie(std::string_view cookie_header, const tenant_id&);

enum class cookie_scope {
  plain,   // http, or unknown: SameSite=Lax
  secure,  // https: Secure as well
  embedded // https, and other sites may frame the page: SameSite=None, Partitioned
};
/// The value of a Set-Cookie header; HttpOnly. An empty secret takes the cookie away.
std::string visitor_cookie(const tenant_id&, std::string_view secret, cookie_scope);

/// The same for the customer's token.
std::optional<std::string> token_in_cookie(std::string_view cookie_header, const tenant_id&);
std::string customer_cookie(const tenant_id&, std::string_view token, int64_t seconds, cookie_scope);

/// Is it the name of a page visitor's conversation, signed in or not? The open door (/v1) has nothing to do with those.
bool is_visitors(const peer_id&);

} // namespace steward
