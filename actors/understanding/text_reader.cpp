#include "actors/text_reader.hpp"

#include "actors/understanding/built_in_intents.hpp"
#include "actors/understanding/entities/entity_reader.hpp"
#include "actors/understanding/language_choice.hpp"
#include "actors/understanding/mood/mood_reader.hpp"
#include "actors/understanding/own_meanings.hpp"

#include <algorithm>

namespace steward {
namespace {

constexpr size_t most_entities = 20;
constexpr size_t most_read = 2000; // bytes in which entities are looked for: a customer's facts come early
constexpr size_t emotions_kept = 3;

// The encoders that the mood's heads were trained on, by the language that they read.
bool encoder_fits(const std::string& encoder, const std::string& language) {
  return encoder.starts_with(language == "zh" || language == "yue" ? "bge-small-zh-v15/cls/" : "bge-small-en-v15/cls/");
}

read_mood plain(const mood& m) {
  read_mood out;
  out.known = m.known, out.sentiment = m.sentiment, out.step = m.step, out.urgency = m.urgency;
  out.leaving = m.leaving, out.going_public = m.going_public, out.sarcastic = m.sarcastic;
  for (auto& e : m.emotions)
    if (out.emotions.size() < emotions_kept || e.name == "anger" || e.name == "disappointment" || e.name == "anxiety" ||
        e.name == "gratitude")
      out.emotions.push_back({e.name, e.strength});
  return out;
}

std::string_view cut(std::string_view text, size_t most) {
  if (text.size() <= most) return text;
  while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0) == 0x80) --most;
  return text.substr(0, most);
}

class reader final : public text_reader {
public:
  reader(language_identifier l, mood_reader m)
      : languages_(std::move(l))
      , moods_(std::move(m))
      , model_(std::string("nlu-") + STEWARD_NLU_VERSION + (languages_.has_automaton() ? "+langid" : "")) {}

  understood_message begin(std::string_view text, const text_context& c, std::string& served) const override {
    understood_message out;
    out.model = model_;
    const auto guess = languages_.identify(text);
    auto choice = choose_language(text, guess, c.before, c.languages);
    out.written = guess.language, out.sure = guess.confidence;
    out.language = choice.language.empty() ? "und" : choice.language;
    served = std::move(choice.served);
    if (auto intent = built_in_intent(text); !intent.empty()) {
      out.intents.push_back({std::string(intent), 1});
      out.intent_step = "built_in";
    }
    entity_context around;
    around.language = out.language;
    around.now = c.local_ms / 60'000 * 60;
    around.senses = true;
    around.profile = c.profile;
    if (c.meanings) around.book = c.meanings->of(out.language), around.own = c.meanings->names_of(out.language);
    for (auto& e : read_entities(cut(text, most_read), around)) {
      if (out.entities.size() >= most_entities) break;
      out.entities.push_back({e.kind, e.text, e.value, e.unit, e.start});
    }
    return out;
  }

  void feel(understood_message& u, std::string_view text, const std::string& encoder, std::span<const float> vector,
            const std::function<std::vector<float>()>& encode) const override {
    auto m = moods_.read(text, u.language);
    // The words' polarity of questions is often wrong, and seldom matters: the encoder is for those who may be upset,
    // and a pass of its own for those of whom words are nearly sure; where they are sure it changes nothing.
    const auto strongest = std::max(strength_of(m, "anger"), strength_of(m, "disappointment"));
    const bool near = strongest >= 0.5 && strongest < 0.7;
    const bool upset = strongest >= 0.3 || strength_of(m, "anxiety") >= 0.3 || m.leaving || m.going_public;
    if (m.known && encoder_fits(encoder, u.language) && (vector.empty() ? near && encode : upset)) {
      m = moods_.read(text, u.language, [&](std::string_view) {
        return vector.empty() ? encode() : std::vector<float>(vector.begin(), vector.end());
      });
      u.model += "+" + encoder;
    }
    u.mood = plain(m);
  }

private:
  language_identifier languages_;
  mood_reader moods_;
  std::string model_;
};

} // namespace

result<std::shared_ptr<const text_reader>> make_text_reader(const std::filesystem::path& models, std::string& note) {
  auto languages = language_identifier::create(models / "py3langid" / "langid.bin");
  if (!languages) {
    note = "languages are told by the program's own table alone: " + languages.error().message;
    languages = language_identifier::create(std::filesystem::path());
  }
  if (!languages) return languages.error();
  auto moods = mood_reader::create();
  if (!moods) return moods.error();
  return std::shared_ptr<const text_reader>(std::make_shared<reader>(*std::move(languages), *std::move(moods)));
}

bool depends_on_time(const understood_message& u) {
  // Durations, recurrences and hours of the day are the same tomorrow; dates may have been counted from today.
  auto lasting = [](const std::string& value) {
    return value.empty() || value[0] == 'P' || value[0] == 'T' || value[0] == 'X' ||
           (value.size() > 2 && value[2] == ':');
  };
  return std::any_of(u.entities.begin(), u.entities.end(),
                     [&](auto& e) { return e.kind == "datetime" && !lasting(e.value); });
}

} // namespace steward
