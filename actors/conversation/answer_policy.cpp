#include "actors/conversation/answer_policy.hpp"

namespace steward {

intent_move intent_policy(const intent_signs& s) {
  if (s.outside || s.intent < s.answer_at || s.intent <= s.passage) return intent_move::nothing;
  return s.person ? intent_move::person : s.article ? intent_move::article : intent_move::nothing;
}

answer_move answer_policy(const answer_signs& s) {
  // What picks a choice or is known as a question is not talk.
  if (s.outcome == verdict::answer && s.candidates > 0) return answer_move::answer;
  const bool enough = s.asked_back >= most_asked_back;
  if (s.word == short_word::repeat) return answer_move::offer_again;
  if (s.word == short_word::yes) return enough ? answer_move::give_up : answer_move::offer_again;
  if (s.word == short_word::no && enough) return answer_move::give_up;
  if (s.talk) return answer_move::talk;
  if (s.outcome != verdict::choose || s.candidates < 2) return answer_move::unknown;
  return enough ? answer_move::give_up : answer_move::ask_back;
}

} // namespace steward
