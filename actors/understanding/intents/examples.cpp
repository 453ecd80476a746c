#include "actors/understanding/intents/examples.hpp"

#include "actors/understanding/intents/json_line.hpp"
#include "actors/understanding/intents/normal_text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>
#include <map>
#include <sstream>
#include <unordered_map>

namespace steward {
namespace {

constexpr std::size_t most_text = 4096;

// Some number their intents.
std::string intent_of(const nlohmann::json& row) {
  if (!row.contains("intent")) return {};
  const auto& intent = row["intent"];
  return intent.is_string() ? intent.get<std::string>() : intent.is_number_integer() ? intent.dump() : std::string();
}

} // namespace

example_file read_examples(std::string_view jsonl, const std::string& name, intents_are needed) {
  example_file out;
  std::unordered_map<std::string, std::pair<std::string, std::size_t>> seen;
  std::size_t number = 0;
  for (std::size_t begin = 0; begin < jsonl.size();) {
    const auto end = std::min(jsonl.find('\n', begin), jsonl.size());
    auto line = jsonl.substr(begin, end - begin);
    begin = end + 1;
    ++number;
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    const auto problem = [&](const std::string& what) {
      out.problems.push_back(name + ":" + std::to_string(number) + ": " + what);
    };
    if (line.size() > longest_json_line) {
      problem("longer than four megabytes; left out");
      continue;
    }
    nlohmann::json row;
    try {
      row = nlohmann::json::parse(
          readable_json(line), [](int depth, auto, auto&) { return depth < 8; }, false);
    } catch (const std::exception&) {
      row = nullptr;
    }
    if (!row.is_object() || !row.contains("text") || !row["text"].is_string()) {
      problem("not an object with a \"text\", like {\"text\": \"where is my card\", \"intent\": \"card_arrival\"}");
      continue;
    }
    example e{row["text"].get<std::string>(), {}, number};
    if (needed == intents_are::required) {
      e.intent = intent_of(row);
      if (e.intent.empty()) {
        problem("no \"intent\"");
        continue;
      }
    }
    if (e.text.size() > most_text) {
      problem("a text of " + std::to_string(e.text.size()) + " bytes; only its beginning is looked at");
      auto size = most_text;
      while (size > 0 && (static_cast<unsigned char>(e.text[size]) & 0xC0) == 0x80) --size;
      e.text.resize(size);
    }
    const auto normal = normal_text(e.text);
    if (normal.empty() && needed == intents_are::required) {
      problem("a text without anything to read");
      continue;
    }
    if (needed == intents_are::required) {
      const auto [it, fresh] = seen.try_emplace(normal, e.intent, number);
      if (!fresh && it->second.first != e.intent)
        problem("\"" + e.text.substr(0, 60) + "\" is an example of " + e.intent + " here and of " + it->second.first +
                " in line " + std::to_string(it->second.second));
    }
    out.examples.push_back(std::move(e));
  }
  return out;
}

result<example_file> read_examples_of(const std::filesystem::path& file, intents_are needed) {
  std::ifstream in(file, std::ios::binary);
  std::error_code none;
  if (!in || std::filesystem::is_directory(file, none)) return failure{errc::not_found, "cannot read " + file.string()};
  std::ostringstream text;
  text << in.rdbuf();
  return read_examples(text.view(), file.string(), needed);
}

bool names_strangers(std::string_view intent) {
  return intent == "oos" || intent == "out_of_scope" || intent == "out-of-scope" || intent == "none_of_these";
}

example_set numbered(const std::vector<example>& examples) {
  example_set out;
  std::map<std::string, std::uint32_t> number;
  for (const auto& e : examples)
    if (!names_strangers(e.intent)) number.emplace(e.intent, 0);
  for (auto& [name, n] : number) n = static_cast<std::uint32_t>(out.names.size()), out.names.push_back(name);
  for (const auto& e : examples) {
    if (names_strangers(e.intent)) {
      out.strangers.push_back(e.text);
      continue;
    }
    out.texts.push_back(e.text);
    out.intent.push_back(number.at(e.intent));
  }
  return out;
}

std::string words_of_name(std::string_view name) {
  std::string out;
  char before = ' ';
  for (const char c : name) {
    const bool apart = c == '_' || c == '-' || c == '/' || c == '.' || c == ':' || c == '#';
    if (c >= 'A' && c <= 'Z' && before >= 'a' && before <= 'z') out += ' ';
    out += apart ? ' ' : c;
    before = c;
  }
  return normal_text(out);
}

} // namespace steward
