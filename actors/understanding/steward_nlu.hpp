// The commands of the program steward-nlu, a file each. Every add_ function adds its subcommand to the command line;
// when it was chosen and has run, `exit_code` is what the process ends with: 0 done, 1 done and problems found,
// 2 wrong use or a file that cannot be read.
#pragma once

namespace CLI {
class App;
}

namespace steward {

void add_nlu_evaluate(CLI::App& app, int& exit_code);
void add_nlu_analyze(CLI::App& app, int& exit_code);

} // namespace steward
