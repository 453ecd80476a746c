// What of forgotten customers a node's store may hold, and erasing it. Blocks on the disk.
#pragma once
#include "actors/mentions.hpp"
#include "messages/forget.hpp"
#include "messages/record.hpp"
#include "storage/store.hpp"

#include <map>

namespace steward {

/// Rows that `erased` notes (messages/forget.hpp) want gone.
class forgotten_rows {
public:
  void add(const forget_note&);
  bool empty() const { return orders_.empty(); }
  bool has(partition_id, const turn_record&, std::string_view encoded) const;

private:
  using place = std::pair<uint64_t, uint64_t>; // epoch, n
  struct order {
    tenant_id tenant;
    mentions of;
    std::vector<forget_place> clean;
    std::map<uint8_t, place> bounds;
  };
  std::vector<order> orders_;
};

/// Erases the rows of turns that these notes want gone, from the disk too; how many there were. `kinds`: the letters of
/// the entities that may hold words of others. Any thread: what is read here is written by nobody any more.
result<uint64_t> erase_forgotten(store&, const std::vector<forget_note>&, std::string_view kinds);

} // namespace steward
