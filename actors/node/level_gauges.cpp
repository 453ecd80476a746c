#include "actors/node/level_gauges.hpp"

#include "storage/keys.hpp"

#include <algorithm>
#include <vector>

namespace steward {

void level_gauges::look(caf::actor_system& system, const std::set<uint8_t>& mine) {
  using namespace std::chrono_literals;
  if (steady_ms() < again_ms_) return;
  again_ms_ = steady_ms() + 2000;
  caf::scoped_actor self{system};
  auto ask = [&](uint8_t p) { return self->request(partitions_->get(p), 1s, atom::status_v); };
  std::vector<decltype(ask(0))> asked;
  for (auto p : mine) asked.push_back(ask(p));
  double lag = 0, awake = 0, waiting = 0, behind = 0;
  for (auto& a : asked)
    a.receive(
        [&](partition_status& s) {
          lag += static_cast<double>(std::max(s.in_last, s.in_floor) - s.in_floor);
          awake += static_cast<double>(s.awake);
          behind += s.state == "mine" && s.replayed_to < s.last_seq;
        },
        [](const caf::error&) {}); // fails or is busy: the next look counts it
  for (auto p : mine) {
    auto ok = env_->db->scan(table::waiting, keys::partition_prefix({p}), {}, scan_order::ascending,
                             [&](std::string_view key, std::string_view) {
                               if (key.size() > 1 && key[1] == static_cast<char>(entity_kind::conversation)) ++waiting;
                               return true;
                             });
    if (!ok) return;
  }
  env_->figures->set(gauge::log_lag, lag);
  env_->figures->set(gauge::awake, awake);
  env_->figures->set(gauge::reading_back, behind);
  env_->figures->set(gauge::waiting, waiting);
}

} // namespace steward
