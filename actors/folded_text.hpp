// Texts that are compared without case: what customers write, phrases of tenants, keys of caches. Pure.
#pragma once
#include <string>
#include <string_view>

namespace steward {

/// Case folded, without blanks around. UTF-8.
std::string folded_text(std::string_view);

} // namespace steward
