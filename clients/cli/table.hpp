// Text for a terminal: how wide it is, and tables of it. Pure.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace steward::cli {

/// Columns that a terminal uses for UTF-8 text: 2 for Chinese, Japanese and Korean characters and emoji, 0 for
/// combining marks.
size_t display_width(std::string_view);

/// Text of strangers made safe for one line of a terminal: control characters (line ends, escape sequences) become
/// spaces, bytes that are no UTF-8 become U+FFFD.
std::string one_line(std::string_view);
/// The same for text of several lines: line ends stay.
std::string safe_text(std::string_view);

/// Cut to `width` columns, with "…" at the end when something was cut.
std::string cut(std::string_view, size_t width);
/// Broken at spaces (at characters where there are none, as in Chinese), each line at most `width` columns.
std::vector<std::string> wrapped(std::string_view, size_t width);

enum class colour : uint8_t { none, good, warn, bad, dim, bold };
std::string painted(std::string_view, colour, bool colours);

struct cell {
  std::string text;
  colour paint = colour::none;
  cell(std::string x, colour c = colour::none)
      : text(std::move(x))
      , paint(c) {}
  cell(const char* x)
      : text(x) {}
};

class table {
public:
  enum class align { left, right };
  struct column {
    std::string title;
    align side = align::left;
  };
  explicit table(std::vector<column>);
  void row(std::vector<cell>); // short rows are filled with empty cells
  bool empty() const { return rows_.empty(); }
  /// Lines with two spaces between columns, and a line end each; a column without title and text is left out. With
  /// `max_width` above 0 columns are cut so that lines fit: the last one to 20, then others of text but the first one
  /// (it names the row) to 8, the widest first, then the last one to 10.
  std::string text(size_t max_width, bool colours) const;

private:
  std::vector<column> columns_;
  std::vector<std::vector<cell>> rows_;
};

} // namespace steward::cli
