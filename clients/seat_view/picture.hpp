// Lines of painted text, as wide as they are asked to be. Pure.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace steward::seat_ui {

enum class paint : uint8_t { plain, dim, bold, good, warn, bad, mark, bar };

struct span {
  std::string text; // safe for a terminal: no control characters
  paint is = paint::plain;
};
struct line {
  std::vector<span> spans;
  line() = default;
  line(std::string_view text, paint p = paint::plain) { add(text, p); }
  line& add(std::string_view text, paint p = paint::plain); // on one line, and made safe
  size_t width() const;
  line fitted(size_t width) const; // cut with "…", or filled with spaces
  line painted(paint) const;       // all of it
  std::string text() const;
};

/// Lines of at most this width.
std::vector<line> broken(std::string_view text, size_t width, paint = paint::plain);

struct picture {
  std::vector<line> rows;   // height of them, each as wide as the screen
  int row = -1, column = 0; // of the cursor; -1: none
};

class desk;
picture drawn(const desk&);

} // namespace steward::seat_ui
