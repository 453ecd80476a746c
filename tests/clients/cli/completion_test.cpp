#include "clients/cli/commands.hpp"
#include "clients/cli/completion.hpp"
#include "tests/clients/cli/program.hpp"

#include <boost/test/unit_test.hpp>
#include <cstdio>
#include <filesystem>

using namespace steward::cli;
using steward::test::run_command;

namespace {

// What bash offers behind these words.
std::string offered(const std::string& words) {
  auto script = "source <(\"$0\" completion bash); COMP_WORDS=(" + words +
                "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _steward; echo \"${COMPREPLY[*]}\"";
  auto r = run_command({"/bin/bash", "-c", script, STEWARD_PROGRAM});
  BOOST_TEST(r.errors == "");
  return r.output;
}

// A zsh at a terminal of its own: Tab, and then a key that shows the line as it stands.
const auto zsh_session = R"(zmodload zsh/zpty
zpty z zsh -f -i
zpty -w z 'PS1= path=('${0:h}' $path); unsetopt PROMPT_SP; autoload -U compinit; compinit -u -D
  source <(steward completion zsh); show() { print -r -- "<$BUFFER>" }
  zle -N show; bindkey "^I" complete-word "^X" show; print RE""ADY'
zpty -r z out '*READY*' || exit 1
for line in "$@"; do
  zpty -w -n z $'\C-u'$line$'\t\C-x'
  zpty -r z out '*<*>*' || exit 1
  out=${out##*<}
  print -r -- ${out%>*}
done)";

} // namespace

BOOST_AUTO_TEST_SUITE(completion_suite)

BOOST_AUTO_TEST_CASE(bash_completes_commands_and_options) {
  BOOST_TEST(offered("steward stat") == "status\n");
  BOOST_TEST(offered("steward conversations ''") == "list show tail reply close trace replay\n");
  BOOST_TEST(offered("steward --json conversations l") == "list\n");
  BOOST_TEST(offered("steward --nats status conversations cl") == "close\n"); // a value is no command
  BOOST_TEST(offered("steward conversations list --w") == "--waiting\n");
  BOOST_TEST(offered("steward kb import --js") == "--json\n"); // options of the root work everywhere
  BOOST_TEST(offered("steward kb import --language ''") == "\n");
}

BOOST_AUTO_TEST_CASE(zsh_completes_commands_and_options) {
  if (!std::filesystem::exists("/usr/bin/zsh")) {
    std::puts("SKIP: no zsh here (scripts/setup test)");
    return;
  }
  auto r = run_command({"/usr/bin/zsh", "-f", "-c", zsh_session, STEWARD_PROGRAM, "steward stat",
                        "steward --json conversations l", "steward --nats status conversations cl",
                        "steward conversations list --w", "steward kb import --js"});
  BOOST_TEST(r.output == "steward status \n"
                         "steward --json conversations list \n"
                         "steward --nats status conversations close \n"
                         "steward conversations list --waiting \n"
                         "steward kb import --json \n",
             r.output << r.errors);
}

BOOST_AUTO_TEST_CASE(the_scripts_know_every_command) {
  context c;
  auto line = make_command_line(c);
  auto bash = bash_completion(line.root()), zsh = zsh_completion(line.root());
  std::function<void(const command&, const std::string&)> check = [&](const command& x, const std::string& path) {
    BOOST_TEST(bash.find("'" + path + "')") != std::string::npos, path);
    BOOST_TEST(zsh.find("'" + path + "')") != std::string::npos, path);
    for (auto& sub : x.children()) check(sub, path + " " + sub.name());
  };
  check(line.root(), "steward");
}

BOOST_AUTO_TEST_CASE(every_command_teaches) {
  context c;
  auto line = make_command_line(c);
  std::function<void(const command&, std::vector<std::string>)> check = [&](const command& x,
                                                                            std::vector<std::string> args) {
    auto call = args;
    call.push_back("--help");
    auto r = run_command(call);
    BOOST_TEST(r.code == 0);
    BOOST_TEST(r.output.find("Examples:\n  ") != std::string::npos, x.name());
    BOOST_TEST(x.what().size() > 5u, x.name());
    for (auto& sub : x.children()) {
      auto deeper = args;
      deeper.push_back(sub.name());
      check(sub, deeper);
    }
  };
  check(line.root(), {STEWARD_PROGRAM});
}

BOOST_AUTO_TEST_SUITE_END()
