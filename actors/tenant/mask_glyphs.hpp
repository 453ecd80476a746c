// A text as the masking rules read it: what looks alike is alike, what nobody sees is not there. Each glyph knows the
// bytes that it stands for. Pure.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace steward {

struct glyph {
  char32_t c;           // lower case, without accents, width and style; digits of all scripts are '0'..'9'
  uint32_t begin, end;  // bytes of the original
  bool upper = false;   // was a capital
  bool veiled = false;  // something invisible stands before it
  bool barrier = false; // a marker that masking put there earlier
};
using glyphs = std::vector<glyph>;

glyphs fold(std::string_view text);
/// The folded text of a keyword.
std::u32string folded(std::string_view word);

inline bool is_digit(char32_t c) { return c >= '0' && c <= '9'; }
inline bool is_latin(char32_t c) { return c >= 'a' && c <= 'z'; }
bool is_letter(char32_t c); // of any script
bool is_space(char32_t c);
bool is_han(char32_t c); // scripts that are written without spaces: Han, kana
/// What people put between the digits of a number.
bool is_separator(char32_t c);

/// Does one of the words stand within `reach` glyphs before glyph `at`?
bool named_before(const glyphs&, size_t at, const std::vector<std::u32string>& words, size_t reach = 40);

/// A place to be masked, in glyphs: [first, last].
struct found {
  size_t first, last;
};

/// A number with its separators: all groups of digits that follow each other, or some of them.
struct digit_window {
  std::string digits;
  std::string groups; // "4-4-4-4": sizes, parted by separators or by something invisible
  std::string plain;  // the same, parted by visible separators only
  size_t first, last; // glyphs
  bool whole;         // no further digits before or behind
};
/// Calls f for every window of `least` to `most` digits, the longer ones first.
template <class F>
void each_window(const glyphs& g, size_t least, size_t most, F f);

// The rules; each adds what it finds.
void find_cards(const glyphs&, std::vector<found>&);
void find_numeric_ids(const glyphs&, std::vector<found>&);
void find_lettered_ids(const glyphs&, std::vector<found>&);
void find_passwords(const glyphs&, std::vector<found>&);

/// Check digits of cards and of some national ids.
bool luhn(std::string_view digits);
/// Is it a day of the calendar? A two-digit year is `year % 100` with century 0.
bool is_date(int year, int month, int day);

// --- digit_window, in the header because of its template

struct digit_run {
  struct group {
    size_t first, last; // glyphs
    bool veiled;        // parted from the group before by something invisible only
  };
  std::vector<group> groups;
};
std::vector<digit_run> digit_runs(const glyphs&);

template <class F>
void each_window(const glyphs& g, size_t least, size_t most, F f) {
  for (auto& run : digit_runs(g)) {
    auto n = run.groups.size();
    for (size_t i = 0; i < n; ++i) {
      digit_window w;
      size_t hard = 0;
      for (size_t j = i; j < n && w.digits.size() <= most; ++j) {
        auto& group = run.groups[j];
        auto size = group.last - group.first + 1;
        if (w.digits.size() + size > most) break;
        for (auto k = group.first; k <= group.last; ++k) w.digits += static_cast<char>(g[k].c);
        (w.groups += j > i ? "-" : "") += std::to_string(size);
        if (j > i && group.veiled) {
          hard += size;
          w.plain.resize(w.plain.rfind('-') == std::string::npos ? 0 : w.plain.rfind('-') + 1);
        } else {
          hard = size;
          if (j > i) w.plain += '-';
        }
        w.plain += std::to_string(hard);
        w.first = run.groups[i].first, w.last = group.last;
        w.whole = i == 0 && j + 1 == n;
        if (w.digits.size() >= least) f(std::as_const(w));
      }
    }
  }
}

} // namespace steward
