// The terminal as a screen: keys in, pictures out. The only file that knows ncurses is its .cpp.
#pragma once
#include "clients/seat_view/events.hpp"
#include "clients/seat_view/picture.hpp"
#include "messages/result.hpp"

#include <memory>
#include <optional>

namespace steward::cli {

class curses_screen {
public:
  /// Takes the terminal over; the destructor gives it back as it was. One at a time.
  static result<curses_screen> open();
  curses_screen(curses_screen&&) noexcept;
  ~curses_screen();

  seat_ui::resized size() const;
  /// A key, a paste or another size, if there is one now.
  std::optional<seat_ui::event> next();
  void draw(const seat_ui::picture&);
  void ring();

private:
  struct impl;
  explicit curses_screen(std::unique_ptr<impl>);
  std::unique_ptr<impl> impl_;
};

} // namespace steward::cli
