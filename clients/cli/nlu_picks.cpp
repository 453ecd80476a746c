// nlu picks: what customers picked when Steward asked which article they meant, as examples for people to review.
#include "clients/cli/commands.hpp"
#include "clients/cli/nlu_program.hpp"
#include "clients/cli/phrases.hpp"
#include "clients/cli/picks.hpp"
#include "clients/cli/terminal.hpp"

#include <algorithm>

namespace steward::cli {
namespace {

struct options {
  std::string tenant;
  uint32_t conversations = 500;
  uint64_t at_least = 2;
  bool lines = false;
};

struct gathered {
  std::vector<pick> picks;
  uint64_t conversations = 0;
};

/// Those of one conversation. What the customer rated stands on the customer's own timeline.
result<std::vector<pick>> picks_of(context& c, const tenant_id& tenant, const conversation_row& row) {
  auto v = whole_view(c, tenant, row.conversation);
  if (!v) return v.error();
  auto picks = picks_in(v->items);
  if (picks.empty()) return picks;
  std::set<std::string> wrong;
  auto customer = customer_of(v->state);
  if (!customer.empty()) {
    auto timeline = whole_view(c, tenant, customer_id(tenant, customer));
    if (timeline)
      wrong = rated_wrong(timeline->items);
    else if (timeline.error().code != errc::not_found)
      return timeline.error();
  }
  for (auto& p : picks) {
    p.language = row.language;
    p.customer = customer.empty() ? row.conversation.value : customer;
    if (p.doubt.empty() && wrong.contains(p.reply)) p.doubt = "no";
  }
  return picks;
}

result<gathered> gather(context& c, const options& o) {
  auto tenant = tenant_id(o.tenant);
  auto rows = newest_conversations(c, tenant, o.conversations);
  if (!rows) return rows.error();
  gathered out;
  std::set<std::string> known; // a visitor who signed in brings what was said along: it stands in two conversations
  for (auto& row : *rows) {
    auto picks = picks_of(c, tenant, row);
    if (!picks && picks.error().code == errc::not_found) continue; // forgotten since it was listed
    if (!picks) return picks.error();
    ++out.conversations;
    for (auto& p : *picks)
      if (known.insert(p.reply).second) out.picks.push_back(std::move(p));
  }
  return out;
}

int print_lines(const std::vector<pick_row>& rows) {
  std::set<std::pair<std::string, std::string>> left_out;
  for (auto& r : rows) {
    if (r.conflict)
      left_out.emplace(r.language, normal_question(r.text));
    else
      put(question_line(r) + "\n");
  }
  if (!left_out.empty())
    put_error("steward: left out " + count(left_out.size(), "text", "texts") +
              " for which customers picked several articles: decide on them yourself, steward nlu picks shows them\n");
  return exit_ok;
}

int print_rows(const std::vector<pick_row>& rows, const options& o, const gathered& g, uint64_t doubted) {
  auto seen = count(g.picks.size(), "pick", "picks") + " in " + count(g.conversations, "conversation", "conversations");
  auto not_counted = doubted == 0 ? std::string()
                                  : " Not counted: " + std::to_string(doubted) +
                                        ", where the customer said no, asked for a person or picked again.";
  if (rows.empty())
    return put("No article was picked by " + count(o.at_least, "customer", "customers") +
               " for the same words: " + seen + "." + not_counted + "\n"),
           exit_ok;
  table out({{"ARTICLE"}, {"WEIGHT", table::align::right}, {"CONFLICT"}, {"LANGUAGE"}, {"TEXT"}});
  for (auto& r : rows)
    out.row({one_line(r.article),
             std::to_string(r.weight),
             {r.conflict ? "conflict" : "", colour::warn},
             one_line(r.language),
             one_line(r.text)});
  print_table(out);
  put("\n" + seen + "." + not_counted + "\n");
  return exit_ok;
}

int picks(context& c, const options& o) {
  if (o.lines && c.json) return usage(c, "--lines and --json exclude each other");
  auto g = gather(c, o);
  if (!g) return fail(c, g.error());
  auto rows = pick_rows(g->picks, o.at_least);
  auto doubted = static_cast<uint64_t>(std::ranges::count_if(g->picks, [](auto& p) { return !p.doubt.empty(); }));
  if (o.lines) return print_lines(rows);
  if (!c.json) return print_rows(rows, o, *g, doubted);
  std::string list = "[";
  for (auto& r : rows)
    list += (list.size() > 1 ? "," : "") +
            json_object()("text", r.text)("language", r.language)("article", r.article)("title", r.title)(
                "customers", r.customers)("weight", r.weight)("conflict", r.conflict)
                .text();
  print_json(json_object().raw("picks", list + "]")("conversations",
                                                    g->conversations)("seen", g->picks.size())("doubted", doubted));
  return exit_ok;
}

} // namespace

void add_nlu_picks(command group, context& c) {
  auto o = std::make_shared<options>();
  auto cmd =
      group.add("picks", "What customers picked when they were asked which article they meant: examples to accept",
                "  steward nlu picks -t shop                      look\n"
                "  steward nlu picks -t shop --lines > new.jsonl  lines for questions.jsonl\n"
                "Steward learns it when you accept it: delete what is wrong from new.jsonl, then\n"
                "  cat new.jsonl >> shop/questions.jsonl\n"
                "  steward tenant check shop/ && steward tenant push shop/ -t shop\n"
                "check names lines that stand there already. WEIGHT is how many customers picked the article\n"
                "for the same words, at most 20; questions.jsonl knows no weight, so lines leave it out.\n"
                "CONFLICT: others picked another article; --lines leaves such texts to you. A pick does not\n"
                "count when the customer said no or rated the answer as wrong, asked for a person, or picked\n"
                "again. Without --lines or --json a table is printed.");
  cmd.tenant(o->tenant);
  cmd.option("--at-least", o->at_least, "N", "Texts for which so many customers picked one article (2)", 1, 100000);
  cmd.option("--conversations,-n", o->conversations, "N", "So many of the newest (500)", 1, 100000);
  cmd.flag("--lines", o->lines, "As lines for the tenant's questions.jsonl");
  cmd.run(c, [o](context& x) { return picks(x, *o); });
}

} // namespace steward::cli
