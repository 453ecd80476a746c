// What is said to several wishes in one message: one reply. Pure.
#pragma once
#include "messages/knowledge.hpp"

#include <optional>

namespace steward {

/// How several wishes are met together: those that are answered, then the one that is left open, if any.
struct parts_plan {
  std::vector<const knowledge_part*> answered; // in their order, an article once
  const knowledge_part* open = nullptr;        // the first that nothing answers, or of which must be asked back
};

/// Nothing: the message is dealt with as one. So it is when fewer than two of its wishes say anything of their own:
/// when none is answered, or all by one article.
std::optional<parts_plan> plan_parts(const knowledge_result&);

} // namespace steward
