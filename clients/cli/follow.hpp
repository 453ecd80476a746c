// How commands follow a conversation that grows.
#pragma once
#include "clients/cli/context.hpp"

namespace steward::cli {

struct followed {
  entity_id id;
  bus_session::subscription wake; // says that something is new (plain, may be lost)
};
/// The conversation, found and listened to. From now on Ctrl-C is noted instead of ending the program.
result<followed> follow(context&, const tenant_id&, const std::string& id);

/// Until something is new, Ctrl-C, or so many seconds are over. A failure: the connection is gone.
status wait_for_more(bus_session::subscription&, int seconds);

} // namespace steward::cli
