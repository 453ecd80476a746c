// nlu test, evaluate, analyze; train, explain, suggest and picks, which ask an engine, are in files of their own. The
// work is steward-nlu's, which stands beside this program and needs no engine; it takes the place of this process, so
// its output and exit code are ours.
#include "clients/cli/commands.hpp"
#include "clients/cli/nlu_program.hpp"
#include "clients/cli/program_beside.hpp"

#include <vector>

namespace steward::cli {

int become_nlu(context& c, const std::string& what, const std::vector<std::string>& rest) {
  std::vector<std::string> words{what};
  words.insert(words.end(), rest.begin(), rest.end());
  return become(c, "steward-nlu", std::move(words));
}

void add_nlu_commands(command root, context& c) {
  auto group = root.group("nlu", "What customers mean: how far learning is, and how well it is understood",
                          "  steward nlu train --tenant demo\n"
                          "  steward nlu evaluate --train train.jsonl --test test.jsonl\n"
                          "  steward nlu analyze messages.jsonl --json");
  add_nlu_train(group, c);
  add_nlu_explain(group, c);
  add_nlu_suggest(group, c);
  add_nlu_picks(group, c);
  const auto add = [&](const char* name, const char* what, const char* examples) {
    auto rest = std::make_shared<std::vector<std::string>>();
    auto one = group.add(name, what, examples);
    one.rest(*rest);
    one.run(c, [rest, name](context& x) { return become_nlu(x, name, *rest); });
  };
  add("test", "What a tenant's examples are worth: confusions, overlaps, examples that are probably mislabelled",
      "  steward nlu test shop/ --html report.html\n"
      "  steward nlu test examples.jsonl --json | jq .en.accuracy\n"
      "A tenant's folder with intents.yaml, or lines of {\"text\", \"intent\"}; needs no engine. Each example is "
      "judged by\n"
      "a model that had not seen it. All options: steward-nlu test --help");
  add("evaluate", "How well intents are understood, on texts that were not learnt from",
      "  steward nlu evaluate --train train.jsonl --test test.jsonl --out-of-scope other.jsonl --json\n"
      "  steward nlu evaluate --train train.jsonl --folds 5\n"
      "Files are lines of {\"text\", \"intent\"}. All options: steward-nlu evaluate --help");
  add("analyze", "Language, mood, urgency and entities of each line of a file",
      "  steward nlu analyze messages.jsonl --json | jq .language\n"
      "The file is lines of {\"text\"}, optionally with \"language\" and \"reference\" (the time that is now).");
}

} // namespace steward::cli
