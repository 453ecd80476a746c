#include "actors/understanding/mood/mood_reader.hpp"

#include "actors/understanding/mood/mood_text.hpp"

#include <algorithm>
#include <cmath>

// The models and phrases are compiled in: a mood must be told wherever the program is started.
#define STEWARD_EMBED(symbol, file)                                                                                    \
  asm(".section .rodata\n.balign 16\n.global " #symbol ", " #symbol "_end\n" #symbol ":\n.incbin \"" STEWARD_MOOD_ROOM \
      "/" file "\"\n" #symbol "_end:\n.previous\n");                                                                   \
  extern "C" const std::byte symbol[], symbol##_end[]

STEWARD_EMBED(steward_mood_en, "mood_en.ngr");
STEWARD_EMBED(steward_mood_zh, "mood_zh.ngr");
STEWARD_EMBED(steward_head_en, "head_en.tsv");
STEWARD_EMBED(steward_head_zh, "head_zh.tsv");
STEWARD_EMBED(steward_lexicon_en, "lexicon_en.tsv");
STEWARD_EMBED(steward_lexicon_zh, "lexicon_zh.tsv");

namespace steward {
namespace {

constexpr double sure = 2.5;                             // a logit of the words from which on the encoder is not asked
constexpr double told = -1.1;                            // logit of the strength (0.25) of an emotion that is just told
constexpr double guessed = 0.45;                         // strength of what the model says against our phrases
constexpr double neutral_up_to = 0.2, strong_from = 0.7; // of sentiment: where the five steps part

double sigmoid(double x) { return 1 / (1 + std::exp(-x)); }

std::string_view text_of(const std::byte* begin, const std::byte* end) {
  return {reinterpret_cast<const char*>(begin), static_cast<std::size_t>(end - begin)};
}

// Plain emoji, by how they are used rather than by their names.
double emoji_polarity(const std::vector<std::string>& tokens) {
  static const std::string good[] = {"😀", "😃", "😄", "😁", "😊", "☺", "😍", "🥰", "❤",
                                     "👍", "🙏", "🎉", "💯", "👏", "😘", "💕", "🤗", "🌹"};
  static const std::string bad[] = {"😠", "😡",    "🤬", "😤", "👎",    "😞", "😢", "😭",    "😩",
                                    "😫", "🙄", "💔",    "😒", "🤮", "😣", "☹", "🙁", "😱"};
  double out = 0;
  for (const auto& t : tokens) {
    if (t.empty() || static_cast<unsigned char>(t.front()) < 0x80) continue; // a word
    if (std::ranges::find(good, t) != std::end(good)) out += 1.5;
    if (std::ranges::find(bad, t) != std::end(bad)) out -= 1.5;
  }
  return std::clamp(out, -3.0, 3.0);
}

std::size_t index_of(const std::vector<std::string>& names, std::string_view name) {
  return static_cast<std::size_t>(std::ranges::find(names, name) - names.begin());
}

// The strongest reading of each emotion, under the desk's names.
void tell(mood& m, std::string_view name, double strength) {
  if (name == "annoyance") name = "anger";
  if (name == "fear" || name == "nervousness") name = "anxiety";
  const auto found = std::ranges::find(m.emotions, name, &emotion::name);
  if (found == m.emotions.end())
    m.emotions.push_back({std::string(name), strength});
  else
    found->strength = std::max(found->strength, strength);
}

void finish(mood& m, double polarity, double opinion) {
  const double sign = 2 * sigmoid(polarity) - 1;
  m.known = true;
  m.sentiment = sign * (0.1 + 0.9 * opinion); // never quite nothing: the sign is the likelier polarity
  const auto size = std::abs(m.sentiment);
  m.step = size < neutral_up_to ? 0 : (m.sentiment < 0 ? -1 : 1) * (size < strong_from ? 1 : 2);
  std::ranges::stable_sort(m.emotions, [](const auto& a, const auto& b) { return a.strength > b.strength; });
}

} // namespace

result<mood_reader> mood_reader::create() {
  mood_reader out;
  const auto add = [&](const char* language, auto words, auto words_end, auto head, auto head_end, auto phrases,
                       auto phrases_end, mood_lexicon::matching how) -> status {
    const std::string end(language);
    auto w = ngram_table::create({words, words_end}, "mood_" + end + ".ngr");
    if (!w) return w.error();
    auto h = mood_head::create(text_of(head, head_end), "head_" + end + ".tsv");
    if (!h) return h.error();
    auto p = mood_lexicon::create(text_of(phrases, phrases_end), how, "lexicon_" + end + ".tsv");
    if (!p) return p.error();
    for (const auto* names : {&w->classes(), &h->classes()})
      if (names->size() < 2 || (*names)[0] != "polarity" || (*names)[1] != "opinion")
        return failure{errc::corrupt, "the mood models of " + end + " do not begin with polarity and opinion"};
    out.voices_.emplace(end, std::make_shared<const voice>(voice{*std::move(w), *std::move(h), *std::move(p)}));
    return success();
  };
  if (auto ok = add("en", steward_mood_en, steward_mood_en_end, steward_head_en, steward_head_en_end,
                    steward_lexicon_en, steward_lexicon_en_end, mood_lexicon::matching::words);
      !ok)
    return ok.error();
  if (auto ok = add("zh", steward_mood_zh, steward_mood_zh_end, steward_head_zh, steward_head_zh_end,
                    steward_lexicon_zh, steward_lexicon_zh_end, mood_lexicon::matching::anywhere);
      !ok)
    return ok.error();
  return out;
}

mood mood_reader::read(std::string_view text, std::string_view language, const encode_text& encode) const {
  mood m;
  const auto tokens = mood_tokens(text);
  const auto smiles = emoji_polarity(tokens);
  if (language == "und" && smiles != 0) { // only emoji: they mean the same everywhere
    finish(m, smiles, 1);
    return m;
  }
  const auto found = voices_.find(language == "yue" ? "zh" : language);
  if (found == voices_.end() || tokens.empty()) return m;
  const auto& v = *found->second;

  auto features = mood_features(v.words, tokens);
  const auto words = v.words.score(features);
  double polarity = words[0], opinion = words[1];
  std::vector<float> states;
  if (encode && std::abs(polarity) < sure) {
    if (const auto row = encode(text); row.size() == v.head.dimension()) states = v.head.score(row);
  }
  if (!states.empty()) {
    polarity += states[0];
    opinion = (opinion + states[1]) / 2;
  }
  for (std::size_t c = 2; c < v.words.classes().size(); ++c) {
    const auto& name = v.words.classes()[c];
    const auto at = index_of(v.head.classes(), name);
    // The models' biases are such that 0 is where telling it is right most often, for the words and for the sum.
    const double logit = words[c] + (at < states.size() ? states[at] : 0);
    if (logit < 0) continue;
    m.labels.push_back(name);
    if (name != "neutral") tell(m, name, sigmoid(told + logit));
  }

  const auto hits = v.phrases.hits(tokens);
  const auto count = [&](std::string_view kind) { return hits.contains(kind) ? hits.find(kind)->second : 0; };
  m.leaving = count("leaving") > 0;
  m.going_public = count("public") > 0;
  m.sarcastic = count("sarcasm") > 0;
  const bool hidden = count("hidden") > 0;
  const auto loud = static_cast<double>(std::min<std::ptrdiff_t>(3, std::ranges::count(tokens, "!")));
  m.urgency = std::min(1.0, (count("urgent") > 0 ? 0.8
                             : count("soon") > 0 ? 0.5
                                                 : 0.0) +
                                0.1 * (count("urgent") > 1 ? 1 : 0));
  if (m.urgency > 0) m.urgency = std::min(1.0, m.urgency + 0.05 * loud);

  // Words that we know the meaning of outweigh what the model makes of their company.
  const int bad = count("anger") + count("disappointment");
  polarity += smiles - 1.2 * std::min(bad, 2) - (hidden ? 1.5 : 0);
  if (count("spared") > 0 && bad == 0 && !hidden) polarity += 2; // "it did not let me down" is praise
  if (count("not spared") > 0) polarity -= 2; // "not once did it not": to the model a "not" before the word is praise
  if (count("anxiety") > 0) polarity -= 0.5;
  if (count("gratitude") > 0 && bad == 0 && !m.sarcastic && !hidden && !m.leaving && !m.going_public) polarity += 0.8;
  if (m.sarcastic) polarity = std::min(polarity, -2.0);
  if (m.leaving || m.going_public) polarity = std::min(polarity, -1.5);
  if (bad > 0 || hidden || m.sarcastic || m.leaving || m.going_public || smiles != 0) opinion = std::max(opinion, 1.5);
  polarity *= 1 + 0.1 * (loud + count("strong") > 0 ? 1 : 0);

  // Who says that he is worried, and nothing of being let down, is to be reassured first.
  if (count("anxiety") > 0 && bad == 0)
    for (auto& e : m.emotions)
      if (e.name == "disappointment") e.strength = std::min(e.strength, guessed);
  for (const char* name : {"anger", "disappointment", "anxiety", "gratitude"})
    if (count(name) > 0 && !(m.sarcastic && name == std::string_view("gratitude")))
      tell(m, name, std::min(0.95, 0.6 + 0.15 * count(name)));
  if (m.sarcastic || hidden || m.going_public) tell(m, "anger", 0.6);
  if (m.sarcastic)
    for (const char* praise : {"gratitude", "joy", "admiration"}) {
      std::erase_if(m.emotions, [&](const auto& e) { return e.name == praise; });
      std::erase(m.labels, praise);
    }
  finish(m, polarity, sigmoid(opinion));
  return m;
}

} // namespace steward
