// How far everything is done, of things that are numbered in order and end in any order. Pure.
#pragma once
#include <cstddef>
#include <cstdint>
#include <deque>
#include <span>

namespace steward {

/// Numbers may have gaps; each has a count of parts that must end. Not thread-safe.
class floor_tracker {
public:
  void reset(uint64_t floor);
  /// Precondition: seq > last(). A count of 0 is done at once.
  void add(uint64_t seq, uint32_t count);
  /// One part of `seq` ended; false when it was not open.
  bool done(uint64_t seq);

  uint64_t floor() const; // everything at or below is done
  /// The floor when one part more of each of these few had ended.
  uint64_t floor_with(std::span<const uint64_t> seqs) const;
  uint64_t last() const { return last_; }      // the highest number added
  uint64_t passed() const { return passed_; }  // the highest number with a count that is at or below the floor
  size_t held() const { return open_.size(); } // numbers above the floor that had a count

private:
  struct entry {
    uint64_t seq;
    uint32_t count;
  };
  std::deque<entry> open_; // its front is never done
  uint64_t last_ = 0;
  uint64_t passed_ = 0;
};

} // namespace steward
