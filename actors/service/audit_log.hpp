// The audit log: takes requests for actions (`by.<user>.<subject>`), writes who wants what, passes them on, writes what
// came of it and answers. An action whose line the log did not take is not done. Also lists the log.
#pragma once
#include "actors/engine.hpp"
#include "messages/ops.hpp"

namespace steward {

/// A request at `by.<user>.<subject>`; answers the asker.
void take_action(const engine_ptr&, bus_message);

/// Answers `ops.one.audit`.
void answer_audit(const engine_ptr&, const ops_request&, const std::string& reply);

} // namespace steward
