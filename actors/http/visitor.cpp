#include "actors/http/visitor.hpp"

#include <algorithm>
#include <sodium.h>

namespace steward {
namespace {

constexpr std::string_view prefix = "visitor-", signed_prefix = "signed-";
constexpr size_t hash_letters = 64;
constexpr size_t secret_letters = 43; // of 32 bytes in base64url
constexpr int64_t year_s = 365 * 24 * 3600;

std::string cookie_name(const tenant_id& t) { return "steward_visitor_" + t.value; }
std::string token_name(const tenant_id& t) { return "steward_customer_" + t.value; }

std::string hash(std::string_view what, const tenant_id& t, std::string_view secret, size_t bytes) {
  std::string in("steward.visitor.1|");
  (in += what) += '|';
  (in += t.value) += '|';
  in += secret;
  unsigned char out[32];
  crypto_generichash(out, sizeof out, reinterpret_cast<const unsigned char*>(in.data()), in.size(), nullptr, 0);
  std::string text(bytes * 2 + 1, '\0');
  sodium_bin2hex(text.data(), text.size(), out, bytes);
  text.pop_back();
  return text;
}

bool is_secret(std::string_view s) {
  return s.size() == secret_letters &&
         std::all_of(s.begin(), s.end(), [](unsigned char c) { return std::isalnum(c) || c == '-' || c == '_'; });
}

bool is_token(std::string_view s) {
  return !s.empty() && s.size() <= longest_customer_token && std::all_of(s.begin(), s.end(), [](unsigned char c) {
    return std::isalnum(c) || c == '-' || c == '_' || c == '.';
  });
}

/// The first cookie of that name whose value is one of ours.
std::optional<std::string> cookie_in(std::string_view header, const std::string& name, bool (*good)(std::string_view)) {
  for (size_t at = 0; at < header.size();) {
    auto end = std::min(header.find(';', at), header.size());
    auto pair = header.substr(at, end - at);
    at = end + 1;
    pair.remove_prefix(std::min(pair.find_first_not_of(" \t"), pair.size()));
    auto equals = pair.find('=');
    if (equals == pair.npos || pair.substr(0, equals) != name) continue;
    auto value = pair.substr(equals + 1);
    if (good(value)) return std::string(value);
  }
  return {};
}

std::string cookie(const std::string& name, std::string_view value, int64_t seconds, cookie_scope scope) {
  auto out = name + "=" + std::string(value) + "; Path=/; HttpOnly; Max-Age=" + std::to_string(seconds);
  switch (scope) {
  case cookie_scope::plain: return out + "; SameSite=Lax";
  case cookie_scope::secure: return out + "; SameSite=Lax; Secure";
  case cookie_scope::embedded: break;
  }
  return out + "; SameSite=None; Secure; Partitioned";
}

} // namespace

visitor visitor_of(const tenant_id& t, std::string_view secret) {
  auto peer = std::string(prefix) + hash("peer", t, secret, 32);
  return {peer_id{peer}, hash("tag", t, secret, 8), peer, 0};
}

visitor visitor_of(const tenant_id& t, const signed_customer& c) {
  return {peer_id{std::string(signed_prefix) + hash("signed peer", t, c.id, 32)}, hash("signed tag", t, c.id, 8), c.id,
          c.until_s};
}

std::string new_visitor_secret() {
  unsigned char random[32];
  randombytes_buf(random, sizeof random);
  char out[64];
  sodium_bin2base64(out, sizeof out, random, sizeof random, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  return out;
}

std::optional<std::string> secret_in_cookie(std::string_view header, const tenant_id& t) {
  return cookie_in(header, cookie_name(t), is_secret);
}

std::string visitor_cookie(const tenant_id& t, std::string_view secret, cookie_scope scope) {
  return cookie(cookie_name(t), secret, secret.empty() ? 0 : year_s, scope);
}

std::optional<std::string> token_in_cookie(std::string_view header, const tenant_id& t) {
  return cookie_in(header, token_name(t), is_token);
}

std::string customer_cookie(const tenant_id& t, std::string_view token, int64_t seconds, cookie_scope scope) {
  return cookie(token_name(t), token, token.empty() ? 0 : std::clamp<int64_t>(seconds, 0, year_s), scope);
}

bool is_visitors(const peer_id& p) {
  return p.value.starts_with(prefix) ||
         (p.value.starts_with(signed_prefix) && p.value.size() == signed_prefix.size() + hash_letters);
}

} // namespace steward
