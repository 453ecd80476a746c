#include "actors/understanding/entities/contact.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace steward::entities {

namespace {

bool letter(char32_t c) { return c >= 'a' && c <= 'z'; }
bool digit(char32_t c) { return c >= '0' && c <= '9'; }
bool local_part(char32_t c) {
  return letter(c) || digit(c) || c == '.' || c == '_' || c == '-' || c == '+' || c == '%';
}
bool host_part(char32_t c) { return letter(c) || digit(c) || c == '-' || c == '.'; }

// The end of a host name that begins at `at`, with a last label of two letters or more; `at` when there is none.
std::uint32_t host_end(const source_text& t, std::uint32_t at) {
  auto end = at;
  while (end < t.code_points() && end < at + 253 && host_part(t.at(end))) ++end;
  while (end > at && (t.at(end - 1) == '.' || t.at(end - 1) == '-')) --end;
  auto label = end;
  while (label > at && letter(t.at(label - 1))) --label;
  const bool named = end - label >= 2 && label > at && t.at(label - 1) == '.' && label - 1 > at;
  return named ? end : at;
}

void emails(const source_text& t, std::vector<contact>& out) {
  for (std::uint32_t i = 0; i < t.code_points(); ++i) {
    if (t.at(i) != '@') continue;
    auto begin = i;
    while (begin > 0 && i - begin < 64 && local_part(t.at(begin - 1))) --begin;
    while (begin < i && (t.at(begin) == '.' || t.at(begin) == '-')) ++begin;
    const auto end = host_end(t, i + 1);
    if (begin < i && end > i + 1 && t.at(i - 1) != '.')
      out.push_back({"email", begin, end});
    else if (begin == i && (i == 0 || t.at(i - 1) == ' ') && (letter(t.at(i + 1)))) {
      auto last = i + 1;
      while (last < t.code_points() && last < i + 40 && (letter(t.at(last)) || digit(t.at(last)) || t.at(last) == '_'))
        ++last;
      out.push_back({"mention", i, last});
    }
  }
}

bool url_sign(char32_t c) {
  static constexpr std::u32string_view more = U"-._~:/?#[]@!$&'()*+,;=%";
  return letter(c) || digit(c) || more.find(c) != std::u32string_view::npos;
}

void urls(const source_text& t, std::vector<contact>& out) {
  for (std::size_t i = 0; i < t.size(); ++i) {
    const auto w = t.word(i);
    const bool scheme =
        (w == "http" || w == "https" || w == "ftp") && t.is(i + 1, ":") && t.is(i + 2, "/") && t.is(i + 3, "/");
    const bool www = w == "www" && t.is(i + 1, ".") && t.glued(i + 1);
    if (!scheme && !www) continue;
    const auto begin = t[i].begin;
    auto end = scheme ? t[i + 3].end : t[i + 1].end;
    const auto limit = std::min<std::uint32_t>(t.code_points(), begin + 2048);
    while (end < limit && url_sign(t.at(end))) ++end;
    while (end > begin && std::u32string_view(U".,;:!?)'").find(t.at(end - 1)) != std::u32string_view::npos) --end;
    out.push_back({"url", begin, end});
    while (i + 1 < t.size() && t[i + 1].begin < end) ++i;
  }
}

void ips(const source_text& t, std::vector<contact>& out) {
  for (std::size_t i = 0; i + 6 < t.size(); ++i) {
    bool fits = t.digits(i) && !(t.glued(i) && (t.is(i - 1, ".") || t[i - 1].kind == token_kind::word));
    for (std::size_t g = 0; g < 4 && fits; ++g) {
      const auto at = i + 2 * g;
      const auto w = t.word(at);
      fits = t.digits(at) && w.size() <= 3 && (w.size() < 3 || w <= "255") &&
             (g == 0 || (t.is(at - 1, ".") && t.glued(at - 1) && t.glued(at)));
    }
    if (fits && !(t.glued(i + 7) && (t.digits(i + 7) || (t.is(i + 7, ".") && t.digits(i + 8) && t.glued(i + 8)))))
      out.push_back({"ip", t[i].begin, t[i + 6].end});
  }
}

void hashtags(const source_text& t, std::vector<contact>& out) {
  for (std::size_t i = 0; i + 1 < t.size(); ++i)
    if (t.is(i, "#") && t[i].spaced && t.glued(i + 1) &&
        (t[i + 1].kind == token_kind::word || t[i + 1].kind == token_kind::han)) {
      auto last = i + 1;
      while (last + 1 < t.size() && last < i + 30 && t.glued(last + 1) &&
             (t[last + 1].kind != token_kind::sign || t.is(last + 1, "_")))
        ++last;
      if (!t.is(last + 1, "#")) out.push_back({"hashtag", t[i].begin, t[last].end});
      i = last;
    }
}

} // namespace

std::vector<contact> read_addresses(const source_text& t) {
  std::vector<contact> out;
  urls(t, out);
  emails(t, out);
  ips(t, out);
  hashtags(t, out);
  return out;
}

} // namespace steward::entities
