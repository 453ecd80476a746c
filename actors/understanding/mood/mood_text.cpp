#include "actors/understanding/mood/mood_text.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>

namespace steward {
namespace {

constexpr std::size_t most_bytes = 16'000, most_tokens = 2000;
constexpr int negated_words = 4; // how far a "not" reaches

bool dense(UChar32 c) {
  return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x3041 && c <= 0x30FF);
}

bool dense(std::string_view token) {
  const icu::UnicodeString s = icu::UnicodeString::fromUTF8({token.data(), static_cast<std::int32_t>(token.size())});
  return !s.isEmpty() && dense(s.char32At(0));
}

std::string utf8(const icu::UnicodeString& s) {
  std::string out;
  s.toUTF8String(out);
  return out;
}

void split_word(const icu::UnicodeString& word, std::vector<std::string>& out) {
  icu::UnicodeString now;
  const auto flush = [&] {
    if (!now.isEmpty()) out.push_back(utf8(now));
    now.remove();
  };
  const auto ends_with = [&](UChar32 c, std::int32_t times) {
    auto at = now.length();
    for (; times > 0 && at > 0; --times) {
      at = now.moveIndex32(at, -1);
      if (now.char32At(at) != c) return false;
    }
    return times == 0;
  };
  for (std::int32_t i = 0; i < word.length(); i = word.moveIndex32(i, 1)) {
    auto c = word.char32At(i);
    const auto mask = U_GET_GC_MASK(c);
    if (dense(c) || c == '!' || c == '?' || (mask & U_GC_SO_MASK) != 0) {
      flush();
      out.push_back(utf8(icu::UnicodeString(c)));
    } else if ((mask & U_GC_N_MASK) != 0) {
      if (!ends_with('0', 1)) now.append(UChar32{'0'});
    } else if ((mask & (U_GC_L_MASK | U_GC_M_MASK)) != 0 || c == '\'' || c == 0x2019) {
      c = c == 0x2019 ? UChar32{'\''} : u_tolower(c);
      if (!ends_with(c, 2)) now.append(c);
    } else if (u_charType(c) != U_FORMAT_CHAR) {
      flush();
    }
  }
  flush();
}

} // namespace

std::vector<std::string> mood_tokens(std::string_view text) {
  text = text.substr(0, most_bytes);
  auto in = icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())});
  UErrorCode code = U_ZERO_ERROR;
  if (const auto* nfkc = icu::Normalizer2::getNFKCInstance(code); U_SUCCESS(code)) in = nfkc->normalize(in, code);
  std::vector<std::string> out;
  for (std::int32_t i = 0; i < in.length() && out.size() < most_tokens;) {
    auto end = i;
    while (end < in.length() && !u_isUWhiteSpace(in.charAt(end))) ++end;
    const icu::UnicodeString word(in, i, end - i);
    if (word.indexOf("://") >= 0 || word.startsWith("www."))
      out.emplace_back("@l");
    else if (word.length() > 1 && word.charAt(0) == '@')
      out.emplace_back("@u");
    else
      split_word(word, out);
    i = end + 1;
  }
  if (out.size() > most_tokens) out.resize(most_tokens);
  return out;
}

bool negates(std::string_view token) {
  constexpr std::array words = {"not",     "no",     "never",  "nobody",  "nothing",
                                "without", "hardly", "cannot", "neither", "nor"};
  return std::ranges::find(words, token) != words.end() || token.ends_with("n't");
}

bool negates_zh(std::string_view token) {
  return token == "不" || token == "没" || token == "无" || token == "别" || token == "未";
}

std::vector<std::uint32_t> mood_features(const ngram_table& table, const std::vector<std::string>& t) {
  std::vector<std::uint32_t> out;
  int negated = 0, denied = 0, run = 0; // denied: Chinese, which ends with the clause. run: dense tokens in a row
  for (std::size_t i = 0; i < t.size(); ++i) {
    const auto& w = t[i];
    const bool is_dense = dense(w);
    run = is_dense ? run + 1 : 0;
    out.push_back(table.bucket("1" + w));
    if (i > 0) out.push_back(table.bucket("2" + t[i - 1] + " " + w));
    if (run > 2) out.push_back(table.bucket("3" + t[i - 2] + t[i - 1] + w));
    if (negated > 0) {
      out.push_back(table.bucket("n" + w));
      --negated;
    }
    if (negates(w)) negated = negated_words;
    if (!is_dense) denied = 0;
    if (denied > 0) {
      out.push_back(table.bucket("n" + w));
      if (denied < negated_words) out.push_back(table.bucket("m" + t[i - 1] + w));
      --denied;
    }
    if (negates_zh(w)) denied = negated_words;
    const auto count =
        std::ranges::count_if(w, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
    if (is_dense || count < 4) continue;
    const auto framed = "<" + w + ">";
    std::vector<std::size_t> at; // where each character begins, and the end
    for (std::size_t b = 0; b < framed.size(); ++b)
      if ((static_cast<unsigned char>(framed[b]) & 0xC0U) != 0x80U) at.push_back(b);
    at.push_back(framed.size());
    for (std::size_t n = 3; n <= 5; ++n)
      for (std::size_t k = 0; k + n < at.size(); ++k)
        out.push_back(table.bucket("c" + framed.substr(at[k], at[k + n] - at[k])));
  }
  return out;
}

} // namespace steward
