#include "access/nats_jwt.hpp"

#include <nlohmann/json.hpp>
#include <sodium.h>

namespace steward {
namespace {
using json = nlohmann::json;

std::string base64url(std::string_view s) {
  std::string out(sodium_base64_ENCODED_LEN(s.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING), '\0');
  sodium_bin2base64(out.data(), out.size(), reinterpret_cast<const unsigned char*>(s.data()), s.size(),
                    sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  out.pop_back(); // the terminating zero
  return out;
}

std::string from_base64url(std::string_view s) {
  std::string out(s.size(), '\0');
  size_t n = 0;
  if (sodium_base642bin(reinterpret_cast<unsigned char*>(out.data()), out.size(), s.data(), s.size(), nullptr, &n,
                        nullptr, sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0)
    return {};
  out.resize(n);
  return out;
}

// The same claims at the same time get the same id.
std::string jwt_id(const std::string& claims) {
  unsigned char hash[32];
  crypto_generichash(hash, sizeof hash, reinterpret_cast<const unsigned char*>(claims.data()), claims.size(), nullptr,
                     0);
  return base32({reinterpret_cast<const char*>(hash), sizeof hash});
}

std::string signed_by(const nkey& issuer, const std::string& name, const std::string& subject, json nats, int64_t now_s,
                      int64_t expires_s = 0) {
  nats["version"] = 2;
  json claims = {{"iat", now_s}, {"iss", issuer.public_key()}, {"name", name}, {"sub", subject}, {"nats", nats}};
  if (expires_s) claims["exp"] = expires_s;
  claims["jti"] = jwt_id(claims.dump());
  auto text = base64url(R"({"typ":"JWT","alg":"ed25519-nkey"})") + "." + base64url(claims.dump());
  auto signature = issuer.sign(text);
  return text + "." + base64url({reinterpret_cast<const char*>(signature.data()), signature.size()});
}

json claims_of(std::string_view jwt) {
  auto first = jwt.find('.'), second = jwt.find('.', first + 1);
  if (first == jwt.npos || second == jwt.npos) return {};
  return json::parse(from_base64url(jwt.substr(first + 1, second - first - 1)), nullptr, false);
}

template <class T>
T field(const json& j, const char* name) {
  if (!j.is_object()) return {};
  auto it = j.find(name);
  if (it == j.end()) return {};
  if constexpr (std::is_same_v<T, std::string>)
    return it->is_string() ? it->get<T>() : T{};
  else
    return it->is_number_integer() ? it->template get<T>() : T{};
}

constexpr std::string_view jwt_begin = "-----BEGIN NATS USER JWT-----", jwt_end = "------END NATS USER JWT------";

} // namespace

std::string operator_jwt(const nkey& op, const std::string& name, const std::string& system_account, int64_t now_s) {
  return signed_by(op, name, op.public_key(), {{"type", "operator"}, {"system_account", system_account}}, now_s);
}

std::string account_jwt(const nkey& op, const account_claims& a, int64_t now_s) {
  json limits = {{"subs", -1}, {"data", -1},    {"payload", -1}, {"imports", -1},
                 {"conn", -1}, {"exports", -1}, {"leaf", -1},    {"wildcards", true}};
  if (a.jetstream) limits.update({{"mem_storage", -1}, {"disk_storage", -1}, {"streams", -1}, {"consumer", -1}});
  json nats = {{"type", "account"},
               {"limits", limits},
               {"default_permissions", {{"pub", json::object()}, {"sub", json::object()}}}};
  if (!a.revoked.empty()) nats["revocations"] = a.revoked;
  return signed_by(op, a.name, a.public_key, std::move(nats), now_s);
}

std::string user_jwt(const nkey& account, const user_claims& u, int64_t now_s) {
  json nats = {{"type", "user"},        {"subs", -1},           {"data", -1}, {"payload", -1},
               {"pub", json::object()}, {"sub", json::object()}};
  if (!u.rights.everything) {
    // An empty list would allow everything.
    auto listed = [](const std::vector<std::string>& l) {
      return l.empty() ? json{{"deny", {">"}}} : json{{"allow", l}};
    };
    nats["pub"] = listed(u.rights.publish);
    if (!u.rights.publish_never.empty()) nats["pub"]["deny"] = u.rights.publish_never;
    nats["sub"] = listed(u.rights.subscribe);
    // One answer to each request, within a minute.
    if (u.rights.may_answer) nats["resp"] = {{"max", 1}, {"ttl", 60'000'000'000}};
  }
  if (!u.tags.empty()) nats["tags"] = u.tags;
  return signed_by(account, u.name, u.public_key, std::move(nats), now_s, u.expires_s);
}

std::string creds_text(const std::string& jwt, const std::string& seed) {
  return std::string(jwt_begin) + "\n" + jwt + "\n" + std::string(jwt_end) +
         "\n\n************************* IMPORTANT *************************\n"
         "Whoever has this file is the user it names. Keep it secret.\n\n"
         "-----BEGIN USER NKEY SEED-----\n" +
         seed +
         "\n------END USER NKEY SEED------\n\n"
         "*************************************************************\n";
}

namespace {
const failure no_creds{errc::bad_request, "this is no NATS credentials file"};

// The word on the line after `title`.
std::string_view word_after(std::string_view text, std::string_view title) {
  auto from = text.find(title);
  if (from == text.npos) return {};
  from = text.find_first_not_of(" \r\n", from + title.size());
  if (from == text.npos) return {};
  return text.substr(from, text.find_first_of(" \r\n", from) - from);
}
} // namespace

result<credentials> parse_creds(std::string_view text) {
  auto jwt = word_after(text, jwt_begin);
  auto key = nkey::from_seed(word_after(text, "-----BEGIN USER NKEY SEED-----"));
  if (jwt.empty() || !key || key->kind() != nkey_kind::user) return no_creds;
  return credentials{std::string(jwt), std::move(*key)};
}

result<bearer> bearer_of(std::string_view creds) {
  auto claims = claims_of(word_after(creds, jwt_begin));
  bearer out{field<std::string>(claims, "name"),
             field<std::string>(claims, "sub"),
             role::admin,
             {},
             field<int64_t>(claims, "exp")};
  if (!is_public_key(out.public_key, nkey_kind::user)) return no_creds;
  auto nats = claims.find("nats");
  if (nats == claims.end() || !nats->is_object()) return no_creds;
  if (auto tags = nats->find("tags"); tags != nats->end() && tags->is_array())
    for (auto& t : *tags) {
      auto text = t.is_string() ? t.get<std::string>() : "";
      if (text.starts_with("role:")) from_string(text.substr(5), out.is);
      if (text.starts_with("tenant:")) out.tenant = text.substr(7);
    }
  return out;
}

bool is_signed(std::string_view jwt) {
  auto dot = jwt.rfind('.');
  if (dot == jwt.npos) return false;
  return verify(field<std::string>(claims_of(jwt), "iss"), jwt.substr(0, dot), from_base64url(jwt.substr(dot + 1)));
}

} // namespace steward
