#include "clients/cli/curses_screen.hpp"

#define NCURSES_WIDECHAR 1
#include <clocale>
#include <curses.h>
#include <langinfo.h>
#include <poll.h>
#include <string_view>
#include <sys/ioctl.h>
#include <unistd.h>

namespace steward::cli {
namespace {

using seat_ui::key;
using seat_ui::key_code;
using seat_ui::paint;

constexpr int paste_begins = KEY_MAX + 1, paste_ends = KEY_MAX + 2;
constexpr size_t most_pasted = 2 << 20;
constexpr int paste_silence_ms = 1000; // then it has ended, whatever the terminal says

std::string utf8(wint_t c) {
  auto u = static_cast<uint32_t>(c);
  std::string s;
  if (u < 0x80) return s += static_cast<char>(u), s;
  if (u < 0x800) return s += static_cast<char>(0xC0 | u >> 6), s += static_cast<char>(0x80 | (u & 0x3F)), s;
  if (u >= 0x10000) {
    s += static_cast<char>(0xF0 | u >> 18);
    s += static_cast<char>(0x80 | (u >> 12 & 0x3F));
  } else {
    s += static_cast<char>(0xE0 | u >> 12);
  }
  s += static_cast<char>(0x80 | (u >> 6 & 0x3F));
  return s += static_cast<char>(0x80 | (u & 0x3F)), s;
}

std::optional<key_code> special(wint_t c) {
  switch (c) {
  case KEY_ENTER: return key_code::enter;
  case KEY_BTAB: return key_code::back_tab;
  case KEY_BACKSPACE: return key_code::backspace;
  case KEY_DC: return key_code::del;
  case KEY_LEFT: return key_code::left;
  case KEY_RIGHT: return key_code::right;
  case KEY_UP: return key_code::up;
  case KEY_DOWN: return key_code::down;
  case KEY_HOME: return key_code::home;
  case KEY_END: return key_code::end;
  case KEY_PPAGE: return key_code::page_up;
  case KEY_NPAGE: return key_code::page_down;
  case KEY_F(1): return key_code::help;
  default: return {};
  }
}

attr_t attributes(paint p) {
  auto coloured = has_colors() ? 1 : 0;
  switch (p) {
  case paint::plain: return A_NORMAL;
  case paint::dim: return A_DIM;
  case paint::bold: return A_BOLD;
  case paint::good: return coloured ? COLOR_PAIR(1) : A_BOLD;
  case paint::warn: return coloured ? COLOR_PAIR(2) : A_BOLD;
  case paint::bad: return coloured ? COLOR_PAIR(3) | A_BOLD : A_REVERSE;
  case paint::mark:
  case paint::bar: return A_REVERSE;
  }
  return A_NORMAL;
}

void modes(std::string_view sequence) { // past ncurses, which does not know them
  (void)!::write(STDOUT_FILENO, sequence.data(), sequence.size());
}

} // namespace

struct curses_screen::impl {
  bool redraw = false;
  ~impl() {
    modes("\033[?2004l");
    endwin();
  }

  static bool read(wint_t& c, int& kind) { return (kind = get_wch(&c)) != ERR; }

  static bool more_now() {
    wint_t c;
    int kind;
    if (!read(c, kind)) return false;
    kind == KEY_CODE_YES ? (void)ungetch(static_cast<int>(c)) : (void)unget_wch(static_cast<wchar_t>(c));
    return true;
  }

  static seat_ui::pasted paste() {
    seat_ui::pasted out;
    for (;;) {
      wint_t c;
      int kind;
      if (!read(c, kind)) {
        pollfd p{STDIN_FILENO, POLLIN, 0};
        if (::poll(&p, 1, paste_silence_ms) <= 0) return out;
        continue;
      }
      if (kind == KEY_CODE_YES && c == static_cast<wint_t>(paste_ends)) return out;
      if (kind != KEY_CODE_YES && out.text.size() < most_pasted) out.text += utf8(c);
    }
  }

  std::optional<seat_ui::event> character(wint_t c) {
    if (c == 27) return escaped();
    if (c == '\r') return key{more_now() ? key_code::new_line : key_code::enter, {}};
    if (c == '\n') return key{key_code::new_line, {}};
    if (c == '\t') return key{key_code::tab, {}};
    if (c == 8 || c == 127) return key{key_code::backspace, {}};
    if (c == 18) { // Ctrl-R: what others have written over the screen goes
      clearok(stdscr, TRUE);
      return seat_ui::event(size());
    }
    if (c >= 1 && c <= 26) return key{key_code::ctrl, std::string(1, static_cast<char>('a' + c - 1))};
    if (c < 32) return {};
    return key{key_code::text, utf8(c)};
  }

  /// Escape; or Alt with a letter, which is taken for Ctrl; or Alt-Enter.
  std::optional<seat_ui::event> escaped() {
    wint_t c;
    int kind;
    if (!read(c, kind)) return key{key_code::escape, {}};
    if (kind != KEY_CODE_YES && (c == '\r' || c == '\n')) return key{key_code::new_line, {}};
    if (kind != KEY_CODE_YES && c >= 'a' && c <= 'z') return key{key_code::ctrl, std::string(1, static_cast<char>(c))};
    kind == KEY_CODE_YES ? (void)ungetch(static_cast<int>(c)) : (void)unget_wch(static_cast<wchar_t>(c));
    return key{key_code::escape, {}};
  }

  /// The terminal has another size than the picture: the word of it (SIGWINCH) may have come at a moment when ncurses
  /// did not listen.
  static bool follow_size() {
    winsize w{};
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &w) != 0 || w.ws_row == 0 || w.ws_col == 0) return false;
    auto now = size();
    if (now.width == w.ws_col && now.height == w.ws_row) return false;
    resizeterm(w.ws_row, w.ws_col);
    clearok(stdscr, TRUE); // what the terminal made of the old picture is its own affair
    return true;
  }

  static seat_ui::resized size() {
    int h = 0, w = 0;
    getmaxyx(stdscr, h, w);
    return {w, h};
  }
};

result<curses_screen> curses_screen::open() {
  std::setlocale(LC_CTYPE, "");
  if (std::string_view(nl_langinfo(CODESET)) != "UTF-8") std::setlocale(LC_CTYPE, "C.UTF-8");
  auto out = newterm(nullptr, stdout, stdin);
  if (!out) {
    auto term = std::getenv("TERM");
    return {errc::bad_request, std::string("this terminal (TERM=") + (term ? term : "") + ") cannot be drawn on"};
  }
  raw(), noecho(), nonl();
  keypad(stdscr, TRUE), nodelay(stdscr, TRUE), set_escdelay(25);
  if (has_colors() && !(std::getenv("NO_COLOR") && *std::getenv("NO_COLOR"))) {
    start_color(), use_default_colors();
    init_pair(1, COLOR_GREEN, -1), init_pair(2, COLOR_YELLOW, -1), init_pair(3, COLOR_RED, -1);
  }
  define_key("\033[200~", paste_begins), define_key("\033[201~", paste_ends);
  modes("\033[?2004h");
  return curses_screen(std::make_unique<impl>());
}

curses_screen::curses_screen(std::unique_ptr<impl> x)
    : impl_(std::move(x)) {}
curses_screen::curses_screen(curses_screen&&) noexcept = default;
curses_screen::~curses_screen() = default;

seat_ui::resized curses_screen::size() const { return impl::size(); }

std::optional<seat_ui::event> curses_screen::next() {
  if (impl::follow_size()) return size();
  wint_t c;
  int kind;
  while (impl::read(c, kind)) {
    if (kind != KEY_CODE_YES) {
      if (auto e = impl_->character(c)) return e;
      continue;
    }
    if (c == KEY_RESIZE) {
      clearok(stdscr, TRUE);
      return size();
    }
    if (c == static_cast<wint_t>(paste_begins)) return impl::paste();
    if (auto k = special(c)) return key{*k, {}};
  }
  return {};
}

void curses_screen::draw(const seat_ui::picture& p) {
  erase();
  for (size_t y = 0; y < p.rows.size(); ++y) {
    move(static_cast<int>(y), 0);
    for (auto& s : p.rows[y].spans) {
      attrset(attributes(s.is));
      addnstr(s.text.c_str(), static_cast<int>(s.text.size()));
    }
  }
  attrset(A_NORMAL);
  curs_set(p.row >= 0 ? 1 : 0);
  if (p.row >= 0) move(p.row, p.column);
  refresh();
}

void curses_screen::ring() { beep(); }

} // namespace steward::cli
