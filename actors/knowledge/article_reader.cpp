#include "actors/knowledge/article_reader.hpp"

#include "actors/knowledge/article_sink.hpp"

#include <algorithm>
#include <fstream>
#include <optional>
#include <unicode/utf8.h>

namespace steward {
namespace {

namespace fs = std::filesystem;

std::optional<article_format> format_of(const fs::path& file) {
  const auto end = lower_ascii(file.extension().string());
  if (end == ".md" || end == ".markdown") return article_format::markdown;
  if (end == ".html" || end == ".htm") return article_format::html;
  if (end == ".jsonl" || end == ".ndjson") return article_format::json_lines;
  if (end == ".csv" || end == ".tsv") return article_format::csv;
  return std::nullopt;
}

std::size_t line_at(std::string_view bytes, std::size_t at) {
  return 1 + static_cast<std::size_t>(std::count(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
}

void parse(std::string_view bytes, article_format format, const std::string& name, const std::string& id,
           article_sink& sink) {
  const auto before = sink.count();
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF"))
    return sink.problem(name, 1, "the file is UTF-16: save it as UTF-8 (Excel calls it 'CSV UTF-8')");
  if (const auto nul = bytes.find('\0'); nul != std::string_view::npos) {
    sink.problem(name, line_at(bytes, nul), "a zero byte: this is not a text file");
    return;
  }
  // One article each: a browser's guess at another encoding would be wrong words in an answer. Lines are read one by
  // one.
  if (format == article_format::markdown || format == article_format::html)
    if (const auto bad = first_not_utf8(bytes); bad != std::string_view::npos)
      return sink.problem(name, line_at(bytes, bad), not_utf8);
  std::string old_lines; // of a Mac's
  if (bytes.find('\n') == std::string_view::npos && bytes.find('\r') != std::string_view::npos) {
    old_lines = bytes;
    std::replace(old_lines.begin(), old_lines.end(), '\r', '\n');
    bytes = old_lines;
  }
  switch (format) {
  case article_format::markdown: read_markdown(bytes, name, id, sink); break;
  case article_format::html: read_html(bytes, name, id, sink); break;
  case article_format::json_lines: read_json_lines(bytes, name, id, sink); break;
  case article_format::csv: read_csv(bytes, name, id, sink); break;
  }
  if (sink.count() == before) sink.problem(name, 1, "there is no article in it");
}

void read_file(const fs::path& file, const std::string& id, article_sink& sink) {
  const auto name = file.string();
  const auto format = format_of(file);
  if (!format) return sink.problem(name, 1, "not a kind of file that is read here (.md .html .jsonl .csv)");
  std::error_code error;
  const auto bytes = fs::file_size(file, error);
  if (error) return sink.problem(name, 1, "cannot be read: " + error.message());
  if (bytes > sink.limits().file_bytes)
    return sink.problem(name, 1,
                        std::to_string(bytes) + " bytes, more than the " + std::to_string(sink.limits().file_bytes) +
                            " that one file may have");
  std::ifstream in(file, std::ios::binary);
  std::string content(bytes, '\0');
  if (!in.read(content.data(), static_cast<std::streamsize>(bytes))) return sink.problem(name, 1, "cannot be read");
  parse(content, *format, name, id, sink);
}

std::string id_below(const fs::path& root, const fs::path& file) {
  auto relative = file.lexically_relative(root).replace_extension().generic_string();
  return relative.empty() || relative == "." ? file.stem().string() : relative;
}

} // namespace

void article_sink::problem(const std::string& file, std::size_t line, std::string_view message) {
  if (out_.problems.size() < limits_.problems)
    out_.problems.push_back(file + ":" + std::to_string(line) + ": " + std::string(message));
  else
    ++untold_;
}

void article_sink::take(article a, const std::string& file, std::size_t line) {
  if (full_) return;
  if (out_.articles.size() >= limits_.articles) {
    full_ = true;
    return problem(file, line, "more than " + std::to_string(limits_.articles) + " articles; the rest is left out");
  }
  const auto before = a.id;
  a.id = trimmed(a.id);
  a.title = trimmed(a.title);
  a.language = lower_ascii(trimmed(a.language));
  if (const auto region = a.language.find_first_of("-_"); region != std::string::npos) a.language.resize(region);
  if (a.id.empty()) return problem(file, line, "no id");
  if (a.id.size() > 200) return problem(file, line, "the id is longer than 200 bytes");
  if (std::any_of(a.id.begin(), a.id.end(), [](unsigned char c) { return c < 32 || c == 127; }))
    return problem(file, line, "the id holds a control character");
  if (a.removed) { // nothing of it but its name
    article gone;
    gone.id = std::move(a.id), gone.removed = true;
    a = std::move(gone);
  } else if (a.title.empty() && trimmed(a.text).empty())
    return problem(file, line, "'" + a.id + "' has neither title nor text");
  if (!a.language.empty() && (a.language.size() < 2 || a.language.size() > 3 ||
                              a.language.find_first_not_of("abcdefghijklmnopqrstuvwxyz") != std::string::npos))
    return problem(file, line, "language '" + a.language.substr(0, 20) + "' is not a code such as en, zh or es");
  auto size = a.title.size() + a.text.size();
  for (const auto& q : a.questions) size += q.size();
  if (size > limits_.article_bytes)
    return problem(file, line,
                   "'" + a.id + "' has " + std::to_string(size) + " bytes, more than the " +
                       std::to_string(limits_.article_bytes) + " that one article may have");
  bool good = valid_utf8(a.id) && valid_utf8(a.title) && valid_utf8(a.text);
  for (const auto& q : a.questions) good = good && valid_utf8(q);
  if (!good) return problem(file, line, not_utf8);
  if (!seen_.insert(a.language + "\n" + a.id).second)
    return problem(file, line,
                   "'" + a.id + "' was there before" + (a.language.empty() ? "" : " in language " + a.language) +
                       "; the first is kept");
  if (a.source.empty()) a.source = file;
  out_.articles.push_back(std::move(a));
}

reading article_sink::finish() {
  if (untold_ > 0) out_.problems.push_back("and " + std::to_string(untold_) + " more problems");
  return std::move(out_);
}

article asked(article a, std::string question) {
  if (trimmed(question).empty()) return a;
  if (trimmed(a.title).empty())
    a.title = std::move(question);
  else if (trimmed(a.title) != trimmed(question))
    a.questions.insert(a.questions.begin(), std::move(question));
  return a;
}

std::string_view trimmed(std::string_view s) {
  constexpr std::string_view blanks = " \t\r\n\f\v";
  const auto from = s.find_first_not_of(blanks);
  return from == std::string_view::npos ? std::string_view() : s.substr(from, s.find_last_not_of(blanks) - from + 1);
}

std::string lower_ascii(std::string_view s) {
  std::string out(s);
  for (auto& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return out;
}

std::size_t first_not_utf8(std::string_view s) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(s.data());
  for (std::int32_t i = 0, n = static_cast<std::int32_t>(s.size()); i < n;) {
    const auto at = static_cast<std::size_t>(i);
    UChar32 c = 0;
    U8_NEXT(bytes, i, n, c);
    if (c < 0) return at;
  }
  return std::string_view::npos;
}

reading parse_articles(std::string_view bytes, article_format format, const std::string& name, const std::string& id,
                       const reader_limits& limits) {
  article_sink sink(limits);
  if (bytes.size() > limits.file_bytes)
    sink.problem(name, 1, "too large");
  else
    parse(bytes, format, name, id, sink);
  return sink.finish();
}

reading read_articles(const fs::path& where, const reader_limits& limits) {
  article_sink sink(limits);
  std::error_code error;
  if (!fs::exists(where, error)) {
    sink.problem(where.string(), 1, "there is no such file or folder");
    return sink.finish();
  }
  if (!fs::is_directory(where, error)) {
    read_file(where, where.stem().string(), sink);
    return sink.finish();
  }
  std::vector<fs::path> files;
  for (fs::recursive_directory_iterator it(where, fs::directory_options::skip_permission_denied, error), end; it != end;
       it.increment(error)) {
    if (error) break;
    if (it->path().filename().string().starts_with('.')) {
      if (it->is_directory(error)) it.disable_recursion_pending();
      continue;
    }
    if (it->is_regular_file(error) && format_of(it->path())) files.push_back(it->path());
  }
  if (error) sink.problem(where.string(), 1, "cannot be listed: " + error.message());
  std::sort(files.begin(), files.end());
  for (const auto& file : files) {
    if (sink.full()) break;
    read_file(file, id_below(where, file), sink);
  }
  return sink.finish();
}

} // namespace steward
