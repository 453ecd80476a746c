#include "clients/cli/completion.hpp"

#include <algorithm>
#include <set>

namespace steward::cli {
namespace {

struct word {
  std::string text, what;
};
struct place {             // a command, and what may follow it
  std::string path;        // "steward conversations list"
  std::vector<word> words; // commands below it, and options
};
struct tree {
  std::vector<place> places;
  std::set<std::string> valued; // options that take a value: the word behind them is none of ours
};

void add_options(const command& of, place& p, tree& out) {
  for (auto& option : of.options())
    for (auto& name : option.names) {
      auto known = std::any_of(p.words.begin(), p.words.end(), [&](auto& w) { return w.text == name; });
      if (name.rfind("--", 0) == 0 && !known) p.words.push_back({name, option.what});
      if (option.takes_value) out.valued.insert(name);
    }
}

void collect(const command& root, const command& here, const std::string& path, tree& out) {
  place p{path, {}};
  for (auto& sub : here.children()) p.words.push_back({sub.name(), sub.what()});
  add_options(here, p, out);
  add_options(root, p, out); // they work behind every command
  out.places.push_back(std::move(p));
  for (auto& sub : here.children()) collect(root, sub, path + " " + sub.name(), out);
}

tree tree_of(const command& root) {
  tree out;
  collect(root, root, root.name(), out);
  return out;
}

// Both shells walk the words before the cursor: a known command leads deeper, an option's value is skipped.
std::string walk(const tree& all) {
  std::string valued, known;
  for (auto& v : all.valued) valued += (valued.empty() ? "" : "|") + v;
  for (auto& p : all.places) known += (known.empty() ? "'" : "|'") + p.path + "'";
  return "    case \"$skip\" in 1) skip=0; continue ;; esac\n"
         "    case \"$w\" in\n"
         "      " +
         valued +
         ") skip=1; continue ;;\n"
         "      -*) continue ;;\n"
         "    esac\n"
         "    case \"$at $w\" in\n"
         "      " +
         known +
         ") at=\"$at $w\" ;;\n"
         "    esac\n";
}

std::string quoted(const std::string& s) {
  std::string out;
  for (char c : s) out += c == '\'' ? "'\\''" : std::string(1, c);
  return "'" + out + "'";
}

} // namespace

std::string bash_completion(const command& root) {
  auto all = tree_of(root);
  std::string out = "# steward completion for bash: source <(steward completion bash)\n"
                    "_steward() {\n"
                    "  local cur=${COMP_WORDS[COMP_CWORD]} at=steward skip=0 commands= options= w i\n"
                    "  for ((i = 1; i < COMP_CWORD; i++)); do\n"
                    "    w=${COMP_WORDS[i]}\n" +
                    walk(all) +
                    "  done\n"
                    "  case \"$skip\" in 1) return ;; esac\n"
                    "  case \"$at\" in\n";
  for (auto& p : all.places) {
    std::string commands, options;
    for (auto& w : p.words) (w.text[0] == '-' ? options : commands) += w.text + " ";
    out += "    '" + p.path + "') commands='" + commands + "' options='" + options + "' ;;\n";
  }
  return out + "  esac\n"
               "  case \"$cur\" in -*) commands=$options ;; esac\n"
               "  COMPREPLY=($(compgen -W \"$commands\" -- \"$cur\"))\n"
               "}\n"
               "complete -o default -F _steward steward\n";
}

std::string zsh_completion(const command& root) {
  auto all = tree_of(root);
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
  for (auto& p : all.places) {
    out += "    '" + p.path + "') list=(";
    for (auto& w : p.words) out += "\n      " + quoted(w.text + ":" + w.what); // a colon parts word and description
    out += ") ;;\n";
  }
  return out + "  esac\n"
               "  case \"$PREFIX\" in -*) list=(${(M)list:#-*}) ;; *) list=(${list:#-*}) ;; esac\n"
               "  (( ${#list} )) && _describe steward list || _files\n"
               "}\n"
               "if [ \"$funcstack[1]\" = _steward ]; then _steward \"$@\"; else compdef _steward steward; fi\n";
}

} // namespace steward::cli
