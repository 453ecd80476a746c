#include "actors/tenant/duty_fields.hpp"

#include "actors/folded_text.hpp"
#include "actors/tenant/spelling.hpp"
#include "messages/subjects.hpp"

namespace steward {
namespace {

constexpr size_t most_queues = 50, most_texts = 200, most_rules = 100;

} // namespace

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
                 if (auto folded = folded_text(s); !folded.empty()) r.phrases.push_back(std::move(folded));
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
