#include "actors/seat/live_places.hpp"

#include <algorithm>

namespace steward {

live_places::live_places(read_queue read, std::function<int64_t()> now_ms)
    : read_(std::move(read))
    , now_ms_(std::move(now_ms)) {}

void live_places::find(const tenant_id& t, std::vector<std::string> queues, const entity_id& conversation,
                       std::function<void(live_place)> done) {
  look(t, std::move(queues), 0, conversation, std::move(done));
}

void live_places::look(const tenant_id& t, std::vector<std::string> queues, size_t at, const entity_id& conversation,
                       std::function<void(live_place)> done) {
  live_place place;
  for (; place.place == 0 && at < queues.size(); ++at) {
    auto name = queues[at];
    auto begin = false;
    {
      std::lock_guard lock(mutex_);
      auto& table = tables_[{t.value, name}];
      if (table.read_ms && now_ms_() - *table.read_ms < fresh_ms) {
        place = place_in(table, conversation);
        continue;
      }
      // Whoever waited for a reading takes it as it is: it is fresh for at least this moment.
      table.waiting.push_back([self = shared_from_this(), t, queues, at, conversation, done] {
        live_place found;
        {
          std::lock_guard inner(self->mutex_);
          found = self->place_in(self->tables_[{t.value, queues[at]}], conversation);
        }
        found.place ? done(found) : self->look(t, queues, at + 1, conversation, done);
      });
      begin = !std::exchange(table.reading, true);
    }
    if (begin)
      read_(t, name, [self = shared_from_this(), t, name](std::optional<queue_data> q) { self->has_read(t, name, q); });
    return;
  }
  done(place);
}

/// One who stands there now waits as long as one who comes to that place.
live_place live_places::place_in(const queue_table& table, const entity_id& conversation) const {
  auto i = table.places.find(conversation.value);
  if (i == table.places.end()) return {};
  live_place out{i->second};
  if (auto r = wait_estimate(table.waits, out.place)) {
    auto told = rounded(*r);
    out.from_s = told.from_s, out.to_s = told.to_s;
  }
  return out;
}

void live_places::has_read(const tenant_id& t, const std::string& queue, const std::optional<queue_data>& q) {
  std::vector<std::function<void()>> waiting;
  {
    std::lock_guard lock(mutex_);
    auto& table = tables_[{t.value, queue}];
    table.reading = false;
    table.read_ms = now_ms_(); // also where it failed: it is not asked for more often then
    if (q) {
      table.places.clear();
      uint32_t place = 0;
      auto on_duty = std::any_of(q->seats.begin(), q->seats.end(), [](auto& s) { return s.is == presence::available; });
      table.waits = on_duty ? q->waits : wait_memory{};
      for (auto& e : q->head) table.places[e.ticket.conversation.value] = ++place;
    }
    waiting = std::move(table.waiting);
    table.waiting.clear();
  }
  for (auto& w : waiting) w();
}

} // namespace steward
