// steward, the operators' program:
//   1. reads the command line   2. runs the command   3. ends with its exit code (README.md lists them)
#include "clients/cli/commands.hpp"

#include <csignal>

int main(int argc, char** argv) {
  using namespace steward::cli;
  std::signal(SIGPIPE, SIG_IGN); // put() ends the program when nobody reads on
  context c;
  auto line = make_command_line(c);
  if (auto code = line.parse(argc, argv); code >= 0) return code;
  return c.action(c);
}
