#include "actors/seat/live_places.hpp"

namespace steward {

live_places::live_places(read_queue read, std::function<int64_t()> now_ms)
    : read_(std::move(read))
    , now_ms_(std::move(now_ms)) {}

void live_places::find(const tenant_id& t, std::vector<std::string> queues, const entity_id& conversation,
                       std::function<void(uint32_t)> done) {
  look(t, std::move(queues), 0, conversation, std::move(done));
}

void live_places::look(const tenant_id& t, std::vector<std::string> queues, size_t at, const entity_id& conversation,
                       std::function<void(uint32_t)> done) {
  uint32_t place = 0;
  for (; place == 0 && at < queues.size(); ++at) {
    auto name = queues[at];
    auto begin = false;
    {
      std::lock_guard lock(mutex_);
      auto& table = tables_[{t.value, name}];
      if (table.read_ms && now_ms_() - *table.read_ms < fresh_ms) {
        if (auto i = table.places.find(conversation.value); i != table.places.end()) place = i->second;
        continue;
      }
      // Whoever waited for a reading takes it as it is: it is fresh for at least this moment.
      table.waiting.push_back([self = shared_from_this(), t, queues, at, conversation, done] {
        uint32_t found = 0;
        {
          std::lock_guard inner(self->mutex_);
          auto& places = self->tables_[{t.value, queues[at]}].places;
          if (auto i = places.find(conversation.value); i != places.end()) found = i->second;
        }
        found ? done(found) : self->look(t, queues, at + 1, conversation, done);
      });
      begin = !std::exchange(table.reading, true);
    }
    if (begin)
      read_(t, name, [self = shared_from_this(), t, name](std::optional<queue_data> q) { self->has_read(t, name, q); });
    return;
  }
  done(place);
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
      for (auto& e : q->head) table.places[e.ticket.conversation.value] = ++place;
    }
    waiting = std::move(table.waiting);
    table.waiting.clear();
  }
  for (auto& w : waiting) w();
}

} // namespace steward
