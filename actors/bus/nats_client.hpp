// One connection to NATS: plain and request/reply messages, and the JetStream calls that the turn log needs, all
// without blocking. The only server file that includes nats.h is nats_connection.cpp.
//
// Threads: any thread may call; callbacks run on the client's own delivery thread and must only hand over (send a
// message to an actor). Every request ends in exactly one callback: the answer, errc::timeout, or errc::unavailable.
#pragma once
#include "messages/result.hpp"
#include "messages/subjects.hpp"

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace steward {

using headers = std::vector<std::pair<std::string, std::string>>;

struct bus_message {
  std::string subject;
  std::string reply; // where an answer goes; may be empty
  headers head;
  std::string data;
  std::string_view header(std::string_view name) const; // empty when absent
};

enum class connection_state { connected, reconnecting, closed };

struct nats_config {
  std::string url = "nats://127.0.0.1:4222";
  std::string name = "stewardd";
  std::string creds_file; // optional
  std::chrono::milliseconds connect_timeout{2000};
  std::chrono::milliseconds request_timeout{5000};
};

struct server_info {
  std::string version; // "2.15.1"
  int64_t max_payload = 1 << 20;
};

/// A JetStream publish's acknowledgement. Its failures: errc::conflict (wrong expected sequence, err_code 10071),
/// errc::timeout (it may have happened), errc::unavailable (no responders, no stream), errc::overloaded (limits,
/// storage full).
struct publish_ack {
  std::string stream;
  uint64_t seq = 0;
  bool duplicate = false;
};

struct stored_message {
  uint64_t seq = 0;
  std::string subject;
  headers head; // of js_get and js_last; a reading leaves it empty
  std::string data;
  int64_t time_ns = 0;
};

struct stream_info {
  uint64_t created_ns = 0; // incarnation
  uint64_t first_seq = 0, last_seq = 0, messages = 0, bytes = 0;
};

/// A running read of a stream, in order, without acknowledgements. Destroying it stops the callbacks (one may still be
/// running).
class stream_reading {
public:
  virtual ~stream_reading() = default;
  virtual void grant(uint32_t messages) = 0; // credit: nothing arrives without it
};

struct read_options {
  std::string stream;
  std::string filter; // subject; empty: all
  uint64_t from_seq = 1;
  uint32_t batch = 256;
};

struct read_event {
  // Exactly one of: a message (consumer_seq counts from 1 without gaps), or the end of the reading (`lost`).
  uint64_t consumer_seq = 0;
  uint64_t pending = 0; // messages behind this one in the stream
  stored_message message;
  std::optional<failure> lost; // consumer gone, stream deleted, connection lost: start again
};

class nats_client {
public:
  template <class T>
  using callback = std::function<void(result<T>)>;

  /// Connects; fails within the connect timeout when no server answers. Afterwards it reconnects by itself, for ever.
  static result<std::unique_ptr<nats_client>> create(nats_config);
  virtual ~nats_client() = default; // flushes, drains, closes

  virtual server_info server() const = 0;
  virtual connection_state state() const = 0;
  /// At most one listener; called with each change.
  virtual void on_state(std::function<void(connection_state)>) = 0;

  virtual void publish(std::string_view subject, std::string_view data, const headers& = {},
                       std::string_view reply = {}) = 0;
  virtual void request(std::string_view subject, std::string_view data, std::chrono::milliseconds timeout,
                       const headers&, callback<bus_message>) = 0;

  class subscription {
  public:
    virtual ~subscription() = default; // unsubscribes
  };
  /// `queue` may be empty.
  virtual result<std::unique_ptr<subscription>> subscribe(std::string_view subject, std::string_view queue,
                                                          std::function<void(bus_message)>) = 0;

  // JetStream.
  virtual void js_publish(std::string_view subject, std::string_view data, const headers&,
                          std::chrono::milliseconds timeout, callback<publish_ack>) = 0;
  /// Creates the stream or brings it to this definition; replicas 1 unless told.
  virtual void js_ensure(const subjects::stream_definition&, uint32_t replicas, callback<stream_info>) = 0;
  virtual void js_info(const std::string& stream, callback<stream_info>) = 0;
  /// Through the leader. nullopt: no such message.
  virtual void js_get(const std::string& stream, uint64_t seq, callback<std::optional<stored_message>>) = 0;
  virtual void js_last(const std::string& stream, const std::string& subject,
                       callback<std::optional<stored_message>>) = 0;
  /// Messages up to `keep_from` - 1 are gone; with a subject, all of it is.
  virtual void js_purge(const std::string& stream, uint64_t keep_from, const std::string& subject,
                        callback<uint64_t>) = 0;
  /// Overwrites one message where it lies on the server's disk. false: there was none.
  virtual void js_erase(const std::string& stream, uint64_t seq, callback<bool>) = 0;
  /// First comes one event per message, at the end one with `lost`.
  virtual std::unique_ptr<stream_reading> js_read(read_options, std::function<void(read_event)>) = 0;

  virtual void flush() = 0; // blocks, at most a second; for shutdown and tests
};

/// Names of JetStream headers.
inline constexpr const char* expected_last_sequence = "Nats-Expected-Last-Sequence";
inline constexpr const char* expected_last_id = "Nats-Expected-Last-Msg-Id";
inline constexpr const char* message_id_header = "Nats-Msg-Id";

} // namespace steward
