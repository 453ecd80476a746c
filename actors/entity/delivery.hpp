// Delivery of a partition's replies: in log order per peer, one on its way per peer, again after a pause, parked after
// too many tries; what may wait for others (core_config::gathering) goes with them as one; and the floor below which
// everything is delivered. Pure.
#pragma once
#include "actors/entity/core_actions.hpp"
#include "actors/entity/floor.hpp"

#include <deque>
#include <map>
#include <unordered_map>
#include <vector>

namespace steward {

/// Not thread-safe. What goes to entities and to the DLQ goes to streams of ours and is tried for ever; dead letters
/// have no order.
class delivery_core {
public:
  explicit delivery_core(const core_config& c)
      : config_(c) {}

  void reset(uint64_t out_floor);
  /// In log order; a record without replies counts for the floor alone.
  void add(uint64_t seq, const shared_record&);
  void on_delivered(uint64_t seq, uint32_t k);
  void on_undelivered(uint64_t seq, uint32_t k, std::string reason, bool worth_retrying, int64_t now_ms);
  /// The log that carries the reply is away: no fault of the peer's, tried for ever.
  void on_log_away(uint64_t seq, uint32_t k, int64_t now_ms);
  /// From here on nothing waits for others.
  void hurry();
  /// Starts what may start now.
  void pump(int64_t now_ms, std::vector<core_action>& out);

  uint64_t floor() const { return floor_.floor(); }
  uint64_t passed() const { return floor_.passed(); } // the last record with replies at or below the floor
  size_t undelivered() const { return undelivered_; }
  bool on_its_way() const { return !active_.empty(); }

private:
  struct pending {
    uint64_t seq;
    uint32_t k;
    uint32_t tries;
    shared_record record;
  };
  struct peer { // or one reply that has no order: a dead letter, or one being parked
    std::string name;
    std::deque<pending> queue;
    std::string reason; // of parking
    bool ours = false, parking = false;
    bool queued = false; // in ready_, gathering_, active_ or retries_
    bool gathers = false;
    size_t together = 1; // of the queue's front, once it has set out: one message while it is tried again
    int64_t due_ms = 0;  // in gathering_
  };
  using reply_key = std::pair<uint64_t, uint32_t>;
  struct key_hash {
    size_t operator()(const reply_key& k) const noexcept { return (k.first << 8) ^ k.second; }
  };

  static std::string name_of(const turn_record&, const outgoing&);
  peer& find(const std::string& name);
  void ready(peer&);
  void park(pending, std::string reason);
  void finish(peer&);
  bool is_full(const peer& p) const { return p.queue.size() >= config_.gather_most; }
  void wait_no_longer(peer&);
  size_t how_many(const peer&) const;
  void set_out(peer&, std::vector<core_action>& out);

  const core_config& config_;
  floor_tracker floor_;
  std::unordered_map<std::string, peer> peers_;
  std::deque<peer*> ready_;
  std::unordered_map<reply_key, peer*, key_hash> active_;
  std::multimap<int64_t, peer*> retries_, gathering_;
  int64_t now_ms_ = 0; // of the last pump
  bool hurried_ = false;
  size_t undelivered_ = 0;
};

} // namespace steward
