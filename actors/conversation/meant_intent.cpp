#include "actors/conversation/meant_intent.hpp"

#include "actors/conversation/answer_policy.hpp"

namespace steward {

const tenant_intent* weigh_intent(knowledge_result& found, const tenant_config& t) {
  auto& u = found.understood;
  if (u.intents.empty() || u.intent_step == "built_in") return nullptr;
  auto& first = u.intents.front();
  auto meant = t.intent(first.name);
  if (!meant) return nullptr; // the tenant has changed since
  intent_signs s;
  s.intent = first.confidence, s.outside = u.outside;
  s.article = !found.meant.empty(), s.person = meant->person;
  s.passage = found.step == "pick"       ? 1
              : found.candidates.empty() ? 0
                                         : found.confidence; // a choice made is no question
  s.answer_at = t.answer_at;
  auto move = intent_policy(s);
  if (move == intent_move::article) {
    found.outcome = verdict::answer, found.confidence = first.confidence;
    found.candidates = {found.meant};
  }
  return move == intent_move::person ? meant : nullptr;
}

} // namespace steward
