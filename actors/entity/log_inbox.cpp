#include "actors/entity/log_inbox.hpp"

#include <caf/send.hpp>

namespace steward {

void log_inbox::push(uint64_t life, log_answer a) {
  partition_actor wake;
  {
    std::lock_guard lock(mutex_);
    if (!owner_) return;
    if (waiting_.empty()) wake = owner_;
    waiting_.push_back({life, std::move(a)});
  }
  if (wake) caf::anon_send(wake, atom::wake_v);
}

std::vector<tagged_answer> log_inbox::take() {
  std::lock_guard lock(mutex_);
  return std::exchange(waiting_, {});
}

void log_inbox::close() {
  partition_actor last;
  std::lock_guard lock(mutex_);
  last = std::exchange(owner_, nullptr);
  waiting_.clear();
}

} // namespace steward
