// steward-nlu: 1. the tree of subcommands; 2. parse; 3. the chosen one runs. Needs no running engine.
#include "actors/understanding/steward_nlu.hpp"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <map>
#include <sstream>

namespace steward {

std::filesystem::path cache_folder() {
  if (const char* cache = std::getenv("STEWARD_CACHE")) return cache;
  const char* home = std::getenv("HOME");
  return std::filesystem::path(home != nullptr ? home : "/root") / ".cache" / "steward";
}

result<tenant_config> tenant_in(const std::filesystem::path& folder) {
  std::map<std::string, bytes> files;
  for (const auto* name : {"tenant.yaml", "questions.jsonl", "intents.yaml", "meanings.yaml", "entities.yaml"})
    if (std::ifstream in(folder / name, std::ios::binary); in && std::filesystem::is_regular_file(folder / name)) {
      std::ostringstream content;
      content << in.rdbuf();
      files[name] = {std::move(content).str()};
    }
  if (!files.contains("tenant.yaml"))
    return failure{errc::not_found, folder.string() + " holds no tenant.yaml: it is no tenant's folder"};
  auto read = read_tenant(tenant_id{"test"}, files);
  if (!read.problems.empty()) return failure{errc::bad_request, to_string(read.problems)};
  return std::move(read.config);
}

int nlu_failed(const failure& why, bool json, int code) {
  if (json) {
    const nlohmann::ordered_json told{{"error", {{"code", to_string(why.code)}, {"message", why.message}}}};
    std::printf("%s\n", told.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace).c_str());
  } else {
    std::fprintf(stderr, "steward-nlu: %s\n", why.message.c_str());
  }
  return code;
}

} // namespace steward

int main(int argc, char** argv) {
  CLI::App app("What Steward understands of a text, and how well; needs no running engine", "steward-nlu");
  app.require_subcommand(1);
  int exit_code = 0;
  steward::add_nlu_evaluate(app, exit_code);
  steward::add_nlu_analyze(app, exit_code);
  steward::add_nlu_test(app, exit_code);
  steward::add_nlu_suggest(app, exit_code);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& e) {
    return app.exit(e) == 0 ? 0 : 2;
  } catch (const std::exception& e) {
    std::fprintf(stderr, "steward-nlu: %s\n", e.what());
    return 1;
  }
  return exit_code;
}
