// What actors of one process hand to each other. Nothing here is stored or sent over the wire.
#pragma once
#include "actors/bus/nats_client.hpp"
#include "actors/entity/entity_model.hpp"
#include "actors/entity/partition_core.hpp"
#include "actors/http/http_door.hpp"
#include "messages/forget.hpp"
#include "messages/ops.hpp"
#include "storage/rows.hpp"

#include <functional>
#include <memory>
#include <set>

namespace steward {

using tenant_ptr = std::shared_ptr<const tenant_config>;
/// All tenants, immutable; a new version is a new map.
using tenant_map = std::shared_ptr<const std::map<tenant_id, tenant_ptr>>;

/// One message for an entity to decide. The manager's promise: one at a time, in order, after its last record is in the
/// log.
struct feed_reading; // actors/entity/feed_reading.hpp

struct entity_work {
  uint64_t life = 0; // of the ownership; comes back with the answer
  ticket t = 0;
  stream_pos at;
  shared_message message;
  uint64_t prev_seq = 0;
  tenant_ptr tenant;
  std::shared_ptr<feed_reading> reading = nullptr; // while another entity's feed is read for it
};

struct decided_turn {
  uint64_t life = 0;
  ticket t = 0;
  std::shared_ptr<turn_record> record; // null: dropped, it was decided before
};

struct load_request {
  uint64_t number = 0;
  partition_id partition;
  tenant_id tenant;
  entity_id entity;
};

struct loaded_entity {
  uint64_t number = 0;
  entity_id entity;
  std::shared_ptr<entity_state> state; // null: the store has nothing of it
  std::string problem;                 // the store could not be read
  uint64_t incarnation = 0;            // of TURN_p, that its last record stands in; 0: of the one that is read
};

/// A look at part of a partition's entities for the tail cleaner (entity/retention.hpp).
struct cut_scan {
  uint64_t life = 0;
  partition_id partition;
  uint64_t incarnation = 0; // of TURN_p
  entity_id from;           // where the last look ended
  uint64_t cut = 0;
  bool forget = false;
  uint32_t rows = 0, writes = 0; // at most
  int64_t now_ms = 0;
  tenant_map tenants;
};
struct cut_found {
  struct entity {
    std::shared_ptr<entity_state> state;
    int64_t last_ms = 0;
    bool forget = false;    // past its retention
    bool elsewhere = false; // its last record stands in another incarnation of TURN_p
  };
  uint64_t life = 0;
  std::vector<entity> entities; // to be written anew, or forgotten
  uint64_t rows = 0;            // looked at
  entity_id next;               // where to go on; empty: the end
};

/// Committed records for the store, in log order.
struct store_batch {
  struct entry {
    uint64_t seq;
    shared_record record;
    std::shared_ptr<const std::string> encoded;
  };
  partition_id partition;
  uint64_t incarnation = 0; // of TURN_p
  bool mark = false;        // everything before is in the store too: the marker may move
  bool replay = false;      // old records: must not go over newer rows; the marker moves with them
  std::vector<entry> entries;
};

/// A conversation of which the store has something that the archive may lack.
struct archive_news {
  partition_id partition;
  entity_id conversation;
};

struct known_timers {
  tenant_id tenant;
  entity_id entity;
  uint64_t seq = 0; // of the entity's last record
  std::vector<timer> timers;
};

struct marker_answer {
  std::optional<applied_marker> marker;
  std::vector<known_timers> timers; // of entities whose last record is at or below the marker
};

/// Where an answer goes: a NATS subject, or a function of the HTTP door.
struct answer_to {
  std::string subject;
  std::function<void(std::string)> call;
};

/// A customer's message from the HTTP door.
struct door_say {
  door_message message;
  std::function<void(accept_ack)> answer;
};

struct partition_report {
  partition_id partition;
  ownership state = ownership::none;
  errc why = errc::ok; // of a stand down
  std::string reason;
  uint64_t epoch = 0;
};

struct actor_report {
  std::vector<actor_info> actors;
  uint64_t left_out = 0;
};

/// Who lives and who owns what, as this node sees it.
struct node_view {
  std::map<node_id, std::set<uint8_t>> living;
  std::set<uint8_t> mine;
  bool draining = false;
};

/// What the knowledge side is like, for status and metrics.
struct knowledge_view {
  std::vector<tenant_status> tenants;
  std::vector<std::string> notes;
  bool ready = false;
  uint64_t kb_seq = 0;
};

} // namespace steward
