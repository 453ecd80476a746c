// kb list, kb remove, kb search, kb eval. kb import is in kb_import.cpp.
#include "clients/cli/commands.hpp"
#include "clients/cli/phrases.hpp"
#include "clients/cli/terminal.hpp"

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <optional>
#include <set>
#include <spawn.h>
#include <sys/wait.h>
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
           {std::any_of(r->hits.begin(), r->hits.end(), [](auto& h) { return !h.words.empty(); }) ? "WORDS" : ""}});
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

/// All articles of a tenant, page by page.
result<std::vector<article>> articles_of(context& c, const std::string& tenant, const std::string& language) {
  std::vector<article> all;
  ops_request q{.tenant = tenant_id(tenant), .language = language, .limit = 500};
  while (true) {
    auto page = call<kb_page>(c, subjects::ops("one.kb_list"), q, 15);
    if (!page) return page.error();
    for (auto& a : page->articles) all.push_back(std::move(a));
    if (page->next.empty()) return all;
    q.name = page->next;
  }
}

struct list_options {
  std::string tenant, language;
};

int list(context& c, const list_options& o) {
  auto all = articles_of(c, o.tenant, o.language);
  if (!all) return fail(c, all.error());
  if (c.json) {
    for (auto& a : *all) put(full_json(a) + "\n");
    return exit_ok;
  }
  if (all->empty()) return put("No articles. `steward kb import PATH` brings some in.\n"), exit_ok;
  using align = table::align;
  table t({{"ARTICLE"}, {"LANGUAGE"}, {"TITLE"}, {"CHARACTERS", align::right}, {"QUESTIONS", align::right}});
  for (auto& a : *all)
    t.row({cut(one_line(a.id), 40), a.language, cut(one_line(a.title), 50), std::to_string(a.text.size()),
           std::to_string(a.questions.size())});
  print_table(t);
  put("\n" + std::to_string(all->size()) + " articles\n");
  return exit_ok;
}

struct remove_options {
  std::vector<std::string> ids;
  std::string tenant;
  bool dry_run = false;
};

/// An import of lines that take articles out: every node folds them like those that bring some in.
int remove(context& c, const remove_options& o) {
  std::set<std::string> gone, absent;
  constexpr size_t at_once = 500;
  for (size_t i = 0; i < o.ids.size(); i += at_once) {
    kb_import_request q{.tenant = tenant_id(o.tenant), .path = "remove", .format = "jsonl", .dry_run = o.dry_run};
    for (size_t k = i; k < std::min(o.ids.size(), i + at_once); ++k)
      q.content.data += json_object()("id", o.ids[k])("removed", true).text() + "\n";
    auto r = call<kb_import_result>(c, subjects::ops("one.kb_import"), q, 120);
    if (!r) return fail(c, r.error());
    if (!r->broken.empty()) return usage(c, r->broken.front());
    gone.insert(r->changed.begin(), r->changed.end());
    absent.insert(r->same.begin(), r->same.end());
  }
  auto code = absent.empty() ? exit_ok : exit_problems;
  if (c.json) {
    print_json(json_object()("removed", gone)("absent", absent)("dry_run", o.dry_run));
    return code;
  }
  for (auto& id : absent) put("There is no article " + one_line(id) + ": `steward kb list` shows them.\n");
  put(count(gone.size(), "article is", "articles are") + " removed" +
      (o.dry_run ? ". Nothing was changed: --dry-run.\n" : ".\n"));
  return code;
}

struct eval_options {
  std::string questions, articles, tenant;
  std::vector<std::string> more; // for steward-kb-eval
};

/// A folder of our own that is gone afterwards.
struct temporary_folder {
  std::string path = (std::filesystem::temp_directory_path() / "steward-kb-XXXXXX").string();
  bool made = mkdtemp(path.data()) != nullptr;
  ~temporary_folder() {
    std::error_code e;
    if (made) std::filesystem::remove_all(path, e);
  }
};

// steward-kb-eval stands beside this program and needs no engine: its output and exit code are ours. Without
// --articles it measures those that the engine has.
int eval(context& c, const eval_options& o) {
  std::optional<temporary_folder> folder;
  auto articles = o.articles;
  if (articles.empty()) {
    auto all = articles_of(c, o.tenant, {});
    if (!all) return fail(c, all.error());
    if (all->empty()) return usage(c, "tenant '" + o.tenant + "' has no articles yet: steward kb import PATH");
    folder.emplace();
    articles = folder->path + "/articles.jsonl";
    std::ofstream out(articles);
    for (auto& a : *all) out << full_json(a) << "\n";
    if (!out.flush()) return usage(c, "cannot write " + articles + ": " + std::strerror(errno));
  }
  std::error_code e;
  auto self = std::filesystem::read_symlink("/proc/self/exe", e);
  auto program = (self.parent_path() / "steward-kb-eval").string();
  std::vector<std::string> args{program, o.questions, "--articles", articles};
  args.insert(args.end(), o.more.begin(), o.more.end());
  if (c.json) args.push_back("--json");
  std::vector<char*> argv;
  for (auto& a : args) argv.push_back(a.data());
  argv.push_back(nullptr);
  pid_t child = 0;
  if (auto bad = posix_spawn(&child, program.c_str(), nullptr, nullptr, argv.data(), environ))
    return usage(c, "cannot run " + program + ": " + std::strerror(bad));
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

} // namespace

void add_kb_commands(command root, context& c) {
  auto group = root.group("kb", "The knowledge: bring articles in, see what is found, measure it",
                          "  steward kb import help/\n"
                          "  steward kb search \"how long does shipping take\"");
  add_kb_import(group, c);

  auto l = std::make_shared<list_options>();
  auto all =
      group.add("list", "The articles that the engine has",
                "  steward kb list --language en\n"
                "  steward kb list --json > articles.jsonl   whole articles, one a line, as kb import takes them");
  all.tenant(l->tenant);
  all.option("--language,-l", l->language, "CODE", "ISO 639-1; by default all");
  all.run(c, [l](context& x) { return list(x, *l); });

  auto r = std::make_shared<remove_options>();
  auto out =
      group.add("remove", "Take articles out",
                "  steward kb remove returns-2024 shipping-old\n"
                "  steward kb list --json | jq -r 'select(.id | startswith(\"old/\")).id' | xargs steward kb remove\n"
                "The import of a file that holds one brings it back. Exit code 1: there was no such article.");
  out.arguments("ID", r->ids, "Their ids, as `steward kb list` shows them").tenant(r->tenant);
  out.flag("--dry-run", r->dry_run, "Only look");
  out.run(c, [r](context& x) { return remove(x, *r); });

  auto s = std::make_shared<search_options>();
  auto find = group.add(
      "search", "What retrieval finds for a text, and why",
      "  steward kb search \"how long does shipping take\"\n"
      "  steward kb search \"运费多少\" --language zh --limit 10\n"
      "SCORE is what decides. Its parts: LEXICAL (words: BM25), STATIC and ENCODER (similarity of the vector that\n"
      "the static table guesses, and of the encoder's own). WORDS of the text stand in the article, the most\n"
      "telling first. ENCODER is - when the encoder was not asked.");
  find.argument("TEXT", s->text, "As a customer would say it").tenant(s->tenant);
  find.option("--language,-l", s->language, "CODE", "ISO 639-1; by default it is recognised");
  find.option("--limit,-n", s->limit, "N", "At most so many passages (5)", 1, 100);
  find.run(c, [s](context& x) { return search(x, *s); });

  auto o = std::make_shared<eval_options>();
  auto measure =
      group.add("eval", "How often the right article is found; with --articles it needs no running engine",
                "  steward kb eval questions.jsonl                            on the engine's own articles\n"
                "  steward kb eval questions.jsonl --articles articles.jsonl\n"
                "  steward kb eval questions.jsonl --articles articles.jsonl --json | jq .gated\n"
                "Questions are lines of {\"question\", \"expected\": [ids]}, articles lines of\n"
                "{\"id\", \"title\", \"text\", \"language\"}. Other options go to steward-kb-eval as they are.");
  measure.argument("QUESTIONS", o->questions, "A JSONL file");
  measure.tenant(o->tenant);
  measure.option("--articles", o->articles, "FILE", "A JSONL file; by default the engine's articles").rest(o->more);
  measure.run(c, [o](context& x) { return eval(x, *o); });
}

} // namespace steward::cli
