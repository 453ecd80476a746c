// steward-nlu analyze: what is to be read in each text beside its intent.
#include "actors/embedder.hpp"
#include "actors/understanding/entities/entity_reader.hpp"
#include "actors/understanding/intents/json_line.hpp"
#include "actors/understanding/language/language_code.hpp"
#include "actors/understanding/language/language_identifier.hpp"
#include "actors/understanding/mood/mood_reader.hpp"
#include "actors/understanding/own_meanings.hpp"
#include "actors/understanding/steward_nlu.hpp"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace steward {
namespace {

using json = nlohmann::ordered_json;

struct analyze_options {
  std::string file, tenant;
  bool json = false;
};

struct readers {
  language_identifier languages;
  mood_reader moods;
  std::shared_ptr<const own_meanings> own; // a tenant's; null: none
  std::vector<std::string> known_for;
  std::map<std::string, std::unique_ptr<embedder>, std::less<>> encoders; // by language; null: cannot be had

  // The text's unit vector, by the encoder of its language, which is loaded when it is first asked for.
  std::vector<float> encode(std::string_view text, std::string_view language) {
    const std::string key(language == "yue" ? "zh" : language);
    auto at = encoders.find(key);
    if (at == encoders.end()) {
      auto made =
          make_openvino_embedder(cache_folder() / "models" / ("bge-small-" + key + "-v15"), {.max_tokens = 128});
      if (!made)
        std::fprintf(stderr, "steward-nlu: moods are read from words alone: %s\n", made.error().message.c_str());
      at = encoders.emplace(key, made ? *std::move(made) : nullptr).first;
    }
    if (!at->second) return {};
    const std::string texts[] = {std::string(text)};
    const auto rows = at->second->embed(texts);
    return rows && rows->rows() == 1 ? rows->values : std::vector<float>();
  }
};

// What a clock on this machine's wall says, in seconds.
std::int64_t wall_clock() {
  const auto now = std::time(nullptr);
  std::tm local{};
  localtime_r(&now, &local);
  return timegm(&local);
}

// `language` empty: it is found out. `reference` empty or no time: "tomorrow" is counted from now.
json analysed(readers& with, const std::string& text, std::string language, const std::string& reference,
              const std::vector<std::string>& profile) {
  if (language.empty()) language = with.languages.identify(text).language;
  entity_context context;
  context.senses = true;
  context.profile = with.known_for;
  context.profile.insert(context.profile.end(), profile.begin(), profile.end());
  if (with.own) context.book = with.own->of(language), context.own = with.own->names_of(language);
  context.language = language;
  const auto given = local_seconds(reference);
  context.now = given >= 0 ? given : wall_clock();
  json entities = json::array();
  for (const auto& e : read_entities(text, context)) {
    entities.push_back({{"kind", e.kind}, {"text", e.text}, {"start", e.start}, {"value", e.value}});
    if (e.kind == "sense") entities.back()["others"] = e.alternatives;
  }
  const auto m = with.moods.read(text, language, [&](std::string_view t) { return with.encode(t, language); });
  // GoEmotions' own names, and beside them the desk's where they are clear: annoyance alone is not told as anger too.
  json emotions = m.labels;
  for (const auto& e : m.emotions)
    if (e.strength >= 0.5 && std::ranges::find(m.labels, e.name) == m.labels.end()) emotions.push_back(e.name);
  return {{"language", language},           {"sentiment", m.sentiment},
          {"mood", step_name(m)},           {"emotions", std::move(emotions)},
          {"urgency", urgency_name(m)},     {"leaving", m.leaving},
          {"going_public", m.going_public}, {"entities", std::move(entities)}};
}

// Another's line; what cannot be read of it is told as file:line.
struct told_line {
  std::string text, language, reference;
  std::vector<std::string> profile;
};

// Nothing: it holds no text.
std::optional<told_line> read_line(std::string_view line, const std::function<void(const std::string&)>& trouble) {
  if (line.size() > longest_json_line) return trouble("longer than four megabytes"), std::nullopt;
  const auto row = json::parse(readable_json(line), nullptr, false);
  if (!row.is_object() || !row.contains("text") || !row["text"].is_string())
    return trouble("not a JSON object with a \"text\""), std::nullopt;
  const auto word = [&](const char* key) {
    if (!row.contains(key) || row[key].is_null()) return std::string();
    return row[key].is_string() ? row[key].get<std::string>() : row[key].dump();
  };
  told_line out{row["text"].get<std::string>(), {}, word("reference"), {}};
  if (const auto language = word("language"); !language.empty()) {
    out.language = language_code(language);
    if (out.language.empty())
      trouble("\"" + language + "\" is no code of a language, like en or zh; it is found out from the text");
  }
  if (!out.reference.empty() && local_seconds(out.reference) < 0)
    trouble("\"" + out.reference + "\" is no time like 2024-05-15T16:00:00; dates are counted from now");
  if (row.contains("profile") && row["profile"].is_array())
    for (const auto& field : row["profile"])
      if (field.is_string()) out.profile.push_back(field.get<std::string>());
  return out;
}

// One line of output for each line that is not blank, in the same order: an error where it cannot be read.
int analyze(const analyze_options& o) {
  std::ifstream file;
  if (o.file != "-") {
    file.open(o.file, std::ios::binary);
    if (!file) return nlu_failed({errc::not_found, "cannot read " + o.file}, o.json, 2);
  }
  auto languages = language_identifier::create(cache_folder() / "models" / "py3langid" / "langid.bin");
  if (!languages) { // damaged: said, and done without
    std::fprintf(stderr, "steward-nlu: %s\n", languages.error().message.c_str());
    languages = language_identifier::create(std::filesystem::path());
  }
  if (!languages) return nlu_failed(languages.error(), o.json, 2);
  auto moods = mood_reader::create();
  if (!moods) return nlu_failed(moods.error(), o.json, 2);
  readers with{*std::move(languages), *std::move(moods), {}, {}, {}};
  if (!o.tenant.empty()) {
    auto tenant = tenant_in(o.tenant);
    if (!tenant) return nlu_failed(tenant.error(), o.json, 2);
    with.own = make_own_meanings(*tenant), with.known_for = tenant->meanings.known_for;
  }
  std::istream& in = o.file == "-" ? std::cin : file;
  std::string said; // what was the matter last
  const auto trouble = [&](std::size_t line, const std::string& what) {
    std::fprintf(stderr, "%s:%zu: %s\n", o.file.c_str(), line, what.c_str());
    said = what;
  };
  int code = 0;
  std::string line;
  for (std::size_t number = 1; std::getline(in, line); ++number) {
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    const auto told = read_line(line, [&](const std::string& what) { trouble(number, what); });
    const auto found = told ? analysed(with, told->text, told->language, told->reference, told->profile)
                            : json{{"error", {{"code", "bad_request"}, {"message", said}, {"line", number}}}};
    if (!told) code = 1;
    std::printf("%s\n", found.dump(-1, ' ', false, json::error_handler_t::replace).c_str());
  }
  return code;
}

} // namespace

void add_nlu_analyze(CLI::App& app, int& exit_code) {
  auto o = std::make_shared<analyze_options>();
  auto* sub = app.add_subcommand("analyze", "Language, mood, urgency and entities of each line, as a JSON line each");
  sub->add_option("FILE", o->file,
                  "Lines of {\"text\"}, optionally \"language\", \"reference\" and \"profile\"; - reads them from "
                  "standard input")
      ->required();
  sub->add_option("--tenant", o->tenant, "A tenant's folder: its entities.yaml and meanings.yaml are read with, too");
  sub->add_flag("--json", o->json, "Always on: the output is JSON lines");
  sub->callback([o, &exit_code] { exit_code = analyze(*o); });
}

} // namespace steward
