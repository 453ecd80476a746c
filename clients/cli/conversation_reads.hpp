// Conversations as commands need them, put together from what engines give in parts.
#pragma once
#include "clients/cli/context.hpp"
#include "messages/ops.hpp"

#include <vector>

namespace steward::cli {

/// Of all nodes, newest first, each once.
result<std::vector<conversation_row>> newest_conversations(context&, const tenant_id&, uint32_t most);
/// A conversation, or a customer's timeline, with all its items (the first 20,000).
result<conversation_view> whole_view(context&, const tenant_id&, const entity_id&);

} // namespace steward::cli
