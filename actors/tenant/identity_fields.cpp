// tenant.yaml, key `page/identity`: whose word for who a customer is the tenant believes. A key that could not check
// anything is a problem of the folder, not of the first customer who comes.
#include "actors/tenant/spelling.hpp"
#include "actors/tenant/tenant_files.hpp"
#include "actors/tenant/yaml_fields.hpp"

#include <algorithm>

namespace steward {
namespace {

constexpr size_t most_keys = 10, longest_key = 8000;
constexpr std::string_view variables = "STEWARD_KEY_"; // a tenant's folder may name no other part of the environment

bool is_variable(const std::string& s) {
  return s.starts_with(variables) && s.size() > variables.size() && s.size() <= 100 &&
         std::all_of(s.begin(), s.end(),
                     [](unsigned char c) { return std::isupper(c) || std::isdigit(c) || c == '_'; });
}

void read_key(yaml_fields& y, const std::string& id, uint32_t line, const yaml_node& n, customer_identity& out) {
  auto where = "page/identity/keys/" + shortened(id, 40);
  if (id.empty() || id.size() > 100) return y.complain(line, "'page/identity/keys': a key's name has 1 to 100 bytes");
  customer_key k{id, token_algorithm::eddsa, {}, {}};
  std::string algorithm, public_key, secret;
  y.map(n, where,
        {{"algorithm", [&](auto& v) { y.text(v, where + "/algorithm", 20, algorithm); }},
         {"public_key", [&](auto& v) { y.text(v, where + "/public_key", longest_key, public_key); }},
         {"secret", [&](auto& v) { y.text(v, where + "/secret", longest_key, secret); }},
         {"secret_env", [&](auto& v) { y.text(v, where + "/secret_env", 200, k.secret_env); }}});
  if (n.kind != yaml_node::type::map) return;
  if (!from_string(algorithm, k.algorithm))
    return y.complain(n.line, "'" + where + "/algorithm' must be EdDSA, ES256, RS256 or HS256");
  auto shared = k.algorithm == token_algorithm::hs256;
  if (shared ? !public_key.empty() || secret.empty() == k.secret_env.empty()
             : public_key.empty() || !secret.empty() || !k.secret_env.empty())
    return y.complain(n.line, "'" + where + "': " + algorithm + " needs " +
                                  (shared ? "either 'secret' or 'secret_env', and nothing else"
                                          : "'public_key', a PEM text, and no secret"));
  if (!k.secret_env.empty()) {
    if (!is_variable(k.secret_env))
      return y.complain(n.line, "'" + where + "/secret_env': a variable such as " + std::string(variables) +
                                    "SHOP (capitals, digits and '_' after " + std::string(variables) + ")");
  } else {
    k.key = shared ? secret : public_key;
    if (auto ok = check_customer_key(k); !ok) return y.complain(n.line, "'" + where + "': " + ok.error().message);
  }
  out.keys.push_back(std::move(k));
}

} // namespace

void read_identity(yaml_fields& y, const yaml_node& n, tenant_config& c) {
  customer_identity out;
  out.audience = c.id.value;
  y.map(n, "page/identity",
        {{"audience", [&](auto& v) { y.text(v, "page/identity/audience", 200, out.audience); }},
         {"keys", [&](auto& v) {
            y.map_of(v, "page/identity/keys", [&](const std::string& id, uint32_t line, const yaml_node& value) {
              if (out.keys.size() == most_keys) return y.complain(line, "'page/identity/keys': more than 10");
              read_key(y, id, line, value, out);
            });
          }}});
  if (out.audience.empty()) y.complain(n.line, "'page/identity/audience' is empty");
  c.page.identity = std::move(out);
}

} // namespace steward
