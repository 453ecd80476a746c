#include "actors/cluster/ownership_policy.hpp"

namespace steward {

node_id preferred_owner(uint8_t partition, const std::vector<node_id>& living) {
  node_id best;
  uint64_t most = 0;
  for (auto& n : living) {
    auto h = hash64(n.value + "/" + std::to_string(partition));
    if (best.empty() || h > most || (h == most && n < best)) best = n, most = h;
  }
  return best;
}

ownership_plan plan_ownership(const ownership_view& v) {
  ownership_plan out;
  std::vector<node_id> living; // that may own
  std::set<uint8_t> taken;     // by a living other, draining ones too
  for (auto& [n, seen] : v.others) {
    if (v.now_ms - seen.at_ms >= v.silence_is_death_ms) continue;
    for (auto p : seen.last.owns) taken.insert(p);
    if (!seen.last.draining) living.push_back(n);
  }
  if (!v.draining) living.push_back(v.self);
  // A node that has just started does not know yet whom it may disturb: two heartbeats' time, then it acts, whomever it
  // has heard until then. It need not wait for what the log says is nobody's.
  auto known_enough = v.now_ms - v.started_ms >= v.silence_is_death_ms / 2;
  for (uint8_t p = 0; p < partition_count; ++p) {
    auto best = preferred_owner(p, living);
    auto is_mine = v.mine.contains(p);
    if (!is_mine && best == v.self && !taken.contains(p) && (known_enough || v.undisputed.contains(p))) {
      auto wait = v.not_before.find(p);
      if (wait == v.not_before.end() || wait->second <= v.now_ms) out.take.push_back(p);
    }
    // Given up only to a living node that should have it; draining with nobody there: released all the same.
    if (is_mine && best != v.self && v.releasing.empty() && !out.release && (!best.empty() || v.draining))
      out.release = p;
  }
  return out;
}

} // namespace steward
