#include "actors/supervision/room_board.hpp"

#include <caf/actor_cast.hpp>
#include <caf/exit_reason.hpp>
#include <caf/send.hpp>
#include <utility>

namespace steward {

void room_board::begins(const std::string& name, caf::actor_addr a, int64_t now_ms, bool vital) {
  std::lock_guard lock(mutex_);
  auto again = places_.contains(name);
  auto& p = places_[name];
  p.actor = std::move(a), p.vital = vital;
  p.row = {name, true, p.row.restarts + (again ? 1 : 0), now_ms};
}

bool room_board::failed(const std::string& name) {
  std::lock_guard lock(mutex_);
  auto p = places_.find(name);
  if (p == places_.end()) return false;
  p->second.row.running = false;
  return std::exchange(p->second.asked, false);
}

std::vector<room_row> room_board::all() const {
  std::lock_guard lock(mutex_);
  std::vector<room_row> out;
  for (auto& [name, p] : places_) out.push_back(p.row);
  return out;
}

room_board::found room_board::end(const std::string& name) {
  std::lock_guard lock(mutex_);
  auto p = places_.find(name);
  if (p == places_.end()) return found::nobody;
  if (p->second.vital) return found::vital;
  p->second.asked = p->second.row.running;
  caf::anon_send_exit(p->second.actor, caf::exit_reason::kill);
  return found::ended;
}

} // namespace steward
