#include "access/roles.hpp"

#include "messages/names.hpp"
#include "messages/subjects.hpp"

#include <algorithm>

namespace steward {

STEWARD_ENUM_NAMES(role, "engine", "admin", "supervisor", "agent", "platform", "readonly")

bool needs_tenant(role r) { return r == role::supervisor || r == role::agent || r == role::platform; }

std::string inbox_prefix(role r, const std::string& user) {
  return r == role::engine || r == role::admin ? "_INBOX" : "_INBOX." + user;
}

namespace {
/// Actions are asked for under the user's own name alone (messages/audit.hpp); what shows that a supervisor did it, by
/// supervisors alone.
std::vector<std::string> admins_never() {
  auto out = subjects::actions();
  out.insert(out.end(), {"seat.*.*.join_in", "seat.*.*.take_over"});
  return out;
}
} // namespace

subject_rights rights_of(role r, const std::string& user, const std::string& tenant) {
  auto inbox = inbox_prefix(r, user) + ".>";
  auto seat = "seat." + tenant + "." + user + ".*";
  switch (r) {
  case role::engine: return {.everything = true};
  case role::admin:
    return {.publish = {"by." + user + ".>", "ops.>", "engine.*.*", "node.*.*", "say.*.*.*", "event.*.*", "seat.*.*.*",
                        "$JS.API.INFO", "$JS.API.STREAM.NAMES", "$JS.API.STREAM.LIST", "$JS.API.STREAM.INFO.*",
                        "$JS.API.STREAM.MSG.GET.*", "$JS.API.DIRECT.GET.>", "$JS.API.CONSUMER.>", "$JS.ACK.>"},
            .publish_never = admins_never(),
            .subscribe = {inbox, "reply.*.*.*", "feed.*.*", "typing.*.*", "tail", "cluster.beat"}};
  case role::supervisor:
    return {.publish = {seat}, .subscribe = {inbox, "feed." + tenant + ".*", "typing." + tenant + ".*"}};
  case role::agent:
    return {.publish = {seat},
            .publish_never = {"seat." + tenant + "." + user + ".join_in", "seat." + tenant + "." + user + ".take_over"},
            .subscribe = {inbox, "feed." + tenant + ".*", "typing." + tenant + ".*"}};
  case role::platform: {
    // Of JetStream no more than to go on reading with a consumer of the user's name, which `steward users add` made:
    // who may make consumers may have the server deliver to any subject.
    auto js = [&](const char* verb) { return "$JS.API.CONSUMER." + std::string(verb) + ".REPLY." + user; };
    return {.publish = {"say." + tenant + ".*.*", "event." + tenant + ".*", js("INFO"), js("MSG.NEXT"),
                        "$JS.ACK.REPLY." + user + ".>"},
            .subscribe = {inbox, "reply." + tenant + ".*.*", "tool." + tenant + ".>"},
            .may_answer = true};
  }
  case role::readonly:
    return {.publish = {"ops.all.status", "ops.all.nodes", "ops.all.actors", "ops.all.tail", "ops.all.conversations",
                        "ops.all.report", "ops.one.kb_search", "ops.one.kb_list", "ops.one.nlu_explain",
                        "ops.one.tenant_list", "ops.one.forgotten", "ops.one.dead_letters", "ops.one.dead_letter_show",
                        "engine.*.show", "engine.*.feed", "engine.*.replay", "engine.*.verify"},
            .subscribe = {inbox, "feed.*.*", "tail"}};
  }
  return {};
}

bool subject_matches(std::string_view pattern, std::string_view subject) {
  for (;;) {
    auto p = pattern.substr(0, pattern.find('.')), s = subject.substr(0, subject.find('.'));
    if (p == ">") return !s.empty();
    if (s == ">" || (p != "*" && p != s)) return false; // `>` asks for more than one token
    auto last_p = p.size() == pattern.size(), last_s = s.size() == subject.size();
    if (last_p || last_s) return last_p && last_s;
    pattern.remove_prefix(p.size() + 1), subject.remove_prefix(s.size() + 1);
  }
}

namespace {
bool any(const std::vector<std::string>& patterns, std::string_view subject) {
  return std::any_of(patterns.begin(), patterns.end(), [&](auto& p) { return subject_matches(p, subject); });
}
} // namespace

bool may_publish(const subject_rights& r, std::string_view subject) {
  return r.everything || (any(r.publish, subject) && !any(r.publish_never, subject));
}
bool may_subscribe(const subject_rights& r, std::string_view subject) {
  return r.everything || any(r.subscribe, subject);
}

} // namespace steward
