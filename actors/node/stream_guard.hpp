// Makes a shared stream that somebody deleted anew, under a running node: REPLY and DLQ empty, KB with the articles
// that this node has folded. (IN_p and TURN_p are their partitions' business, TENANT that of the tenants' actor.)
#pragma once
#include "actors/engine.hpp"

namespace steward {

class stream_guard {
public:
  explicit stream_guard(engine_ptr env)
      : env_(std::move(env)) {}
  /// Called often, by one thread; looks every two seconds, and only then costs anything.
  void look();

private:
  void restore(const std::string& stream);
  void restore_articles(const std::vector<std::pair<std::string, std::string>>& rows);

  struct missing {
    std::mutex mutex;
    std::vector<std::string> streams;
  };
  engine_ptr env_;
  std::shared_ptr<missing> missing_ = std::make_shared<missing>();
  int64_t again_ms_ = 0;
};

/// At the start. The sixteen pairs are made by their partitions.
status make_shared_streams(const engine&);

} // namespace steward
