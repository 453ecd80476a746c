// The actor of one partition: the shell around partition_core. Takes: take, release, wake (answers of the log in its
// inbox), decided from entities, loaded and marker from the store, ops. Sends: work to entities, load and apply to the
// store, report to the cluster actor. One life is one ownership: everything asked in a former life is ignored.
#pragma once
#include "actors/engine.hpp"
#include "actors/entity/entity_actor.hpp"
#include "actors/entity/log_inbox.hpp"
#include "actors/entity/retention.hpp"

#include <unordered_map>
#include <unordered_set>

namespace steward {

/// As the environment says.
retention_config retention_of_process();

struct partition_state {
  static inline const char* name = "partition";

  explicit partition_state(partition_actor::pointer self)
      : self(self) {}
  ~partition_state() {
    if (inbox) inbox->close();
  }

  // partition.cpp: life
  void start(engine_ptr, cluster_actor, partition_id, tenant_map);
  void take();
  void release();
  void tick();
  void on_answers();
  void on(answer::tail&);
  void on(answer::published&);
  void on(answer::record&);
  void on(answer::streams&);
  void on(answer::message&);
  void on(answer::reading_lost&);
  void on(answer::replayed&);
  void on(answer::replay_end&);
  void on(answer::delivered&);
  void on(answer::undelivered&);
  bool log_is_there() const;
  void on(answer::turn&);
  void on(answer::loaded&);
  void on(answer::marker_checked&);
  void on(answer::store_replayed&);
  void on(answer::store_replay_lost&);
  void on(answer::extent&);
  void on(answer::purged&);
  void stand_down(const action::stand_down&);
  partition_status status() const;
  actor_report actors(uint32_t limit) const;
  bool restart_entity(const std::string& id);

  // partition_entities.cpp: awake entities and their work
  struct awake;
  void hand(action::hand&);
  void give(awake&, const action::hand&);
  void on_loaded(loaded_entity&);
  void on_decided(decided_turn&);
  std::string too_large(const turn_record&) const;
  void end_entity(const entity_id&);
  void on_entity_down(const caf::actor_addr&, const std::string& why);
  void send_to_sleep();
  void on_request(bus_message&);
  void on_command(const bus_message&, const std::string& verb);

  // partition_log.cpp: what the core asks of the log
  void act();
  void read_tail(ticket);
  void publish(const action::publish&);
  void read_record(const action::read_record&);
  void deliver(const action::deliver&);
  void park(const action::park&);
  void committed(const action::committed&);
  void count_replies(const turn_record&);
  void tell_slow(const turn_record&, std::chrono::steady_clock::duration took);
  void tell_tail(const action::committed&);
  void flush_store();

  // partition_reading.cpp
  void read_in(const action::read_in&);
  void replay(const action::replay&);

  // partition_store.cpp: bringing the store up to the log
  void follow_log();
  void on_marker(const marker_answer&);
  void on_marker_checked(uint64_t from);
  void store_is_current();
  void restore();
  void on_restored(loaded_entity&);
  void load_from_log(const tenant_id&, const entity_id&);

  // partition_clean.cpp: the tail cleaner
  void clean();
  void on_cut_found(cut_found&);

  struct awake {
    entity_actor handle;
    uint64_t last_seq = 0;
    int64_t last_used = 0;
    uint64_t restarts = 0;
    std::vector<action::hand> loading; // waits for its load
    std::optional<ticket> in_work;
    std::chrono::steady_clock::time_point handed; // what is in work
    shared_message message;                       // the same
    tenant_id tenant;
  };

  partition_actor::pointer self;
  engine_ptr env;
  cluster_actor cluster;
  partition_id id;
  tenant_map tenants;
  std::shared_ptr<log_inbox> inbox;
  std::unique_ptr<partition_core> core;
  uint64_t life = 0;
  uint64_t in_created = 0, turn_created = 0;
  uint64_t in_last = 0;
  uint64_t commands = 0;
  std::unordered_map<entity_id, awake> entities;
  std::unordered_map<caf::actor_id, entity_id> by_actor;
  std::unordered_map<ticket, entity_id> at_work;
  std::unique_ptr<stream_reading> in_reading, replay_reading, store_reading;
  struct sent {
    shared_record record;
    std::shared_ptr<const std::string> bytes;
    std::chrono::steady_clock::time_point at;
  };
  std::deque<sent> publishing;                                // in flight, in the order of the log
  std::chrono::steady_clock::time_point complains_again_at{}; // of undelivered replies and slow turns
  store_batch for_store;
  std::vector<std::string> changed;               // subjects of feeds that grew
  std::unordered_map<entity_id, int64_t> watched; // whose feed a page or an operator follows, until when
  int64_t tail_until = 0;
  int64_t sleep_again = 0;
  std::unique_ptr<nats_client::subscription> requests; // engine.<p>.*
  bool store_current = false;                          // the store has everything up to the newest record
  uint64_t store_target = 0;                           // replay of the store ends here
  uint64_t store_at = 0;
  uint32_t replayed_read = 0; // records since the last batch
  uint64_t replay_number = 0; // of the reading that brings the store up to the log
  bool restoring = false;     // TURN_p was made anew: entities come from the store
  store_batch replayed_batch;
  std::vector<known_timers> store_timers;
  tail_cleaner cleaner{retention_of_process()};
  std::optional<std::unordered_set<entity_id>> touched; // since the cleaner's look, while one is under way
  std::chrono::steady_clock::time_point took_at;
};

partition_actor::behavior_type run_partition(partition_actor::stateful_pointer<partition_state> self, engine_ptr,
                                             cluster_actor, partition_id, tenant_map);

} // namespace steward
