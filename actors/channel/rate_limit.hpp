// Token buckets per conversation and per tenant, so that one flood does not take what others share. Pure; bounded
// memory.
#pragma once
#include "messages/ids.hpp"

#include <list>
#include <unordered_map>

namespace steward {

struct rate {
  double per_second = 1;
  double burst = 1; // so many at once after a pause
};

class rate_limit {
public:
  explicit rate_limit(size_t most_keys = 100'000)
      : most_(most_keys) {}
  /// 0: goes through. Otherwise the milliseconds after which one more would.
  int64_t take(const std::string& key, const rate&, int64_t now_ms);

private:
  struct bucket {
    std::string key;
    double tokens;
    int64_t at_ms;
  };
  size_t most_;
  std::list<bucket> by_use_; // newest first; the oldest is forgotten, and with it at most a full bucket's debt
  std::unordered_map<std::string, std::list<bucket>::iterator> index_;
};

} // namespace steward
