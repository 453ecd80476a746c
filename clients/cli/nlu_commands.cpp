// nlu evaluate, nlu analyze. The work is steward-nlu's, which stands beside this program and needs no engine; it takes
// the place of this process, so its output and exit code are ours.
#include "clients/cli/commands.hpp"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <unistd.h>
#include <vector>

namespace steward::cli {
namespace {

int become(context& c, const std::string& what, std::vector<std::string> rest) {
  std::error_code e;
  const auto self = std::filesystem::read_symlink("/proc/self/exe", e);
  const auto program = (self.parent_path() / "steward-nlu").string();
  std::vector<std::string> args{program, what};
  args.insert(args.end(), rest.begin(), rest.end());
  if (c.json) args.push_back("--json");
  std::vector<char*> argv;
  for (auto& a : args) argv.push_back(a.data());
  argv.push_back(nullptr);
  execv(program.c_str(), argv.data());
  return usage(c, "cannot run " + program + ": " + std::strerror(errno));
}

} // namespace

void add_nlu_commands(command root, context& c) {
  auto group = root.group("nlu", "What is understood of a text, measured without a running engine",
                          "  steward nlu evaluate --train train.jsonl --test test.jsonl\n"
                          "  steward nlu analyze messages.jsonl --json");
  const auto add = [&](const char* name, const char* what, const char* examples) {
    auto rest = std::make_shared<std::vector<std::string>>();
    auto one = group.add(name, what, examples);
    one.rest(*rest);
    one.run(c, [rest, name](context& x) { return become(x, name, *rest); });
  };
  add("evaluate", "How well intents are understood, on texts that were not learnt from",
      "  steward nlu evaluate --train train.jsonl --test test.jsonl --out-of-scope other.jsonl --json\n"
      "  steward nlu evaluate --train train.jsonl --folds 5\n"
      "Files are lines of {\"text\", \"intent\"}. All options: steward-nlu evaluate --help");
  add("analyze", "Language, mood, urgency and entities of each line of a file",
      "  steward nlu analyze messages.jsonl --json | jq .language\n"
      "The file is lines of {\"text\"}, optionally with \"language\" and \"reference\" (the time that is now).");
}

} // namespace steward::cli
