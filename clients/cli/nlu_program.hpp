// What nlu commands share: the program steward-nlu, which stands beside this one and needs no engine, and what
// conversations hold.
#pragma once
#include "clients/cli/conversation_reads.hpp"
#include "messages/ops.hpp"

#include <string>
#include <vector>

namespace steward::cli {

/// It takes the place of this process, so its output and exit code are ours; comes back only when it cannot be run.
int become_nlu(context&, const std::string& what, const std::vector<std::string>& rest);

/// What the customer wrote and was answered with "I do not know" or a question back. Pure.
std::vector<std::string> not_understood(const std::vector<feed_item>&);

} // namespace steward::cli
