#include "actors/seat/seat_audit.hpp"

#include "actors/audit_line.hpp"
#include "actors/log.hpp"
#include "actors/seat/seat_policy.hpp"

namespace steward {

void tell_audit(const engine_ptr& env, const subjects::seat_subject& where, const std::string& action,
                const entity_id& conversation) {
  audit_line l;
  l.user = where.seat, l.proved = !env->config.nats_creds.empty() && is_supervisors_alone(where.verb);
  l.action = action, l.tenant = where.tenant, l.entity = conversation, l.outcome = to_string(errc::ok);
  l.text = "asked for at the seat";
  write_audit(env, std::move(l), [](status ok) {
    if (!ok) log::warn("audit log misses a line", {{"why", ok.error().message}});
  });
}

} // namespace steward
