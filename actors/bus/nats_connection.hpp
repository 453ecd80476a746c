// One connection to a server and everything that goes through it: publishes, requests, subscriptions, readings,
// deadlines. nats_client is the face of it. Knows NATS.c, and its header does not.
#pragma once
#include "actors/bus/pending_requests.hpp"
#include "actors/bus/pull_reading.hpp"

namespace steward {

class nats_connection : public reading_port {
public:
  static result<std::shared_ptr<nats_connection>> open(nats_config);

  /// Idempotent. Ends every request and reading; may be called by a callback of this connection.
  virtual void close() = 0;
  virtual void flush(std::chrono::milliseconds limit) = 0;
  virtual server_info info() const = 0;
  virtual connection_state state() const = 0;
  virtual void listen(std::function<void(connection_state)>) = 0;

  /// nullopt: handed to the connection. A failure: certainly not sent.
  virtual std::optional<failure> publish(std::string_view subject, std::string_view data, const headers&,
                                         std::string_view reply) = 0;
  virtual void request(std::string_view subject, std::string_view data, std::chrono::milliseconds timeout,
                       const headers&, pending_requests::handler) = 0;
  virtual result<std::unique_ptr<nats_client::subscription>> subscribe(std::string_view subject, std::string_view queue,
                                                                       std::function<void(bus_message)>) = 0;
  virtual std::unique_ptr<stream_reading> read(read_options, std::function<void(read_event)>) = 0;
  /// Runs on the clock thread soon.
  virtual void post(std::function<void()>) = 0;
};

} // namespace steward
