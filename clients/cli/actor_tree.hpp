// The actors of all nodes as a tree. Pure.
#pragma once
#include "messages/ops.hpp"

#include <string>
#include <vector>

namespace steward::cli {

struct tree_line {
  std::string label;       // with the lines of the tree before it
  const actor_info* actor; // null for a step of a path that no actor has
};

/// Lines in the order of a depth-first walk, children by name (numbers by value: partition-9 before partition-10).
/// The pointers point into `lists`. Paths that do not begin with their node get it as their root.
std::vector<tree_line> tree_of(const std::vector<actor_list>& lists);

} // namespace steward::cli
