// Why a conversation reaches a person: rows that are looked at in order. Pure.
#pragma once
#include "actors/conversation/mood_policy.hpp"
#include "actors/tenant/tenant_config.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace steward {

/// What is known of a conversation when it is decided.
struct handover_signs {
  std::string_view text;    // what the customer wrote, folded; may be empty
  bool dead_letter = false; // a message broke the conversation
  bool asks_for_person = false;
  const char* intent = nullptr;         // a built-in intent that needs a person (small_talk.hpp): the reason
  const tenant_intent* meant = nullptr; // one of the tenant's that needs a person
  temper mood = temper::calm;
  bool worse = false;             // was upset before (mood_policy.hpp)
  bool urgent = false;            // it cannot wait: one step more of priority
  uint32_t unknowns = 0;          // in a row, this turn's among them
  bool asked_back_enough = false; // and still it is not clear what was meant
};

struct handover {
  std::string reason; // dead_letter, rule, asked_for_person, complaint, forget_me, intent, threat, mood,
                      // mood_worse, asked_back, unknown
  std::string queue, skill;
  uint32_t priority = 0;
};

std::optional<handover> handover_policy(const handover_signs&, const tenant_config&);

/// Does the phrase stand in the text, with no letter going on beside it? Chinese has no blanks: there any place will
/// do.
bool contains_words(std::string_view folded, std::string_view phrase);

} // namespace steward
