// The tally: what is counted of a tenant's day. Pure.
#pragma once
#include "actors/entity/entity_model.hpp"
#include "messages/tally.hpp"

namespace steward {

/// Kept for three years: a report without a past is worthless.
inline constexpr int64_t tally_keep_days = 3 * 366;

entity_kind_definition tally_kind();

} // namespace steward
