#include "actors/http/http_target.hpp"
#include "messages/subjects.hpp"

#include <algorithm>
#include <charconv>
#include <vector>

namespace steward {
namespace {

constexpr size_t longest_peer = 200;

int hex(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

std::vector<std::string_view> split(std::string_view s, char by) {
  std::vector<std::string_view> out;
  for (size_t at = 0; at <= s.size();) {
    auto end = std::min(s.find(by, at), s.size());
    out.push_back(s.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

failure no_such_path() { return {errc::not_found, "no such path; GET /openapi.yaml describes those that there are"}; }

status read_query(std::string_view query, http_target& out) {
  for (auto pair : split(query, '&')) {
    if (pair.empty()) continue;
    auto equals = std::min(pair.find('='), pair.size());
    auto name = percent_decoded(pair.substr(0, equals), percent::query);
    auto value = percent_decoded(pair.substr(std::min(equals + 1, pair.size())), percent::query);
    if (!name) return name.error();
    if (!value) return value.error();
    out.query[*name] = *value;
  }
  return success();
}

result<http_target> read_conversation(const std::vector<std::string_view>& parts, http_target out) {
  // v1 / tenant / conversations / id / what
  if (parts.size() != 5 || parts[2] != "conversations") return no_such_path();
  if (parts[4] == "messages")
    out.route = http_route::messages;
  else if (parts[4] == "feed")
    out.route = http_route::feed;
  else
    return no_such_path();
  auto tenant = percent_decoded(parts[1], percent::path);
  if (!tenant) return tenant.error();
  if (!subjects::is_name(*tenant)) return {errc::unknown_tenant, "a tenant's name is 1 to 40 of a-z, 0-9, '-' and '_'"};
  // Cut at the slashes first and decoded after, so an id may contain one as %2F.
  auto peer = percent_decoded(parts[3], percent::path);
  if (!peer) return peer.error();
  if (peer->empty() || peer->size() > longest_peer)
    return {errc::bad_request, "the conversation's id in the path must have 1 to 200 bytes"};
  out.tenant = tenant_id{*tenant};
  out.peer = peer_id{*peer};
  return out;
}

result<http_target> read_page(const std::vector<std::string_view>& parts, http_target out) {
  // t / tenant [ / what ]
  static constexpr std::pair<std::string_view, http_route> whats[] = {{"messages", http_route::page_messages},
                                                                      {"feed", http_route::page_feed},
                                                                      {"socket", http_route::page_socket},
                                                                      {"events", http_route::page_events},
                                                                      {"end", http_route::page_end},
                                                                      {"sign-in", http_route::page_sign_in},
                                                                      {"sign-out", http_route::page_sign_out},
                                                                      {"plain", http_route::page_plain},
                                                                      {"transcript", http_route::page_transcript},
                                                                      {"theme.css", http_route::page_theme}};
  if (parts.size() < 2 || parts.size() > 3) return no_such_path();
  auto tenant = percent_decoded(parts[1], percent::path);
  if (!tenant) return tenant.error();
  if (!subjects::is_name(*tenant)) return {errc::unknown_tenant, "a tenant's name is 1 to 40 of a-z, 0-9, '-' and '_'"};
  out.tenant = tenant_id{*tenant};
  out.route = http_route::page;
  if (parts.size() == 2) return out;
  for (auto& [name, route] : whats)
    if (name == parts[2]) return out.route = route, out;
  return no_such_path();
}

} // namespace

result<std::string> percent_decoded(std::string_view s, percent where) {
  std::string out;
  out.reserve(s.size());
  for (size_t i = 0; i < s.size(); ++i) {
    if (s[i] == '+' && where == percent::query) {
      out += ' ';
    } else if (s[i] == '%') {
      if (i + 2 >= s.size() || hex(s[i + 1]) < 0 || hex(s[i + 2]) < 0)
        return {errc::bad_request, "'%' in an address must be followed by two hex digits"};
      out += static_cast<char>(hex(s[i + 1]) * 16 + hex(s[i + 2]));
      i += 2;
    } else {
      out += s[i];
    }
  }
  return out;
}

result<http_target> parse_target(std::string_view target) {
  // A proxy may send the whole address.
  for (std::string_view scheme : {"http://", "https://"})
    if (target.starts_with(scheme)) {
      target.remove_prefix(scheme.size());
      target.remove_prefix(std::min(target.find_first_of("/?"), target.size()));
      if (target.empty() || target.front() == '?') return no_such_path();
    }
  if (target.empty() || target.front() != '/') return {errc::bad_request, "the target must begin with '/'"};
  target = target.substr(0, target.find('#'));
  auto question = std::min(target.find('?'), target.size());
  auto path = target.substr(1, question - 1);
  http_target out;
  if (auto read = read_query(target.substr(std::min(question + 1, target.size())), out); !read) return read.error();
  if (path == "livez") return out;
  if (path == "readyz") return out.route = http_route::readyz, out;
  if (path == "metrics") return out.route = http_route::metrics, out;
  if (path == "openapi.yaml") return out.route = http_route::openapi, out;
  if (path.empty()) return out.route = http_route::page, out;
  auto parts = split(path, '/');
  if (parts[0] == "t") return read_page(parts, std::move(out));
  if (path == "embed.js") return out.route = http_route::asset, out.asset = "embed.js", out;
  if (parts[0] == "assets" && parts.size() == 3)
    return out.route = http_route::asset, out.version = parts[1], out.asset = parts[2], out;
  if (parts[0] == "v1") return read_conversation(parts, std::move(out));
  return no_such_path();
}

std::string_view allowed_methods(http_route r) { return takes_post(r) ? "POST, OPTIONS" : "GET, HEAD, OPTIONS"; }

bool takes_post(http_route r) {
  return r == http_route::messages || r == http_route::page_messages || r == http_route::page_events ||
         r == http_route::page_end || r == http_route::page_sign_in || r == http_route::page_sign_out;
}

bool is_of_page(http_route r) { return r >= http_route::page && r < http_route::asset; }

result<uint64_t> number_of(const http_target& t, const std::string& name, uint64_t fallback, uint64_t highest) {
  auto at = t.query.find(name);
  if (at == t.query.end()) return fallback;
  uint64_t x = 0;
  auto end = at->second.data() + at->second.size();
  auto [stop, ec] = std::from_chars(at->second.data(), end, x);
  if (ec != std::errc() || stop != end || at->second.empty())
    return {errc::bad_request, "'" + name + "' must be a whole number"};
  return std::min(x, highest);
}

} // namespace steward
