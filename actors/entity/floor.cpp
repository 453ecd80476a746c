#include "actors/entity/floor.hpp"

#include <algorithm>

namespace steward {

void floor_tracker::reset(uint64_t floor) {
  open_.clear();
  last_ = passed_ = floor;
}

void floor_tracker::add(uint64_t seq, uint32_t count) {
  if (seq <= last_) return;
  last_ = seq;
  if (count > 0) open_.push_back({seq, count});
}

bool floor_tracker::done(uint64_t seq) {
  auto i = std::lower_bound(open_.begin(), open_.end(), seq, [](auto& e, uint64_t s) { return e.seq < s; });
  if (i == open_.end() || i->seq != seq || i->count == 0) return false;
  --i->count;
  while (!open_.empty() && open_.front().count == 0) {
    passed_ = open_.front().seq;
    open_.pop_front();
  }
  return true;
}

uint64_t floor_tracker::floor() const { return open_.empty() ? last_ : open_.front().seq - 1; }

uint64_t floor_tracker::floor_with(std::span<const uint64_t> seqs) const {
  for (auto& e : open_)
    if (e.count > 1 || (e.count == 1 && std::find(seqs.begin(), seqs.end(), e.seq) == seqs.end())) return e.seq - 1;
  return last_;
}

} // namespace steward
