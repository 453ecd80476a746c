// JSON lines and CSV: {"id", "title", "text", "language", "source", "questions"}; "question" and "answer" are taken for
// title and text; with a title of its own, a question is one of the article's. CSV as RFC 4180 has it, separated by
// comma, semicolon, tab or bar, with a first line of names; "sep=;" before it, as Excel knows it, is heeded. A line
// {"id", "removed": true} takes an article out.
#include "actors/knowledge/article_sink.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>

namespace steward {
namespace {

constexpr std::size_t most_questions = 200;

// nlohmann's parser recurses; a line of brackets must not use up the stack.
bool too_deep(std::string_view json) {
  std::size_t depth = 0;
  bool text = false;
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    if (text) {
      if (c == '\\')
        ++i;
      else if (c == '"')
        text = false;
    } else if (c == '"')
      text = true;
    else if ((c == '[' || c == '{') && ++depth > 16)
      return true;
    else if ((c == ']' || c == '}') && depth > 0)
      --depth;
  }
  return false;
}

/// What a line has, under the names that people give it.
struct draft {
  article it;
  std::string question;
};
struct field {
  const char* key;
  std::string& (*of)(draft&);
  bool says = false; // without one of these there is no article
};
constexpr field fields[] = {{"question", [](draft& d) -> std::string& { return d.question; }, true},
                            {"title", [](draft& d) -> std::string& { return d.it.title; }, true},
                            {"answer", [](draft& d) -> std::string& { return d.it.text; }, true},
                            {"text", [](draft& d) -> std::string& { return d.it.text; }, true},
                            {"language", [](draft& d) -> std::string& { return d.it.language; }},
                            {"lang", [](draft& d) -> std::string& { return d.it.language; }},
                            {"source", [](draft& d) -> std::string& { return d.it.source; }},
                            {"id", [](draft& d) -> std::string& { return d.it.id; }}};

std::string without_names(const std::vector<std::string>& row) {
  std::string has;
  for (std::size_t i = 0; i < std::min<std::size_t>(row.size(), 4); ++i)
    has += (has.empty() ? "'" : ", '") + std::string(trimmed(row[i]).substr(0, 30)) + "'";
  return "the first line names no column 'question', 'answer', 'title' or 'text': it has " + has;
}

char separator_of(std::string_view bytes) {
  std::map<char, std::size_t> seen;
  bool quoted = false;
  for (const char c : bytes) {
    if (c == '"') quoted = !quoted;
    if (c == '\n' && !quoted) break;
    if (!quoted) ++seen[c];
  }
  char out = ',';
  for (const char c : {';', '\t', '|'})
    if (seen[c] > seen[out]) out = c;
  return out;
}

} // namespace

void read_json_lines(std::string_view bytes, const std::string& name, const std::string& id, article_sink& sink) {
  std::size_t line_number = 0;
  for (std::size_t at = 0; at < bytes.size() && !sink.full();) {
    const auto end = std::min(bytes.find('\n', at), bytes.size());
    const auto line = trimmed(bytes.substr(at, end - at));
    at = end + 1;
    ++line_number;
    if (line.empty()) continue;
    const auto problem = [&](std::string_view what) { sink.problem(name, line_number, what); };
    if (line.size() > 2 * sink.limits().article_bytes + 4096) {
      problem("the line is too long");
      continue;
    }
    if (!valid_utf8(line)) {
      problem(not_utf8);
      continue;
    }
    if (too_deep(line)) {
      problem("nested too deeply");
      continue;
    }
    const auto doc = nlohmann::json::parse(line, nullptr, false);
    if (doc.is_discarded()) {
      problem("not JSON");
      continue;
    }
    if (!doc.is_object()) {
      problem("not a JSON object");
      continue;
    }
    draft d;
    d.it.id = id + "-" + std::to_string(line_number);
    bool good = true, said = false;
    for (const auto& f : fields) {
      const auto it = doc.find(f.key);
      if (it == doc.end() || it->is_null()) continue;
      if (it->is_string())
        f.of(d) = it->get<std::string>();
      else if (it->is_number_integer() && &f.of(d) == &d.it.id)
        d.it.id = it->dump();
      else {
        problem("'" + std::string(f.key) + "' is not a text");
        good = false;
      }
      said = said || f.says;
    }
    if (const auto it = doc.find("questions"); it != doc.end() && !it->is_null()) {
      const bool texts = it->is_array() && it->size() <= most_questions &&
                         std::all_of(it->begin(), it->end(), [](const auto& q) { return q.is_string(); });
      if (texts)
        d.it.questions = it->get<std::vector<std::string>>();
      else
        problem("'questions' is not a list of at most 200 texts"), good = false;
    }
    if (const auto it = doc.find("removed"); it != doc.end() && !it->is_null()) {
      if (it->is_boolean())
        d.it.removed = it->get<bool>(), said = said || d.it.removed;
      else
        problem("'removed' is not true or false"), good = false;
    }
    if (good && !said) problem("neither 'title' and 'text' nor 'question' and 'answer'"), good = false;
    if (good) sink.take(asked(std::move(d.it), std::move(d.question)), name, line_number);
  }
}

void read_csv(std::string_view bytes, const std::string& name, const std::string& id, article_sink& sink) {
  std::size_t line = 1, at = 0;
  char separator = 0;
  if (bytes.starts_with("sep=") && bytes.size() > 5 && (bytes[5] == '\n' || bytes.substr(5, 2) == "\r\n"))
    separator = bytes[4], line = 2, at = bytes.find('\n') + 1;
  else
    separator = separator_of(bytes);

  std::vector<std::string> row;
  std::map<std::size_t, field> columns;
  std::map<std::size_t, bool> question_columns;
  std::size_t row_line = line, width = 0;
  bool header = true;
  const auto finish_row = [&] {
    if (row.size() == 1 && trimmed(row[0]).empty()) return true; // an empty line
    if (header) {
      header = false;
      width = row.size();
      bool said = false;
      for (std::size_t i = 0; i < row.size(); ++i) {
        const auto key = lower_ascii(trimmed(row[i]));
        for (const auto& f : fields)
          if (key == f.key) columns.emplace(i, f), said = said || f.says;
        if (key == "questions") question_columns[i] = true;
      }
      if (!said) sink.problem(name, row_line, without_names(row));
      return said;
    }
    if (row.size() != width) {
      sink.problem(name, row_line,
                   std::to_string(row.size()) + " fields where the first line has " + std::to_string(width));
      return true;
    }
    draft d;
    auto& a = d.it;
    a.id = id + "-" + std::to_string(row_line);
    for (const auto& [i, f] : columns)
      if (!trimmed(row[i]).empty()) f.of(d) = row[i];
    for (const auto& [i, yes] : question_columns)
      for (std::size_t from = 0;
           from < row[i].size() && a.questions.size() < most_questions;) { // one a line, or parted by |
        const auto end = std::min(row[i].find_first_of("|\n", from), row[i].size());
        if (const auto q = trimmed(std::string_view(row[i]).substr(from, end - from)); !q.empty())
          a.questions.emplace_back(q);
        from = end + 1;
      }
    sink.take(asked(std::move(a), std::move(d.question)), name, row_line);
    return true;
  };
  while (at < bytes.size() && !sink.full()) {
    std::string value;
    // Blanks before a quotation mark are the writer's, not the value's.
    const auto begins = std::min(bytes.find_first_not_of(' ', at), bytes.size());
    if (begins < bytes.size() && bytes[begins] == '"') at = begins;
    if (bytes[at] == '"') {
      const auto opened = line;
      bool closed = false;
      for (++at; at < bytes.size(); ++at) {
        if (bytes[at] == '"') {
          if (at + 1 < bytes.size() && bytes[at + 1] == '"')
            ++at;
          else {
            closed = true;
            ++at;
            break;
          }
        }
        line += bytes[at] == '\n' ? 1 : 0;
        value += bytes[at];
      }
      if (!closed) return sink.problem(name, opened, "a quotation mark that is never closed");
      const auto junk = bytes.find_first_of(std::string{separator, '\n'}, at);
      const auto rest = trimmed(bytes.substr(at, std::min(junk, bytes.size()) - at));
      if (!rest.empty()) sink.problem(name, line, "text after a closing quotation mark is left out");
      at = std::min(junk, bytes.size());
    } else {
      const auto end = std::min(bytes.find_first_of(std::string{separator, '\n'}, at), bytes.size());
      value = bytes.substr(at, end - at);
      if (value.ends_with('\r')) value.pop_back();
      at = end;
    }
    row.push_back(std::move(value));
    if (row.size() > 1000) return sink.problem(name, row_line, "more than 1000 fields");
    if (at < bytes.size() && bytes[at] == separator) {
      ++at;
      if (at == bytes.size()) row.emplace_back();
      continue;
    }
    if (!finish_row()) return;
    row.clear();
    if (at < bytes.size()) ++at;
    row_line = ++line;
  }
  if (!row.empty()) finish_row();
}

} // namespace steward
