// What words with several meanings meant in a conversation: who spoke of the fruit once goes on speaking of it, where
// his words do not say otherwise. Pure.
#pragma once
#include "messages/understanding.hpp"

#include <string>
#include <vector>

namespace steward {

/// "apple/brand" for each word of the message whose meaning was settled, at most 4.
std::vector<std::string> meant_in(const understood_message&);
/// Adds what a message meant; of one word the newest stays, of all the newest 4.
void remember_meant(std::vector<std::string>& known, const std::vector<std::string>& fresh);

} // namespace steward
