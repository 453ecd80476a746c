// The mood of a message and how it moves over a conversation. Plain values: others feed them to the handover policy and
// to a queue's priority.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace steward {

struct emotion {
  std::string name;    // anger, disappointment, anxiety, gratitude; or one of GoEmotions' where its model says so
  double strength = 0; // 0 to 1
};

struct mood {
  bool known = false;   // false: nothing that could be defended is known about this language; all else is then empty
  double sentiment = 0; // -1 to 1; its sign is the likelier polarity even where the step is neutral
  int step = 0;         // -2 very negative, -1, 0, 1, 2
  std::vector<emotion> emotions;   // the strongest first
  std::vector<std::string> labels; // GoEmotions' names that its model tells of an English message, "neutral" among them
  double urgency = 0;              // 0 to 1: 0.5 wants it today, 0.9 cannot wait
  bool leaving = false;            // threatens to leave or cancels
  bool going_public = false;       // threatens with the press, reviews, regulators, courts
  bool sarcastic = false;          // praise that is none
};

// "very negative", "negative", "neutral", "positive", "very positive", "unknown".
std::string_view step_name(const mood& m);
// "none", "soon", "now", "unknown".
std::string_view urgency_name(const mood& m);
// Strength of an emotion, 0 when it is not there.
double strength_of(const mood& m, std::string_view emotion);

enum class mood_trend { steady, better, worse };

struct mood_course {
  mood_trend trend = mood_trend::steady;
  double level = 0;     // recent sentiment, the last message counts most; -1 to 1
  int bad_in_row = 0;   // messages at the end that are negative, those without an opinion between them left out
  bool comfort = false; // words of comfort are due
  bool person = false;  // a person should take over
};

// From the moods of one customer's messages, oldest first. Pure.
mood_course follow_moods(std::span<const mood> messages);

} // namespace steward
