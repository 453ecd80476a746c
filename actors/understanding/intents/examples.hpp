// Examples of intents from JSONL: lines of {"text", "intent"}.
#pragma once

#include "messages/result.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace steward {

struct example {
  std::string text;
  std::string intent; // empty where the file says none
  std::size_t line = 0;
};

struct example_file {
  std::vector<example> examples;
  std::vector<std::string> problems; // "file:line: what", in order; the lines they tell of are left out or said twice
};

enum class intents_are { required, ignored };

// Never throws; what cannot be used becomes a problem. Texts longer than `most_text` bytes are cut there (a problem
// says so). The same text under two intents is a problem of the second line, and both stay.
example_file read_examples(std::string_view jsonl, const std::string& name, intents_are needed);
// errc::not_found when there is no such file.
result<example_file> read_examples_of(const std::filesystem::path& file, intents_are needed);

// What a learner takes: numbered intents. The intent "oos" (also out_of_scope, out-of-scope, none_of_these) names
// strangers, not an intent.
struct example_set {
  std::vector<std::string> names; // of intents, sorted
  std::vector<std::string> texts;
  std::vector<std::uint32_t> intent;  // of each text
  std::vector<std::string> strangers; // texts that mean none of the intents
};
example_set numbered(const std::vector<example>& examples);
bool names_strangers(std::string_view intent);

// An intent's name as a person would say it: "card_arrival" and "cardArrival" are "card arrival".
std::string words_of_name(std::string_view name);

} // namespace steward
