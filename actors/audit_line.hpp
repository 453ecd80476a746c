// Writes a line of the audit log (messages/audit.hpp).
#pragma once
#include "actors/engine.hpp"
#include "messages/audit.hpp"

namespace steward {

/// `done` once the log has the line, or has not; on any thread. Id and time are made where they are missing.
void write_audit(const engine_ptr&, audit_line, std::function<void(status)> done);
std::string new_audit_id();

} // namespace steward
