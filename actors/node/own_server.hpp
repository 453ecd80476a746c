// A nats-server of the node's own: started beside its data, locked with the keys that lie there, and started again when
// it dies.
#pragma once
#include "access/key_folder.hpp"
#include "actors/bus/nats_server.hpp"
#include "actors/engine.hpp"
#include "actors/supervision/restart_policy.hpp"

#include <atomic>

namespace steward {

class own_server {
public:
  /// Where the configuration asks for one. Sets in it how the server is reached, and with which credentials.
  status start(engine_config&);
  /// Starts it again when it has died, with the pauses of the policy; to be called often, by one thread.
  void keep_alive();
  /// What ends from now on ends by our will.
  void let_go() { let_go_ = true; }
  void stop(std::chrono::seconds patience) {
    if (server_) server_->stop(patience);
  }

private:
  status lock(engine_config&);
  void on_death(const std::string& how);

  std::unique_ptr<nats_server> server_;
  nats_server_config config_;
  std::optional<key_folder> keys_;
  restart_policy policy_;
  int64_t not_before_ms_ = 0;
  std::atomic<bool> died_ = false, let_go_ = false;
};

} // namespace steward
