#include "clients/cli/terminal.hpp"

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <sys/ioctl.h>
#include <unistd.h>

namespace steward::cli {
namespace {
volatile std::sig_atomic_t interrupt_seen = 0;
}

bool is_terminal(int fd) { return isatty(fd) == 1; }

bool use_colours(int fd) {
  auto no = std::getenv("NO_COLOR");
  auto term = std::getenv("TERM");
  return is_terminal(fd) && !(no && *no) && !(term && std::string_view(term) == "dumb");
}

size_t terminal_width() {
  winsize w{};
  if (!is_terminal(1)) return 0;
  return ioctl(1, TIOCGWINSZ, &w) == 0 && w.ws_col > 0 ? w.ws_col : 80;
}

void put(std::string_view s) {
  std::fwrite(s.data(), 1, s.size(), stdout);
  if (std::fflush(stdout) != 0) std::_Exit(0); // `steward … | head` has read enough
}

void put_error(std::string_view s) {
  std::fwrite(s.data(), 1, s.size(), stderr);
  std::fflush(stderr);
}

void catch_interrupts() {
  struct sigaction a {};
  a.sa_handler = [](int) { interrupt_seen = 1; };
  sigemptyset(&a.sa_mask); // no SA_RESTART: a read from the keyboard ends
  sigaction(SIGINT, &a, nullptr);
  sigaction(SIGTERM, &a, nullptr);
}

bool interrupted() { return interrupt_seen != 0; }

} // namespace steward::cli
