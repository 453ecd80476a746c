// kb search, kb eval. kb import is in kb_import.cpp.
#include "clients/cli/commands.hpp"
#include "clients/cli/phrases.hpp"
#include "clients/cli/terminal.hpp"

#include <CLI/CLI.hpp>
#include <cstring>
#include <filesystem>
#include <unistd.h>

namespace steward::cli {
namespace {

struct search_options {
  std::string text, tenant, language;
  uint32_t limit = 5;
};

std::string score(double x) {
  char s[16];
  std::snprintf(s, sizeof s, "%.3f", x);
  return s;
}

int search(context& c, const search_options& o) {
  auto r = call<kb_search_result>(
      c, subjects::ops("one.kb_search"),
      ops_request{.tenant = tenant_id(o.tenant), .text = o.text, .language = o.language, .limit = o.limit}, 15);
  if (!r) return fail(c, r.error());
  if (c.json) return put(full_json(*r) + "\n"), exit_ok;
  auto verdict = r->outcome == verdict::answer   ? painted("answers", colour::good, out_colours())
                 : r->outcome == verdict::choose ? painted("asks which was meant", colour::warn, out_colours())
                                                 : painted("does not know", colour::bad, out_colours());
  put("Steward " + verdict + ", " + percent(r->confidence) + " sure" +
      (r->language.empty() ? "" : ", language " + one_line(r->language)) +
      (r->step.empty() ? "" : ", settled by " + one_line(r->step)) + ".\n");
  if (!r->why.empty()) put(one_line(r->why) + "\n");
  if (r->hits.empty()) return put("Nothing was found. `steward status` shows how many articles there are.\n"), exit_ok;
  using align = table::align;
  table t({{"", align::right},
           {"SCORE", align::right},
           {"LEXICAL", align::right},
           {"STATIC", align::right},
           {"ENCODER", align::right},
           {"ARTICLE"},
           {"PASSAGE"},
           {"WORDS"}});
  for (size_t i = 0; i < r->hits.size(); ++i) {
    auto& h = r->hits[i];
    std::string words;
    for (auto& w : h.words) words += (words.empty() ? "" : " ") + w;
    t.row({std::to_string(i + 1),
           {score(h.found.score), colour::bold},
           score(h.lexical),
           score(h.fixed),
           h.dense == 0 ? "-" : score(h.dense),
           cut(one_line(h.found.article), 32),
           cut(one_line(h.found.heading.empty() ? h.found.title : h.found.heading), 40),
           words});
  }
  put("\n");
  print_table(t);
  return exit_ok;
}

struct eval_options {
  std::string questions, articles;
};

// Stands beside this program and needs no engine. It takes the place of this process: its output and exit code are
// ours.
int eval(context& c, const eval_options& o, const std::vector<std::string>& more) {
  if (o.articles.empty())
    return usage(c, "kb eval needs --articles FILE.jsonl (lines of {\"id\", \"title\", \"text\", \"language\"}): "
                    "measuring a running engine's own articles is not there yet");
  std::error_code e;
  auto self = std::filesystem::read_symlink("/proc/self/exe", e);
  auto program = (self.parent_path() / "steward-kb-eval").string();
  std::vector<std::string> args{program, o.questions, "--articles", o.articles};
  args.insert(args.end(), more.begin(), more.end());
  if (c.json) args.push_back("--json");
  std::vector<char*> argv;
  for (auto& a : args) argv.push_back(a.data());
  argv.push_back(nullptr);
  execv(program.c_str(), argv.data());
  return usage(c, "cannot run " + program + ": " + std::strerror(errno));
}

} // namespace

void add_kb_commands(CLI::App& app, context& c) {
  auto group = add_command(app, "kb", "The knowledge: bring articles in, see what is found, measure it",
                           "  steward kb import help/\n"
                           "  steward kb search \"how long does shipping take\"");
  group->require_subcommand(1);
  add_kb_import(*group, c);

  auto s = std::make_shared<search_options>();
  auto search_cmd =
      add_command(*group, "search", "What retrieval finds for a text, and why",
                  "  steward kb search \"how long does shipping take\"\n"
                  "  steward kb search \"运费多少\" --language zh --limit 10\n"
                  "SCORE is what decides; LEXICAL (words), STATIC (token vectors) and ENCODER are its parts.\n"
                  "ENCODER is - when the encoder was not asked.");
  search_cmd->add_option("TEXT", s->text, "As a customer would say it")->required();
  search_cmd->add_option("--language,-l", s->language, "ISO 639-1; by default it is recognised")->type_name("CODE");
  search_cmd->add_option("--limit,-n", s->limit, "At most so many passages (5)")
      ->type_name("N")
      ->check(CLI::Range(1, 100).description(""));
  add_tenant_option(search_cmd, s->tenant);
  search_cmd->callback([&c, s] { c.action = [s](context& x) { return search(x, *s); }; });

  auto o = std::make_shared<eval_options>();
  auto eval_cmd =
      add_command(*group, "eval", "How often the right article is found; needs no running engine",
                  "  steward kb eval questions.jsonl --articles articles.jsonl\n"
                  "  steward kb eval questions.jsonl --articles articles.jsonl --json | jq .gated\n"
                  "Questions are lines of {\"question\", \"expected\": [ids]}, articles lines of\n"
                  "{\"id\", \"title\", \"text\", \"language\"}. Other options go to steward-kb-eval as they are.");
  eval_cmd->add_option("QUESTIONS", o->questions, "A JSONL file")->required();
  eval_cmd->add_option("--articles", o->articles, "A JSONL file")->type_name("FILE");
  eval_cmd->allow_extras();
  eval_cmd->callback(
      [&c, o, eval_cmd] { c.action = [o, more = eval_cmd->remaining()](context& x) { return eval(x, *o, more); }; });
}

} // namespace steward::cli
