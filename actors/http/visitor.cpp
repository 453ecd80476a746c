#include "actors/http/visitor.hpp"

#include <algorithm>
#include <sodium.h>

namespace steward {
namespace {

constexpr std::string_view prefix = "visitor-";
constexpr size_t secret_letters = 43; // of 32 bytes in base64url
constexpr int year_s = 365 * 24 * 3600;

std::string cookie_name(const tenant_id& t) { return "steward_visitor_" + t.value; }

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

} // namespace

visitor visitor_of(const tenant_id& t, std::string_view secret) {
  return {peer_id{std::string(prefix) + hash("peer", t, secret, 32)}, hash("tag", t, secret, 8)};
}

std::string new_visitor_secret() {
  unsigned char random[32];
  randombytes_buf(random, sizeof random);
  char out[64];
  sodium_bin2base64(out, sizeof out, random, sizeof random, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  return out;
}

std::optional<std::string> secret_in_cookie(std::string_view header, const tenant_id& t) {
  auto name = cookie_name(t);
  for (size_t at = 0; at < header.size();) {
    auto end = std::min(header.find(';', at), header.size());
    auto pair = header.substr(at, end - at);
    at = end + 1;
    pair.remove_prefix(std::min(pair.find_first_not_of(" \t"), pair.size()));
    auto equals = pair.find('=');
    if (equals == pair.npos || pair.substr(0, equals) != name) continue;
    auto value = pair.substr(equals + 1);
    if (is_secret(value)) return std::string(value);
  }
  return {};
}

std::string visitor_cookie(const tenant_id& t, std::string_view secret, cookie_scope scope) {
  auto out = cookie_name(t) + "=" + std::string(secret) +
             "; Path=/; HttpOnly; Max-Age=" + std::to_string(secret.empty() ? 0 : year_s);
  switch (scope) {
  case cookie_scope::plain: return out + "; SameSite=Lax";
  case cookie_scope::secure: return out + "; SameSite=Lax; Secure";
  case cookie_scope::embedded: break;
  }
  return out + "; SameSite=None; Secure; Partitioned";
}

bool is_visitors(const peer_id& p) { return p.value.starts_with(prefix); }

} // namespace steward
