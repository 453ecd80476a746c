// The plain HTTP door: liveness, readiness, metrics, a customer's message, the conversation's feed. Documented in
// actors/http/openapi.yaml, which it serves at /openapi.yaml. Boost.Beast on threads of its own; what it needs from the
// engine it is given as functions, which it calls on its own threads and which must not block; their callbacks may come
// on any thread.
#pragma once
#include "messages/chat.hpp"
#include "messages/result.hpp"

#include <functional>
#include <memory>
#include <string>

namespace steward {

struct http_config {
  std::string host = "127.0.0.1";
  uint16_t port = 8080; // 0: a free one
  uint32_t threads = 1;
  size_t body_limit = 64 * 1024;
  size_t header_limit = 16 * 1024;
  uint32_t connections = 10000; // beyond it: 503 with Retry-After
  uint32_t idle_s = 60;         // a connection that says nothing is closed
  uint32_t longest_wait_s = 30; // of a long poll
  uint32_t request_s = 15;      // a request must be in whole this long after its first byte
  uint32_t answer_s = 10;       // the engine must have answered; then 503, and the sender asks again with the same id
  uint32_t write_s = 30;        // a client must have taken an answer, or a stream's next page
  uint32_t beat_s = 15;         // a comment on a stream that has nothing to say
  uint32_t recheck_s = 5;       // a waiting client's feed is asked for again, should a signal have been lost
};

/// A customer's message as it came in at the door.
struct door_message {
  tenant_id tenant;
  peer_id peer;      // the {id} of the path: the page's or app's own name of the conversation
  std::string trace; // traceparent, taken from the header or made here
  say_request body;
};

struct readiness {
  bool ready = false;
  std::string detail; // JSON object for people
};

struct http_engine {
  std::function<void(door_message, std::function<void(accept_ack)>)> say;
  /// A page of the feed of the web channel's conversation `peer` of `tenant`.
  std::function<void(tenant_id, peer_id, uint64_t from, uint32_t limit, std::function<void(feed_page)>)> feed;
  /// Calls `changed` whenever the conversation's feed has grown, until the returned handle is destroyed. Signals may be
  /// lost (the door asks again every few seconds anyway).
  std::function<std::shared_ptr<void>(tenant_id, peer_id, std::function<void()> changed)> watch;
  std::function<readiness()> ready;
  std::function<std::string()> metrics; // Prometheus text format
};

class http_door {
public:
  /// Listens at once; fails with a sentence when the port is taken.
  static result<std::unique_ptr<http_door>> create(http_config, http_engine);
  virtual ~http_door() = default; // stops: closes the listener, lets requests in work end for at most a second
  virtual uint16_t port() const = 0;
};

} // namespace steward
