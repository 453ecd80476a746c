#include "actors/bus/socket_loop.hpp"

#include <cstdint>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace steward {

bool socket_loop::start(std::function<void()> readable, std::function<void()> writable) {
  readable_ = std::move(readable);
  writable_ = std::move(writable);
  wake_ = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (wake_ < 0) return false;
  thread_ = std::thread([this] { run(); });
  return true;
}

socket_loop::~socket_loop() {
  stop();
  if (wake_ >= 0) ::close(wake_);
}

void socket_loop::stop() {
  {
    std::lock_guard lock(mutex_);
    stop_ = true;
    wake_locked();
  }
  if (thread_.joinable()) thread_.join();
  std::vector<std::function<void()>> left;
  {
    std::lock_guard lock(mutex_);
    over_ = true;
    left.swap(between_);
  }
  for (auto& f : left) f();
}

void socket_loop::between_events(std::function<void()> f) {
  {
    std::lock_guard lock(mutex_);
    if (!over_) {
      between_.push_back(std::move(f));
      return wake_locked();
    }
  }
  f();
}

void socket_loop::attach(int fd) {
  std::lock_guard lock(mutex_);
  fd_ = fd;
  read_ = fd >= 0;
  write_ = full_ = false;
  wake_locked();
}

void socket_loop::detach() { attach(-1); }

void socket_loop::want_read(bool x) {
  std::lock_guard lock(mutex_);
  read_ = x;
  wake_locked();
}

void socket_loop::want_write(bool x) {
  std::lock_guard lock(mutex_);
  write_ = x;
  if (!x)
    full_ = false;
  else if (!full_)
    wake_locked();
}

void socket_loop::wake_locked() {
  if (!asleep_) return; // it looks again before it sleeps
  asleep_ = false;
  uint64_t one = 1;
  if (::write(wake_, &one, sizeof one) < 0) return; // full: it wakes anyway
}

void socket_loop::run() {
  for (;;) {
    pollfd p[2] = {{wake_, POLLIN, 0}, {-1, 0, 0}};
    bool at_once = false;
    std::vector<std::function<void()>> between;
    {
      std::lock_guard lock(mutex_);
      if (stop_) return;
      between.swap(between_);
      if (read_) p[1].events |= POLLIN;
      if (write_ && full_) p[1].events |= POLLOUT;
      if (p[1].events) p[1].fd = fd_;
      at_once = (write_ && !full_) || !between.empty(); // most writes succeed: try without asking
      asleep_ = !at_once;
    }
    for (auto& f : between) f();
    if (::poll(p, 2, at_once ? 0 : -1) < 0) p[0].revents = p[1].revents = 0;
    bool write = false;
    {
      std::lock_guard lock(mutex_);
      asleep_ = false;
      write = write_ && (!full_ || (p[1].revents & (POLLOUT | POLLERR | POLLHUP)));
    }
    if (p[0].revents) {
      uint64_t n;
      if (::read(wake_, &n, sizeof n) < 0) n = 0;
    }
    if (write) {
      writable_();
      std::lock_guard lock(mutex_);
      full_ = write_;
    }
    if (p[1].revents & (POLLIN | POLLERR | POLLHUP)) readable_();
  }
}

} // namespace steward
