// Several wishes in one message: "where is my parcel and can I change my address?" is two. Pure.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace steward {

/// The wishes that stand in a text, in order, each in its own words; at most 3. Empty: it is one wish, as nearly all
/// are. English, Chinese and Spanish; in other languages sentences that each end with a question mark.
std::vector<std::string> wishes_in(std::string_view text);

} // namespace steward
