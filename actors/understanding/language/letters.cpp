#include "actors/understanding/language/letters.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <map>

namespace steward {
namespace {

constexpr std::int32_t most_code_points = 4000;
constexpr std::size_t most_bytes = 4UL * most_code_points;

bool is_address(const icu::UnicodeString& word) {
  return word.indexOf("://") >= 0 || word.startsWith("www.") || (word.indexOf('@') >= 0 && word.length() > 1);
}

// The text without its addresses, so that a link does not make a message English.
icu::UnicodeString without_addresses(const icu::UnicodeString& in) {
  icu::UnicodeString out;
  for (std::int32_t i = 0; i < in.length();) {
    auto end = i;
    while (end < in.length() && !u_isUWhiteSpace(in.charAt(end))) ++end;
    const icu::UnicodeString word(in, i, end - i);
    if (!is_address(word)) out += word;
    while (end < in.length() && u_isUWhiteSpace(in.charAt(end))) out += in.charAt(end++);
    i = end;
  }
  return out;
}

// Latin names and titles stand inside texts of other scripts, hardly ever the other way round. So a text that has this
// share of letters of another script is read without its Latin ones; a Han character or a kana is worth a few letters.
constexpr double foreign_share = 0.15;
constexpr std::size_t dense_letter = 3;

bool is_latin(UChar32 c) {
  UErrorCode ignored = U_ZERO_ERROR;
  return uscript_getScript(c, &ignored) == USCRIPT_LATIN;
}

icu::UnicodeString without_latin_guests(const icu::UnicodeString& in) {
  std::size_t latin = 0, other = 0;
  for (std::int32_t i = 0; i < in.length(); i = in.moveIndex32(i, 1)) {
    const auto c = in.char32At(i);
    if ((U_GET_GC_MASK(c) & U_GC_L_MASK) == 0) continue;
    if (is_latin(c))
      ++latin;
    else
      other += u_hasBinaryProperty(c, UCHAR_IDEOGRAPHIC) || (c >= 0x3041 && c <= 0x30FF) ? dense_letter : 1;
  }
  if (latin == 0 || other < 2 || static_cast<double>(other) < foreign_share * static_cast<double>(other + latin))
    return in;
  icu::UnicodeString out;
  for (std::int32_t i = 0; i < in.length(); i = in.moveIndex32(i, 1))
    out.append(is_latin(in.char32At(i)) ? UChar32{' '} : in.char32At(i));
  return out;
}

bool is_format(UChar32 c) { return u_charType(c) == U_FORMAT_CHAR && c != 0x200C && c != 0x200D; }

} // namespace

letters_of_text letters_in(std::string_view text) {
  text = text.substr(0, most_bytes);
  auto in = icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())});
  if (in.countChar32() > most_code_points) in.truncate(in.moveIndex32(0, most_code_points));
  UErrorCode code = U_ZERO_ERROR;
  const auto* nfc = icu::Normalizer2::getNFCInstance(code);
  if (U_SUCCESS(code)) in = nfc->normalize(in, code);
  in = without_latin_guests(without_addresses(in));

  letters_of_text out;
  icu::UnicodeString kept(" "), raw;
  std::map<UScriptCode, std::size_t> scripts;
  const auto put = [&](UChar32 c) {
    if (c != ' ' || kept.charAt(kept.length() - 1) != ' ') kept.append(c);
  };
  for (std::int32_t i = 0; i < in.length(); i = in.moveIndex32(i, 1)) {
    const auto c = in.char32At(i);
    if (is_format(c) || c == 0xFFFD) continue;
    raw.append(c < ' ' ? UChar32{' '} : c);
    const auto mask = U_GET_GC_MASK(c);
    if ((mask & U_GC_N_MASK) != 0 || c == '_') {
      if (kept.charAt(kept.length() - 1) != '0') kept.append(UChar32{'0'});
    } else if ((mask & (U_GC_L_MASK | U_GC_M_MASK)) != 0 || c == '\'' || c == 0x2019) {
      put(u_tolower(c));
    } else {
      put(' ');
    }
    if ((mask & U_GC_L_MASK) == 0) continue;
    ++out.letters;
    UErrorCode ignored = U_ZERO_ERROR;
    const auto script = uscript_getScript(c, &ignored);
    if (script == USCRIPT_HIRAGANA || script == USCRIPT_KATAKANA) ++out.kana;
    if (script == USCRIPT_HAN) ++out.han;
    if (script != USCRIPT_COMMON && script != USCRIPT_INHERITED) ++scripts[script];
  }
  put(' ');
  kept.toUTF8String(out.text);
  raw.toUTF8String(out.raw);
  const auto most = std::ranges::max_element(scripts, {}, [](const auto& s) { return s.second; });
  if (most != scripts.end()) {
    out.script = uscript_getShortName(most->first);
    out.of_script = most->second;
  }
  return out;
}

} // namespace steward
