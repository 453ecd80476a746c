// steward-simulate: 1. options; 2. tenant and articles; 3. who comes; 4. the stage; 5. all of them, on all cores;
// 6. print. Needs no running engine.
#include "actors/conversation/conversation_model.hpp"
#include "actors/knowledge/article_reader.hpp"
#include "actors/log.hpp"
#include "actors/node/tenant_folder.hpp"
#include "actors/simulation/report.hpp"
#include "actors/simulation/stage.hpp"
#include "actors/tenant/calendar.hpp"

#include <CLI/CLI.hpp>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <thread>
#include <unistd.h>

namespace {

using namespace steward;

struct settings {
  std::string tenant, customers, show = "none", transcripts, models;
  std::vector<std::string> articles;
  std::uint64_t seed = 1;
  double most_wrong = -1, seconds = 0;
  std::uint32_t threads = std::max(1U, std::thread::hardware_concurrency());
  bool json = false, no_encoder = false, only_written = false;
};

constexpr std::int64_t opening_ms = 1'795'000'000'000; // a Thursday noon in Europe; nothing hangs on which

std::filesystem::path cache_folder() {
  if (const char* cache = std::getenv("STEWARD_CACHE")) return cache;
  const char* home = std::getenv("HOME");
  return std::filesystem::path(home != nullptr ? home : "/root") / ".cache" / "steward";
}

int fail(const std::string& what) { return std::fprintf(stderr, "steward-simulate: %s\n", what.c_str()), 2; }

bool read_file(const std::string& path, std::string& into) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  into = text.str();
  return in.good() || in.eof();
}

std::vector<visit> visits_of(const std::vector<visitor>& visitors, const tenant_config& tenant, const stage& where,
                             std::uint32_t threads) {
  const entity_kinds kinds{{'c', conversation_kind()}};
  std::vector<visit> out(visitors.size());
  std::atomic<std::size_t> next{0};
  auto work = [&] {
    for (auto i = next++; i < visitors.size(); i = next++)
      out[i] =
          visited(visitors[i].script, tenant, kinds, std::to_string(i), opening_ms, where.of_fold(visitors[i].fold));
  };
  std::vector<std::thread> crew;
  for (std::uint32_t i = 1; i < threads; ++i) crew.emplace_back(work);
  work();
  for (auto& t : crew) t.join();
  return out;
}

bool shown(const settings& s, ending e) { return s.show == "all" || s.show == to_string(e); }

int write_transcripts(const settings& s, const std::vector<visitor>& who, const std::vector<visit>& what) {
  std::error_code ec;
  std::filesystem::create_directories(s.transcripts, ec);
  std::map<ending, std::string> files;
  for (std::size_t i = 0; i < who.size(); ++i) files[what[i].end] += transcript(who[i], what[i]);
  for (auto& [end, text] : files) {
    auto name = std::string(to_string(end));
    std::ranges::replace(name, ' ', '_');
    std::ofstream out(std::filesystem::path(s.transcripts) / (name + ".txt"), std::ios::binary);
    if (!(out << text).flush())
      return fail("cannot write into " + s.transcripts + ": give a folder that can be written");
  }
  return 0;
}

int simulate(const settings& s) {
  auto begin = std::chrono::steady_clock::now();
  tenant_id id{"simulated"};
  auto files = read_tenant_folder(s.tenant, id);
  if (!files) return fail(files.error().message);
  auto tenant = read_tenant(id, *files).config;
  if (auto zone = system_zone(tenant.time_zone)) tenant.clock = *zone;
  std::vector<article> articles;
  for (auto& path : s.articles) {
    auto read = read_articles(path);
    for (auto& p : read.problems) std::fprintf(stderr, "%s\n", p.c_str());
    std::ranges::move(read.articles, std::back_inserter(articles));
  }
  if (articles.empty()) return fail("no articles: --articles FOLDER names where they are");
  for (auto& a : articles)
    if (a.language.empty() && !tenant.languages.empty()) a.language = tenant.languages.front();

  std::vector<visitor> visitors;
  if (!s.only_written) {
    visitors = labelled_customers(tenant, s.seed);
    std::ranges::move(built_in_customers(tenant, s.seed), std::back_inserter(visitors));
    std::ranges::move(intent_customers(tenant, s.seed), std::back_inserter(visitors));
  }
  if (!s.customers.empty()) {
    std::string text;
    if (!read_file(s.customers, text)) return fail(s.customers + ": cannot be read");
    auto written = written_customers(text, s.customers, tenant, s.seed);
    for (auto& p : written.problems) std::fprintf(stderr, "%s\n", p.c_str());
    if (!written.problems.empty()) return 2;
    std::ranges::move(written.visitors, std::back_inserter(visitors));
  }
  if (visitors.empty())
    return fail(
        "nobody comes: the tenant has neither questions.jsonl nor intents.yaml, and no --customers FILE was given");

  std::set<std::size_t> folds;
  for (auto& v : visitors) folds.insert(v.fold);
  stage_options o;
  o.models = s.models.empty() ? cache_folder() / "models" : std::filesystem::path(s.models);
  o.vectors = cache_folder() / "simulation";
  o.encoder = !s.no_encoder, o.threads = s.threads;
  auto last = begin;
  o.progress = [&](const std::string& language, std::size_t done, std::size_t all) {
    auto now = std::chrono::steady_clock::now();
    if (!isatty(2) || (done < all && now - last < std::chrono::milliseconds(200))) return;
    last = now;
    std::fprintf(stderr, "\r%s: %zu of %zu texts read%s", language.c_str(), done, all, done < all ? "" : "\n");
  };
  auto where = stage::create(tenant, std::move(articles), folds, o);
  if (!where) return fail(where.error().message);
  for (auto& note : (*where)->notes()) std::fprintf(stderr, "steward-simulate: %s\n", note.c_str());

  auto visits = visits_of(visitors, tenant, **where, s.threads);
  auto report = report_of(visitors, visits);
  report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  if (!s.transcripts.empty())
    if (auto code = write_transcripts(s, visitors, visits)) return code;
  for (std::size_t i = 0; i < visits.size(); ++i)
    if (shown(s, visits[i].end)) std::fputs(transcript(visitors[i], visits[i]).c_str(), s.json ? stderr : stdout);
  std::fputs((s.json ? to_json(report, s.seed) : to_text(report)).c_str(), stdout);
  if (s.most_wrong < 0 || report.all.share(report.all.wrong) <= s.most_wrong) return 0;
  std::fprintf(stderr, "steward-simulate: more wrong answers than --most-wrong allows; --show wrong prints them\n");
  return 1;
}

} // namespace

int main(int argc, char** argv) {
  setenv("TBB_ENABLE_SANITIZERS", "1", 1);
  settings s;
  CLI::App app(
      "Simulated customers against a tenant's folder: how many are answered right, answered wrong, asked back,\n"
      "handed over, and after how many messages. Needs no running engine and no network.\n"
      "Customers are made from the tenant's labelled questions and intents: each asks an engine that was not\n"
      "taught by his question or example nor those of its fold, in a manner that the seed chooses (typos,\n"
      "politeness, impatience, other words; some change their minds). Those of --customers ask one that knows all.",
      "steward-simulate");
  app.add_option("TENANT", s.tenant, "The tenant's folder: tenant.yaml, questions.jsonl, intents.yaml")->required();
  app.add_option("--articles,-a", s.articles, "Folder or file of articles; may be given again")->required();
  app.add_option("--customers,-c", s.customers,
                 "More customers, lines of {\"says\": [\"…\"], \"expected\": [ids], \"language\"}; \"person\": true "
                 "wants a person");
  app.add_flag("--only-written", s.only_written, "Only those of --customers");
  app.add_option("--seed", s.seed, "Another seed, other manners (1)");
  app.add_option("--show", s.show, "Print the conversations that ended so")
      ->check(CLI::IsMember({"none", "all", "right", "wrong", "handed over", "left"}));
  app.add_option("--transcripts", s.transcripts, "Write all conversations into this folder, a file per ending");
  app.add_option("--most-wrong", s.most_wrong,
                 "Exit code 1 when a larger share of customers gets a wrong answer, e.g. 0.02")
      ->check(CLI::Range(0.0, 1.0));
  app.add_option("--models", s.models, "Where the encoders lie (default: $STEWARD_CACHE/models)");
  app.add_option("--threads", s.threads, "As many as there are cores")->check(CLI::Range(1, 64));
  app.add_flag("--no-encoder", s.no_encoder, "Words and the static table alone");
  app.add_flag("--json", s.json, "One object on standard output");
  app.footer("Exit code: 0 done, 1 more wrong answers than --most-wrong, 2 wrong use or nothing to do.\n"
             "Example: steward-simulate scripts/demo/tenant --articles scripts/demo/kb --show wrong");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& e) {
    return app.exit(e) == 0 ? 0 : 2;
  }
  log::start(log::level::warn, "");
  return simulate(s);
}
