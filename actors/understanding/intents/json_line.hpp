// Lines of JSON as other programs write them. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace steward {

/// Longer lines are left out: a text of 100,000 characters fits, however it is escaped.
constexpr std::size_t longest_json_line = 4U << 20;

/// The line as a parser takes it: without a byte order mark, bad UTF-8 and half surrogate pairs ("\ud83d" where a text
/// was cut inside an emoji) as U+FFFD. What is no JSON stays none.
std::string readable_json(std::string_view line);

} // namespace steward
