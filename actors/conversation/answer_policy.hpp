// What becomes of a message that nobody but the AI answers: one decision over all that is known. Pure.
#pragma once
#include "messages/knowledge.hpp"

#include <cstddef>
#include <cstdint>

namespace steward {

struct answer_signs {
  verdict outcome = verdict::unknown; // what the passages' calibrated confidence allows
  std::size_t candidates = 0;
  bool talk = false;            // hello, thanks, bye: there is a word for it
  std::uint32_t asked_back = 0; // questions back in a row before this message
};

enum class answer_move {
  answer,   // what the first candidate says
  talk,     // the word for it
  ask_back, // which of the candidates was meant
  unknown,  // "I do not know"; a person, if handover_policy says so
  give_up,  // it was asked back often enough: a person
};

/// Questions back in a row; what is still not understood then goes to a person.
constexpr std::uint32_t most_asked_back = 2;

answer_move answer_policy(const answer_signs&);

} // namespace steward
