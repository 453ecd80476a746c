#include "actors/conversation/handover_policy.hpp"

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
    [](auto& s, auto& t) { return s.intent ? to(t, s.intent) : std::nullopt; },
    [](auto& s, auto& t) -> std::optional<handover> {
      if (!s.meant) return std::nullopt;
      return handover{"intent", s.meant->queue.empty() ? t.first_queue : s.meant->queue, {}, 0};
    },
    [](auto& s, auto& t) { return s.mood == temper::threatens ? to(t, "threat", 2) : std::nullopt; },
    [](auto& s, auto& t) { return s.mood <= temper::let_down ? to(t, "mood", 1) : std::nullopt; },
    // Anxious is comforted; anxious again gets a person.
    [](auto& s, auto& t) { return s.worse ? to(t, "mood_worse", 1) : std::nullopt; },
    [](auto& s, auto& t) { return s.asked_back_enough ? to(t, "asked_back") : std::nullopt; },
    [](auto& s, auto& t) { return s.unknowns >= t.unknowns && s.unknowns > 0 ? to(t, "unknown") : std::nullopt; },
};

} // namespace

std::optional<handover> handover_policy(const handover_signs& s, const tenant_config& t) {
  for (auto& r : rows)
    if (auto h = r(s, t)) {
      if (s.urgent) ++h->priority;
      return h;
    }
  return std::nullopt;
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
