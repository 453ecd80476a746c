// A message as the mood's models see it: words, marks and emoji in lower case, and the n-grams made of them.
#pragma once

#include "actors/understanding/language/ngram_table.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace steward {

// At most 2,000 of them, read from at most the first 16,000 bytes. A Han character or kana, "!", "?" and a symbol are
// one each; digits are one "0"; a letter stands twice in a row at most ("soooo" is "soo"); a mention is "@u", a link
// "@l".
std::vector<std::string> mood_tokens(std::string_view text);

std::vector<std::uint32_t> mood_features(const ngram_table& table, const std::vector<std::string>& tokens);

bool negates(std::string_view token);

} // namespace steward
