// What every actor of a node is given: who it is, its log, its store, its figures. Set once by node.cpp, read-only
// afterwards.
#pragma once
#include "actors/actors.hpp"
#include "actors/watch/metrics.hpp"
#include "storage/store.hpp"

#include <atomic>

namespace steward {

struct engine_config {
  std::string data = "data";
  std::string nats_url;     // empty: start one
  int spawn_nats_port = -1; // -1: none; 0: a free one
  std::string http_host = "127.0.0.1";
  uint16_t http_port = 8080;
  std::string models;     // folder of models
  std::string cache;      // folder of what set-up fetched
  std::string tenant_dir; // a tenant to push at first start
  std::string kb_dir;     // and its articles
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
  std::shared_ptr<metrics> figures;
  std::atomic<tenant_map> tenants; // for reads outside the hot path; actors get theirs by message
  store_actor storing;
  knowledge_actor knowledge;
};
using engine_ptr = std::shared_ptr<engine>;

/// All partitions' actors, by number; filled once at start.
using partition_list = std::vector<partition_actor>;

int64_t now_ms();    // Unix milliseconds, for records
int64_t steady_ms(); // for pauses and deadlines

} // namespace steward
