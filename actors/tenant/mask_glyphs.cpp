#include "actors/tenant/mask_glyphs.hpp"

#include <algorithm>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

namespace steward {
namespace {

constexpr std::string_view markers[] = {"[card]", "[national id]", "[password]"};

const UNormalizer2* nfkd() {
  static const UNormalizer2* n = [] {
    UErrorCode error = U_ZERO_ERROR;
    return unorm2_getNFKDInstance(&error);
  }();
  return n;
}

// Not seen: zero width, joiners, direction marks, variation selectors; and marks that sit on a letter or a digit.
bool is_invisible(UChar32 c) {
  if (u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT)) return true;
  auto type = u_charType(c);
  return type == U_FORMAT_CHAR || type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK;
}

bool decomposes(UChar32 c) { return c < 0xAC00 || c > 0xD7A3; } // Hangul syllables stay whole

void add(glyphs& out, UChar32 c, uint32_t begin, uint32_t end, bool& veiled) {
  if (is_invisible(c)) {
    veiled = true;
    if (!out.empty() && !out.back().barrier) out.back().end = end; // goes with what it follows
    return;
  }
  auto digit = u_charDigitValue(c);
  auto lower = u_tolower(c);
  out.push_back({digit >= 0 ? U'0' + static_cast<char32_t>(digit) : static_cast<char32_t>(lower), begin, end,
                 lower != c, veiled, false});
  veiled = false;
}

} // namespace

glyphs fold(std::string_view text) {
  glyphs out;
  out.reserve(text.size());
  bool veiled = false;
  auto n = static_cast<int32_t>(text.size());
  for (int32_t i = 0; i < n;) {
    auto begin = static_cast<uint32_t>(i);
    auto byte = static_cast<unsigned char>(text[i]);
    if (byte == '[') {
      auto m = std::find_if(std::begin(markers), std::end(markers),
                            [&](auto x) { return text.substr(static_cast<size_t>(i)).starts_with(x); });
      if (m != std::end(markers)) {
        i += static_cast<int32_t>(m->size());
        out.push_back({U'\uFFFC', begin, static_cast<uint32_t>(i), false, false, true});
        veiled = false;
        continue;
      }
    }
    if (byte < 0x80) {
      ++i;
      bool upper = byte >= 'A' && byte <= 'Z';
      if ((byte < 32 && byte != '\t' && byte != '\n' && byte != '\r') || byte == 127) {
        veiled = true; // control characters
        continue;
      }
      out.push_back({upper ? byte + 32u : byte, begin, begin + 1, upper, veiled, false});
      veiled = false;
      continue;
    }
    UChar32 c;
    U8_NEXT(text.data(), i, n, c);
    auto end = static_cast<uint32_t>(i);
    if (c < 0) {
      out.push_back({U'\uFFFD', begin, end, false, veiled, false});
      veiled = false;
      continue;
    }
    UChar parts[32];
    UErrorCode error = U_ZERO_ERROR;
    auto size = decomposes(c) ? unorm2_getDecomposition(nfkd(), c, parts, 32, &error) : -1;
    if (size < 0 || U_FAILURE(error)) {
      add(out, c, begin, end, veiled);
      continue;
    }
    for (int32_t k = 0; k < size;) {
      UChar32 part;
      U16_NEXT(parts, k, size, part);
      add(out, part, begin, end, veiled);
    }
  }
  return out;
}

std::u32string folded(std::string_view word) {
  std::u32string out;
  for (auto& g : fold(word)) out += g.c;
  return out;
}

bool is_letter(char32_t c) { return is_latin(c) || (c >= 0x80 && u_isalpha(static_cast<UChar32>(c))); }

bool is_space(char32_t c) {
  return c == ' ' || (c >= 9 && c <= 13) || (c >= 0x80 && u_isUWhiteSpace(static_cast<UChar32>(c)));
}

bool is_han(char32_t c) {
  return (c >= 0x3040 && c <= 0x30FF) || (c >= 0x3400 && c <= 0x9FFF) || (c >= 0x20000 && c <= 0x323AF);
}

bool is_separator(char32_t c) {
  if (is_space(c)) return true;
  if (c < 0x80) return std::string_view("-._/\\|*,:;'\"()[]=#~").find(static_cast<char>(c)) != std::string_view::npos;
  if (c == U'−' || c == U'·' || c == U'•' || c == U'、' || c == U'。' || c == U'・') return true;
  return u_charType(static_cast<UChar32>(c)) == U_DASH_PUNCTUATION;
}

bool named_before(const glyphs& g, size_t at, const std::vector<std::u32string>& words, size_t reach) {
  auto from = at > reach ? at - reach : 0;
  for (auto& w : words)
    for (size_t i = from; i + w.size() <= at; ++i) {
      size_t k = 0;
      while (k < w.size() && g[i + k].c == w[k]) ++k;
      if (k < w.size()) continue;
      bool starts = i == 0 || !is_latin(w[0]) || !is_latin(g[i - 1].c);
      bool ends = !is_latin(w.back()) || !is_latin(g[i + k].c) || i + k >= g.size();
      if (starts && ends) return true;
    }
  return false;
}

std::vector<digit_run> digit_runs(const glyphs& g) {
  constexpr size_t widest_gap = 3; // " - "
  std::vector<digit_run> out;
  size_t gap = 0;
  bool joined = false; // still in the run that began before
  for (size_t i = 0; i < g.size(); ++i) {
    if (g[i].barrier || !is_digit(g[i].c)) {
      ++gap;
      if (g[i].barrier || !is_separator(g[i].c) || gap > widest_gap) joined = false;
      continue;
    }
    if (!joined) out.emplace_back();
    auto& groups = out.back().groups;
    if (!joined || gap > 0)
      groups.push_back({i, i, false});
    else if (g[i].veiled)
      groups.push_back({i, i, true});
    else
      groups.back().last = i;
    joined = true, gap = 0;
  }
  return out;
}

bool luhn(std::string_view digits) {
  int sum = 0;
  for (size_t i = 0; i < digits.size(); ++i) {
    int d = digits[digits.size() - 1 - i] - '0';
    if (i % 2) d = d > 4 ? 2 * d - 9 : 2 * d;
    sum += d;
  }
  return sum % 10 == 0;
}

bool is_date(int year, int month, int day) {
  if (month < 1 || month > 12 || day < 1) return false;
  constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return day <= days[month - 1] + (month == 2 && leap);
}

} // namespace steward
