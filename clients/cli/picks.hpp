// What customers' picks teach: Steward asked which article was meant, the customer picked one, and so the message that
// was asked about becomes an example for people to review. Pure.
#pragma once
#include "messages/chat.hpp"

#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace steward::cli {

struct pick {
  std::string text;    // what was asked about
  std::string article; // that the customer picked
  std::string title;
  std::string reply; // id of the answer that the pick brought
  std::string doubt; // why it teaches nothing: "no", "person", "another pick"; empty: it counts
  std::string language;
  std::string customer; // whose it is: of one customer the same pick counts once
};

/// Of a conversation's feed, in its order; language and customer are left to the caller. Not told where the text alone
/// does not ask for what was picked: it went on with another question, or had several wishes.
std::vector<pick> picks_in(std::span<const feed_item>);

/// Of a customer's timeline: the ids of the answers that were rated as wrong.
std::set<std::string> rated_wrong(std::span<const feed_item>);
/// The customer whose conversation has this state (JSON); empty: not named.
std::string customer_of(const std::string& state);

struct pick_row {
  std::string text; // as most wrote it
  std::string language, article, title;
  uint64_t customers = 0;
  uint64_t weight = 0; // customers, at most 20
  bool conflict = false;
};

/// Grouped by language, normal text and article. A text is told when one of its articles has at_least customers, and
/// then with all of its articles: more than one is a conflict. The heaviest text comes first.
std::vector<pick_row> pick_rows(const std::vector<pick>&, uint64_t at_least);

/// The line that teaches it, for the tenant's questions.jsonl.
std::string question_line(const pick_row&);

/// Case folded, blanks as one, without the sentence's end.
std::string normal_question(std::string_view);

} // namespace steward::cli
