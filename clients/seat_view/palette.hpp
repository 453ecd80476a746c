// A list that lies over the conversation until one line of it is chosen. Typing narrows it. Pure.
#pragma once
#include "clients/seat_view/text_edit.hpp"

#include <cstdint>

namespace steward::seat_ui {

/// What is chosen, and so what becomes of it.
enum class choice : uint8_t {
  text,
  knowledge,
  pass,
  code,
  snooze,
  away,
  home,
  block,
  unblock,
  back,
  take_over,
  leave,
  customer,
  search,
  help
};

struct palette {
  struct item {
    std::string label, detail;
    std::string value;  // what is chosen; its meaning is the choice's
    int64_t number = 0; // the same, of snooze
  };

  choice what = choice::help;
  std::string title;
  std::vector<item> items;
  std::string free;     // not empty: what is typed may be chosen though no item has it; says what it would be
  bool waits = false;   // the items are still asked for
  bool reading = false; // lines to read: typing does not narrow, Enter closes
  text_edit filter;
  std::string asked; // of search: what the items were found for; typing narrows nothing there
  size_t at = 0;     // of shown()

  std::vector<const item*> shown() const; // those that hold every word of the filter
  void move(int by);
  void narrowed() { at = 0; }
  /// The line under the mark; what was typed where that may be chosen; nothing otherwise.
  bool chosen(item& out) const;
};

palette codes();
palette snoozes(int64_t now_ms);
palette away_reasons();
palette going_home(size_t held);
palette one_question(choice, std::string title, std::string yes);
palette help();

} // namespace steward::seat_ui
