// What is counted of conversations, per tenant and day. Conversations and customers tell a tally what happened (topic
// "count", a tally_note); it adds up, and `ops.all.report` reads it. No names, no texts: what is forgotten of a
// customer stays counted.
#pragma once
#include "messages/chat.hpp"

#include <map>
#include <optional>
#include <vector>

namespace steward {

/// Durations in seconds, in buckets that are at most a quarter as wide as they are long. Stored: do not change.
struct span_counts {
  std::map<uint64_t, uint64_t> buckets; // number (span_bucket) -> how many
  uint64_t n = 0, sum_s = 0;
  void add(uint64_t seconds, uint64_t times = 1);
  void add(const span_counts&);
  /// The duration that this part of them does not exceed, 0 < part < 1, to a bucket; 0 where there are none.
  uint64_t quantile(double part) const;
  template <class F>
  void fields(F& f) {
    f("b", buckets), f("n", n), f("s", sum_s);
  }
};
uint64_t span_bucket(uint64_t seconds);
/// The first second of the bucket; the next one's is its end.
uint64_t bucket_begin(uint64_t bucket);

/// One thing to count. `what`:
///   outcome         key: open, ai, handed, person, left, blocked; value 1 or -1: of the conversations begun on the day
///   reopened        key: what its outcome was; of those begun on the day: came back within 72 h of its end
///   transfer        key: the reason; on the day
///   wait, abandoned, first_response, handle   value: seconds; on the day
///   rating          key: whose work it was (ai, person); value: 1 to 5 stars; on the day
///   answer          key: right, wrong: what a customer said of an answer; on the day
struct tally_change {
  std::string what, queue, key;
  int64_t value = 0;
  bool operator==(const tally_change&) const = default;
  template <class F>
  void fields(F& f) {
    f.required("w", what), f("q", queue), f("k", key), f.required("v", value);
  }
};
struct tally_note {
  std::string day; // "2026-11-28", by the tenant's clock
  std::vector<tally_change> changes;
  /// Those of another of the same day too: what is a number of times is added up.
  void join(const tally_note&);
  template <class F>
  void fields(F& f) {
    f.required("day", day), f.required("changes", changes);
  }
};

/// The counts of one queue; of the queue "" for what only the AI had.
struct tally_line {
  std::map<std::string, int64_t> outcomes, reopened, transfers, answers;
  std::map<std::string, uint64_t> ratings; // "ai 5" -> how many
  span_counts wait, abandoned, first_response, handle;
  void add(const tally_change&);
  void add(const tally_line&);
  template <class F>
  void fields(F& f) {
    f("outcomes", outcomes), f("reopened", reopened), f("transfers", transfers), f("answers", answers),
        f("ratings", ratings), f("wait", wait), f("abandoned", abandoned), f("first_response", first_response),
        f("handle", handle);
  }
};
/// One day; the state of a tally, and what a report adds up. Names that exceed its limits are counted as "other".
struct tally_data {
  std::string day;
  std::map<std::string, tally_line> queues;
  void add(const tally_note&);
  void add(const tally_data&);
  template <class F>
  void fields(F& f) {
    f("day", day), f("queues", queues);
  }
};

inline constexpr char tally_kind_letter = 't'; // beside those of entity_kind
/// A tenant's day is kept by several tallies, so that they take turns in several partitions: `share` is the partition
/// of who tells.
entity_id tally_id(const tenant_id&, std::string_view day, partition_id share);

/// Of days since 1970-01-01.
std::string day_text(int64_t day);
std::optional<int64_t> day_of_text(std::string_view);

// ops.all.report -> report_part: each node answers for the partitions that it owns.
struct report_request {
  tenant_id tenant;
  std::string from, to; // days, both included; at most report_days
  template <class F>
  void fields(F& f) {
    f.required("tenant", tenant), f.required("from", from), f.required("to", to);
  }
};
inline constexpr int64_t report_days = 31;
struct report_part {
  node_id node;
  std::vector<node_id> peers;
  std::vector<partition_id> partitions; // whose tallies are in here
  std::vector<tally_data> days;         // those with something in them, in order
  problem error;
  template <class F>
  void fields(F& f) {
    f("node", node), f("peers", peers), f("partitions", partitions), f("days", days), f("error", error);
  }
};

} // namespace steward
