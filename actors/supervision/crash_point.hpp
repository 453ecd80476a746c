// Where the kill tests end the process: `CRASH_AT=<step>` or `CRASH_AT=<step>:<n>` (the n-th time). Costs a compare
// otherwise.
#pragma once
#include <string_view>

namespace steward {

/// Steps: after_accept, before_commit, after_commit_sent, after_commit, after_store, after_delivery, after_take,
/// before_release; of forgetting: forget_told, forget_settled, forget_erasing, forget_erased, forget_cleaned.
void crash_point(std::string_view step);

/// True for the text that a test has named as poison by STEWARD_POISON_<how> (throw, abort); never without it.
bool is_poison(std::string_view how, std::string_view text);

} // namespace steward
