#include "actors/tenant/duty_fields.hpp"

#include "actors/tenant/spelling.hpp"
#include "messages/subjects.hpp"

#include <unicode/unistr.h>

namespace steward {
namespace {

constexpr size_t most_queues = 50, most_texts = 200, most_rules = 100;

/// "9:00" or "09:00", up to "24:00"; minutes of the day.
std::optional<uint32_t> minute_of(std::string_view s) {
  auto colon = s.find(':');
  if (colon == s.npos || colon == 0 || colon > 2 || s.size() != colon + 3) return std::nullopt;
  uint32_t n[2] = {0, 0};
  for (size_t i = 0; i < s.size(); ++i) {
    if (i == colon) continue;
    if (s[i] < '0' || s[i] > '9') return std::nullopt;
    auto& x = n[i > colon];
    x = x * 10 + static_cast<uint32_t>(s[i] - '0');
  }
  if (n[1] > 59 || n[0] * 60 + n[1] > 24 * 60) return std::nullopt;
  return n[0] * 60 + n[1];
}

bool is_date(const std::string& s) {
  if (s.size() != 10 || s[4] != '-' || s[7] != '-') return false;
  for (size_t i = 0; i < 10; ++i)
    if (i != 4 && i != 7 && (s[i] < '0' || s[i] > '9')) return false;
  return s.substr(5, 2) >= "01" && s.substr(5, 2) <= "12" && s.substr(8) >= "01" && s.substr(8) <= "31";
}

} // namespace

std::vector<open_span> duty_fields::spans(const yaml_node& n, const std::string& where) {
  std::vector<open_span> out;
  y_.list(n, where, 10, [&](auto& item) {
    std::string s;
    if (!y_.text(item, where, 20, s)) return;
    auto dash = s.find('-');
    auto from = minute_of(s.substr(0, dash));
    auto to = dash == s.npos ? std::nullopt : minute_of(s.substr(dash + 1));
    if (!from || !to || *from >= *to)
      return y_.complain(item.line,
                         "'" + where + "': '" + shortened(s, 20) + "' is no span of a day such as 9:00-18:00");
    out.push_back({*from, *to});
  });
  return out;
}

void duty_fields::hours(const yaml_node& n) {
  yaml_fields::handlers all;
  static constexpr const char* days[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
  for (size_t i = 0; i < 7; ++i)
    all[days[i]] = [this, i](auto& v) { c_.hours.week[i] = spans(v, std::string("hours/") + days[i]); };
  auto date = [this](const std::string& where, const std::string& s, uint32_t line) {
    if (is_date(s)) return true;
    y_.complain(line, "'" + where + "': '" + shortened(s, 20) + "' is no date such as 2026-12-25");
    return false;
  };
  all["holidays"] = [this, date](auto& v) {
    y_.list(v, "hours/holidays", 1000, [&](auto& item) {
      std::string s;
      if (y_.text(item, "hours/holidays", 20, s) && date("hours/holidays", s, item.line)) c_.hours.holidays.insert(s);
    });
  };
  all["days"] = [this, date](auto& v) {
    y_.map_of(v, "hours/days", [&](const std::string& key, uint32_t line, const yaml_node& value) {
      if (date("hours/days", key, line)) c_.hours.extra[key] = spans(value, "hours/days/" + key);
    });
  };
  y_.map(n, "hours", all);
}

std::string folded_phrase(const std::string& p) {
  auto u = icu::UnicodeString::fromUTF8(p);
  u.foldCase().trim();
  std::string folded;
  u.toUTF8String(folded);
  return folded;
}

void duty_fields::whole(const yaml_node& n, const std::string& where, int64_t low, int64_t high, uint32_t& x) {
  int64_t got = x;
  if (y_.integer(n, where, low, high, got)) x = static_cast<uint32_t>(got);
}

void duty_fields::queues(const yaml_node& n) {
  y_.map_of(n, "queues", [&](const std::string& name, uint32_t line, const yaml_node& value) {
    if (!subjects::is_name(name))
      return y_.complain(line, "'queues': '" + shortened(name, 40) +
                                   "' cannot be a queue's name: 1 to 40 of a-z, 0-9, '-' and '_'");
    queue_config q;
    auto where = "queues/" + name;
    if (value.kind != yaml_node::type::nothing)
      y_.map(value, where,
             {{"mode",
               [&](auto& v) {
                 std::string mode;
                 if (!y_.text(v, where + "/mode", 10, mode)) return;
                 if (mode == "offer")
                   q.mode = queue_mode::offer;
                 else if (mode != "pick")
                   y_.complain(v.line, "'" + where + "/mode': '" + shortened(mode, 20) +
                                           "' is neither offer (each in turn is asked) nor pick (who wants takes)");
               }},
              {"offer_seconds", [&](auto& v) { whole(v, where + "/offer_seconds", 5, 3600, q.offer_s); }},
              {"misses", [&](auto& v) { whole(v, where + "/misses", 1, 100, q.misses); }}});
    if (c_.queues.empty()) c_.first_queue = name;
    c_.queues[name] = q;
    if (c_.queues.size() == most_queues + 1) y_.complain(line, "'queues': more than 50");
  });
}

void duty_fields::rule(const yaml_node& n) {
  handover_rule r;
  y_.map(n, "handover/rules",
         {{"when",
           [&](auto& v) {
             y_.list(v, "handover/rules/when", 200, [&](auto& item) {
               std::string s;
               if (y_.text(item, "handover/rules/when", 200, s))
                 if (auto folded = folded_phrase(s); !folded.empty()) r.phrases.push_back(std::move(folded));
             });
           }},
          {"queue",
           [&](auto& v) {
             if (y_.text(v, "handover/rules/queue", 40, r.queue)) named_.emplace_back(r.queue, v.line);
           }},
          {"skill",
           [&](auto& v) {
             std::string s;
             if (!y_.text(v, "handover/rules/skill", 40, s)) return;
             if (!subjects::is_name(s))
               return y_.complain(v.line, "'handover/rules/skill': 1 to 40 of a-z, 0-9, '-' and '_'");
             r.skill = s;
           }},
          {"priority", [&](auto& v) { whole(v, "handover/rules/priority", 0, 100, r.priority); }}});
  if (r.phrases.empty() && n.kind == yaml_node::type::map)
    return y_.complain(n.line, "'handover/rules': a rule needs 'when', the words that a customer writes");
  c_.handover_rules.push_back(std::move(r));
}

void duty_fields::handover(const yaml_node& n) {
  y_.map(n, "handover",
         {{"unknowns", [&](auto& v) { whole(v, "handover/unknowns", 1, 100, c_.unknowns); }},
          {"rules", [&](auto& v) { y_.list(v, "handover/rules", most_rules, [&](auto& item) { rule(item); }); }}});
}

void duty_fields::texts(const yaml_node& n) {
  y_.map_of(n, "texts", [&](const std::string& name, uint32_t line, const yaml_node& value) {
    if (!subjects::is_name(name))
      return y_.complain(line, "'texts': '" + shortened(name, 40) +
                                   "' cannot be a text's name: 1 to 40 of a-z, 0-9, '-' and '_'");
    if (c_.texts.size() >= most_texts) return y_.complain(line, "'texts': more than 200");
    y_.map_of(value, "texts/" + name, [&](const std::string& language, uint32_t, const yaml_node& text) {
      std::string s;
      if (y_.text(text, "texts/" + name + "/" + language, 4000, s)) c_.texts[name][language] = s;
    });
  });
}

void duty_fields::check() {
  for (auto& [queue, line] : named_)
    if (c_.queues.empty() ? queue != c_.first_queue : !c_.queues.count(queue))
      y_.complain(line, "'handover/rules/queue': no queue is called '" + shortened(queue, 40) + "' in 'queues'");
}

} // namespace steward
