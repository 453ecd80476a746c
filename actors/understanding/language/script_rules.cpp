#include "actors/understanding/language/script_rules.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace steward {
namespace {

using rule = std::pair<std::string_view, std::string_view>;

constexpr std::array alone = {
    rule{"Armn", "hy"}, rule{"Ethi", "am"}, rule{"Geor", "ka"}, rule{"Grek", "el"}, rule{"Gujr", "gu"},
    rule{"Guru", "pa"}, rule{"Hang", "ko"}, rule{"Khmr", "km"}, rule{"Knda", "kn"}, rule{"Laoo", "lo"},
    rule{"Mlym", "ml"}, rule{"Mymr", "my"}, rule{"Orya", "or"}, rule{"Sinh", "si"}, rule{"Taml", "ta"},
    rule{"Telu", "te"}, rule{"Thaa", "dv"}, rule{"Thai", "th"}, rule{"Tibt", "dz"},
};

// Languages between spaces. What stands in none of these is written in Latin letters.
constexpr std::array several = {
    rule{"Arab", " ar ary arz az fa kk ku ms ps sdh ug ur uz "},
    rule{"Beng", " as bn "},
    rule{"Cyrl", " az ba be bg crh kk ky mk mn ru sr tg tk tt uk uz "},
    rule{"Deva", " gom hi mr ne sa "},
    rule{"Hani", " ja wuu yue zh "},
    rule{"Hebr", " he hbo yi "},
    rule{"Hira", " ja "},
    rule{"Kana", " ja "},
};

constexpr std::string_view also_latin = " az crh kk ku ms sr tk tt uz gom ";

bool in_list(std::string_view list, std::string_view language) {
  for (auto at = list.find(language); at != std::string_view::npos; at = list.find(language, at + 1))
    if (at > 0 && list[at - 1] == ' ' && at + language.size() < list.size() && list[at + language.size()] == ' ')
      return true;
  return false;
}

} // namespace

std::string_view language_of_script(std::string_view script) {
  const auto* found = std::ranges::find(alone, script, &rule::first);
  return found == alone.end() ? std::string_view() : found->second;
}

bool may_be_written_in(std::string_view language, std::string_view script) {
  if (const auto only = language_of_script(script); !only.empty()) return language == only;
  const auto* found = std::ranges::find(several, script, &rule::first);
  if (found != several.end()) return in_list(found->second, language);
  if (script != "Latn" || in_list(also_latin, language)) return true;
  return std::ranges::find(alone, language, &rule::second) == alone.end() &&
         std::ranges::none_of(several, [&](const rule& r) { return in_list(r.second, language); });
}

std::uint32_t script_bit(std::string_view script) {
  if (script == "Latn") return 1U << several.size();
  const auto* found = std::ranges::find(several, script, &rule::first);
  return found == several.end() ? 0 : 1U << (found - several.begin());
}

std::uint32_t scripts_of(std::string_view language) {
  std::uint32_t out = 0;
  for (const auto& [script, languages] : several)
    if (may_be_written_in(language, script)) out |= script_bit(script);
  return may_be_written_in(language, "Latn") ? out | script_bit("Latn") : out;
}

} // namespace steward
