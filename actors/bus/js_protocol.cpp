#include "actors/bus/js_protocol.hpp"

#include <charconv>
#include <nlohmann/json.hpp>
#include <sodium.h>

namespace steward::js {
namespace {
using nlohmann::json;

constexpr int64_t second = 1'000'000'000;
// Stands in front of the description, so that the shell can tell this failure from other bad requests.
constexpr std::string_view other_definition = "stream exists with another definition: ";

std::string api(std::string_view verb, std::string_view stream) {
  return std::string("$JS.API.").append(verb).append(".").append(stream);
}

template <class T>
std::optional<T> number(std::string_view s) {
  T x{};
  auto [end, err] = std::from_chars(s.data(), s.data() + s.size(), x);
  if (err != std::errc{} || end != s.data() + s.size()) return std::nullopt;
  return x;
}

uint64_t count(const json& j, const char* name) {
  auto it = j.find(name);
  return it != j.end() && it->is_number() ? it->get<uint64_t>() : 0;
}

std::string text(const json& j, const char* name) {
  auto it = j.find(name);
  return it != j.end() && it->is_string() ? it->get<std::string>() : std::string{};
}

// The answer as an object, or its error.
result<json> parse(std::string_view bytes) {
  auto j = json::parse(bytes, nullptr, false);
  if (!j.is_object()) return {errc::unavailable, "JetStream: the answer is no JSON object"};
  if (auto e = j.find("error"); e != j.end() && e->is_object())
    return to_failure(static_cast<int>(count(*e, "code")), static_cast<int>(count(*e, "err_code")),
                      text(*e, "description"));
  return j;
}

result<std::string> decode(const std::string& base64) {
  std::string out(base64.size() / 4 * 3 + 3, '\0');
  size_t n = 0;
  if (sodium_base642bin(reinterpret_cast<unsigned char*>(out.data()), out.size(), base64.data(), base64.size(), nullptr,
                        &n, nullptr, sodium_base64_VARIANT_ORIGINAL) != 0)
    return {errc::corrupt, "JetStream: a stored message is not valid base64"};
  out.resize(n);
  return out;
}

// The usual acknowledgement, {"stream":"IN_3","seq":17} with duplicate or not, without a JSON tree.
std::optional<publish_ack> usual_ack(std::string_view s) {
  constexpr std::string_view head = R"({"stream":")", mid = R"(","seq":)", dup = R"(,"duplicate":)";
  auto eat = [&](std::string_view what) {
    while (!s.empty() && s.front() == ' ') s.remove_prefix(1);
    if (!s.starts_with(what)) return false;
    s.remove_prefix(what.size());
    return true;
  };
  publish_ack out;
  if (!eat(head)) return std::nullopt;
  auto end = s.find_first_of("\"\\");
  if (end == s.npos) return std::nullopt;
  out.stream = s.substr(0, end);
  s.remove_prefix(end);
  if (!eat(mid)) return std::nullopt;
  while (!s.empty() && s.front() == ' ') s.remove_prefix(1);
  auto [p, err] = std::from_chars(s.data(), s.data() + s.size(), out.seq);
  if (err != std::errc{}) return std::nullopt;
  s.remove_prefix(static_cast<size_t>(p - s.data()));
  if (eat(dup)) {
    if (!eat("true")) return std::nullopt;
    out.duplicate = true;
  }
  return s == "}" ? std::optional(std::move(out)) : std::nullopt;
}

} // namespace

std::string create_stream(std::string_view s) { return api("STREAM.CREATE", s); }
std::string update_stream(std::string_view s) { return api("STREAM.UPDATE", s); }
std::string stream_info_of(std::string_view s) { return api("STREAM.INFO", s); }
std::string get_message(std::string_view s) { return api("STREAM.MSG.GET", s); }
std::string purge_stream(std::string_view s) { return api("STREAM.PURGE", s); }
std::string delete_message(std::string_view s) { return api("STREAM.MSG.DELETE", s); }
std::string create_consumer(std::string_view s, std::string_view c, std::string_view filter) {
  auto out = api("CONSUMER.CREATE", s).append(".").append(c);
  if (!filter.empty()) out.append(".").append(filter);
  return out;
}
std::string delete_consumer(std::string_view s, std::string_view c) {
  return api("CONSUMER.DELETE", s).append(".").append(c);
}
std::string next_message(std::string_view s, std::string_view c) {
  return api("CONSUMER.MSG.NEXT", s).append(".").append(c);
}

std::string stream_config(const subjects::stream_definition& d, uint32_t replicas) {
  // Input that does not fit is refused, so that nothing accepted is ever pushed out; the rest lets its oldest go.
  bool is_input = d.name.starts_with("IN_");
  return json{{"name", d.name},
              {"subjects", d.subjects},
              {"retention", "limits"},
              {"storage", "file"},
              {"discard", is_input ? "new" : "old"},
              {"max_consumers", -1},
              {"max_msgs", -1},
              {"max_bytes", -1},
              {"max_msg_size", -1},
              {"max_age", d.max_age_s * second},
              {"max_msgs_per_subject", d.max_per_subject > 0 ? d.max_per_subject : -1},
              {"duplicate_window", d.duplicate_window_s * second},
              {"num_replicas", replicas},
              {"allow_direct", false}}
      .dump();
}

std::string get_by_seq(uint64_t seq) { return json{{"seq", seq}}.dump(); }
std::string erase_seq(uint64_t seq) { return json{{"seq", seq}, {"no_erase", false}}.dump(); }
std::string get_last(std::string_view subject) { return json{{"last_by_subj", subject}}.dump(); }
std::string purge_before(uint64_t keep_from) { return json{{"seq", keep_from}}.dump(); }
std::string purge_subject(std::string_view subject) { return json{{"filter", subject}}.dump(); }

std::string consumer_config(const read_options& o, std::string_view consumer, int64_t idle_ns) {
  json config{{"name", consumer},
              {"deliver_policy", "by_start_sequence"},
              {"opt_start_seq", std::max<uint64_t>(o.from_seq, 1)},
              {"ack_policy", "none"},
              {"replay_policy", "instant"},
              {"inactive_threshold", idle_ns},
              {"mem_storage", true},
              {"num_replicas", 1}};
  if (!o.filter.empty()) config["filter_subject"] = o.filter;
  return json{{"stream_name", o.stream}, {"config", std::move(config)}}.dump();
}

std::string pull(uint32_t batch, int64_t expires_ns, int64_t heartbeat_ns) {
  return R"({"batch":)" + std::to_string(batch) + R"(,"expires":)" + std::to_string(expires_ns) +
         R"(,"idle_heartbeat":)" + std::to_string(heartbeat_ns) + "}";
}

result<publish_ack> parse_publish_ack(std::string_view bytes) {
  if (auto quick = usual_ack(bytes)) return std::move(*quick);
  auto j = parse(bytes);
  if (!j) return j.error();
  publish_ack out{text(*j, "stream"), count(*j, "seq"), false};
  if (auto d = j->find("duplicate"); d != j->end() && d->is_boolean()) out.duplicate = d->get<bool>();
  if (out.stream.empty() || out.seq == 0) return {errc::unavailable, "JetStream: not an acknowledgement"};
  return out;
}

result<stream_info> parse_stream_info(std::string_view bytes) {
  auto j = parse(bytes);
  if (!j) return j.error();
  auto created = parse_time(text(*j, "created"));
  auto state = j->find("state");
  if (!created || state == j->end() || !state->is_object())
    return {errc::unavailable, "JetStream: not a stream's description"};
  return stream_info{static_cast<uint64_t>(*created), count(*state, "first_seq"), count(*state, "last_seq"),
                     count(*state, "messages"), count(*state, "bytes")};
}

result<std::optional<stored_message>> parse_stored(std::string_view bytes) {
  auto j = parse(bytes);
  if (!j) {
    // 10037: no such message. (10059, no such stream, stays a failure.)
    if (j.error().code == errc::not_found && j.error().message.ends_with("(10037)"))
      return std::optional<stored_message>{};
    return j.error();
  }
  auto m = j->find("message");
  if (m == j->end() || !m->is_object()) return {errc::unavailable, "JetStream: not a stored message"};
  stored_message out;
  out.seq = count(*m, "seq");
  out.subject = text(*m, "subject");
  out.time_ns = parse_time(text(*m, "time")).value_or(0);
  auto data = decode(text(*m, "data"));
  if (!data) return data.error();
  out.data = std::move(*data);
  auto head = decode(text(*m, "hdrs"));
  if (!head) return head.error();
  out.head = parse_headers(*head);
  return std::optional(std::move(out));
}

result<uint64_t> parse_purged(std::string_view bytes) {
  auto j = parse(bytes);
  if (!j) return j.error();
  return count(*j, "purged");
}

result<bool> parse_erased(std::string_view bytes) {
  auto j = parse(bytes);
  if (!j) {
    // 10057: it could not be deleted, for whatever reason; where it is not there, there is nothing left to erase.
    auto& why = j.error();
    auto gone = why.code == errc::not_found || why.message.find("no message found") != why.message.npos ||
                why.message.find("deleted message") != why.message.npos;
    if (gone && why.message.find("stream not found") == why.message.npos) return false;
    return why;
  }
  auto i = j->find("success");
  if (i == j->end() || !i->is_boolean()) return failure{errc::unavailable, "the answer has no 'success'"};
  return i->get<bool>();
}

status parse_created(std::string_view bytes) {
  auto j = parse(bytes);
  if (!j) return j.error();
  return success();
}

failure to_failure(int code, int err_code, std::string_view description) {
  auto kind = errc::unavailable;
  switch (err_code) {
  case 10071: // wrong last sequence
  case 10070: // wrong last message id
  case 10164: // wrong last sequence, newer servers, no number told
    kind = errc::conflict;
    break;
  case 10059: // no such stream
  case 10014: // no such consumer
  case 10037: // no such message
    kind = errc::not_found;
    break;
  case 10047: // storage resources exceeded
  case 10023: // insufficient resources
  case 10028: // memory resources exceeded
  case 10077: // the store refused it: maximum messages or bytes exceeded, disk full
    kind = errc::overloaded;
    break;
  case 10054: // message larger than the stream allows
    kind = errc::too_large;
    break;
  default:
    if (description.find("insufficient") != description.npos || description.find("exceeded") != description.npos)
      kind = errc::overloaded;
    else if (code == 404)
      kind = errc::not_found;
    else if (code >= 400 && code < 500 && code != 408)
      kind = errc::bad_request;
  }
  std::string text = err_code == 10058 ? std::string(other_definition) : "JetStream: ";
  return {kind, text.append(description).append(" (").append(std::to_string(err_code)).append(")")};
}

bool is_other_definition(const failure& f) { return f.message.starts_with(other_definition); }

std::optional<ack_subject> parse_ack_subject(std::string_view s) {
  constexpr std::string_view prefix = "$JS.ACK.";
  if (!s.starts_with(prefix)) return std::nullopt;
  s.remove_prefix(prefix.size());
  std::string_view t[10];
  size_t n = 0;
  for (bool more = true; more; ++n) {
    if (n == std::size(t)) return std::nullopt;
    auto dot = s.find('.');
    more = dot != s.npos;
    t[n] = s.substr(0, dot);
    if (more) s.remove_prefix(dot + 1);
  }
  // 7 tokens as ever; 9 or 10 with domain and account hash in front.
  if (n != 7 && n != 9 && n != 10) return std::nullopt;
  const auto* at = n == 7 ? t : t + 2;
  auto delivered = number<uint64_t>(at[2]), seq = number<uint64_t>(at[3]), cseq = number<uint64_t>(at[4]),
       pending = number<uint64_t>(at[6]);
  auto time = number<int64_t>(at[5]);
  if (!delivered || !seq || !cseq || !pending || !time) return std::nullopt;
  return ack_subject{at[0], at[1], *delivered, *seq, *cseq, *pending, *time};
}

std::optional<int64_t> parse_time(std::string_view s) {
  auto part = [&](size_t at, size_t n) { return s.size() < at + n ? std::nullopt : number<int>(s.substr(at, n)); };
  auto y = part(0, 4), mo = part(5, 2), d = part(8, 2), h = part(11, 2), mi = part(14, 2), sec = part(17, 2);
  if (!y || !mo || !d || !h || !mi || !sec || s[4] != '-' || s[7] != '-' || s[10] != 'T' || s[13] != ':')
    return std::nullopt;
  std::chrono::year_month_day day{std::chrono::year(*y), std::chrono::month(static_cast<unsigned>(*mo)),
                                  std::chrono::day(static_cast<unsigned>(*d))};
  if (!day.ok()) return std::nullopt;
  int64_t seconds =
      std::chrono::sys_days(day).time_since_epoch().count() * int64_t{86400} + *h * 3600 + *mi * 60 + *sec;
  size_t at = 19;
  int64_t nanos = 0;
  if (at < s.size() && s[at] == '.') {
    int64_t unit = second / 10;
    for (++at; at < s.size() && s[at] >= '0' && s[at] <= '9'; ++at, unit /= 10) nanos += (s[at] - '0') * unit;
  }
  auto zone = s.substr(at);
  if (zone == "Z") return seconds * second + nanos;
  if (zone.size() != 6 || (zone[0] != '+' && zone[0] != '-') || zone[3] != ':') return std::nullopt;
  auto zh = number<int>(zone.substr(1, 2)), zm = number<int>(zone.substr(4, 2));
  if (!zh || !zm) return std::nullopt;
  int64_t offset = *zh * 3600 + *zm * 60;
  return (seconds - (zone[0] == '+' ? offset : -offset)) * second + nanos;
}

headers parse_headers(std::string_view block) {
  headers out;
  for (bool first = true; !block.empty(); first = false) {
    auto end = block.find("\r\n");
    auto line = block.substr(0, end);
    block.remove_prefix(end == block.npos ? block.size() : end + 2);
    if (first) continue; // "NATS/1.0"
    auto colon = line.find(':');
    if (colon == line.npos || colon == 0) break;
    auto value = line.substr(colon + 1);
    while (!value.empty() && value.front() == ' ') value.remove_prefix(1);
    while (!value.empty() && value.back() == ' ') value.remove_suffix(1);
    out.emplace_back(line.substr(0, colon), value);
  }
  return out;
}

} // namespace steward::js
