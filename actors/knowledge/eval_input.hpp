// The question file of steward-kb-eval, and which articles go together. Pure but for reading the file.
#pragma once

#include "actors/knowledge/evaluation.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace steward {

struct question_reading {
  std::vector<asked> questions;
  std::vector<std::string> problems; // "file:line: message"
};

// Lines of {"question", "expected": [ids] or "id", "language"?, "holds"?: [pieces of text]}. A line with an empty
// `expected` is a question that has no answer here; it counts in no recall, only in how often it is answered all the
// same.
question_reading parse_questions(std::string_view bytes, const std::string& name);
question_reading read_questions(const std::filesystem::path& file);

// "zh", "ja" or "ko" by script; "en" for everything else. Good enough to choose an encoder, no more.
std::string script_language(std::string_view text);

// Articles by language; one without a language gets that of its script.
std::map<std::string, std::vector<article>> by_language(std::vector<article> articles);

} // namespace steward
