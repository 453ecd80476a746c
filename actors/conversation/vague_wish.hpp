// A wish that has two sides, of which one must be asked: "the package is too expensive" may be about what delivery
// costs or about what the goods cost. Data in three languages. Pure.
#pragma once
#include "messages/knowledge.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace steward {

/// A question for each side of a vague wish, to be looked up in its place; none where the text is no such wish, or says
/// itself which side it is about.
std::vector<std::string> sides_of(std::string_view text);

/// What was found for the sides stands in `found.parts`: where it is of two articles, they are what is to be chosen
/// from. What is known for certain stays the answer.
void weigh_sides(knowledge_result& found, std::string_view text);

} // namespace steward
