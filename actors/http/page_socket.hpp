// A page's WebSocket: the visitor's messages in, acknowledgements and the feed out, all as JSON texts. Bounded: the
// size and rate of what comes in, the number of what waits to go out, the time of silence. All on the connection's
// strand.
//
//   in   {"say": {"id": "…", "text": "…", "language": "en"}}
//        {"typing": true}             the customer writes; at most one a second is passed on
//   out  {"ack": {…accept_ack}}       one per say; with retry_after_ms when it is to be sent again
//        {"mode": "ai", "items": […], "next": 7}   as the page's feed
//        {"typing": "Cora"}           a person writes; at most one a second
#pragma once
#include "actors/http/client_limits.hpp"
#include "actors/http/feed_follower.hpp"
#include "actors/http/http_connection.hpp"
#include "actors/http/visitor.hpp"

#include <boost/beast/websocket/stream.hpp>
#include <deque>

namespace steward {

class page_socket : public std::enable_shared_from_this<page_socket> {
public:
  /// `owner` lives as long as this does; `place` is given back at the end.
  page_socket(std::shared_ptr<http_connection> owner, boost::beast::tcp_stream&, http_core&, tenant_id, visitor,
              std::string trace, std::shared_ptr<void> place);

  void accept(boost::beast::http::request<boost::beast::http::string_body>, uint64_t from);
  void stop();    // says goodbye
  void abandon(); // no thread serves the door any more
  boost::asio::any_io_executor strand() { return ws_.get_executor(); }

private:
  using error = boost::beast::error_code;
  void read();
  void on_frame(error);
  void say(say_request);
  void types();
  void typed(typing_note);
  void watch_typing();
  void send(std::string);
  void write();
  void next_page();
  void on_page(feed_page);
  void close(boost::beast::websocket::close_code, const char* why);
  void end();
  void end_with_sign_in();

  std::shared_ptr<http_connection> owner_;
  boost::beast::tcp_stream& stream_;
  boost::beast::websocket::stream<boost::beast::tcp_stream&> ws_;
  http_core& core_;
  tenant_id tenant_;
  visitor who_;
  const peer_id& peer_ = who_.peer;
  std::string trace_;
  std::string mode_ = "?";                     // until the first page, which is sent in any case
  std::string state_;                          // mode, name and place as they were last sent
  std::shared_ptr<void> typing_;               // while a person has the conversation
  int64_t typed_ms_ = 0, heard_typing_ms_ = 0; // when one was last passed on
  std::shared_ptr<void> place_;
  boost::beast::http::request<boost::beast::http::string_body> request_;
  boost::beast::flat_buffer in_;
  std::deque<std::string> out_;
  token_bucket bucket_;
  std::shared_ptr<feed_follower> follower_;
  boost::asio::steady_timer pause_, expiry_;
  uint32_t bad_ = 0, unanswered_ = 0;
  bool open_ = false; // the handshake is done
  bool writing_ = false, reading_ = false, page_due_ = false, closing_ = false, ended_ = false;
};

} // namespace steward
