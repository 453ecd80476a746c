// What becomes of a message that nobody but the AI answers: one decision over all that is known. Pure.
#pragma once
#include "messages/knowledge.hpp"

#include <cstddef>
#include <cstdint>

namespace steward {

/// A word or two, to a question back that offered choices.
enum class short_word { none, yes, no, repeat };

struct answer_signs {
  verdict outcome = verdict::unknown; // what the passages' calibrated confidence allows
  std::size_t candidates = 0;
  bool talk = false;            // hello, thanks, bye: there is a word for it
  std::uint32_t asked_back = 0; // questions back in a row before this message
  short_word word = short_word::none;
};

enum class answer_move {
  answer,      // what the first candidate says
  talk,        // the word for it
  ask_back,    // which of the candidates was meant
  offer_again, // the same choices
  unknown,     // "I do not know"; a person, if handover_policy says so
  give_up,     // it was asked back often enough: a person
};

/// What the tenant's likeliest intent does about a message.
enum class intent_move {
  nothing, // the passages decide
  article, // its article is the answer
  person,  // it goes to a person
};

struct intent_signs {
  double intent = 0;                    // calibrated: that it is meant
  bool outside = false;                 // rather none of the tenant's intents is
  bool article = false, person = false; // what it would do
  double passage = 0;                   // calibrated: that the first passage answers
  double answer_at = 1;                 // from here on one is sure enough
};

/// Both are probabilities of being right: the likelier one leads, if it is sure enough.
intent_move intent_policy(const intent_signs&);

/// Questions back in a row; what is still not understood then goes to a person.
constexpr std::uint32_t most_asked_back = 2;

answer_move answer_policy(const answer_signs&);

} // namespace steward
