// The plain HTTP door: liveness, readiness, metrics, a customer's message, the conversation's feed. Documented in
// actors/http/openapi.yaml, which it serves at /openapi.yaml. Boost.Beast on threads of its own; what it needs from the
// engine it is given as functions, which it calls on its own threads and which must not block; their callbacks may come
// on any thread.
#pragma once
#include "messages/result.hpp"
#include "messages/seat.hpp"

#include <functional>
#include <memory>
#include <string>
#include <vector>

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

  // The customer's page.
  std::string root_tenant = "demo";         // whose page stands at "/"
  std::vector<std::string> trusted_proxies; // addresses or networks ("10.0.0.0/8") whose X-Forwarded-For is believed
  double page_per_second = 50;              // requests to the page's paths from one address
  double page_burst = 300;                  // so many at once after a pause
  uint32_t sockets_per_address = 500;
  size_t frame_limit = 32 * 1024; // of one WebSocket message
  double frames_per_second = 5;   // of one WebSocket
  double frames_burst = 30;
  uint32_t socket_idle_s = 40; // a WebSocket whose other side answers no ping that long is closed
};

/// A customer's message as it came in at the door.
struct door_message {
  tenant_id tenant;
  peer_id peer;      // the {id} of the path: the page's or app's own name of the conversation
  std::string trace; // traceparent, taken from the header or made here
  say_request body;
};

/// Something that a visitor's page tells beside messages: a rating, the end of a chat.
struct door_event {
  tenant_id tenant;
  std::string type;
  std::string trace;
  event_request body;
};

/// A visitor whom the company's site has named: his conversation goes on in the customer's own.
struct door_sign_in {
  tenant_id tenant;
  peer_id visitor, customers_peer;
  std::string customer, name; // what the company calls him
  std::string trace;
};

struct page_facts; // actors/http/page.hpp

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
  std::function<void(door_event, std::function<void(accept_ack)>)> event;
  std::function<void(door_sign_in, std::function<void(accept_ack)>)> sign_in;
  /// The customer types; and calls `typed` whenever somebody does in this conversation, until the handle is destroyed.
  /// Neither is kept anywhere.
  std::function<void(tenant_id, peer_id)> types;
  std::function<std::shared_ptr<void>(tenant_id, peer_id, std::function<void(typing_note)> typed)> watch_typing;
  /// What the tenant's page shows; unknown_tenant, or unavailable while nobody can tell yet.
  std::function<result<std::shared_ptr<const page_facts>>(tenant_id)> page;
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
