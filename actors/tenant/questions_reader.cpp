#include "actors/tenant/spelling.hpp"
#include "actors/tenant/tenant_files.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace steward {
namespace {

using nlohmann::json;

constexpr size_t most_lines = 20000;
constexpr int deepest = 8;

std::string check(const std::string& line, const tenant_config& c, tenant_question& q) {
  int depth = 0;
  auto watch = [&](int d, json::parse_event_t, json&) { return depth = std::max(depth, d), d <= deepest; };
  json j;
  try {
    j = json::parse(line, watch);
  } catch (const json::parse_error& e) {
    return "not JSON near character " + std::to_string(e.byte) +
           R"(; a line looks like {"question": "…", "expected": ["article"]})";
  } catch (const json::exception&) { // a number that no double holds
    return R"(a number is too large; a line looks like {"question": "…", "expected": ["article"]})";
  }
  if (depth > deepest) return "nested deeper than " + std::to_string(deepest) + " levels";
  if (!j.is_object()) return std::string("expected {…}, got ") + j.type_name();
  for (auto& [key, value] : j.items())
    if (key != "question" && key != "expected" && key != "language")
      return "unknown key '" + shortened(key, 40) + "'" + hint(key, {"expected", "language", "question"});
  if (!j.contains("question")) return "'question' is missing";
  if (!j["question"].is_string()) return "'question': expected text, got " + std::string(j["question"].type_name());
  q.question = j["question"].get<std::string>();
  if (q.question.find_first_not_of(" \t\r\n") == std::string::npos) return "'question' must not be empty";
  if (characters(q.question) > 4000) return "'question': more than 4000 characters";
  if (!j.contains("expected")) return "'expected' is missing: ids of the articles that answer it, [] when none does";
  auto& expected = j["expected"];
  if (!expected.is_array())
    return "'expected': expected a list of article ids, got " + std::string(expected.type_name());
  if (expected.size() > 20) return "'expected': more than 20 articles";
  for (auto& id : expected) {
    if (!id.is_string()) return "'expected': expected article ids in quotes, got " + std::string(id.type_name());
    auto s = id.get<std::string>();
    if (s.empty() || s.size() > 200) return "'expected': an article id has 1 to 200 bytes";
    q.expected.push_back(std::move(s));
  }
  q.language = c.languages.empty() ? "" : c.languages.front();
  if (auto at = j.find("language"); at != j.end()) {
    if (!at->is_string()) return "'language': expected text, got " + std::string(at->type_name());
    q.language = at->get<std::string>();
    if (!c.languages.empty() && std::find(c.languages.begin(), c.languages.end(), q.language) == c.languages.end())
      return "'language': '" + shortened(q.language, 20) + "' is not in 'languages' of tenant.yaml";
  }
  return {};
}

} // namespace

void read_questions(const std::string& file, const std::string& text, tenant_config& c,
                    std::vector<config_problem>& problems) {
  std::map<std::pair<std::string, std::string>, uint32_t> first;
  uint32_t number = 0;
  for (size_t at = 0; at < text.size();) {
    auto end = std::min(text.find('\n', at), text.size());
    auto line = text.substr(at, end - at);
    at = end + 1, ++number;
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    if (c.questions.size() >= most_lines) {
      problems.push_back({file, number, "more than " + std::to_string(most_lines) + " questions"});
      return;
    }
    tenant_question q;
    if (auto why = check(line, c, q); !why.empty()) {
      problems.push_back({file, number, why});
      continue;
    }
    if (auto [at_line, fresh] = first.emplace(std::pair(q.language, q.question), number); !fresh) {
      problems.push_back({file, number, "the same question stands in line " + std::to_string(at_line->second)});
      continue;
    }
    c.questions.push_back(std::move(q));
  }
}

} // namespace steward
