#include "actors/simulation/report.hpp"

#include <nlohmann/json.hpp>

#include <cmath>
#include <cstdio>

namespace steward {
namespace {

std::string percent(double share) {
  char out[16];
  std::snprintf(out, sizeof out, "%.1f %%", 100 * share);
  return out;
}

nlohmann::ordered_json json_of(const outcome_count& c) {
  auto round = [](double v) { return std::round(v * 1e4) / 1e4; };
  return {{"customers", c.customers},
          {"answered_right", c.right},
          {"answered_wrong", c.wrong},
          {"handed_over", c.handed_over},
          {"left", c.left},
          {"asked_back", c.asked_back},
          {"found_among_choices", c.picked},
          {"questions_back", c.questions_back},
          {"served", c.served},
          {"wrong_share", round(c.share(c.wrong))},
          {"right_share", round(c.share(c.right))},
          {"served_share", round(c.share(c.served))},
          {"turns", round(c.share(c.turns))}};
}

std::string line_of(const std::string& name, const outcome_count& c) {
  char out[200];
  std::snprintf(out, sizeof out, "%-10s %9zu %8s %8s %12s %8s %11s %8s %7.2f\n", name.c_str(), c.customers,
                percent(c.share(c.right)).c_str(), percent(c.share(c.wrong)).c_str(),
                percent(c.share(c.handed_over)).c_str(), percent(c.share(c.left)).c_str(),
                percent(c.share(c.asked_back)).c_str(), percent(c.share(c.served)).c_str(), c.share(c.turns));
  return out;
}

} // namespace

void outcome_count::add(const visit& v) {
  ++customers;
  right += v.end == ending::right, wrong += v.end == ending::wrong;
  handed_over += v.end == ending::handed_over, left += v.end == ending::left;
  served += v.served, asked_back += v.asked_back > 0, picked += v.picked;
  questions_back += v.asked_back, turns += v.turns;
}

simulation_report report_of(const std::vector<visitor>& who, const std::vector<visit>& what) {
  simulation_report r;
  for (std::size_t i = 0; i < who.size() && i < what.size(); ++i)
    r.all.add(what[i]), r.by_kind[who[i].kind].add(what[i]);
  return r;
}

std::string to_text(const simulation_report& r) {
  char head[200];
  std::snprintf(head, sizeof head, "%-10s %9s %8s %8s %12s %8s %11s %8s %7s\n", "", "customers", "right", "wrong",
                "handed over", "left", "asked back", "served", "turns");
  std::string out = head;
  for (auto& [kind, c] : r.by_kind) out += line_of(kind, c);
  out += line_of("all", r.all);
  if (r.all.asked_back > 0)
    out += percent(static_cast<double>(r.all.picked) / static_cast<double>(r.all.asked_back)) +
           " of those who were asked back found what they wanted among what was offered.\n";
  char took[64];
  std::snprintf(took, sizeof took, "%zu conversations in %.1f s\n", r.all.customers, r.seconds);
  return out + took;
}

std::string to_json(const simulation_report& r, std::uint64_t seed) {
  auto out = json_of(r.all);
  out["seed"] = seed;
  out["seconds"] = std::round(r.seconds * 10) / 10;
  for (auto& [kind, c] : r.by_kind) out["by_kind"][kind] = json_of(c);
  return out.dump() + "\n";
}

std::string transcript(const visitor& who, const visit& v) {
  auto& wants = who.script.goals.back();
  std::string out = "# " + who.script.name + ": " + std::string(to_string(v.end)) + ", " + std::to_string(v.turns) +
                    (v.turns == 1 ? " message" : " messages") + "\n# wants ";
  switch (wants.what) {
  case wanted::person: out += "a person"; break;
  case wanted::nothing: out += "what nothing here answers"; break;
  case wanted::article:
    for (auto& a : wants.articles) out += (&a == wants.articles.data() ? "" : " or ") + a;
  }
  out += "\n";
  for (auto& l : v.lines)
    out += (l.customer ? "> " : "< ") + l.text + (l.note.empty() ? "" : "   [" + l.note + "]") + "\n";
  return out + "\n";
}

} // namespace steward
