#include "clients/cli/table.hpp"

#include <algorithm>

namespace steward::cli {
namespace {

struct range {
  char32_t first, last;
};
// From Unicode's EastAsianWidth (W and F) and emoji blocks, merged where unassigned gaps do not matter.
constexpr range wide[] = {
    {0x1100, 0x115F},   {0x231A, 0x231B},   {0x2329, 0x232A},   {0x23E9, 0x23EC},   {0x25FD, 0x25FE},  {0x2614, 0x2615},
    {0x2648, 0x2653},   {0x26AA, 0x26AB},   {0x26BD, 0x26BE},   {0x26C4, 0x26C5},   {0x26FA, 0x26FD},  {0x2705, 0x2705},
    {0x270A, 0x270B},   {0x2728, 0x2728},   {0x274C, 0x274E},   {0x2753, 0x2757},   {0x2795, 0x2797},  {0x2B1B, 0x2B1C},
    {0x2B50, 0x2B55},   {0x2E80, 0x303E},   {0x3041, 0x33FF},   {0x3400, 0x4DBF},   {0x4E00, 0xA4CF},  {0xA960, 0xA97F},
    {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},   {0xFE10, 0xFE19},   {0xFE30, 0xFE6F},   {0xFF00, 0xFF60},  {0xFFE0, 0xFFE6},
    {0x1F300, 0x1F64F}, {0x1F680, 0x1F6FF}, {0x1F900, 0x1F9FF}, {0x1FA70, 0x1FAFF}, {0x20000, 0x3FFFD}};
// Combining marks of the scripts that customers are likely to write, joiners and variation selectors.
constexpr range narrowest[] = {{0x0300, 0x036F}, {0x0483, 0x0489}, {0x0591, 0x05BD}, {0x0610, 0x061A}, {0x064B, 0x065F},
                               {0x0900, 0x0902}, {0x093C, 0x093C}, {0x0941, 0x0948}, {0x094D, 0x094D}, {0x0E31, 0x0E31},
                               {0x0E34, 0x0E3A}, {0x0E47, 0x0E4E}, {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF}, {0x200B, 0x200F},
                               {0x202A, 0x202E}, {0x2060, 0x2064}, {0x20D0, 0x20FF}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F},
                               {0xFEFF, 0xFEFF}};

template <size_t N>
bool within(const range (&ranges)[N], char32_t c) {
  auto r = std::upper_bound(std::begin(ranges), std::end(ranges), c, [](char32_t x, range y) { return x < y.first; });
  return r != std::begin(ranges) && c <= std::prev(r)->last;
}

size_t width_of(char32_t c) { return within(narrowest, c) ? 0 : within(wide, c) ? 2 : 1; }

constexpr char32_t broken = 0xFFFD;

// The next character of s at `at`, which moves behind it; `broken` for a byte that begins none.
char32_t next(std::string_view s, size_t& at) {
  auto lead = static_cast<unsigned char>(s[at++]);
  if (lead < 0x80) return lead;
  int more = lead >= 0xF0 && lead < 0xF5 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC2 ? 1 : 0;
  if (more == 0 || lead >= 0xF5) return broken;
  char32_t c = lead & (0x3F >> more);
  auto end = at;
  for (int i = 0; i < more; ++i, ++end) {
    if (end >= s.size() || (static_cast<unsigned char>(s[end]) & 0xC0) != 0x80) return broken;
    c = c << 6 | (static_cast<unsigned char>(s[end]) & 0x3F);
  }
  if ((more == 2 && c < 0x800) || (more == 3 && (c < 0x10000 || c > 0x10FFFF)) || (c >= 0xD800 && c < 0xE000))
    return broken;
  at = end;
  return c;
}

bool is_control(char32_t c) {
  // Also what reorders text on the screen: a customer must not be able to make a line read otherwise than it is.
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) ||
         c == 0x2028 || c == 0x2029;
}

std::string cleaned(std::string_view s, bool keep_line_ends) {
  std::string out;
  out.reserve(s.size());
  for (size_t at = 0; at < s.size();) {
    auto begin = at;
    auto c = next(s, at);
    if (c == '\n' && keep_line_ends)
      out += '\n';
    else if (is_control(c))
      out += ' ';
    else if (c == broken)
      out += "\uFFFD";
    else
      out += s.substr(begin, at - begin);
  }
  return out;
}

} // namespace

size_t display_width(std::string_view s) {
  size_t n = 0;
  for (size_t at = 0; at < s.size();) n += width_of(next(s, at));
  return n;
}

std::string one_line(std::string_view s) { return cleaned(s, false); }
std::string safe_text(std::string_view s) { return cleaned(s, true); }

std::string cut(std::string_view s, size_t width) {
  if (display_width(s) <= width) return std::string(s);
  if (width == 0) return {};
  size_t at = 0, used = 0;
  while (at < s.size()) {
    auto begin = at;
    auto w = width_of(next(s, at));
    if (used + w > width - 1) return std::string(s.substr(0, begin)) + "…";
    used += w;
  }
  return std::string(s);
}

std::vector<std::string> wrapped(std::string_view s, size_t width) {
  width = std::max<size_t>(width, 2);
  std::vector<std::string> lines;
  std::string line;
  size_t used = 0, last_space = std::string::npos;
  auto finish = [&] { lines.push_back(std::move(line)), line.clear(), used = 0, last_space = std::string::npos; };
  for (size_t at = 0; at < s.size();) {
    auto begin = at;
    auto c = next(s, at);
    if (c == '\n') {
      finish();
      continue;
    }
    auto w = width_of(c);
    if (used + w > width) {
      if (c == ' ') {
        finish();
        continue;
      }
      if (w < 2 && last_space != std::string::npos) {
        auto rest = line.substr(last_space + 1);
        line.resize(last_space);
        finish();
        line = std::move(rest);
        used = display_width(line);
      } else {
        finish();
      }
    }
    if (c == ' ') last_space = line.size();
    line += s.substr(begin, at - begin);
    used += w;
  }
  if (!line.empty() || lines.empty()) finish();
  return lines;
}

std::string painted(std::string_view s, colour c, bool colours) {
  if (!colours || c == colour::none || s.empty()) return std::string(s);
  constexpr const char* codes[] = {"", "32", "33", "31", "2", "1"};
  return "\033[" + std::string(codes[static_cast<size_t>(c)]) + "m" + std::string(s) + "\033[0m";
}

table::table(std::vector<column> columns)
    : columns_(std::move(columns)) {}

void table::row(std::vector<cell> cells) {
  while (cells.size() < columns_.size()) cells.emplace_back("");
  cells.resize(columns_.size(), cell(""));
  for (auto& c : cells) c.text = one_line(c.text);
  rows_.push_back(std::move(cells));
}

std::string table::text(size_t max_width, bool colours) const {
  std::vector<size_t> widths;
  size_t total = 0;
  for (size_t i = 0; i < columns_.size(); ++i) {
    auto w = display_width(columns_[i].title);
    for (auto& r : rows_) w = std::max(w, display_width(r[i].text));
    widths.push_back(w);
    total += w + (i + 1 < columns_.size() && w > 0 ? 2 : 0);
  }
  auto too_wide = [&] { return max_width > 0 && total > max_width; };
  auto cut_last = [&](size_t least) {
    for (; too_wide() && widths.back() > least; --total) --widths.back();
  };
  if (!widths.empty()) cut_last(20);
  while (too_wide()) {
    size_t widest = 0;
    for (size_t i = 1; i + 1 < columns_.size(); ++i)
      if (columns_[i].side == align::left && widths[i] > std::max<size_t>(8, widest ? widths[widest] : 0)) widest = i;
    if (widest == 0) break;
    --widths[widest], --total;
  }
  if (!widths.empty()) cut_last(10);

  std::string out;
  auto line = [&](auto&& cell_at) {
    std::string s;
    for (size_t i = 0; i < columns_.size(); ++i) {
      auto [content, paint] = cell_at(i);
      auto shown = cut(content, widths[i]);
      std::string padding(widths[i] - display_width(shown), ' ');
      if (columns_[i].side == align::right) s += padding;
      s += painted(shown, paint, colours);
      if (i + 1 == columns_.size()) break;
      if (widths[i] == 0) continue; // neither title nor text: as if it were not there
      if (columns_[i].side == align::left) s += padding;
      s += "  ";
    }
    while (!s.empty() && s.back() == ' ') s.pop_back();
    out += s += '\n';
  };
  line([&](size_t i) { return std::pair{columns_[i].title, colour::bold}; });
  for (auto& r : rows_) line([&](size_t i) { return std::pair{r[i].text, r[i].paint}; });
  return out;
}

} // namespace steward::cli
