// Examples that hardly differ from others: what a model says of them tells little of what it will say of unseen texts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace steward {

// For each text: whether one of another fold means the same intent and shares three of five of both texts' words.
// `texts` are normal_text's; a letter of a script that is written without spaces is a word. Takes some 50 ns for each
// pair of texts of one intent.
std::vector<bool> near_copies(std::span<const std::string> texts, std::span<const std::uint32_t> intent,
                              std::span<const std::size_t> fold);

} // namespace steward
