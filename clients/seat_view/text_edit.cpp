#include "clients/seat_view/text_edit.hpp"

#include "clients/cli/table.hpp"

#include <algorithm>

namespace steward::seat_ui {
namespace {

using cli::display_width;

constexpr std::string_view joiner = "\u200D";

bool goes_on(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

size_t code_end(std::string_view s, size_t at) {
  if (at < s.size()) ++at;
  while (at < s.size() && goes_on(s[at])) ++at;
  return at;
}

/// The end of what a reader takes for one character: with the marks above it, and what a joiner ties to it.
size_t char_end(std::string_view s, size_t at) {
  auto end = code_end(s, at);
  while (end < s.size() && s[end] != '\n') {
    auto next = code_end(s, end);
    auto tied = s.substr(0, end).ends_with(joiner);
    if (!tied && display_width(s.substr(end, next - end)) > 0) break;
    end = next;
  }
  return end;
}

size_t char_begin(std::string_view s, size_t before) {
  auto line = before == 0 ? s.npos : s.rfind('\n', before - 1);
  auto at = line == s.npos ? 0 : line; // a line end is a character of its own
  while (at < before) {
    auto end = char_end(s, at);
    if (end >= before) break;
    at = end;
  }
  return at;
}

struct row {
  size_t begin = 0, end = 0; // bytes; what is between two rows (a space, a line end) belongs to neither
};

/// Broken at spaces where there are some, at characters where there are none.
std::vector<row> rows_of(std::string_view s, size_t width) {
  std::vector<row> rows;
  row now;
  size_t used = 0, space = s.npos;
  for (size_t at = 0; at < s.size();) {
    if (s[at] == '\n') {
      now.end = at;
      rows.push_back(now);
      now.begin = ++at, used = 0, space = s.npos;
      continue;
    }
    auto end = char_end(s, at);
    auto w = display_width(s.substr(at, end - at));
    if (used + w > width) {
      if (s[at] == ' ') { // a row ends with it
        now.end = at;
        rows.push_back(now);
        now.begin = at = end, used = 0, space = s.npos;
        continue;
      }
      auto cut = space == s.npos ? at : space + 1;
      now.end = space == s.npos ? at : space;
      rows.push_back(now);
      now.begin = cut, used = display_width(s.substr(cut, at - cut)), space = s.npos;
      if (used + w > width && cut < at) continue; // what moved down is still too long
    }
    if (s[at] == ' ') space = at;
    used += w, at = end;
  }
  now.end = s.size();
  rows.push_back(now);
  return rows;
}

size_t row_at(const std::vector<row>& rows, size_t at) {
  size_t r = 0;
  while (r + 1 < rows.size() && rows[r + 1].begin <= at) ++r;
  return r;
}

} // namespace

bool text_edit::blank() const { return text_.find_first_not_of(" \n") == text_.npos; }
size_t text_edit::chars() const {
  return static_cast<size_t>(std::count_if(text_.begin(), text_.end(), [](char c) { return !goes_on(c); }));
}
void text_edit::set(std::string s) {
  text_.clear(), at_ = 0;
  insert(s);
}

void text_edit::insert(std::string_view s) {
  std::string ends;
  for (size_t i = 0; i < s.size(); ++i)
    if (s[i] != '\r')
      ends += s[i];
    else if (i + 1 >= s.size() || s[i + 1] != '\n')
      ends += '\n'; // terminals paste line ends so
  auto safe = cli::safe_text(ends);
  text_.insert(at_, safe);
  at_ += safe.size();
}
void text_edit::erase_back() {
  auto begin = char_begin(text_, at_);
  text_.erase(begin, at_ - begin);
  at_ = begin;
}
void text_edit::erase_here() { text_.erase(at_, char_end(text_, at_) - at_); }
void text_edit::erase_word() {
  auto end = at_;
  auto space = [&] { return at_ > 0 && (text_[at_ - 1] == ' ' || text_[at_ - 1] == '\n'); };
  while (space()) left();
  while (at_ > 0 && !space()) left();
  text_.erase(at_, end - at_);
}
void text_edit::left() { at_ = char_begin(text_, at_); }
void text_edit::right() { at_ = char_end(text_, at_); }
void text_edit::to_begin() {
  while (at_ > 0 && text_[at_ - 1] != '\n') --at_;
}
void text_edit::to_end() { at_ = std::min(text_.find('\n', at_), text_.size()); }

text_edit::layout text_edit::laid_out(size_t width) const {
  auto rows = rows_of(text_, std::max<size_t>(2, width));
  layout out;
  for (auto& r : rows) out.lines.push_back(text_.substr(r.begin, r.end - r.begin));
  out.row = row_at(rows, at_);
  auto& r = rows[out.row];
  out.column = display_width(std::string_view(text_).substr(r.begin, std::min(at_, r.end) - r.begin));
  return out;
}

void text_edit::to_row(size_t width, size_t row, size_t column) {
  auto rows = rows_of(text_, std::max<size_t>(2, width));
  auto r = rows[std::min(row, rows.size() - 1)];
  for (at_ = r.begin; at_ < r.end; at_ = char_end(text_, at_))
    if (display_width(std::string_view(text_).substr(r.begin, char_end(text_, at_) - r.begin)) > column) break;
}
void text_edit::up(size_t width) {
  auto l = laid_out(width);
  if (l.row > 0) to_row(width, l.row - 1, l.column);
}
void text_edit::down(size_t width) {
  auto l = laid_out(width);
  if (l.row + 1 < l.lines.size()) to_row(width, l.row + 1, l.column);
}

} // namespace steward::seat_ui
