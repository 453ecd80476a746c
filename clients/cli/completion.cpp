#include "clients/cli/completion.hpp"
#include "clients/cli/commands.hpp"
#include "clients/cli/terminal.hpp"

#include <CLI/CLI.hpp>

namespace steward::cli {
namespace {

struct word {
  std::string text, what;
};
struct place {                     // a command, and what may follow it
  std::string path;                // "steward conversations list"
  std::vector<word> words;         // commands below it, and options
  std::vector<std::string> valued; // options that take a value: the word behind them is none of ours
};

void add_options(const CLI::App& app, place& p) {
  for (auto option : app.get_options()) {
    if (option->get_positional()) continue;
    for (auto& name : option->get_lnames()) {
      p.words.push_back({"--" + name, option->get_description()});
      if (option->get_items_expected_max() > 0) p.valued.push_back("--" + name);
    }
    for (auto& name : option->get_snames())
      if (option->get_items_expected_max() > 0) p.valued.push_back("-" + name);
  }
}

void collect(const CLI::App& root, const CLI::App& app, const std::string& path, std::vector<place>& out) {
  place p{path, {}, {}};
  for (auto sub : app.get_subcommands({})) p.words.push_back({sub->get_name(), sub->get_description()});
  add_options(app, p);
  if (&app != &root) add_options(root, p);
  std::set<std::string> seen; // --help is both the command's and the root's
  p.words.erase(std::remove_if(p.words.begin(), p.words.end(), [&](auto& w) { return !seen.insert(w.text).second; }),
                p.words.end());
  out.push_back(std::move(p));
  for (auto sub : app.get_subcommands({})) collect(root, *sub, path + " " + sub->get_name(), out);
}

std::vector<place> places(const CLI::App& root) {
  std::vector<place> out;
  collect(root, root, "steward", out);
  return out;
}

std::string joined(const std::vector<std::string>& words, const char* between) {
  std::string out;
  for (auto& w : words) out += (out.empty() ? "" : between) + w;
  return out;
}

std::string zsh_quoted(const std::string& s) {
  std::string out;
  for (char c : s) out += c == '\'' ? "'\\''" : std::string(1, c);
  return "'" + out + "'";
}

std::vector<std::string> all_valued(const std::vector<place>& all) {
  std::set<std::string> s;
  for (auto& p : all) s.insert(p.valued.begin(), p.valued.end());
  return {s.begin(), s.end()};
}

// Both shells walk the words before the cursor: a known command leads deeper, an option's value is skipped.
std::string walk(const std::vector<place>& all) {
  std::string known;
  for (auto& p : all) known += (known.empty() ? "" : "|") + ("'" + p.path + "'");
  return "    case \"$skip\" in 1) skip=0; continue ;; esac\n"
         "    case \"$w\" in\n      " +
         joined(all_valued(all), "|") +
         ") skip=1; continue ;;\n      -*) continue ;;\n    esac\n"
         "    case \"$at $w\" in\n      " +
         known + ") at=\"$at $w\" ;;\n    esac\n";
}

} // namespace

std::string bash_completion(const CLI::App& root) {
  auto all = places(root);
  std::string out = "# steward completion for bash: source <(steward completion bash)\n"
                    "_steward() {\n"
                    "  local cur=${COMP_WORDS[COMP_CWORD]} at=steward skip=0 words= w i\n"
                    "  for ((i = 1; i < COMP_CWORD; i++)); do\n"
                    "    w=${COMP_WORDS[i]}\n" +
                    walk(all) +
                    "  done\n"
                    "  case \"$skip\" in 1) return ;; esac\n"
                    "  case \"$at\" in\n";
  for (auto& p : all) {
    std::vector<std::string> words;
    for (auto& w : p.words) words.push_back(w.text);
    out += "    '" + p.path + "') words='" + joined(words, " ") + "' ;;\n";
  }
  return out + "  esac\n"
               "  # Without options, a word that begins with - is not offered: files and folders come by -o default.\n"
               "  case \"$cur\" in\n"
               "    -*) ;;\n"
               "    *) words=\" $words\"; words=$(printf '%s\\n' $words | grep -v '^-') ;;\n"
               "  esac\n"
               "  COMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n"
               "}\n"
               "complete -o default -F _steward steward\n";
}

std::string zsh_completion(const CLI::App& root) {
  auto all = places(root);
  std::string out =
      "#compdef steward\n"
      "# steward completion for zsh: source <(steward completion zsh), or as _steward in a folder of $fpath\n"
      "_steward() {\n"
      "  local at=steward skip=0 w i\n"
      "  local -a list\n"
      "  for ((i = 2; i < CURRENT; i++)); do\n"
      "    w=${words[i]}\n" +
      walk(all) +
      "  done\n"
      "  case \"$skip\" in 1) _files; return ;; esac\n"
      "  case \"$at\" in\n";
  for (auto& p : all) {
    out += "    '" + p.path + "') list=(";
    for (auto& w : p.words) {
      // A colon parts the word from its description.
      auto what = w.what.substr(0, w.what.find('\n'));
      out += "\n      " + zsh_quoted(w.text + ":" + what);
    }
    out += ") ;;\n";
  }
  return out + "  esac\n"
               "  case \"$PREFIX\" in -*) ;; *) list=(${list:#-*}) ;; esac\n"
               "  (( ${#list} )) && _describe steward list || _files\n"
               "}\n"
               "if [ \"$funcstack[1]\" = _steward ]; then _steward \"$@\"; else compdef _steward steward; fi\n";
}

void add_completion_command(CLI::App& app, context& c) {
  auto group = add_command(app, "completion", "A script that completes commands and options in your shell",
                           "  source <(steward completion bash)                  now\n"
                           "  echo 'source <(steward completion bash)' >> ~/.bashrc\n"
                           "  echo 'source <(steward completion zsh)' >> ~/.zshrc");
  group->require_subcommand(1);
  auto add = [&](const char* shell, std::string (*make)(const CLI::App&)) {
    auto cmd = add_command(*group, shell, std::string("For ") + shell,
                           std::string("  source <(steward completion ") + shell + ")");
    cmd->callback([&c, &app, make] {
      c.action = [&app, make](context& x) {
        if (x.json)
          print_json(json_object()("script", make(app)));
        else
          put(make(app));
        return exit_ok;
      };
    });
  };
  add("bash", bash_completion);
  add("zsh", zsh_completion);
}

} // namespace steward::cli
