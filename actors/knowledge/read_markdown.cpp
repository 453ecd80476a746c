// Markdown with YAML front matter: id, title, language, questions; unknown keys are let be, since other programs put
// theirs there. Without a title the first heading is the title.
#include "actors/knowledge/article_sink.hpp"

#include <yaml-cpp/yaml.h>

#include <algorithm>

namespace steward {
namespace {

constexpr std::size_t largest_front_matter = 64 << 10;
constexpr std::size_t most_questions = 200;

std::string_view line_at(std::string_view text, std::size_t from) {
  const auto end = text.find('\n', from);
  auto line = text.substr(from, end == std::string_view::npos ? end : end - from);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

// YAML can nest and refer to itself far beyond its size; front matter needs neither.
bool tame(std::string_view yaml) {
  std::size_t depth = 0;
  for (const char c : yaml) {
    if (c == '[' || c == '{') ++depth;
    if (depth > 32) return false;
  }
  for (std::size_t at = 0; at < yaml.size();) {
    const auto line = line_at(yaml, at);
    if (std::min(line.find_first_not_of(" -?"), line.size()) > 64) return false;
    at += line.size() + 1;
    if (at < yaml.size() && yaml[at - 1] == '\r') ++at;
  }
  return true;
}

bool scalar(const YAML::Node& node, const char* key, std::string& into) {
  const auto value = node[key];
  if (!value || value.IsNull()) return true;
  if (!value.IsScalar()) return false;
  into = value.Scalar();
  return true;
}

} // namespace

void read_markdown(std::string_view bytes, const std::string& name, const std::string& id, article_sink& sink) {
  article a;
  std::string question;
  a.id = id;
  auto body = bytes;
  std::size_t first_line = 1;
  if (line_at(bytes, 0) == "---") {
    const auto begin = bytes.find('\n');
    std::size_t end = std::string_view::npos, at = begin == std::string_view::npos ? bytes.size() : begin + 1;
    for (std::size_t from = at; from < bytes.size();) {
      const auto line = line_at(bytes, from);
      if (line == "---" || line == "...") {
        end = from;
        break;
      }
      const auto next = bytes.find('\n', from);
      if (next == std::string_view::npos) break;
      from = next + 1;
    }
    if (end == std::string_view::npos)
      return sink.problem(name, 1, "the front matter that begins here has no closing ---");
    const auto yaml = bytes.substr(at, end - at);
    const auto after = bytes.find('\n', end);
    body = after == std::string_view::npos ? std::string_view() : bytes.substr(after + 1);
    first_line += 2 + static_cast<std::size_t>(std::count(yaml.begin(), yaml.end(), '\n'));
    if (yaml.size() > largest_front_matter) return sink.problem(name, 1, "the front matter is longer than 64 KiB");
    if (!tame(yaml)) return sink.problem(name, 1, "the front matter is nested too deeply");
    try {
      const auto node = YAML::Load(std::string(yaml));
      if (node.IsDefined() && !node.IsNull() && !node.IsMap())
        return sink.problem(name, 2, "the front matter is not a list of 'key: value'");
      if (node.IsMap()) {
        for (const auto& [key, into] : {std::pair{"id", &a.id},
                                        {"title", &a.title},
                                        {"question", &question},
                                        {"language", &a.language},
                                        {"lang", &a.language},
                                        {"source", &a.source}})
          if (!scalar(node, key, *into))
            return sink.problem(name, static_cast<std::size_t>(node[key].Mark().line) + 2,
                                std::string("'") + key + "' is not a single value");
        if (const auto questions = node["questions"]; questions && !questions.IsNull()) {
          const auto line = static_cast<std::size_t>(std::max(questions.Mark().line, 0)) + 2;
          if (!questions.IsSequence() || questions.size() > most_questions)
            return sink.problem(name, line, "'questions' is not a list of at most 200 texts");
          for (const auto& q : questions) {
            if (!q.IsScalar())
              return sink.problem(name, static_cast<std::size_t>(std::max(q.Mark().line, 0)) + 2,
                                  "a question is not a text");
            a.questions.push_back(q.Scalar());
          }
        }
      }
    } catch (const YAML::Exception& e) {
      return sink.problem(name, static_cast<std::size_t>(std::max(e.mark.line, 0)) + 2, "front matter: " + e.msg);
    }
  }
  a = asked(std::move(a), std::move(question));
  if (a.title.empty()) {
    for (std::size_t at = 0; at < body.size();) {
      const auto line = trimmed(line_at(body, at));
      const auto marks = std::min(line.find_first_not_of('#'), line.size());
      if (marks >= 1 && marks <= 6 && marks < line.size() && line[marks] == ' ') {
        a.title = trimmed(line.substr(marks));
        const auto next = body.find('\n', at);
        body = next == std::string_view::npos ? std::string_view() : body.substr(next + 1);
        break;
      }
      if (!line.empty()) break;
      const auto next = body.find('\n', at);
      if (next == std::string_view::npos) break;
      at = next + 1;
    }
  }
  a.text = trimmed(body);
  if (a.title.empty() && !a.text.empty()) a.title = a.id;
  sink.take(std::move(a), name, first_line > 1 ? 1 : first_line);
}

} // namespace steward
