#include "actors/understanding/own_meanings.hpp"

#include "actors/folded_text.hpp"

namespace steward {
namespace {

/// As texts are compared: in small letters, whatever way somebody wrote them into the folder.
std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (auto& w : words) (out += out.empty() ? "" : "|") += folded_text(w);
  return out;
}

std::string joined(const std::map<std::string, std::vector<std::string>>& by_language, const std::string& language) {
  auto mine = by_language.find(language);
  return mine == by_language.end() ? std::string() : joined(mine->second);
}

entities::sense_language words_of(const tenant_meanings& m, const std::string& language) {
  entities::sense_language out;
  for (auto& [field, words] : m.fields)
    if (auto mine = joined(words, language); !mine.empty()) out.fields.push_back({field, std::move(mine)});
  for (auto& w : m.words) {
    auto forms = joined(w.forms, language);
    if (forms.empty()) continue;
    entities::ambiguous_word word{std::move(forms), {}};
    for (auto& s : w.meanings) word.senses.push_back({s.name, joined(s.fields), joined(s.words, language)});
    out.words.push_back(std::move(word));
  }
  return out;
}

/// The words of a language, and those of every one ("").
std::vector<entities::own_entity> names_in(const std::vector<tenant_entity>& all, const std::string& language) {
  std::vector<entities::own_entity> out;
  for (auto& e : all) {
    entities::own_entity mine{e.name, {}, e.patterns};
    for (auto& [value, words] : e.values) {
      std::vector<std::string> forms;
      for (auto& [in, some] : words)
        if (in.empty() || in == language) forms.insert(forms.end(), some.begin(), some.end());
      if (!forms.empty()) mine.values.emplace_back(value, std::move(forms));
    }
    out.push_back(std::move(mine));
  }
  return out;
}

} // namespace

own_meanings::own_meanings(const tenant_config& t) {
  for (auto& language : t.languages) {
    auto words = words_of(t.meanings, language);
    if (!words.words.empty() || !words.fields.empty())
      books_.emplace(language,
                     std::make_unique<const entities::sense_book>(std::move(words), entities::tongue_of(language)));
  }
  if (t.entities.empty()) return;
  names_.emplace("", std::make_unique<const entities::own_names>(names_in(t.entities, "")));
  for (auto& language : t.languages)
    names_.emplace(language, std::make_unique<const entities::own_names>(names_in(t.entities, language)));
}

const entities::sense_book* own_meanings::of(const std::string& language) const {
  auto book = books_.find(language);
  return book == books_.end() ? nullptr : book->second.get();
}

const entities::own_names* own_meanings::names_of(const std::string& language) const {
  auto names = names_.find(language);
  if (names == names_.end()) names = names_.find("");
  return names == names_.end() ? nullptr : names->second.get();
}

std::shared_ptr<const own_meanings> make_own_meanings(const tenant_config& t) {
  if (t.meanings.words.empty() && t.meanings.fields.empty() && t.entities.empty()) return nullptr;
  return std::make_shared<const own_meanings>(t);
}

} // namespace steward
