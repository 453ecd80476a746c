// The rows of `steward actors`, as one message carries them. Pure.
#pragma once
#include "messages/ops.hpp"

namespace steward {

/// Sorted by path; those alone whose path contains `name`; as many as fit. What does not is counted in `left_out`:
/// entities go first, since what stands above them is what operators look for.
void arrange(actor_list&, const std::string& name);

} // namespace steward
