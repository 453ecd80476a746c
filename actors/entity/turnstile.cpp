#include "actors/entity/turnstile.hpp"

#include <algorithm>

namespace steward {
namespace {
constexpr uint64_t bit(uint8_t seat) { return uint64_t{1} << seat; }
} // namespace

void turnstile::wake(set who, wakes& out) const {
  for (auto& [seat, f] : seats_)
    if (who & bit(seat)) out.push_back(f);
}

void turnstile::run(const wakes& all) {
  for (auto& f : all) f();
}

// Whoever is first in the queue is alone once nobody works and everybody who waited had one go.
void turnstile::settle(wakes& out) {
  if (holder_) return;
  if (queue_.empty()) {
    wake(waiting_ | let_in_, out);
    waiting_ = let_in_ = 0;
    open_.store(true, std::memory_order_release);
  } else if (working_ == 0 && let_in_ == 0) {
    holder_ = queue_.front();
    queue_.pop_front();
    wake(bit(*holder_), out);
  }
}

void turnstile::withdraw(uint8_t seat, wakes& out) {
  std::erase(queue_, seat);
  if (holder_ != seat) return;
  holder_.reset();
  let_in_ |= waiting_;
  wake(waiting_, out);
  waiting_ = 0;
}

void turnstile::join(uint8_t seat, std::function<void()> wake) {
  std::lock_guard lock(mutex_);
  seats_[seat] = std::move(wake);
}

void turnstile::leave(uint8_t seat) {
  wakes out;
  {
    std::lock_guard lock(mutex_);
    seats_.erase(seat);
    for (auto* s : {&working_, &waiting_, &let_in_}) *s &= ~bit(seat);
    withdraw(seat, out);
    settle(out);
  }
  run(out);
}

bool turnstile::enter(uint8_t seat) {
  std::lock_guard lock(mutex_);
  auto free = !holder_ && (queue_.empty() || (let_in_ & bit(seat)));
  let_in_ &= ~bit(seat);
  (free ? working_ : waiting_) |= bit(seat);
  return free;
}

void turnstile::rest(uint8_t seat) {
  wakes out;
  {
    std::lock_guard lock(mutex_);
    working_ &= ~bit(seat), let_in_ &= ~bit(seat);
    settle(out);
  }
  run(out);
}

bool turnstile::alone(uint8_t seat) {
  wakes out;
  bool mine = false;
  {
    std::lock_guard lock(mutex_);
    for (auto* s : {&working_, &waiting_, &let_in_}) *s &= ~bit(seat);
    if (holder_ != seat && std::find(queue_.begin(), queue_.end(), seat) == queue_.end()) {
      queue_.push_back(seat);
      if (open_.exchange(false, std::memory_order_acq_rel)) wake(working_, out); // come to rest
    }
    settle(out);
    mine = holder_ == seat;
  }
  run(out);
  return mine;
}

bool turnstile::insist(uint8_t seat) {
  if (alone(seat)) return true;
  std::lock_guard lock(mutex_);
  if (holder_ == seat) return true;
  if (holder_ || queue_.empty() || queue_.front() != seat) return false;
  queue_.pop_front();
  holder_ = seat;
  return true;
}

void turnstile::give_back(uint8_t seat) {
  wakes out;
  {
    std::lock_guard lock(mutex_);
    withdraw(seat, out);
    settle(out);
  }
  run(out);
}

} // namespace steward
