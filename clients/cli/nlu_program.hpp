// What nlu commands share: the program steward-nlu, which stands beside this one and needs no engine, and what the
// engine's conversations hold.
#pragma once
#include "clients/cli/context.hpp"
#include "messages/ops.hpp"

#include <string>
#include <vector>

namespace steward::cli {

/// It takes the place of this process, so its output and exit code are ours; comes back only when it cannot be run.
int become_nlu(context&, const std::string& what, const std::vector<std::string>& rest);

/// What the customer wrote and was answered with "I do not know" or a question back. Pure.
std::vector<std::string> not_understood(const std::vector<feed_item>&);

/// Of all nodes, newest first, each once.
result<std::vector<conversation_row>> newest_conversations(context&, const tenant_id&, uint32_t most);
/// A conversation, or a customer's timeline, with all its items (the first 20,000), which an engine gives in parts.
result<conversation_view> whole_view(context&, const tenant_id&, const entity_id&);

} // namespace steward::cli
