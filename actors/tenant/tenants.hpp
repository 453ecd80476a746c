// Folds stream TENANT: every version of every tenant's folder. Takes: ops (tenant_push, tenant_check, tenant_list,
// tenant_rollback), wake (its reading has something). Tells everybody through `changed`. Detached: it reads YAML and
// RocksDB.
#pragma once
#include "actors/engine.hpp"
#include "messages/parts.hpp"

#include <mutex>

namespace steward {

struct tenants_state {
  static inline const char* name = "tenants";
  struct inbox {
    std::mutex mutex;
    std::vector<read_event> waiting;
    uint64_t created_ns = 0; // of the stream, as the last look at it found; 0: there is none
  };
  engine_ptr env;
  std::function<void(tenant_map)> changed;
  std::shared_ptr<inbox> in = std::make_shared<inbox>();
  std::unique_ptr<stream_reading> reading;
  part_joiner joiner;
  std::map<tenant_id, std::map<uint64_t, tenant_version>> versions; // the last 20 each
  std::map<tenant_id, tenant_ptr> current;
  uint64_t incarnation = 0; // of the stream that is read: its creation time
  uint64_t last_seq = 0;
  uint64_t target = UINT64_MAX; // last of the stream when it was looked at
};

tenants_actor::behavior_type run_tenants(tenants_actor::stateful_pointer<tenants_state> self, engine_ptr,
                                         std::function<void(tenant_map)> changed);

} // namespace steward
