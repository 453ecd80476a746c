// completion bash, zsh.
#include "clients/cli/commands.hpp"
#include "clients/cli/completion.hpp"
#include "clients/cli/terminal.hpp"

namespace steward::cli {

void add_completion_command(command root, context& c) {
  auto group = root.group("completion", "A script that completes commands and options in your shell",
                          "  source <(steward completion bash)                  now\n"
                          "  echo 'source <(steward completion bash)' >> ~/.bashrc\n"
                          "  echo 'source <(steward completion zsh)' >> ~/.zshrc");
  auto add = [&](const std::string& shell, std::string (*make)(const command&)) {
    group.add(shell, "For " + shell, "  source <(steward completion " + shell + ")").run(c, [root, make](context& x) {
      auto script = make(root);
      if (x.json)
        print_json(json_object()("script", script));
      else
        put(script);
      return exit_ok;
    });
  };
  add("bash", bash_completion);
  add("zsh", zsh_completion);
}

} // namespace steward::cli
