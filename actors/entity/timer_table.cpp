#include "actors/entity/timer_table.hpp"

#include <algorithm>

namespace steward {

void timer_table::clear() {
  entities_.clear();
  schedule_.clear();
  keep_empty_ = true;
}

void timer_table::set(const tenant_id& tenant, const entity_id& entity, uint64_t seq,
                      const std::vector<timer>& timers) {
  auto i = entities_.find(entity);
  if (i == entities_.end()) {
    // An empty list is remembered only while older records may still come in.
    if (timers.empty() && !keep_empty_) return;
    i = entities_.try_emplace(entity).first;
    i->second.number = next_number_++;
    i->second.tenant = tenant;
  } else if (seq < i->second.seq) {
    return;
  }
  auto& e = i->second;
  e.seq = seq;
  unschedule(e);
  std::vector<slot> next;
  next.reserve(timers.size());
  for (auto& t : timers) {
    auto old = std::find_if(e.timers.begin(), e.timers.end(), [&](auto& s) { return s.what == t; });
    next.push_back({t, old != e.timers.end() && old->taken});
  }
  e.timers = std::move(next);
  schedule(i);
}

void timer_table::older_are_known() {
  keep_empty_ = false;
  std::erase_if(entities_, [](auto& x) { return x.second.timers.empty(); });
}

std::vector<timer_table::due_timer> timer_table::take_due(int64_t now_ms) {
  std::vector<due_timer> out;
  while (!schedule_.empty() && schedule_.begin()->first.first <= now_ms) {
    auto& [entity, e] = *schedule_.begin()->second;
    unschedule(e);
    for (auto& s : e.timers)
      if (!s.taken && s.what.due_ms <= now_ms) {
        s.taken = true;
        out.push_back({e.tenant, entity, s.what});
      }
    schedule(entities_.find(entity));
  }
  return out;
}

bool timer_table::has(const entity_id& entity, const timer& t) const {
  auto i = entities_.find(entity);
  return i != entities_.end() &&
         std::any_of(i->second.timers.begin(), i->second.timers.end(), [&](auto& s) { return s.what == t; });
}

void timer_table::remove(const entity_id& entity, const timer& t) {
  auto i = entities_.find(entity);
  if (i == entities_.end()) return;
  unschedule(i->second);
  std::erase_if(i->second.timers, [&](auto& s) { return s.what == t; });
  schedule(i);
}

void timer_table::unschedule(entry& e) {
  if (e.is_scheduled) schedule_.erase({e.scheduled, e.number});
  e.is_scheduled = false;
}

void timer_table::schedule(table::iterator i) {
  auto& e = i->second;
  if (e.timers.empty() && !keep_empty_) {
    entities_.erase(i);
    return;
  }
  for (auto& s : e.timers)
    if (!s.taken && (!e.is_scheduled || s.what.due_ms < e.scheduled))
      e.scheduled = s.what.due_ms, e.is_scheduled = true;
  if (e.is_scheduled) schedule_.emplace(std::pair(e.scheduled, e.number), &*i);
}

} // namespace steward
