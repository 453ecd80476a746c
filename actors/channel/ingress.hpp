// The door. Takes: say and event from NATS and HTTP, tenants. Publishes to IN_p, and answers once the log has it.
#pragma once
#include "actors/channel/door_policy.hpp"
#include "actors/channel/rate_limit.hpp"
#include "actors/engine.hpp"

#include <atomic>

namespace steward {

struct ingress_state {
  static inline const char* name = "ingress";
  engine_ptr env;
  tenant_map tenants;
  rate_limit conversations, whole_tenants{1000};
  std::shared_ptr<std::atomic<uint32_t>> outstanding = std::make_shared<std::atomic<uint32_t>>(0);
  bool stopping = false;
  uint64_t traces = 0;

  using answer = std::function<void(accept_ack)>;
  void say(say_request, const tenant_id&, const channel_id&, const peer_id&, std::string trace, answer);
  void event(event_request, const tenant_id&, const std::string& type, std::string trace, answer);
  void accept(result<let_in>, const std::string& senders_id, const answer&);
  const tenant_config* tenant(const tenant_id&) const;
};

ingress_actor::behavior_type run_ingress(ingress_actor::stateful_pointer<ingress_state> self, engine_ptr, tenant_map);

} // namespace steward
