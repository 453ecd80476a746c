#include "actors/understanding/language/language_code.hpp"

#include <unicode/uloc.h>

#include <algorithm>

namespace steward {

std::string language_code(std::string_view written) {
  std::string tag(written.substr(0, std::min<std::size_t>(written.size(), 40)));
  for (auto& c : tag) c = c == '_' ? '-' : c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  if (tag.starts_with("zh-yue")) return "yue";
  tag.resize(std::min(tag.find('-'), tag.size()));
  if (tag.size() < 2 || tag.size() > 3 || !std::ranges::all_of(tag, [](char c) { return c >= 'a' && c <= 'z'; }))
    return {};
  if (tag == "cmn") return "zh"; // ICU leaves it
  char out[ULOC_LANG_CAPACITY];
  auto error = U_ZERO_ERROR;
  const auto size = uloc_getLanguage(tag.c_str(), out, sizeof out, &error);
  return U_SUCCESS(error) && size > 0 ? std::string(out, static_cast<std::size_t>(size)) : std::string();
}

} // namespace steward
