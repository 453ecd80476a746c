// One thread that waits for one socket and says when it can be read or written. Writers never wait: they say that
// something is to be written, and what they have gathered by the time this thread comes goes out at once.
#pragma once
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace steward {

class socket_loop {
public:
  /// Both run on the loop's thread, must not block, and may call want_*. False: no eventfd to be had.
  bool start(std::function<void()> readable, std::function<void()> writable);
  ~socket_loop(); // stop()
  void stop();    // joins; not from the loop's own thread

  // Any thread.
  void attach(int fd); // replaces the socket before it, and wants to read
  void detach();
  void want_read(bool);
  void want_write(bool);
  /// Runs on the loop's thread between two events, or when the loop has ended.
  void between_events(std::function<void()>);

private:
  void run();
  void wake_locked();

  std::function<void()> readable_, writable_;
  int wake_ = -1;
  std::thread thread_;
  std::mutex mutex_; // all below
  int fd_ = -1;
  bool read_ = false, write_ = false, full_ = false;  // full_: the last write did not take everything
  bool asleep_ = false, stop_ = false, over_ = false; // over_: the thread has ended, or never began
  std::vector<std::function<void()>> between_;
};

} // namespace steward
