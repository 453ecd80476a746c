#include "actors/simulation/customer.hpp"

#include <algorithm>

namespace steward {
namespace {

constexpr std::uint32_t most_turns = 12; // whatever happens

} // namespace

std::string_view to_string(ending e) {
  switch (e) {
  case ending::right: return "right";
  case ending::wrong: return "wrong";
  case ending::handed_over: return "handed over";
  case ending::left: return "left";
  }
  return "?";
}

bool customer_mind::right(const reply_message& r) const {
  auto& g = now();
  auto cited = std::ranges::any_of(
      r.citations, [&](auto& c) { return std::ranges::find(g.articles, c.article) != g.articles.end(); });
  return cited || std::ranges::any_of(g.holds, [&](auto& h) { return r.text.find(h) != std::string::npos; });
}

void customer_mind::hear(const reply_message& r) {
  switch (r.kind) {
  case reply_kind::answer: (right(r) ? satisfied_ : wrong_) = true; return;
  case reply_kind::choice: {
    ++asked_back_;
    auto& wants = now().articles;
    for (std::size_t i = 0; i < r.choices.size() && i < r.citations.size(); ++i)
      if (std::ranges::find(wants, r.citations[i].article) != wants.end()) {
        pick_ = script_->picks_by_number ? std::to_string(i + 1) : r.choices[i];
        picked_ = true;
        return;
      }
    return;
  }
  case reply_kind::handover: person_ = true; return;
  default: return;
  }
}

std::optional<std::string> customer_mind::say(std::string text) {
  ++turns_;
  return text;
}

std::optional<std::string> customer_mind::other_words() {
  if (++words_ < now().says.size() && ++unhelpful_ < script_->patience) return say(now().says[words_]);
  if (begged_ || script_->person.empty()) return std::nullopt;
  begged_ = true;
  return say(script_->person);
}

std::optional<std::string> customer_mind::next(const std::vector<reply_message>& last) {
  if (turns_ == 0) return say(now().says.front());
  pick_.reset();
  for (auto& r : last) hear(r);
  if (person_ || turns_ >= most_turns) return std::nullopt;
  // He changes his mind after the first reply, whatever it was.
  if (goal_ + 1 < script_->goals.size()) {
    ++goal_, words_ = 0, satisfied_ = false;
    return say(script_->change + now().says.front());
  }
  if (satisfied_) return std::nullopt;
  // Who wants what nothing answers leaves when he hears so.
  auto unknown = std::ranges::any_of(last, [](auto& r) { return r.kind == reply_kind::unknown; });
  if (unknown && now().what == wanted::nothing) return std::nullopt;
  if (pick_) return say(*pick_);
  return other_words();
}

ending customer_mind::end() const {
  if (wrong_) return ending::wrong;
  if (satisfied_) return ending::right;
  return person_ ? ending::handed_over : ending::left;
}

bool customer_mind::served() const {
  switch (end()) {
  case ending::right: return true;
  case ending::wrong: return false;
  case ending::handed_over: return now().what != wanted::article;
  case ending::left: return now().what == wanted::nothing;
  }
  return false;
}

} // namespace steward
