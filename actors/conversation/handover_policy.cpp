#include "actors/conversation/handover_policy.hpp"

#include <algorithm>
#include <cctype>

namespace steward {
namespace {

using row = std::optional<handover> (*)(const handover_signs&, const tenant_config&);

std::optional<handover> to(const tenant_config& t, const char* reason, uint32_t priority = 0) {
  return handover{reason, t.first_queue, {}, priority};
}

constexpr row rows[] = {
    // Something of ours broke: the customer has waited for nothing.
    [](auto& s, auto& t) { return s.dead_letter ? to(t, "dead_letter", 1) : std::nullopt; },
    [](auto& s, auto& t) -> std::optional<handover> {
      for (auto& r : t.handover_rules)
        for (auto& p : r.phrases)
          if (contains_words(s.text, p))
            return handover{"rule", r.queue.empty() ? t.first_queue : r.queue, r.skill, r.priority};
      return std::nullopt;
    },
    [](auto& s, auto& t) { return s.asks_for_person ? to(t, "asked_for_person") : std::nullopt; },
    [](auto& s, auto& t) { return s.mood < 0 ? to(t, "mood", 1) : std::nullopt; },
    [](auto& s, auto& t) { return s.unknowns >= t.unknowns && s.unknowns > 0 ? to(t, "unknown") : std::nullopt; },
};

// Words that hardly stand in a calm sentence. English, Chinese, Spanish.
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

} // namespace

std::optional<handover> handover_policy(const handover_signs& s, const tenant_config& t) {
  for (auto& r : rows)
    if (auto h = r(s, t)) return h;
  return std::nullopt;
}

int mood_by_words(std::string_view folded) {
  return std::any_of(std::begin(angry), std::end(angry), [&](auto w) { return contains_words(folded, w); }) ? -1 : 0;
}

bool contains_words(std::string_view text, std::string_view phrase) {
  auto letter = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; };
  for (auto at = text.find(phrase); at != std::string_view::npos; at = text.find(phrase, at + 1)) {
    auto end = at + phrase.size();
    if ((at == 0 || !letter(text[at - 1]) || !letter(phrase.front())) &&
        (end == text.size() || !letter(text[end]) || !letter(phrase.back())))
      return true;
  }
  return false;
}

} // namespace steward
