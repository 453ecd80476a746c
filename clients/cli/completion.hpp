// Completion scripts, made from the tree of commands itself: they never know less than the program. Pure.
#pragma once
#include <string>

namespace CLI {
class App;
}

namespace steward::cli {

std::string bash_completion(const CLI::App& root);
std::string zsh_completion(const CLI::App& root);

} // namespace steward::cli
