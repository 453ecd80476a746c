#include "clients/cli/conversation_print.hpp"
#include "clients/cli/phrases.hpp"

#include <algorithm>

namespace steward::cli {

colour paint_of_mode(std::string_view mode) {
  return mode == "waiting"  ? colour::warn
         : mode == "person" ? colour::good
         : mode == "closed" ? colour::dim
                            : colour::none;
}

std::string citation_text(const std::vector<citation>& citations) {
  std::string out;
  for (auto& x : citations) {
    out += (out.empty() ? "" : ", ") + x.article;
    if (!x.passage.empty() && x.passage != x.title) out += " › " + x.passage;
  }
  return one_line(out);
}

std::vector<std::string> choice_lines(const std::string& text, const std::vector<std::string>& choices) {
  std::vector<std::string> out;
  bool told = true;
  for (auto& c : choices) {
    told = told && text.find(c) != std::string::npos;
    out.push_back(std::to_string(out.size() + 1) + ". " + one_line(c));
  }
  if (told) out.clear();
  return out;
}

std::string item_text(const feed_item& x, size_t width, bool colours) {
  auto who = x.by == speaker::customer ? "customer" : x.by == speaker::ai ? "Steward" : std::string(to_string(x.by));
  auto paint = x.by == speaker::customer ? colour::bold : x.by == speaker::person ? colour::good : colour::none;
  constexpr size_t indent = 31; // "2026-03-01 14:05:09  customer  "
  auto room = width > indent + 20 ? width - indent : 100;
  auto lines = wrapped(safe_text(x.text), room);
  for (auto& line : choice_lines(x.text, x.choices)) lines.push_back(line);
  std::string out = painted(clock_time(x.time_ms), colour::dim, colours) + "  " + painted(who, paint, colours) +
                    std::string(10 - std::min<size_t>(10, who.size()), ' ');
  std::string margin;
  for (auto& line : lines) {
    out += margin + line + "\n";
    margin.assign(indent, ' ');
  }
  std::string small;
  if (!x.kind.empty() && x.kind != "answer" && x.kind != "message") small = x.kind;
  if (!x.citations.empty()) small += (small.empty() ? "" : ", ") + ("from " + citation_text(x.citations));
  if (x.by == speaker::ai && x.confidence > 0) small += (small.empty() ? "" : ", ") + percent(x.confidence) + " sure";
  if (!small.empty())
    for (auto& line : wrapped(one_line(small), room)) out += margin + painted(line, colour::dim, colours) + "\n";
  return out;
}

std::string row_header(const conversation_row& r, int64_t now_ms, bool colours) {
  auto out = painted(r.conversation.value, colour::bold, colours) + "  " +
             painted(one_line(r.mode), paint_of_mode(r.mode), colours);
  if (r.waiting_ms > 0) out += " for a person, " + span((now_ms - r.waiting_ms) / 1000);
  out += "\n" + one_line(r.tenant.value + " · " + r.channel + " · " + r.peer);
  if (!r.language.empty()) out += " · " + one_line(r.language);
  return out + " · " + count(r.turns, "turn", "turns") + " · last " + ago(r.last_ms, now_ms) + "\n";
}

table rows_table(const std::vector<conversation_row>& rows, bool waiting, bool with_tenant, int64_t now_ms) {
  table t({{"ID"},
           {with_tenant ? "TENANT" : ""},
           {waiting ? "" : "STATE"}, // they all wait
           {waiting ? "WAITS" : "AGO"},
           {"TURNS", table::align::right},
           {"LANG"},
           {"CHANNEL"},
           {"PEER"},
           {"LAST SAID"}});
  for (auto& r : rows)
    t.row({r.conversation.value.substr(0, short_id), with_tenant ? r.tenant.value : "",
           waiting ? cell("") : cell(r.mode, paint_of_mode(r.mode)),
           waiting         ? span((now_ms - r.waiting_ms) / 1000)
           : r.last_ms > 0 ? span((now_ms - r.last_ms) / 1000)
                           : "-",
           std::to_string(r.turns), r.language, r.channel, cut(one_line(r.peer), 20), r.last_text});
  return t;
}

} // namespace steward::cli
