// What every actor of a node is given: who it is, its log, its store, its figures. Set once by node.cpp, read-only
// afterwards.
#pragma once
#include "actors/actors.hpp"
#include "actors/answer_cache.hpp"
#include "actors/watch/metrics.hpp"
#include "storage/store.hpp"

#include <array>
#include <atomic>
#include <mutex>

namespace steward {

/// An actor that the supervisor replaces when it failed. Thread-safe.
template <class Actor>
class held {
public:
  Actor get() const {
    std::lock_guard lock(mutex_);
    return actor_;
  }
  void set(Actor a) {
    std::lock_guard lock(mutex_);
    actor_ = std::move(a);
  }

private:
  mutable std::mutex mutex_;
  Actor actor_;
};

struct engine_config {
  std::string data = "data";
  std::string nats_url;     // empty: start one
  int spawn_nats_port = -1; // -1: none; 0: a free one
  bool secure = false;      // the started server lets in only users of the keys in data/keys
  std::string nats_creds;   // file; empty: those of a server on this machine, if known
  std::string http_host = "127.0.0.1";
  uint16_t http_port = 8080;
  std::vector<std::string> trusted_proxies; // before the HTTP door
  std::string models;                       // folder of models
  std::string cache;                        // folder of what set-up fetched
  std::string tenant_dir;                   // a tenant to push at first start
  std::string kb_dir;                       // and its articles
  std::string seed_tenant = "demo";
  uint32_t replicas = 1;
  uint32_t encoder_threads = 2;
  uint32_t scheduler_threads = 0; // 0: as many as there are cores
  std::string log_level = "info";
  std::string log_file;
};

struct engine {
  engine_config config;
  node_id node;
  uint64_t start_ms = 0;
  std::shared_ptr<nats_client> nats;
  std::shared_ptr<store> db;
  entity_kinds kinds;
  std::shared_ptr<turnstile> gate = std::make_shared<turnstile>(); // of the partitions
  std::shared_ptr<metrics> figures;
  std::atomic<tenant_map> tenants;       // for reads outside the hot path; actors get theirs by message
  std::atomic<bool> tenants_read{false}; // all versions that were in the log when this node came
  std::shared_ptr<answer_cache> answers = std::make_shared<answer_cache>(50'000);
  store_actor storing;
  held<archive_actor> archiving;
  std::mutex archive_gate; // who changes what the archive has of a conversation holds it
  knowledge_actor knowledge;
};
using engine_ptr = std::shared_ptr<engine>;

/// The partitions' actors, by number. The supervisor replaces one that failed; thread-safe.
class partition_list {
public:
  partition_actor get(uint8_t p) const {
    std::lock_guard lock(mutex_);
    return actors_[p];
  }
  void set(uint8_t p, partition_actor a) {
    std::lock_guard lock(mutex_);
    actors_[p] = std::move(a);
  }
  std::array<partition_actor, partition_count> all() const {
    std::lock_guard lock(mutex_);
    return actors_;
  }

private:
  mutable std::mutex mutex_;
  std::array<partition_actor, partition_count> actors_;
};

int64_t now_ms();    // Unix milliseconds, for records
int64_t steady_ms(); // for pauses and deadlines

} // namespace steward
