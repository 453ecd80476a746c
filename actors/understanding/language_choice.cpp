#include "actors/understanding/language_choice.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <unicode/uchar.h>
#include <unicode/uloc.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>
#include <utility>

namespace steward {
namespace {

struct evidence_of_text {
  std::map<UScriptCode, int> scripts;
  std::vector<std::string> words; // lower case
  bool spanish_marks = false;     // ¿ ¡ ñ
};

evidence_of_text look_at(std::string_view text) {
  evidence_of_text out;
  std::string word;
  const auto* data = reinterpret_cast<const uint8_t*>(text.data());
  auto size = static_cast<int32_t>(std::min<size_t>(text.size(), 2000));
  for (int32_t i = 0; i < size;) {
    UChar32 c;
    U8_NEXT(data, i, size, c);
    if (c < 0) continue;
    if (c == 0xBF || c == 0xA1 || c == 0xF1 || c == 0xD1) out.spanish_marks = true;
    if (!u_isalpha(c)) {
      if (!word.empty()) out.words.push_back(std::exchange(word, {}));
      continue;
    }
    UErrorCode status = U_ZERO_ERROR;
    ++out.scripts[uscript_getScript(c, &status)];
    c = u_tolower(c);
    char buffer[4];
    int32_t n = 0;
    U8_APPEND_UNSAFE(buffer, n, c);
    word.append(buffer, static_cast<size_t>(n));
  }
  if (!word.empty()) out.words.push_back(std::move(word));
  return out;
}

// The commonest small words that the other language does not have.
const std::map<std::string, std::set<std::string>>& small_words() {
  static const std::map<std::string, std::set<std::string>> it = {
      {"en", {"the",  "is", "my",  "i",   "you",  "do",  "does", "how",  "what", "when",  "where",
              "can",  "it", "of",  "to",  "and",  "are", "for",  "with", "have", "this",  "that",
              "your", "an", "was", "not", "will", "if",  "want", "get",  "hi",   "hello", "please"}},
      {"es", {"el",    "la",    "los",   "las",    "de",     "que",     "y",     "en",  "un",     "una",
              "es",    "mi",    "por",   "para",   "con",    "cómo",    "como",  "qué", "cuándo", "cuando",
              "dónde", "donde", "puedo", "quiero", "tengo",  "se",      "lo",    "su",  "al",     "del",
              "hola",  "está",  "ha",    "cuánto", "cuanto", "gracias", "pedido"}},
      {"de", {"der",  "die", "das",  "und", "ist",  "ich", "nicht", "mein", "meine", "wie",
              "wann", "wo",  "kann", "ein", "eine", "für", "mit",   "auf",  "habe",  "es"}},
      {"fr",
       {"le", "les", "des", "et", "est", "je", "mon", "ma", "comment", "quand", "où", "puis", "une", "pour", "avec",
        "dans", "vous", "du", "pas"}},
  };
  return it;
}

/// Is none of the languages written in it, as far as is known of them all?
bool foreign_script(const std::string& script, const std::vector<std::string>& languages) {
  const auto written_in = [](const std::string& language) -> std::string {
    char tag[ULOC_FULLNAME_CAPACITY], out[ULOC_SCRIPT_CAPACITY];
    UErrorCode status = U_ZERO_ERROR;
    uloc_addLikelySubtags(language.c_str(), tag, sizeof tag, &status);
    const auto size = uloc_getScript(tag, out, sizeof out, &status);
    return U_SUCCESS(status) && size > 0 ? std::string(out, static_cast<size_t>(size)) : std::string();
  };
  if (script.empty() || script == "Latn" || script == "Hani") return false; // Han is of several languages
  return std::ranges::none_of(languages, [&](auto& l) {
    const auto own = written_in(l);
    return own.empty() || own == script || own == "Jpan" || own == "Kore";
  });
}

bool holds_small_word(std::string_view text, const std::vector<std::string>& languages) {
  const auto said = look_at(text).words;
  return std::ranges::any_of(languages, [&](auto& l) {
    auto known = small_words().find(l);
    return known != small_words().end() &&
           std::ranges::any_of(said, [&](auto& w) { return known->second.contains(w); });
  });
}

std::string guess_language(std::string_view text, const std::vector<std::string>& languages,
                           const std::string& before) {
  if (languages.empty()) return {};
  auto has = [&](const std::string& l) { return std::find(languages.begin(), languages.end(), l) != languages.end(); };
  auto fallback = has(before) ? before : languages.front();
  if (languages.size() == 1) return languages.front();
  auto e = look_at(text);
  auto count = [&](UScriptCode s) {
    auto i = e.scripts.find(s);
    return i == e.scripts.end() ? 0 : i->second;
  };
  int all = 0;
  for (auto& [s, n] : e.scripts) all += n;
  if (all == 0) return fallback;
  if (count(USCRIPT_HIRAGANA) + count(USCRIPT_KATAKANA) > 0 && has("ja")) return "ja";
  if (count(USCRIPT_HANGUL) * 2 > all && has("ko")) return "ko";
  // A Han character says as much as a word of Latin letters.
  if (count(USCRIPT_HAN) * 3 >= all && has("zh")) return "zh";
  if (count(USCRIPT_CYRILLIC) * 2 > all && has("ru")) return "ru";
  if (count(USCRIPT_ARABIC) * 2 > all && has("ar")) return "ar";
  if (e.spanish_marks && has("es")) return "es";
  std::string best;
  int most = 0;
  bool tie = false;
  for (auto& l : languages) {
    auto known = small_words().find(l);
    if (known == small_words().end()) continue;
    auto n = static_cast<int>(
        std::count_if(e.words.begin(), e.words.end(), [&](auto& w) { return known->second.contains(w); }));
    if (n > most)
      best = l, most = n, tie = false;
    else if (n == most && n > 0)
      tie = true;
  }
  if (most > 0 && !tie) return best;
  // Latin letters in a conversation that was Chinese so far: the first Latin language of the tenant.
  if (fallback == "zh" && count(USCRIPT_LATIN) == all)
    for (auto& l : languages)
      if (small_words().contains(l)) return l;
  return fallback;
}

} // namespace

language_choice choose_language(std::string_view text, const language_guess& guess, const std::string& before,
                                const std::vector<std::string>& languages) {
  auto has = [&](const std::string& l) { return std::find(languages.begin(), languages.end(), l) != languages.end(); };
  auto plain = [&](const std::string& l) { return l == "yue" && has("zh") ? std::string("zh") : l; };
  const bool dense =
      guess.script == "Hani" || guess.script == "Hira" || guess.script == "Kana" || guess.script == "Hang";
  const size_t few = dense ? 4 : 12;
  auto settled = plain(settle_language(before, guess));
  language_choice out;
  // A first word or two says less than the tenant's own languages do: "hola" is Spanish there and not Galician.
  const bool hasty = before.empty() && guess.letters < few && guess.confidence < 0.8;
  out.served = has(settled) && !hasty ? settled : guess_language(text, languages, before);
  out.language = out.served;
  if (has(settled) || settled == "und" || languages.empty()) return out;
  const bool goes_on = settled == before;
  const bool near = has(plain(guess.second)) && guess.second_confidence > 0.05;
  // Letters that nobody writes in any of the tenant's languages say enough.
  if (guess.letters >= 4 && guess.confidence >= 0.8 && !near && foreign_script(guess.script, languages))
    return out.language = settled, out;
  // A small word of the tenant's own, and a slip makes the rest look foreign: "my jakcet zip broke" was Czech.
  const auto enough = dense ? 4U : holds_small_word(text, languages) ? 24U : 16U;
  const bool certain = guess.letters >= enough && guess.confidence >= 0.9 && !near;
  if (goes_on || certain) out.language = settled;
  return out;
}

} // namespace steward
