// What a person who takes over reads first. Pure.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace steward {

/// What a conversation keeps of itself for that moment: bounded, a few hundred bytes.
struct conversation_story {
  std::string wish;               // the first thing that was more than a greeting
  std::string last;               // the newest such, if another
  std::vector<std::string> tried; // titles of what was answered, newest last
  std::vector<std::string> facts; // numbers, codes, addresses that the customer gave
  int mood = 0;                   // the worst since it began
  template <class F>
  void fields(F& f) {
    f("wish", wish), f("last", last), f("tried", tried), f("facts", facts), f("mood", mood);
  }
};

/// Folds what the customer wrote, or the title of what was answered.
void tell_story(conversation_story&, std::string_view text, int mood);
void tell_tried(conversation_story&, const std::string& title);
/// Order numbers, dates, sizes, amounts, mail addresses, with the words beside a short number.
std::vector<std::string> facts_in(std::string_view text);

/// Wish, what was tried, facts, mood, why, wait: at most 600 characters.
std::string handover_summary(const conversation_story&, std::string_view reason, int64_t waited_ms);

} // namespace steward
