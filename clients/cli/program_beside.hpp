// Programs that stand beside this one and need no engine: they take the place of this process, so that their output and
// exit code are ours.
#pragma once
#include "clients/cli/context.hpp"

#include <string>
#include <vector>

namespace steward::cli {

/// Returns only when the program cannot be run: the exit code for that.
int become(context&, const std::string& program, std::vector<std::string> arguments);

} // namespace steward::cli
