// nlu explain: what a running engine understands of a message, which step decided that, why, and what each cost.
#include "clients/cli/commands.hpp"
#include "clients/cli/phrases.hpp"
#include "clients/cli/terminal.hpp"

#include <cstdio>

namespace steward::cli {
namespace {

struct options {
  std::string tenant, text, language;
};

std::string cost(double us) {
  char s[32];
  std::snprintf(s, sizeof s, us < 1000 ? "%.0f µs" : "%.1f ms", us < 1000 ? us : us / 1000);
  return s;
}

void print_meant(const nlu_explanation& e) {
  auto& u = e.understood;
  put("Language " + one_line(u.language.empty() ? "unknown" : u.language) +
      (u.model.empty() ? "" : ", models " + one_line(u.model)) + ".\n");
  for (auto& i : u.intents)
    put((&i == &u.intents.front() ? "Meant    " : "     or  ") +
        painted(one_line(i.name), colour::bold, out_colours()) + ", " + percent(i.confidence) + " sure\n");
  if (!e.article.empty()) put("Articles " + one_line(e.article) + ", " + percent(e.confidence) + " sure\n");
  if (!e.meant.empty() && !u.intents.empty()) {
    auto sure = u.intents.front().confidence;
    auto leads = !u.outside && sure >= e.answer_at && sure > e.confidence;
    put((leads ? "The intent answers with the article "
               : "The intent, were it the surer one, would answer with the article ") +
        one_line(e.meant) + ".\n");
  }
  for (auto& w : u.entities)
    if (w.kind == "sense")
      put("Word     \"" + one_line(w.text) + "\" " +
          (w.value.empty() ? "has several meanings, and nothing tells which" : "means " + one_line(w.value)) + ".\n");
  for (auto& w : u.entities)
    if (w.kind != "sense")
      put("Named    " + one_line(w.kind) + " \"" + one_line(w.text) + "\"" +
          (w.value.empty() || w.value == w.text ? "" : ", " + one_line(w.value)) + "\n");
  put("Why      " + one_line(e.why) + ".\n\n");
}

int explain(context& c, const options& o) {
  auto e =
      call<nlu_explanation>(c, subjects::ops("one.nlu_explain"),
                            ops_request{.tenant = tenant_id(o.tenant), .text = o.text, .language = o.language}, 15);
  if (!e) return fail(c, e.error());
  if (c.json) return put(full_json(*e) + "\n"), exit_ok;
  print_meant(*e);
  table steps({{"STEP"}, {"COST", table::align::right}, {"SAID"}});
  for (auto& s : e->steps) steps.row({one_line(s.name), cost(s.us), one_line(s.said)});
  print_table(steps);
  return exit_ok;
}

} // namespace

void add_nlu_explain(command group, context& c) {
  auto o = std::make_shared<options>();
  auto cmd = group.add("explain", "What is understood of a text, which step decided that, why, and what it cost",
                       "  steward nlu explain \"my parcel still isn't here\"\n"
                       "  steward nlu explain \"包裹还没到\" -t demo --json | jq .understood.intents\n"
                       "Confidence is the share of such texts that turned out right on examples that were not learnt\n"
                       "from. The surer of intent and article decides, if it reaches knowledge.answer_at.");
  cmd.argument("TEXT", o->text, "As a customer would say it").tenant(o->tenant);
  cmd.option("--language,-l", o->language, "CODE", "That the conversation is in so far; by default it is recognised");
  cmd.run(c, [o](context& x) { return explain(x, *o); });
}

} // namespace steward::cli
