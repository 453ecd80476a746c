// The right side: a conversation, and what is written to it. Pure.
#pragma once
#include "clients/seat_view/desk.hpp"
#include "clients/seat_view/picture.hpp"

namespace steward::seat_ui {

struct pane {
  std::vector<line> lines;
  int row = -1, column = 0; // of the cursor
};

/// `height` lines, at most `width` wide each.
pane draw_talk(const desk&, size_t width, size_t height);
pane draw_palette(const desk&, size_t width, size_t height);

/// "14:05"; another day: "Mar 1".
std::string short_time(int64_t time_ms, int64_t now_ms);
std::string short_span(int64_t ms); // "45s", "12m", "3h", "4d"
paint paint_of(tone);

} // namespace steward::seat_ui
