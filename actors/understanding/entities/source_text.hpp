// A text cut into tokens over folded code points: lower case, half width, simplified characters where numerals and time
// words need it, Spanish accents off (ñ stays). Folding is one to one, so a place in the folded text is the same place
// in the original.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace steward::entities {

enum class token_kind : std::uint8_t { word, digits, han, sign };

struct token {
  std::uint32_t begin = 0; // code points
  std::uint32_t end = 0;
  token_kind kind = token_kind::sign;
  bool spaced = false; // white space (or the beginning of the text) before it
};

class source_text {
public:
  explicit source_text(std::string_view utf8);

  std::size_t size() const { return tokens_.size(); }
  const token& operator[](std::size_t i) const { return tokens_[i]; }
  // Folded text of a token, or empty past the end.
  std::string_view word(std::size_t i) const;
  bool is(std::size_t i, std::string_view w) const { return word(i) == w; }
  bool digits(std::size_t i) const { return i < size() && tokens_[i].kind == token_kind::digits; }
  // Token i stands directly behind token i - 1.
  bool glued(std::size_t i) const { return i > 0 && i < size() && !tokens_[i].spaced; }
  // Folded text of code points [begin, end).
  std::string_view folded(std::uint32_t begin, std::uint32_t end) const;
  // As written apart from width, of code points [begin, end).
  std::string written(std::uint32_t begin, std::uint32_t end) const;
  std::uint32_t byte_of(std::uint32_t code_point) const { return original_at_[code_point]; }
  std::uint32_t code_points() const { return static_cast<std::uint32_t>(wide_.size()); }
  char32_t at(std::uint32_t code_point) const { return code_point < wide_.size() ? wide_[code_point] : U'\0'; }
  char32_t raw(std::uint32_t code_point) const { return code_point < raw_.size() ? raw_[code_point] : U'\0'; }

private:
  std::u32string raw_;  // as written
  std::u32string wide_; // folded
  std::string narrow_;  // folded, UTF-8
  std::vector<std::uint32_t> narrow_at_;
  std::vector<std::uint32_t> original_at_;
  std::vector<token> tokens_;
};

} // namespace steward::entities
