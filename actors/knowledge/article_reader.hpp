// Files that people have into articles: Markdown with front matter, HTML, JSON lines and CSV with questions and
// answers.
//
// Nothing here throws, and nothing is skipped silently: whatever is wrong with a file is told as "file:line: what", and
// all that is right is still read.
#pragma once

#include "messages/knowledge.hpp"

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace steward {

struct reader_limits {
  std::size_t file_bytes = std::size_t{64} << 20;
  std::size_t article_bytes = std::size_t{256} << 10; // title, text and questions together
  std::size_t articles = 200'000;
  std::size_t problems = 1'000; // told one by one; beyond, a last line says that there were more
};

struct reading {
  std::vector<article> articles;
  std::vector<std::string> problems; // "file:line: message"
};

enum class article_format { markdown, html, json_lines, csv };

// A file, or a folder with all files below it whose names end in .md, .markdown, .html, .htm, .jsonl, .ndjson, .csv or
// .tsv, in the order of their paths. An article without an id of its own gets its path below the folder, without the
// ending. Two articles with one id and one language are a problem; the first is kept.
reading read_articles(const std::filesystem::path& where, const reader_limits& limits = {});

// The same for bytes in memory; `name` stands in the problems and in article::source, `id` is what an article without
// one gets (lines get `id` and their number).
reading parse_articles(std::string_view bytes, article_format format, const std::string& name, const std::string& id,
                       const reader_limits& limits = {});

} // namespace steward
