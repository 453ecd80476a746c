// One running read of a stream: an ephemeral consumer, pulled with credit, checked for gaps. Knows the protocol and no
// library: what it needs of the connection is reading_port.
//
// Events of one reading never overlap: a loss that another thread notices while a message is being handed out is
// reported after it, by the thread that handed it out.
#pragma once
#include "actors/bus/js_protocol.hpp"

#include <atomic>
#include <mutex>

namespace steward {

/// What a reading needs of the connection. Nothing here may call back before it returns.
class reading_port {
public:
  virtual ~reading_port() = default;
  virtual void ask(const std::string& subject, const std::string& body, std::function<void(result<bus_message>)>) = 0;
  /// False: not connected, not sent.
  virtual bool send(const std::string& subject, const std::string& body, const std::string& reply) = 0;
};

class pull_reading : public std::enable_shared_from_this<pull_reading> {
public:
  using clock = std::chrono::steady_clock;

  /// `inbox` is where pull statuses arrive; `consumer` a name that no other reading has.
  pull_reading(std::shared_ptr<reading_port>, read_options, std::string consumer, std::string inbox,
               std::function<void(read_event)>);

  void start();
  void grant(uint32_t messages);
  void on_message(const js::ack_subject&, bus_message&&);
  void on_status(const bus_message&); // 408, 409, heartbeat and the like
  void fail(failure);                 // ends it; the first failure is the one that is told
  void check(clock::time_point now);  // called every half second or so: is the server still talking to us?
  /// No event begins after this (one may be running).
  void close();
  std::string delete_subject() const { return js::delete_consumer(options_.stream, consumer_); }

private:
  enum class phase { creating, running, over };

  void created(result<bus_message>);
  uint32_t take_wanted();       // how many to pull now; mutex held
  void pull(uint32_t messages); // mutex not held
  void end(std::unique_lock<std::mutex>&, failure);
  void report(failure);

  const std::shared_ptr<reading_port> port_;
  const read_options options_;
  const std::string consumer_, inbox_, next_subject_;
  const std::function<void(read_event)> tell_;

  std::mutex mutex_;
  phase phase_ = phase::creating;
  bool telling_ = false;        // a thread is inside tell_
  std::optional<failure> loss_; // to be told when telling_ ends
  std::atomic<bool> closed_ = false;
  uint64_t credit_ = 0;      // granted, not asked for
  uint64_t outstanding_ = 0; // asked for, not here
  uint64_t last_seq_ = 0;    // of the consumer
  clock::time_point heard_;
};

} // namespace steward
