// One client's connection to NATS: blocking requests, questions to every node, subscriptions. No user interface here.
//
// Threads: any thread may call; a subscription is read by one thread at a time. Waits end at their timeout. Once
// connected, a lost connection is taken up again by itself, for ever, subscriptions with it; until then requests time
// out. Failures are errc::unavailable (no server; nobody answers on that subject; connection lost), errc::timeout
// (sent, and no answer in time: it may have happened), errc::too_large and errc::unauthorized.
#pragma once
#include "messages/result.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace steward {

class bus_session {
public:
  using duration = std::chrono::milliseconds;

  struct options {
    std::string url = "nats://127.0.0.1:4222"; // several: comma separated
    std::string name = "steward";              // as the server lists it
    std::string creds_file;                    // optional: a NATS credentials file
    std::string inbox_prefix = "_INBOX";       // where answers go: users with rights have one of their own
    duration connect_timeout{2000};
  };
  struct message {
    std::string subject;
    std::string data;
  };
  enum class connection { connected, reconnecting, closed };

  static result<bus_session> connect(const options&);
  bus_session(bus_session&&) noexcept;
  bus_session& operator=(bus_session&&) noexcept;
  ~bus_session(); // closes; what was published before has left

  connection state() const;
  size_t max_payload() const;       // bytes that one message may hold
  const std::string& where() const; // the URL without its password, for messages to people

  /// One answer, the first.
  result<message> request(const std::string& subject, std::string_view payload, duration timeout);

  /// The answers of all who listen. Ends when `quiet` passes after an answer without another one (50 ms, once
  /// `enough` has said so), or after `timeout`. A failure only when nobody answered at all.
  result<std::vector<message>> gather(const std::string& subject, std::string_view payload, duration timeout,
                                      duration quiet,
                                      const std::function<bool(const std::vector<message>&)>& enough = {});

  /// Sends one payload to many subjects at once and waits for one answer of each, at most `timeout` in all. Results
  /// come in the order of the subjects; `arrived` is called after each.
  std::vector<result<message>> request_each(const std::vector<std::string>& subjects, std::string_view payload,
                                            duration timeout, const std::function<void(size_t done)>& arrived = {});

  status publish(const std::string& subject, std::string_view payload);

  class subscription {
  public:
    subscription(subscription&&) noexcept;
    subscription& operator=(subscription&&) noexcept;
    ~subscription(); // unsubscribes
    /// The next message; nothing when none came in time.
    result<std::optional<message>> next(duration timeout);

  private:
    friend class bus_session;
    struct impl;
    explicit subscription(std::unique_ptr<impl>);
    std::unique_ptr<impl> impl_;
  };
  /// Returns when the server knows it: what is published from then on arrives.
  result<subscription> subscribe(const std::string& subject);

private:
  struct impl;
  explicit bus_session(std::unique_ptr<impl>);
  std::unique_ptr<impl> impl_;
};

} // namespace steward
