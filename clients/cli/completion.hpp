// Completion scripts, made from the tree of commands itself: they never know less than the program. Pure.
#pragma once
#include "clients/cli/command_line.hpp"

namespace steward::cli {

std::string bash_completion(const command& root);
std::string zsh_completion(const command& root);

} // namespace steward::cli
