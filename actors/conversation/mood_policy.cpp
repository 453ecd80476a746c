#include "actors/conversation/mood_policy.hpp"

#include "actors/conversation/handover_policy.hpp"

#include <algorithm>

namespace steward {
namespace {

// A phrase that we know the meaning of gives 0.75; what the model alone makes of a question is mostly below 0.6.
constexpr double told = 0.7;

struct row {
  temper is;
  bool (*holds)(const read_mood&);
};

bool hurt(const read_mood& m) {
  return m.strength_of("anger") >= told || m.strength_of("disappointment") >= told || m.sarcastic;
}

// Looked at in order. "Delete my account" is a question like others until anger stands beside it.
constexpr row rows[] = {
    {temper::threatens, [](auto& m) { return m.going_public || (m.leaving && hurt(m)); }},
    {temper::angry, [](auto& m) { return m.strength_of("anger") >= told || m.sarcastic; }},
    {temper::let_down, [](auto& m) { return m.strength_of("disappointment") >= told && m.step < 0; }},
    {temper::anxious, [](auto& m) { return m.strength_of("anxiety") >= told; }},
};

// Words that hardly stand in a calm sentence, and in Spanish, whose mood is not read yet, those of disappointment.
constexpr std::string_view angry[] = {"furious",
                                      "outrageous",
                                      "this is unacceptable",
                                      "totally unacceptable",
                                      "worst service",
                                      "useless bot",
                                      "stupid bot",
                                      "scammers",
                                      "you are useless",
                                      "sick of this",
                                      "投诉你们",
                                      "太差劲",
                                      "垃圾客服",
                                      "骗子",
                                      "气死",
                                      "忍无可忍",
                                      "es indignante",
                                      "estoy furioso",
                                      "estoy furiosa",
                                      "es inaceptable",
                                      "estoy harto",
                                      "estoy harta",
                                      "sois unos inútiles",
                                      "una estafa"};
constexpr std::string_view let_down[] = {"muy decepcionado", "muy decepcionada",       "qué decepción",
                                         "demasiado lento",  "demasiado lentos",       "sois muy lentos",
                                         "muy descontento",  "muy descontenta",        "pésimo servicio",
                                         "mal servicio",     "qué vergüenza de tienda"};

template <size_t N>
bool any_of(const std::string_view (&words)[N], std::string_view folded) {
  return std::any_of(std::begin(words), std::end(words), [&](auto w) { return contains_words(folded, w); });
}

} // namespace

std::string_view to_string(temper t) {
  switch (t) {
  case temper::anxious: return "anxious";
  case temper::let_down: return "disappointed";
  case temper::angry: return "angry";
  case temper::threatens: return "threatens to leave or go public";
  default: return "calm";
  }
}

temper temper_of(const read_mood& m, std::string_view folded) {
  if (m.known)
    for (auto& r : rows)
      if (r.holds(m)) return r.is;
  if (mood_by_words(folded) < 0) return temper::angry;
  return any_of(let_down, folded) ? temper::let_down : temper::calm;
}

bool gets_worse(const std::vector<int>& before, temper now) {
  if (now == temper::calm) return false;
  constexpr size_t far = 3;
  auto from = before.size() > far ? before.end() - far : before.begin();
  return std::any_of(from, before.end(), [](int m) { return m < 0; });
}

const std::string& gentle_words(const tenant_words& w, temper t) {
  static const std::string none;
  return t == temper::calm ? none : t == temper::anxious ? w.reassure : w.comfort;
}

int mood_by_words(std::string_view folded) { return any_of(angry, folded) ? -1 : 0; }

} // namespace steward
