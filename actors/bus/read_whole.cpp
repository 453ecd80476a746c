#include "actors/bus/read_whole.hpp"

#include <condition_variable>
#include <deque>
#include <mutex>

namespace steward {

status read_whole(nats_client& nats, const read_options& o, uint64_t to,
                  const std::function<void(stored_message&)>& visit) {
  struct queue {
    std::mutex mutex;
    std::condition_variable more;
    std::deque<read_event> events;
  };
  constexpr uint32_t credit = 2048;
  auto q = std::make_shared<queue>();
  auto reading = nats.js_read(o, [q](read_event e) {
    std::lock_guard lock(q->mutex);
    q->events.push_back(std::move(e));
    q->more.notify_one();
  });
  reading->grant(credit);
  for (uint32_t used = 0;;) {
    read_event e;
    {
      std::unique_lock lock(q->mutex);
      if (!q->more.wait_for(lock, std::chrono::seconds(10), [&] { return !q->events.empty(); }))
        return {errc::timeout, "the log did not answer in time"};
      e = std::move(q->events.front());
      q->events.pop_front();
    }
    if (e.lost) return {errc::unavailable, e.lost->message};
    if (++used == credit / 4) reading->grant(std::exchange(used, 0));
    if (e.message.seq > to) return success();
    auto last = e.message.seq >= to || e.pending == 0;
    visit(e.message);
    if (last) return success();
  }
}

} // namespace steward
