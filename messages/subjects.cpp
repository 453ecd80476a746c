#include "messages/subjects.hpp"

#include <algorithm>

namespace steward::subjects {
namespace {

std::vector<std::string_view> tokens(std::string_view s) {
  std::vector<std::string_view> out;
  for (size_t at = 0; at <= s.size();) {
    auto dot = std::min(s.find('.', at), s.size());
    out.push_back(s.substr(at, dot - at));
    at = dot + 1;
  }
  return out;
}

bool is_plain(unsigned char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

int hex(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

} // namespace

bool is_name(std::string_view s) {
  return !s.empty() && s.size() <= 40 && std::all_of(s.begin(), s.end(), [](unsigned char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
}

std::string escape(std::string_view peer) {
  constexpr char digits[] = "0123456789ABCDEF";
  std::string out;
  out.reserve(peer.size());
  for (unsigned char c : peer) {
    if (is_plain(c))
      out += static_cast<char>(c);
    else
      (out += '=') += digits[c >> 4], out += digits[c & 15];
  }
  return out;
}

result<std::string> unescape(std::string_view token) {
  std::string out;
  for (size_t i = 0; i < token.size(); ++i) {
    auto c = static_cast<unsigned char>(token[i]);
    if (is_plain(c)) {
      out += static_cast<char>(c);
      continue;
    }
    // Bytes that a subject can carry as they are: taken, and spelled "=HH" by us.
    if (c != '=') {
      out += static_cast<char>(c);
      continue;
    }
    if (i + 2 >= token.size() || hex(token[i + 1]) < 0 || hex(token[i + 2]) < 0)
      return {errc::bad_request, "subject: '=' must be followed by two upper-case hex digits"};
    out += static_cast<char>(hex(token[i + 1]) * 16 + hex(token[i + 2]));
    i += 2;
  }
  if (out.empty() || out.size() > 200) return {errc::bad_request, "subject: the peer must have 1 to 200 bytes"};
  return out;
}

std::string say(const tenant_id& t, const channel_id& c, const peer_id& p) {
  return "say." + t.value + "." + c.value + "." + escape(p.value);
}
std::string event(const tenant_id& t, std::string_view type) { return "event." + t.value + "." + std::string(type); }
std::string reply(const tenant_id& t, const channel_id& c, const peer_id& p) {
  return "reply." + t.value + "." + c.value + "." + escape(p.value);
}

result<say_subject> parse_say(std::string_view subject) {
  auto t = tokens(subject);
  if (t.size() != 4 || (t[0] != "say" && t[0] != "reply"))
    return {errc::bad_request, "subject: expected say.<tenant>.<channel>.<peer>"};
  if (!is_name(t[1]) || !is_name(t[2]))
    return {errc::bad_request, "subject: tenant and channel are 1 to 40 of a-z, 0-9, '-', '_'"};
  auto peer = unescape(t[3]);
  if (!peer) return peer.error();
  return say_subject{tenant_id{std::string(t[1])}, channel_id{std::string(t[2])}, peer_id{std::move(*peer)}};
}

result<event_subject> parse_event(std::string_view subject) {
  auto t = tokens(subject);
  if (t.size() != 3 || t[0] != "event") return {errc::bad_request, "subject: expected event.<tenant>.<type>"};
  if (!is_name(t[1]) || !is_name(t[2]))
    return {errc::bad_request, "subject: tenant and type are 1 to 40 of a-z, 0-9, '-', '_'"};
  return event_subject{tenant_id{std::string(t[1])}, std::string(t[2])};
}

std::string seat(const tenant_id& t, std::string_view seat, std::string_view verb) {
  return "seat." + t.value + "." + std::string(seat) + "." + std::string(verb);
}
std::string typing(const tenant_id& t, const entity_id& c) { return "typing." + t.value + "." + c.value; }

result<seat_subject> parse_seat(std::string_view subject) {
  auto t = tokens(subject);
  if (t.size() != 4 || t[0] != "seat") return {errc::bad_request, "subject: expected seat.<tenant>.<seat>.<verb>"};
  if (!is_name(t[1]) || !is_name(t[2]) || !is_name(t[3]))
    return {errc::bad_request, "subject: tenant, seat and verb are 1 to 40 of a-z, 0-9, '-', '_'"};
  return seat_subject{tenant_id{std::string(t[1])}, std::string(t[2]), std::string(t[3])};
}

std::string by(std::string_view user, std::string_view subject) {
  return "by." + std::string(user) + "." + std::string(subject);
}
result<by_subject> parse_by(std::string_view subject) {
  auto t = tokens(subject);
  if (t.size() < 3 || t[0] != "by" || !is_name(t[1]))
    return {errc::bad_request, "subject: expected by.<user>.<subject>, a user being 1 to 40 of a-z, 0-9, '-', '_'"};
  return by_subject{std::string(t[1]), std::string(subject.substr(t[0].size() + t[1].size() + 2))};
}
const std::vector<std::string>& actions() {
  static const std::vector<std::string> all = {"ops.one.tenant_push",
                                               "ops.one.tenant_rollback",
                                               "ops.one.forget",
                                               "ops.one.kb_import",
                                               "ops.one.dead_letter_retry",
                                               "ops.one.dead_letter_drop",
                                               "engine.*.reply",
                                               "engine.*.close",
                                               "engine.*.hand_back",
                                               "node.*.drain",
                                               "node.*.undrain",
                                               "node.*.restart"};
  return all;
}
bool is_action(std::string_view subject) {
  auto s = tokens(subject);
  return std::any_of(actions().begin(), actions().end(), [&](auto& pattern) {
    auto p = tokens(pattern);
    return p.size() == s.size() && std::equal(p.begin(), p.end(), s.begin(), [](auto x, auto y) {
             return x == "*" ? !y.empty() && y != "*" && y != ">" : x == y;
           });
  });
}
std::string audit(std::string_view user) { return "audit." + std::string(user); }

std::string in_stream(partition_id p) { return "IN_" + std::to_string(p.value); }
std::string turn_stream(partition_id p) { return "TURN_" + std::to_string(p.value); }
std::string in(partition_id p, const tenant_id& t) { return "in." + std::to_string(p.value) + "." + t.value; }
std::string turn(partition_id p, const tenant_id& t, const entity_id& e) {
  return "turn." + std::to_string(p.value) + "." + t.value + "." + e.value;
}
std::string own(partition_id p) { return "turn." + std::to_string(p.value) + ".__own"; }
std::string floors(partition_id p) { return "turn." + std::to_string(p.value) + ".__floors"; }
std::string given_up(partition_id p) { return "turn." + std::to_string(p.value) + ".__dead"; }
std::string kb(const tenant_id& t, std::string_view article) { return "kb." + t.value + "." + escape(article); }
std::string tenant(const tenant_id& t) { return "tenant." + t.value; }
std::string dead_letter(const tenant_id& t, const entity_id& e) { return "dlq." + t.value + "." + e.value; }
std::string forget(const tenant_id& t, std::string_view receipt) {
  return "forget." + t.value + "." + std::string(receipt);
}

std::vector<stream_definition> all_streams() {
  constexpr int64_t day = 86400;
  std::vector<stream_definition> out;
  for (uint8_t p = 0; p < partition_count; ++p) {
    auto n = std::to_string(p);
    out.push_back({in_stream({p}), {"in." + n + ".*"}, 7 * day, 0, 600});
    out.push_back({turn_stream({p}), {"turn." + n + ".>"}, 0, 0, 2});
  }
  out.push_back({"REPLY", {"reply.*.*.*"}, 7 * day, 0, 120});
  out.push_back({"KB", {"kb.*.*"}, 0, 20, 120});
  out.push_back({"TENANT", {"tenant.*"}, 0, 20, 120});
  out.push_back({"AUDIT", {"audit.*"}, 365 * day, 0, 120});
  out.push_back({"DLQ", {"dlq.*.*"}, 30 * day, 0, 120});
  out.push_back({"FORGET", {"forget.*.*"}, 0, 0, 120});
  return out;
}

std::string engine(partition_id p, std::string_view verb) {
  return "engine." + std::to_string(p.value) + "." + std::string(verb);
}
std::string node(const node_id& n, std::string_view verb) { return "node." + n.value + "." + std::string(verb); }
std::string ops(std::string_view verb) { return "ops." + std::string(verb); }
std::string feed(const tenant_id& t, const entity_id& e) { return "feed." + t.value + "." + e.value; }

} // namespace steward::subjects
