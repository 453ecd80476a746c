// Which words were said in which conversation, newest first: the tables `archive` and `words`. Words come as terms; who
// makes them of texts is not known here. Calls block on the disk. Two writers of one conversation need a lock between
// them.
#pragma once
#include "storage/rows.hpp"
#include "storage/store.hpp"

#include <map>
#include <set>
#include <vector>

namespace steward {

struct archive_limits {
  size_t words = 4'000;                  // of a conversation; what comes behind is not found
  int64_t renew_ms = 24 * 3600'000LL;    // a word said again keeps its place for so long
  size_t visits = 2'000, rarity = 1'000; // of one search, per word
};

/// What is in of a conversation; nothing: turn 0.
result<archive_row> archived(store&, partition_id, const entity_id&);
/// Adds words up to this turn; `said`: word -> when. `row` is what archived() gave, and is what is in afterwards.
status archive_add(store&, partition_id, const entity_id&, archive_row& row, uint64_t turn,
                   const std::map<std::string, int64_t>& said, const archive_limits& = {});
/// Everything of this conversation goes out of the tables with the batch.
status archive_erase(store&, write_batch&, partition_id, const entity_id&);

struct archive_hit {
  entity_id conversation;
  int64_t ms = 0; // when one of the words was said last, to `renew_ms`
};
struct archive_hits {
  std::vector<archive_hit> found; // newest first
  bool more = false;              // there may be others, older
};
/// Conversations that hold one of each set: a word of a question in each form that it may stand in.
result<archive_hits> archive_search(store&, partition_id, const tenant_id&,
                                    const std::vector<std::set<std::string>>& words, size_t limit,
                                    const archive_limits& = {});

} // namespace steward
