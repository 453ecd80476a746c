#include "clients/cli/file_parts.hpp"

#include <algorithm>

namespace steward::cli {
namespace {

constexpr std::string_view bom = "\xEF\xBB\xBF";

// End of the record at `at` (behind its line end). `quotes`: CSV, where a quoted field may hold line ends.
size_t record_end(std::string_view s, size_t at, bool quotes) {
  bool quoted = false;
  if (at == 0 && s.starts_with(bom)) at = bom.size();
  bool opens = true; // here a field begins: only there a quotation mark stands for itself
  for (; at < s.size(); ++at) {
    auto c = s[at];
    if (quotes && c == '"' && (quoted || opens))
      quoted = !quoted, opens = true; // a doubled one flips twice
    else if (c == '\n' && !quoted)
      return at + 1;
    else if (!quoted && c != ' ')
      opens = c == ',' || c == ';' || c == '\t' || c == '|';
  }
  return s.size();
}

uint32_t lines_in(std::string_view s) { return static_cast<uint32_t>(std::count(s.begin(), s.end(), '\n')); }

std::string too_long(uint32_t line, size_t size, size_t limit) {
  return std::to_string(line) + ": the record has " + std::to_string(size / 1024) + " KiB, more than the " +
         std::to_string(limit / 1024) + " KiB that fit into a message";
}

} // namespace

std::string format_of(std::string_view path) {
  auto dot = path.rfind('.');
  if (dot == std::string_view::npos) return {};
  std::string ext(path.substr(dot + 1));
  std::transform(ext.begin(), ext.end(), ext.begin(), [](unsigned char c) { return c < 128 ? std::tolower(c) : c; });
  if (ext == "md" || ext == "markdown") return "md";
  if (ext == "html" || ext == "htm") return "html";
  if (ext == "jsonl" || ext == "ndjson") return "jsonl";
  if (ext == "csv" || ext == "tsv") return "csv";
  return {};
}

parts parts_of(std::string_view content, std::string_view format, size_t limit) {
  parts out;
  auto csv = format == "csv";
  if (content.starts_with("\xFF\xFE") || content.starts_with("\xFE\xFF")) {
    out.broken.push_back("1: the file is UTF-16: save it as UTF-8 (Excel calls it 'CSV UTF-8')");
    return out;
  }
  if (!csv && format != "jsonl") {
    out.found.push_back({std::string(content), 1});
    return out;
  }
  if (content.size() <= limit) {
    out.found.push_back({std::string(content), 1});
    return out;
  }
  auto names = csv ? record_end(content, 0, true) : 0;
  if (content.substr(content.starts_with(bom) ? bom.size() : 0).starts_with("sep=")) // the line before them
    names = record_end(content, names, csv);
  auto header = content.substr(0, csv ? names : 0);
  if (header.size() >= limit) {
    // Without an end to its first record the file is most likely no CSV at all.
    out.broken.push_back(too_long(1, header.size(), limit));
    return out;
  }
  auto at = header.size();
  auto line = 1 + lines_in(header);
  file_part part{std::string(header), 1};
  auto flush = [&] {
    if (part.content.size() > header.size()) out.found.push_back(std::move(part));
    part = {std::string(header), line - lines_in(header)};
  };
  while (at < content.size()) {
    auto end = record_end(content, at, csv);
    auto record = content.substr(at, end - at);
    if (header.size() + record.size() > limit) {
      out.broken.push_back(too_long(line, record.size(), limit));
      flush();
      line += lines_in(record);
      part.first_line = line - lines_in(header);
    } else {
      if (part.content.size() + record.size() > limit) flush();
      part.content += record;
      line += lines_in(record);
    }
    at = end;
  }
  flush();
  return out;
}

} // namespace steward::cli
