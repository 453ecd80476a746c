#include "actors/seat/seat_policy.hpp"

#include <algorithm>
#include <iterator>

namespace steward {
namespace {

constexpr size_t most_chars = 4000, most_names = 20;
constexpr int64_t longest_ms = 31LL * 24 * 3600 * 1000;

enum class target { seat, queue, conversation };
struct verb_row {
  std::string_view verb;
  target to;
  bool text; // needs one
};
constexpr verb_row verbs[] = {
    {"join", target::seat, false},
    {"available", target::seat, false},
    {"away", target::seat, false},
    {"home", target::seat, false},
    {"draft", target::seat, false},
    {"accept", target::queue, false},
    {"take", target::queue, false},
    {"decline", target::queue, false},
    {"say", target::conversation, true},
    {"note", target::conversation, true},
    {"close", target::conversation, false},
    {"back", target::conversation, false},
    {"pass", target::conversation, false},
    {"reopen", target::conversation, false},
    {"undo", target::conversation, false},
    {"block", target::conversation, false},
    {"unblock", target::conversation, false},
    {"join_in", target::conversation, false},
    {"leave", target::conversation, false},
    {"take_over", target::conversation, false},
    {"snooze", target::seat, false},
};

failure bad(std::string why) { return {errc::bad_request, std::move(why)}; }

size_t chars(const std::string& s) {
  return static_cast<size_t>(std::count_if(s.begin(), s.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

status check_names(const char* field, const std::vector<std::string>& all) {
  if (all.size() > most_names) return bad(std::string("field '") + field + "': at most " + std::to_string(most_names));
  for (auto& x : all)
    if (!subjects::is_name(x))
      return bad(std::string("field '") + field + "': names are 1 to 40 of a-z, 0-9, '-', '_'");
  return success();
}

status check_join(const seat_request& q, const tenant_config& t) {
  for (auto& x : q.queues)
    if (auto ok = check_queue(x, t); !ok) return ok;
  if (auto ok = check_names("queues", q.queues); !ok) return ok;
  if (auto ok = check_names("skills", q.skills); !ok) return ok;
  if (auto ok = check_names("languages", q.languages); !ok) return ok;
  if (q.capacity > 20) return bad("field 'capacity': at most 20 conversations at once");
  return success();
}

} // namespace

bool is_seat_read(std::string_view verb) {
  for (auto v : {"me", "feed", "queue", "read", "texts", "suggest", "timeline", "search"})
    if (verb == v) return true;
  return false;
}

status check_suggest(const seat_request& q) {
  if (q.text.empty()) return bad("field 'text': is needed");
  if (chars(q.text) > most_chars) return failure{errc::too_large, "field 'text': at most 4000 characters"};
  return success();
}

bool is_supervisors_alone(std::string_view verb) { return verb == "join_in" || verb == "take_over"; }
bool is_supervisors(std::string_view verb) {
  return is_supervisors_alone(verb) || verb == "block" || verb == "unblock";
}

status check_search(const seat_request& q) {
  if (chars(q.text) > 200) return failure{errc::too_large, "field 'text': at most 200 characters"};
  if (q.text.find_first_not_of(" \t\r\n") == std::string::npos) return bad("field 'text': words to look for");
  return success();
}

uint32_t search_limit(const seat_request& q) { return std::clamp<uint32_t>(q.limit, 1, 100); }

std::optional<seat_found> search_sum::take(result<seat_found> part) {
  std::lock_guard lock(mutex_);
  if (part && part->error.empty()) {
    sum_.more = sum_.more || part->more;
    std::move(part->found.begin(), part->found.end(), std::back_inserter(sum_.found));
  } else {
    ++sum_.missing;
  }
  if (--left_ > 0) return std::nullopt;
  std::stable_sort(sum_.found.begin(), sum_.found.end(), [](auto& a, auto& b) { return a.time_ms > b.time_ms; });
  if (sum_.found.size() > limit_) sum_.found.resize(limit_), sum_.more = true;
  return std::move(sum_);
}

constexpr int64_t one_look_ms = 3600'000;
constexpr size_t most_looks = 10'000;

bool recent_looks::is_new(const std::string& seat, const entity_id& conversation, int64_t now_ms) {
  std::lock_guard lock(mutex_);
  if (last_.size() >= most_looks) last_.clear(); // some are told twice, then
  auto [at, first] = last_.try_emplace(conversation.value + " " + seat, now_ms);
  if (!first && now_ms - at->second < one_look_ms) return false;
  at->second = now_ms;
  return true;
}

status check_queue(const std::string& queue, const tenant_config& t) {
  if (t.queues.empty() ? queue == t.first_queue : t.queues.count(queue) > 0) return success();
  return {errc::not_found, "the tenant has no queue '" + queue.substr(0, 40) + "'"};
}

result<in_message> seat_message(const subjects::seat_subject& s, seat_request q, const tenant_config& t,
                                int64_t now_ms) {
  auto v = std::find_if(std::begin(verbs), std::end(verbs), [&](auto& x) { return x.verb == s.verb; });
  if (v == std::end(verbs)) return failure{errc::unsupported, "a seat has no verb '" + s.verb + "'"};
  if (q.id.empty() || q.id.size() > 200) return bad("field 'id': 1 to 200 bytes, yours");
  if (v->text && q.text.empty()) return bad("field 'text': is needed");
  if (chars(q.text) > most_chars) return failure{errc::too_large, "field 'text': at most 4000 characters"};
  if (q.reason.size() > 400 || q.code.size() > 40) return bad("fields 'reason' and 'code': at most 400 and 40 bytes");
  if (chars(q.name) > 40) return bad("field 'name': at most 40 characters");
  if (q.of.size() > 200) return bad("field 'of': at most 200 bytes");
  if (q.for_ms < 0 || q.for_ms > longest_ms) return bad("field 'for_ms': milliseconds, at most 31 days");
  in_message m;
  m.kind = in_kind::command;
  m.tenant = s.tenant, m.topic = s.verb, m.accepted_ms = now_ms;
  m.id = message_id{hash_name({"seat", s.tenant.value, s.seat, q.id})};
  if (v->to != target::seat || s.verb == "draft" || s.verb == "snooze") {
    if (q.conversation.value.size() != 27 || q.conversation.value[0] != static_cast<char>(entity_kind::conversation))
      return bad("field 'conversation': the id of a conversation is needed");
  }
  if (v->to == target::seat) {
    if (s.verb == "join")
      if (auto ok = check_join(q, t); !ok) return ok.error();
    m.entity = seat_id(s.tenant, s.seat);
  } else if (v->to == target::queue) {
    auto queue = q.queue.empty() ? t.first_queue : q.queue;
    if (auto ok = check_queue(queue, t); !ok) return ok.error();
    m.entity = queue_id(s.tenant, queue);
  } else {
    if (s.verb == "pass") {
      if (!q.queue.empty())
        if (auto ok = check_queue(q.queue, t); !ok) return ok.error();
      if (!q.seat.empty() && !subjects::is_name(q.seat)) return bad("field 'seat': 1 to 40 of a-z, 0-9, '-', '_'");
    }
    m.entity = q.conversation;
    m.topic = "seat." + s.verb;
  }
  m.body.data = encode(seat_command{s.seat, std::move(q)});
  return m;
}

std::map<std::string, std::string> filled_texts(const tenant_config& t, const std::string& language,
                                                const std::map<std::string, std::string>& variables) {
  std::map<std::string, std::string> out;
  for (auto& [name, by_language] : t.texts) {
    if (by_language.empty()) continue;
    auto i = by_language.find(language);
    if (i == by_language.end() && !t.languages.empty()) i = by_language.find(t.languages.front());
    std::string text = i == by_language.end() ? by_language.begin()->second : i->second, filled;
    for (size_t at = 0; at < text.size();) {
      auto open = text.find('{', at), close = open == text.npos ? text.npos : text.find('}', open);
      auto v = close == text.npos ? variables.end() : variables.find(text.substr(open + 1, close - open - 1));
      if (v == variables.end()) { // nothing to fill up to here
        auto end = open == text.npos ? text.size() : open + 1;
        filled += text.substr(at, end - at), at = end;
        continue;
      }
      filled += text.substr(at, open - at) + v->second;
      at = close + 1;
    }
    out[name] = std::move(filled);
  }
  return out;
}

} // namespace steward
