#include "actors/understanding/entities/source_text.hpp"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <unordered_map>

namespace steward::entities {

namespace {

const std::unordered_map<char32_t, char32_t>& folds() {
  // Traditional characters of numerals, units and time words; Spanish vowels; typographic signs.
  static const std::unordered_map<char32_t, char32_t> table = [] {
    std::unordered_map<char32_t, char32_t> t;
    const std::u32string from =
        U"萬億點兩負個後週號時鐘對雙幾倆貳陸參叄們這間歲塊錢圓盧幣鎊韓際國會從來間過還內當現節"
        U"慶聖誕勞動軍兒曆農臘閏禮點鍾頭遲開發東羅裡畝噸釐釘莊瀏區當僅餘數陰陽舊約紀歐馬銖滿灣臺";
    const std::u32string to = U"万亿点两负个后周号时钟对双几俩贰陆叁叁们这间岁块钱圆卢币镑韩际国会从来间过还内当现节庆"
                              U"圣诞劳动军儿历农腊闰礼点钟头迟开发东罗里亩吨厘钉庄浏区当仅余数阴阳旧约纪欧马铢满湾台";
    for (std::size_t i = 0; i < from.size() && i < to.size(); ++i) t[from[i]] = to[i];
    const std::u32string accents = U"áàâäéèêëíìîïóòôöúùûü", bare = U"aaaaeeeeiiiioooouuuu";
    for (std::size_t i = 0; i < accents.size(); ++i) t[accents[i]] = bare[i];
    t[U'’'] = t[U'‘'] = t[U'`'] = U'\'';
    t[U'–'] = t[U'—'] = t[U'−'] = t[U'‐'] = t[U'‑'] = U'-';
    t[U'～'] = t[U'〜'] = U'~';
    t[U'。'] = U'.';
    t[U'、'] = U',';
    return t;
  }();
  return table;
}

char32_t half_width(char32_t c) {
  if (c >= 0xFF01 && c <= 0xFF5E) return c - 0xFEE0;
  return c == 0x3000 ? U' ' : c;
}

char32_t fold(char32_t c) {
  c = half_width(c);
  if (c < 0x80) return c >= 'A' && c <= 'Z' ? c + 32 : c;
  c = static_cast<char32_t>(u_tolower(static_cast<UChar32>(c)));
  auto it = folds().find(c);
  return it == folds().end() ? c : it->second;
}

void append(std::string& out, char32_t c) {
  char buffer[4];
  std::int32_t n = 0;
  UBool error = 0;
  U8_APPEND(reinterpret_cast<std::uint8_t*>(buffer), n, 4, static_cast<UChar32>(c), error);
  if (!error) out.append(buffer, static_cast<std::size_t>(n));
}

bool blank(char32_t c) {
  return c <= 0x20 || c == 0xA0 || c == 0xAD || c == 0xFEFF || (c >= 0x2000 && c <= 0x200F) ||
         (c >= 0x2028 && c <= 0x202F) || (c >= 0x2060 && c <= 0x2064) || u_isUWhiteSpace(static_cast<UChar32>(c)) ||
         u_iscntrl(static_cast<UChar32>(c));
}

bool han(char32_t c) {
  return (c >= 0x3400 && c <= 0x9FFF) || (c >= 0x20000 && c <= 0x3134F) || c == U'〇' || (c >= 0x3040 && c <= 0x30FF);
}

token_kind kind_of(char32_t c) {
  if (c >= '0' && c <= '9') return token_kind::digits;
  if (han(c)) return token_kind::han;
  if (c < 0x80 ? (c >= 'a' && c <= 'z') : (u_isalpha(static_cast<UChar32>(c)) && c != U'ª' && c != U'º'))
    return token_kind::word;
  return token_kind::sign;
}

} // namespace

source_text::source_text(std::string_view utf8) {
  const auto* data = reinterpret_cast<const std::uint8_t*>(utf8.data());
  const auto length = static_cast<std::int32_t>(utf8.size());
  raw_.reserve(utf8.size());
  for (std::int32_t i = 0; i < length;) {
    original_at_.push_back(static_cast<std::uint32_t>(i));
    UChar32 c = 0;
    U8_NEXT(data, i, length, c);
    raw_.push_back(c < 0 ? U'\uFFFD' : static_cast<char32_t>(c));
  }
  original_at_.push_back(static_cast<std::uint32_t>(length));
  wide_.reserve(raw_.size());
  narrow_.reserve(utf8.size());
  bool spaced = true;
  for (std::uint32_t i = 0; i < raw_.size(); ++i) {
    const char32_t c = fold(raw_[i]);
    wide_.push_back(c);
    narrow_at_.push_back(static_cast<std::uint32_t>(narrow_.size()));
    append(narrow_, c);
    if (blank(c)) {
      spaced = true;
      continue;
    }
    const auto kind = kind_of(c);
    if (!spaced && (kind == token_kind::word || kind == token_kind::digits) && tokens_.back().kind == kind)
      tokens_.back().end = i + 1;
    else
      tokens_.push_back({i, i + 1, kind, spaced});
    spaced = false;
  }
  narrow_at_.push_back(static_cast<std::uint32_t>(narrow_.size()));
}

std::string_view source_text::word(std::size_t i) const {
  return i < tokens_.size() ? folded(tokens_[i].begin, tokens_[i].end) : std::string_view{};
}

std::string_view source_text::folded(std::uint32_t begin, std::uint32_t end) const {
  return std::string_view(narrow_).substr(narrow_at_[begin], narrow_at_[end] - narrow_at_[begin]);
}

std::string source_text::written(std::uint32_t begin, std::uint32_t end) const {
  std::string out;
  for (auto i = begin; i < end; ++i) append(out, half_width(raw_[i]));
  return out;
}

} // namespace steward::entities
