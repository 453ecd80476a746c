// Where NATS callbacks leave the log's answers for a partition's actor: many answers, one message. Thread-safe.
#pragma once
#include "actors/actors.hpp"

#include <mutex>
#include <variant>
#include <vector>

namespace steward {

namespace answer {
struct tail {
  ticket t;
  result<tail_view> view;
};
struct published {
  ticket t;
  publish_outcome outcome;
  uint64_t seq;
  std::string why;
};
struct record {
  ticket t;
  result<std::optional<turn_record>> it;
};
struct streams {
  ticket t;
  uint64_t in_created, turn_created;
}; // seen before the first message of a reading
struct message {
  ticket t;
  uint64_t seq;
  uint64_t consumer_seq;
  uint64_t pending;
  std::string subject, data;
};
struct reading_lost {
  ticket t;
  std::string why;
};
struct replayed {
  ticket t;
  uint64_t seq;
  std::string data;
};
struct replay_end {
  ticket t;
  bool complete;
};
struct delivered {
  uint64_t seq;
  uint32_t k;
};
struct undelivered {
  uint64_t seq;
  uint32_t k;
  std::string reason;
  bool again;
  bool log_away = false; // nothing is known against the peer
  std::string trace = {};
};
struct turn {}; // of the node's turnstile
struct loaded {
  loaded_entity it;
}; // from the log
struct marker_checked {
  uint64_t from;
}; // the store's marker was held against the log
struct store_replayed {
  uint64_t seq;
  std::string data;
}; // a record for the store
struct extent {
  std::optional<std::pair<uint64_t, uint64_t>> first_and_last;
}; // of TURN_p, for the tail cleaner
struct purged {
  uint64_t keep_from, records;
  std::string why;
};
struct store_replay_lost {
  std::string why;
};
} // namespace answer

using log_answer = std::variant<answer::tail, answer::published, answer::record, answer::streams, answer::message,
                                answer::reading_lost, answer::replayed, answer::replay_end, answer::delivered,
                                answer::undelivered, answer::turn, answer::loaded, answer::marker_checked,
                                answer::store_replayed, answer::store_replay_lost, answer::extent, answer::purged>;

/// `life` is the ownership that asked: what a former one asked changes nothing.
struct tagged_answer {
  uint64_t life;
  log_answer it;
};

class log_inbox {
public:
  explicit log_inbox(partition_actor owner)
      : owner_(std::move(owner)) {}
  void push(uint64_t life, log_answer a);
  std::vector<tagged_answer> take();
  /// After this nothing is handed over any more; breaks the circle of actor and inbox.
  void close();

private:
  std::mutex mutex_;
  std::vector<tagged_answer> waiting_;
  partition_actor owner_;
};

} // namespace steward
