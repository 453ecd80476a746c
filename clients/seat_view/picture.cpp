#include "clients/seat_view/picture.hpp"

#include "clients/cli/table.hpp"

namespace steward::seat_ui {

line& line::add(std::string_view text, paint p) {
  if (!text.empty()) spans.push_back({cli::one_line(text), p});
  return *this;
}

size_t line::width() const {
  size_t n = 0;
  for (auto& s : spans) n += cli::display_width(s.text);
  return n;
}

line line::fitted(size_t width) const {
  line out;
  size_t used = 0, rest = this->width();
  for (auto& s : spans) {
    auto w = cli::display_width(s.text);
    auto last = used + w > width || (used + w == width && rest > w); // what follows finds no room: say so with "…"
    if (last) {
      auto room = width - used;
      auto text = cli::cut(rest > w ? s.text + "  " : s.text, room);
      used += cli::display_width(text);
      out.spans.push_back({std::move(text), s.is});
      break;
    }
    out.spans.push_back(s);
    used += w, rest -= w;
  }
  if (used < width)
    out.spans.push_back({std::string(width - used, ' '), out.spans.empty() ? paint::plain : out.spans.back().is});
  return out;
}

line line::painted(paint p) const {
  auto out = *this;
  for (auto& s : out.spans) s.is = p;
  return out;
}

std::string line::text() const {
  std::string out;
  for (auto& s : spans) out += s.text;
  return out;
}

std::vector<line> broken(std::string_view text, size_t width, paint p) {
  std::vector<line> out;
  for (auto& l : cli::wrapped(cli::safe_text(text), width)) out.emplace_back(l, p);
  return out;
}

} // namespace steward::seat_ui
