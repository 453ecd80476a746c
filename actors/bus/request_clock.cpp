#include "actors/bus/request_clock.hpp"

namespace steward {
namespace {
using namespace std::chrono_literals;
constexpr auto between_ticks = 500ms;
constexpr auto rest = 10ms; // the shortest nap: how late a deadline may be

failure closed() { return {errc::timeout, "bus: closed before the answer came; it may have happened"}; }
} // namespace

std::shared_ptr<request_clock> request_clock::start(std::function<void(time)> tick) {
  auto c = std::make_shared<request_clock>();
  c->tick_ = std::move(tick);
  c->thread_ = std::thread([c] { c->run(); });
  return c;
}

void request_clock::stop() {
  {
    std::lock_guard lock(mutex_);
    if (stop_.exchange(true)) return;
    wakes_.notify_all();
  }
  if (thread_.get_id() == std::this_thread::get_id())
    thread_.detach(); // it holds this object, and ends by itself
  else
    thread_.join();
  for (auto& f : pending_.take_all()) f(closed());
}

uint64_t request_clock::add(handler f, time deadline) {
  auto token = pending_.add(std::move(f), deadline);
  if (!stop_) {
    wake_by(deadline);
  } else if (auto mine = pending_.take(token)) { // stop() has emptied the table, perhaps before
    mine(closed());
  }
  return token;
}

void request_clock::post(std::function<void()> f) {
  {
    std::lock_guard lock(mutex_);
    if (!stop_) {
      posted_.push_back(std::move(f));
      wakes_.notify_one();
      return;
    }
  }
  f(); // nobody else is left to run it
}

void request_clock::wake_by(time deadline) {
  if (deadline >= wakes_at_.load()) return;
  std::lock_guard lock(mutex_);
  wakes_.notify_one();
}

void request_clock::run() {
  using clock = std::chrono::steady_clock;
  auto next_tick = clock::now() + between_ticks;
  for (bool stop = false; !stop;) {
    std::vector<std::function<void()>> posted;
    {
      std::unique_lock lock(mutex_);
      // From here on who adds an earlier deadline waits for the mutex; who added before is seen by next().
      wakes_at_ = time::max();
      auto due = pending_.next();
      auto at = due ? std::min(next_tick, std::max(*due, clock::now() + rest)) : next_tick;
      wakes_at_ = at;
      if (posted_.empty() && !stop_) wakes_.wait_until(lock, at);
      wakes_at_ = time::min(); // awake: no need to be woken
      posted.swap(posted_);
      stop = stop_;
    }
    for (auto& f : posted) f();
    auto now = clock::now();
    for (auto& f : pending_.take_due(now)) f(failure{errc::timeout, "bus: no answer in time; it may have happened"});
    if (now >= next_tick && !stop) {
      next_tick = now + between_ticks;
      tick_(now);
    }
  }
}

} // namespace steward
