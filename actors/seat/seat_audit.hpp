// Lines of the audit log for what is done at a seat with other people's conversations.
#pragma once
#include "actors/engine.hpp"
#include "messages/subjects.hpp"

namespace steward {

/// The subject names the seat, and a supervisor's may be used by nobody else. Written beside the request: what comes of
/// it stands in the conversation's own log.
void tell_audit(const engine_ptr&, const subjects::seat_subject&, const std::string& action, const entity_id&);

} // namespace steward
