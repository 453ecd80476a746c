#include "clients/cli/commands.hpp"
#include "clients/cli/completion.hpp"
#include "tests/clients/cli/program.hpp"

#include <boost/test/unit_test.hpp>
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

} // namespace

BOOST_AUTO_TEST_SUITE(completion_suite)

BOOST_AUTO_TEST_CASE(bash_completes_commands_and_options) {
  BOOST_TEST(offered("steward stat") == "status\n");
  BOOST_TEST(offered("steward conversations ''") == "list show tail reply close replay\n");
  BOOST_TEST(offered("steward --json conversations l") == "list\n");
  BOOST_TEST(offered("steward --nats status conversations cl") == "close\n"); // a value is no command
  BOOST_TEST(offered("steward conversations list --w") == "--waiting\n");
  BOOST_TEST(offered("steward kb import --js") == "--json\n"); // options of the root work everywhere
  BOOST_TEST(offered("steward kb import --language ''") == "\n");
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
  if (std::filesystem::exists("/usr/bin/zsh"))
    BOOST_TEST(run_command({"/usr/bin/zsh", "-n", "-c", zsh}).code == 0);
  else
    BOOST_TEST(run_command({"/bin/bash", "-n", "-c", bash}).code == 0);
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
