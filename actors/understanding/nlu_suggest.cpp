// steward-nlu suggest: messages that nothing understood, as intents with examples, ready for intents.yaml. 1. lines of
// {"text"}; 2. their languages; 3. vectors, where the language has an encoder; 4. groups.
#include "actors/understanding/intents/examples.hpp"
#include "actors/understanding/intents/suggestion.hpp"
#include "actors/understanding/language/language_identifier.hpp"
#include "actors/understanding/steward_nlu.hpp"
#include "actors/understanding/vector_cache.hpp"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>
#include <map>
#include <memory>
#include <thread>

namespace steward {
namespace {

using json = nlohmann::ordered_json;

struct suggest_command_options {
  std::string file;
  suggest_options how;
  std::size_t examples = 20; // told of each
  std::size_t threads = std::max(1U, std::thread::hardware_concurrency());
  bool json = false, no_encoder = false;
};

// None where the language has no encoder: then words compare.
embeddings vectors_of_language(const suggest_command_options& o, const std::string& language,
                               std::span<const std::string> texts) {
  if (o.no_encoder || (language != "en" && language != "zh")) return {};
  auto encoder = make_openvino_embedder(cache_folder() / "models" / ("bge-small-" + language + "-v15"),
                                        {.workers = o.threads, .max_tokens = 128});
  if (!encoder) {
    std::fprintf(stderr, "steward-nlu: %s; words alone compare\n", encoder.error().message.c_str());
    return {};
  }
  auto made = vectors_of(texts, **encoder, cache_folder() / "vectors", o.threads);
  if (!made) {
    std::fprintf(stderr, "steward-nlu: %s; words alone compare\n", made.error().message.c_str());
    return {};
  }
  return std::move(made->vectors);
}

// A YAML string in double quotes is a JSON string.
std::string quoted(const std::string& text) { return json(text).dump(-1, ' ', false, json::error_handler_t::replace); }

void print(const suggest_command_options& o, const std::string& language, std::span<const std::string> texts,
           const suggestion& s) {
  std::printf("%s: # %zu messages, alike %.2f\n  examples:\n    %s:\n", s.name.c_str(), s.members.size(), s.alike,
              language.c_str());
  for (std::size_t i = 0; i < s.members.size() && i < o.examples; ++i)
    std::printf("      - %s\n", quoted(texts[s.members[i]]).c_str());
}

int suggest(const suggest_command_options& o) {
  const auto file = read_examples_of(o.file == "-" ? "/dev/stdin" : o.file, intents_are::ignored);
  if (!file) return nlu_failed(file.error(), o.json, 2);
  for (const auto& p : file->problems) std::fprintf(stderr, "%s\n", p.c_str());
  auto languages = language_identifier::create(cache_folder() / "models" / "py3langid" / "langid.bin");
  if (!languages) languages = language_identifier::create(std::filesystem::path());
  if (!languages) return nlu_failed(languages.error(), o.json, 2);
  std::map<std::string, std::vector<std::string>> by_language;
  for (const auto& e : file->examples) by_language[languages->identify(e.text).language].push_back(e.text);
  json all = json::array();
  std::size_t found = 0;
  for (const auto& [language, texts] : by_language) {
    if (texts.size() < o.how.least) continue;
    const auto head = std::span(texts).first(std::min(texts.size(), o.how.most));
    for (const auto& s : suggest_intents(head, vectors_of_language(o, language, head), o.how)) {
      ++found;
      if (!o.json) print(o, language, head, s);
      json examples = json::array();
      for (const auto m : s.members) examples.push_back(head[m]);
      all.push_back({{"name", s.name}, {"language", language}, {"alike", s.alike}, {"examples", std::move(examples)}});
    }
    if (texts.size() > head.size())
      std::fprintf(stderr, "steward-nlu: of %zu messages in %s only the first %zu were looked at\n", texts.size(),
                   language.c_str(), head.size());
  }
  if (o.json) std::printf("%s\n", all.dump(-1, ' ', false, json::error_handler_t::replace).c_str());
  if (found == 0 && !o.json)
    std::printf("# No %zu of these %zu messages are alike enough.\n", o.how.least, file->examples.size());
  return 0;
}

} // namespace

void add_nlu_suggest(CLI::App& app, int& exit_code) {
  auto o = std::make_shared<suggest_command_options>();
  auto* sub =
      app.add_subcommand("suggest", "Messages that nothing understood, as intents with examples for intents.yaml");
  sub->add_option("FILE", o->file, "Lines of {\"text\"}; - reads them from standard input")->required();
  sub->add_option("--least", o->how.least, "Messages that make an intent (3)")->check(CLI::Range(2, 1000));
  sub->add_option("--alike", o->how.alike,
                  "From which mean cosine on groups are one (0.40; where words alone compare 0.15)")
      ->check(CLI::Range(0.0, 1.0));
  sub->add_option("--examples", o->examples, "At most so many are printed of each (20); --json has all");
  sub->add_option("--threads", o->threads, "For embedding")->check(CLI::Range(1, 256));
  sub->add_flag("--no-encoder", o->no_encoder, "Words alone compare");
  sub->add_flag("--json", o->json, "One JSON array");
  sub->footer("Examples:\n  steward-nlu suggest unknown.jsonl >> shop/intents.yaml\n"
              "  steward-nlu suggest unknown.jsonl --json");
  sub->callback([o, &exit_code] { exit_code = suggest(*o); });
}

} // namespace steward
