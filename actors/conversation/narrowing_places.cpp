#include "actors/conversation/narrowing_places.hpp"

#include "actors/conversation/handover_policy.hpp"
#include "actors/folded_text.hpp"

#include <unicode/locid.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <map>
#include <mutex>

namespace steward {
namespace {

struct named {
  std::string folded, shown;
};

// What people say beside the names that ICU has.
struct more {
  std::string_view language, folded, shown;
};
constexpr more others[] = {{"en", "eu", "EU"},
                           {"en", "european union", "EU"},
                           {"en", "uk", "United Kingdom"},
                           {"en", "great britain", "United Kingdom"},
                           {"en", "england", "United Kingdom"},
                           {"en", "usa", "United States"},
                           {"en", "czech republic", "Czechia"},
                           {"en", "the netherlands", "Netherlands"},
                           {"en", "holland", "Netherlands"},
                           {"es", "ue", "UE"},
                           {"es", "unión europea", "UE"},
                           {"es", "inglaterra", "Reino Unido"},
                           {"zh", "欧盟", "欧盟"},
                           {"zh", "国内", "国内"}};

std::vector<named> names_of(const std::string& language) {
  std::vector<named> out;
  icu::Locale shown_in(language.c_str());
  for (auto* code = icu::Locale::getISOCountries(); *code != nullptr; ++code) {
    icu::UnicodeString name;
    icu::Locale("", *code).getDisplayCountry(shown_in, name);
    std::string utf8;
    name.toUTF8String(utf8);
    if (utf8.size() > 3) out.push_back({folded_text(utf8), utf8});
  }
  for (auto& [in, folded, name] : others)
    if (in == language) out.push_back({folded_text(folded), std::string(name)});
  return out;
}

const std::vector<named>& names_in(const std::string& language) {
  static std::mutex mutex;
  static std::map<std::string, std::vector<named>> known;
  std::lock_guard lock(mutex);
  auto at = known.find(language);
  if (at == known.end()) at = known.emplace(language, names_of(language)).first;
  return at->second; // a map's nodes stay where they are
}

} // namespace

std::vector<std::string> places_in(const std::string& folded, std::string_view language) {
  std::vector<std::pair<std::size_t, std::string>> found;
  for (auto& [name, shown] : names_in(std::string(language.substr(0, 2)))) {
    auto at = folded.find(name);
    if (at == std::string::npos || !contains_words(folded, name)) continue;
    if (std::ranges::find(found, shown, &std::pair<std::size_t, std::string>::second) == found.end())
      found.emplace_back(at, shown);
  }
  std::ranges::sort(found);
  std::vector<std::string> out;
  for (auto& [at, shown] : found) out.push_back(std::move(shown));
  return out;
}

} // namespace steward
