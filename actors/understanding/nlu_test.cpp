// steward-nlu test: what a tenant's examples are worth, each judged by a model that had not seen it. 1. the examples,
// from a tenant's folder or a file; 2. their vectors, by the encoder that the engine would use; 3. folds; 4. a report
// for people, for programs, or as a page.
#include "actors/tenant/tenant_config.hpp"
#include "actors/understanding/intents/examples.hpp"
#include "actors/understanding/intents/intent_report.hpp"
#include "actors/understanding/intents/normal_text.hpp"
#include "actors/understanding/steward_nlu.hpp"
#include "actors/understanding/vector_cache.hpp"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <sstream>
#include <thread>
#include <unistd.h>

namespace steward {
namespace {

namespace fs = std::filesystem;
using json = nlohmann::ordered_json;

struct test_options {
  std::string source, language, html;
  std::size_t folds = 5;
  std::size_t threads = std::max(1U, std::thread::hardware_concurrency());
  bool json = false, no_encoder = false;
};

struct subject {               // examples of one language
  std::string language, model; // the encoder's folder below models; empty: words alone
  example_set set;
  std::vector<std::string> described; // intents without examples, known by what is said about them: not judged
};

// A tenant's folder: a subject for each language that has two intents.
result<std::vector<subject>> of_folder(const test_options& o) {
  if (!fs::is_regular_file(fs::path(o.source) / "intents.yaml"))
    return failure{errc::not_found, o.source + " holds no intents.yaml: nothing to test"};
  const auto config = tenant_in(o.source);
  if (!config) return config.error();
  std::vector<subject> out;
  for (const auto& language : config->languages) {
    if (!o.language.empty() && language != o.language) continue;
    std::vector<example> examples;
    const auto add = [&](const std::string& text, const std::string& intent) { examples.push_back({text, intent, 0}); };
    for (const auto& i : config->intents)
      if (const auto mine = i.examples.find(language); mine != i.examples.end())
        for (const auto& text : mine->second) add(text, i.name);
    if (const auto none = config->no_intent.find(language); none != config->no_intent.end())
      for (const auto& text : none->second) add(text, none_of_these);
    for (const auto& q : config->questions)
      if (q.language == language && q.expected.empty()) add(q.question, none_of_these);
    const auto model = config->models.find(language);
    subject s{language, model == config->models.end() ? "" : model->second, numbered(examples), {}};
    for (const auto& i : config->intents)
      if (i.examples.empty() && language == config->languages.front()) s.described.push_back(i.name);
    if (s.set.names.size() >= 2) out.push_back(std::move(s));
  }
  if (out.empty()) return failure{errc::bad_request, "no language has two intents with examples"};
  return out;
}

result<std::vector<subject>> of_file(const test_options& o) {
  auto file = read_examples_of(o.source, intents_are::required);
  if (!file) return file.error();
  for (const auto& p : file->problems) std::fprintf(stderr, "%s\n", p.c_str());
  subject s{o.language, {}, numbered(file->examples), {}};
  if (s.set.names.size() < 2) return failure{errc::bad_request, o.source + ": at least two intents are needed"};
  double cjk = 0;
  for (const auto& t : s.set.texts) cjk += cjk_share(t);
  if (s.language.empty()) s.language = cjk > 0.3 * static_cast<double>(s.set.texts.size()) ? "zh" : "en";
  s.model = s.language == "zh" ? "bge-small-zh-v15" : "bge-small-en-v15";
  return std::vector<subject>{std::move(s)};
}

// Fills the vectors of both; without an encoder words alone are tested, and that is said.
status embed(const test_options& o, const subject& s, lessons& l, lessons& strangers) {
  if (o.no_encoder || s.model.empty()) return success();
  if (s.model.starts_with("endpoint:")) {
    std::fprintf(stderr, "steward-nlu: %s: endpoints are not asked here; words alone are tested\n", s.language.c_str());
    return success();
  }
  const auto folder = s.model.find('/') != std::string::npos ? fs::path(s.model) : cache_folder() / "models" / s.model;
  auto encoder = make_openvino_embedder(folder, {.workers = o.threads, .max_tokens = 128});
  if (!encoder) {
    std::fprintf(stderr, "steward-nlu: %s; words alone are tested\n", encoder.error().message.c_str());
    return success();
  }
  auto texts = s.set.texts;
  texts.insert(texts.end(), l.name_texts.begin(), l.name_texts.end());
  texts.insert(texts.end(), s.set.strangers.begin(), s.set.strangers.end());
  const bool terminal = ::isatty(2) == 1;
  auto made =
      vectors_of(texts, **encoder, cache_folder() / "vectors", o.threads, [&](std::size_t done, std::size_t all) {
        if (terminal) std::fprintf(stderr, "\r%zu of %zu texts embedded%s", done, all, done == all ? "\n" : "");
      });
  if (!made) return made.error();
  const auto part = [&](std::size_t begin, std::size_t count) {
    embeddings out{made->vectors.dimension, {}};
    const auto* first = made->vectors.values.data() + begin * out.dimension;
    out.values.assign(first, first + count * out.dimension);
    return out;
  };
  const auto n = s.set.texts.size(), k = l.name_texts.size();
  l.vectors = part(0, n), l.names = part(n, k), strangers.vectors = part(n + k, s.set.strangers.size());
  return success();
}

result<intent_report> tested(const test_options& o, const subject& s) {
  lessons l, strangers;
  l.intents = s.set.names.size(), l.intent = s.set.intent;
  for (const auto& t : s.set.texts) l.texts.push_back(normal_text(t));
  for (const auto& n : s.set.names) l.name_texts.push_back(words_of_name(n));
  for (const auto& t : s.set.strangers) strangers.texts.push_back(normal_text(t));
  if (auto ok = embed(o, s, l, strangers); !ok) return ok.error();
  const auto all = cross_validated(l, s.set.texts, strangers, s.set.strangers, o.folds, o.threads);
  if (!all) return all.error();
  return report_of(s.set.names, *all);
}

json told(const intent_report& r) {
  json out{{"intents", r.names.size()},
           {"texts", r.texts},
           {"strangers", r.strangers},
           {"accuracy", r.accuracy},
           {"macro_f1", r.macro_f1},
           {"calibration_error", r.calibration_error},
           {"calibration_by_chance", r.calibration_by_chance},
           {"in_scope_kept", r.in_scope_kept}};
  out["out_of_scope_recall"] = r.strangers > 0 ? json(r.out_of_scope_recall) : json(nullptr);
  for (const auto* list : {"confusions", "overlaps", "suspects"}) out[list] = json::array();
  for (const auto& c : r.confusions)
    out["confusions"].push_back(
        {{"meant", r.names[c.truth]}, {"understood", r.names[c.said]}, {"count", c.count}, {"examples", c.examples}});
  for (const auto& x : r.overlaps)
    out["overlaps"].push_back({{"one", r.names[x.a]}, {"other", r.names[x.b]}, {"share", x.share}});
  for (const auto& x : r.suspects)
    out["suspects"].push_back({{"text", x.text},
                               {"labelled", r.names[x.labelled]},
                               {"looks_like", r.names[x.meant]},
                               {"confidence", x.confidence}});
  return out;
}

void print(const std::string& language, const intent_report& r) {
  constexpr std::size_t most = 10;
  std::printf("%s: %zu intents, %zu examples, %zu that mean none; each judged by a model that had not seen it\n",
              language.c_str(), r.names.size(), r.texts, r.strangers);
  std::printf("  accuracy %.1f %%, macro-F1 %.1f %%, calibration error %.1f points (%.1f are chance, with so few)\n",
              100 * r.accuracy, 100 * r.macro_f1, 100 * r.calibration_error, 100 * r.calibration_by_chance);
  if (r.strangers > 0)
    std::printf("  of strangers %.1f %% known as such, with %.1f %% of the others kept\n", 100 * r.out_of_scope_recall,
                100 * r.in_scope_kept);
  if (!r.confusions.empty()) std::printf("  worst confusions:\n");
  for (std::size_t i = 0; i < r.confusions.size() && i < most; ++i) {
    const auto& c = r.confusions[i];
    std::printf("    %zu x %s understood as %s: \"%s\"\n", c.count, r.names[c.truth].c_str(), r.names[c.said].c_str(),
                c.examples.front().c_str());
  }
  for (const auto& x : r.overlaps)
    std::printf("  overlap: %s and %s (%.0f %% of both are taken for the other)\n", r.names[x.a].c_str(),
                r.names[x.b].c_str(), 100 * x.share);
  for (std::size_t i = 0; i < r.suspects.size() && i < most; ++i) {
    const auto& x = r.suspects[i];
    std::printf("  probably mislabelled: \"%s\" stands under %s and looks like %s (%.0f %% sure)\n", x.text.c_str(),
                r.names[x.labelled].c_str(), r.names[x.meant].c_str(), 100 * x.confidence);
  }
}

int test(const test_options& o) {
  std::error_code none;
  const auto subjects = fs::is_directory(o.source, none) ? of_folder(o) : of_file(o);
  if (!subjects) return nlu_failed(subjects.error(), o.json, 2);
  std::vector<report_part> parts;
  json all = json::object();
  for (const auto& s : *subjects) {
    auto r = tested(o, s);
    if (!r) return nlu_failed(r.error(), o.json, 1);
    if (!o.json) print(s.language, *r);
    if (!o.json && !s.described.empty()) {
      std::printf("  guessed from their descriptions, so not judged:");
      for (const auto& name : s.described) std::printf(" %s", name.c_str());
      std::printf("\n");
    }
    all[s.language] = told(*r);
    all[s.language]["described"] = s.described;
    parts.push_back({s.language, std::move(*r)});
  }
  if (!o.html.empty()) {
    std::ofstream page(o.html, std::ios::binary);
    page << report_html("Intents of " + fs::path(o.source).filename().string(), parts);
    if (!page.flush()) return nlu_failed({errc::bad_request, "cannot write " + o.html}, o.json, 2);
  }
  if (o.json) std::printf("%s\n", all.dump(-1, ' ', false, json::error_handler_t::replace).c_str());
  return 0;
}

} // namespace

void add_nlu_test(CLI::App& app, int& exit_code) {
  auto o = std::make_shared<test_options>();
  auto* sub =
      app.add_subcommand("test", "What a tenant's examples are worth, each judged by a model that had not seen it");
  sub->add_option("SOURCE", o->source, "A tenant's folder with intents.yaml, or lines of {\"text\", \"intent\"}")
      ->required();
  sub->add_option("--language", o->language, "Only this one of the folder; of a file: en or zh chooses the encoder");
  sub->add_option("--html", o->html, "A page with a plot of confusions and a reliability curve, into this file");
  sub->add_option("--folds", o->folds, "(5)")->check(CLI::Range(2, 100));
  sub->add_option("--threads", o->threads, "For learning and embedding")->check(CLI::Range(1, 256));
  sub->add_flag("--no-encoder", o->no_encoder, "Words alone");
  sub->add_flag("--json", o->json, "One JSON object, by language");
  sub->footer("Examples:\n  steward-nlu test scripts/demo/tenant --html report.html\n"
              "  steward-nlu test examples.jsonl --json");
  sub->callback([o, &exit_code] { exit_code = test(*o); });
}

} // namespace steward
