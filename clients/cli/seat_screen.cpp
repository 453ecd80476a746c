// seat, without a command: the full screen. Keys and news come to one loop, which draws; the line has threads of its
// own.
#include "clients/cli/curses_screen.hpp"
#include "clients/cli/seat_actions.hpp"
#include "clients/cli/terminal.hpp"
#include "clients/seat_line.hpp"
#include "clients/seat_view/desk.hpp"

#include <deque>
#include <fcntl.h>
#include <mutex>
#include <poll.h>
#include <unistd.h>

namespace steward::cli {
namespace {

using seat_ui::event;

constexpr int tick_ms = 250, finish_ms = 2000;

/// News of other threads, and a pipe that wakes who polls.
class inbox {
public:
  bool open() { return pipe2(ends_, O_NONBLOCK | O_CLOEXEC) == 0; }
  ~inbox() {
    for (auto e : ends_)
      if (e >= 0) close(e);
  }
  int wake() const { return ends_[0]; }
  void put(event e) {
    std::lock_guard lock(mutex_);
    news_.push_back(std::move(e));
    (void)!write(ends_[1], "", 1);
  }
  std::deque<event> take() {
    char some[256];
    while (read(ends_[0], some, sizeof some) > 0) {
    }
    std::lock_guard lock(mutex_);
    return std::exchange(news_, {});
  }

private:
  std::mutex mutex_;
  std::deque<event> news_;
  int ends_[2] = {-1, -1};
};

class screen_loop {
public:
  screen_loop(seat_ui::options o, curses_screen& s, inbox& in)
      : desk_(std::move(o))
      , screen_(s)
      , in_(in) {}

  void run(seat_line& line) {
    line_ = &line;
    happened(seat_ui::tick{now_ms()});
    happened(screen_.size());
    while (!leaving_ && !interrupted()) {
      screen_.draw(drawn(desk_));
      pollfd fds[] = {{STDIN_FILENO, POLLIN, 0}, {in_.wake(), POLLIN, 0}};
      (void)::poll(fds, 2, tick_ms);
      if (fds[0].revents & (POLLHUP | POLLERR)) return; // the terminal is gone
      happened(seat_ui::tick{now_ms()});
      for (auto& e : in_.take()) happened(e);
      while (auto e = screen_.next()) {
        happened(*e);
        if (leaving_) return;
      }
    }
  }

  /// What has been sent gets a moment to arrive.
  void finish(const seat_line& line) {
    for (auto end = now_ms() + finish_ms; !line.idle() && now_ms() < end;) {
      pollfd fd{in_.wake(), POLLIN, 0};
      (void)::poll(&fd, 1, 50);
      for (auto& e : in_.take()) happened(e);
    }
    for (auto& e : in_.take()) happened(e);
  }

  /// What a person would want to know once the screen is gone.
  std::string last_words() const {
    std::string out;
    for (auto& p : desk_.sent)
      if (!p.accepted && (p.verb == "say" || p.verb == "note")) out += "not sent: " + safe_text(p.ask.text) + "\n";
    for (auto& [c, t] : desk_.talks)
      if (!t.draft.blank() && t.draft.text() != t.kept_draft)
        out += "draft for " + c.value.substr(0, 9) + ": " + safe_text(t.draft.text()) + "\n";
    return out;
  }

private:
  void happened(const event& e) {
    for (auto& x : desk_.update(e)) {
      if (auto r = std::get_if<seat_ui::request>(&x)) line_->ask(std::move(*r));
      if (auto w = std::get_if<seat_ui::watch>(&x)) line_->watch(w->conversation);
      if (std::holds_alternative<seat_ui::ring>(x)) screen_.ring();
      if (std::holds_alternative<seat_ui::leave>(x)) leaving_ = true;
    }
  }

  seat_ui::desk desk_;
  curses_screen& screen_;
  inbox& in_;
  seat_line* line_ = nullptr;
  bool leaving_ = false;
};

} // namespace

int seat_screen(context& c, const seat_options& o) {
  if (c.json) return usage(c, "the full screen has no --json; `steward seat --help` lists the single commands");
  if (!is_terminal(0) || !is_terminal(1))
    return usage(
        c, "`steward seat` without a command draws on a terminal; `steward seat --help` lists the single commands");
  auto bus = c.bus();
  if (!bus) return fail(c, bus.error());
  seat_ui::options who{tenant_id(o.tenant), o.seat, new_id(), 1000LL * o.undo_s, joining(o)};
  who.may = [&c, tenant = who.tenant, seat = who.seat](std::string_view verb) {
    return allowed(c, subjects::seat(tenant, seat, verb)).ok();
  };
  auto me = subjects::seat(who.tenant, who.seat, "me");
  if (auto ok = call<seat_view>(c, me, seat_request{}); !ok)
    return fail(c, ok.error()); // said before the screen is taken

  inbox in;
  if (!in.open()) return fail(c, failure{errc::internal, "no pipe is to be had"});
  std::string last;
  {
    auto screen = curses_screen::open();
    if (!screen) return fail(c, screen.error());
    catch_interrupts();
    screen_loop loop(who, *screen, in);
    {
      seat_line line(**bus, who.tenant, who.seat, [&](event e) { in.put(std::move(e)); });
      loop.run(line);
      loop.finish(line);
    }
    last = loop.last_words();
  }
  put(last);
  return exit_ok;
}

} // namespace steward::cli
