// A simulated customer: what he wants, how he says it, and what he does with a reply. Pure and deterministic.
#pragma once
#include "messages/chat.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace steward {

enum class wanted {
  article, // one of `articles`
  nothing, // nothing here answers it: any answer is a wrong one
  person,
};

/// One wish and the words for it. A customer who was not understood takes the next words.
struct goal {
  wanted what = wanted::article;
  std::vector<std::string> articles; // any of these is right
  std::vector<std::string> holds;    // or an answer that says one of these
  std::vector<std::string> says;     // at least one
};

struct customer_script {
  std::string name; // "written 12 (typos)"
  std::string language;
  std::vector<goal> goals;      // the last is what he ends up wanting; before each following one he changes his mind
  std::string change;           // before the words of a later goal: "Actually, no. "
  std::string person;           // what he says when his words are used up: he asks for a person
  std::uint32_t patience = 3;   // replies that do not help before he asks for a person
  bool picks_by_number = false; // else by the title
};

enum class ending { right, wrong, handed_over, left };
std::string_view to_string(ending);

/// One conversation of a customer, reply by reply.
class customer_mind {
public:
  explicit customer_mind(const customer_script& s)
      : script_(&s) {}

  /// What he writes now; nothing: he is done. `last`: what came back to what he wrote before, in order.
  std::optional<std::string> next(const std::vector<reply_message>& last);

  /// After he is done. One wrong answer on the way makes it wrong, whatever came later.
  ending end() const;
  std::uint32_t turns() const { return turns_; }           // messages he wrote
  std::uint32_t asked_back() const { return asked_back_; } // questions back that he heard
  bool picked() const { return picked_; }                  // what he wanted was among the choices, at least once
  /// What he wanted came about: the answer; a person; of what nothing answers, no answer.
  bool served() const;

private:
  const goal& now() const { return script_->goals[goal_]; }
  bool right(const reply_message&) const;
  void hear(const reply_message&);
  std::optional<std::string> say(std::string);
  std::optional<std::string> other_words();

  const customer_script* script_;
  std::size_t goal_ = 0, words_ = 0;
  std::uint32_t turns_ = 0, asked_back_ = 0, unhelpful_ = 0;
  std::optional<std::string> pick_;
  bool satisfied_ = false, wrong_ = false, person_ = false, picked_ = false, begged_ = false;
};

} // namespace steward
