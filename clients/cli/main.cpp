// steward, the operators' program:
//   1. reads the command line   2. runs the command   3. ends with its exit code (README.md lists them)
#include "clients/cli/commands.hpp"
#include "clients/cli/terminal.hpp"

#include <CLI/CLI.hpp>
#include <csignal>

int main(int argc, char** argv) {
  using namespace steward::cli;
  std::signal(SIGPIPE, SIG_IGN); // put() ends the program when nobody reads on
  context c;
  auto app = make_app(c);
  try {
    app->parse(argc, argv);
  } catch (const CLI::ParseError& e) {
    return app->exit(e) == 0 ? exit_ok : exit_usage; // help and version are no errors
  }
  return c.action(c);
}
