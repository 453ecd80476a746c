// Files of knowledge cut into messages that fit. Pure.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace steward::cli {

inline constexpr size_t part_bytes = 512 * 1024;  // of a line file's content in one message
inline constexpr size_t whole_bytes = 900 * 1024; // of a file that cannot be cut: below the 1 MiB of a message

/// "md", "html", "jsonl", "csv" by the file's extension; empty for every other file.
std::string format_of(std::string_view path);

/// Line k of `content` is line `first_line` + k - 1 of the file. A CSV part after the first begins with the header
/// record again; there this holds for the lines below the header, so `first_line` may point above the header's place.
struct file_part {
  std::string content;
  uint32_t first_line = 1;
};
struct parts {
  std::vector<file_part> found;
  std::vector<std::string> broken; // "12: what", a line that is too long for any message
};

/// Cuts JSONL at line ends and CSV at record ends (a quoted field may hold line ends); Markdown and HTML stay whole.
parts parts_of(std::string_view content, std::string_view format, size_t limit = part_bytes);

} // namespace steward::cli
