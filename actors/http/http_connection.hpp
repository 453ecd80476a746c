// One client of the door, from accept to close: requests one after the other, in order, each bounded in size and time.
// Internal to actors/http.
#pragma once
#include "actors/http/feed_follower.hpp"
#include "actors/http/http_answer.hpp"
#include "actors/http/http_shared.hpp"
#include "actors/http/http_target.hpp"

#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <optional>

namespace steward {

class http_connection : public std::enable_shared_from_this<http_connection> {
public:
  enum class welcome { served, refused }; // refused: 503, there are too many

  http_connection(boost::asio::ip::tcp::socket&&, http_core&, welcome);
  ~http_connection();
  void start();
  /// Ends what only waits; a request in work is finished first.
  void stop();
  /// Lets go of everything, for when no thread serves the door any more.
  void abandon() { hang_up(); }
  boost::asio::any_io_executor strand() { return stream_.get_executor(); }

private:
  using request = boost::beast::http::request<boost::beast::http::string_body>;
  using response = boost::beast::http::response<boost::beast::http::string_body>;
  using error = boost::beast::error_code;

  // Reading.
  void wait_for_request();
  void read_head();
  void on_head(error);
  void read_body();
  void on_read(error);
  void on_read_error(error);
  // Deciding.
  void on_request();
  void dispatch();
  void say(const http_target&);
  void feed(const http_target&);
  // Feeds.
  void watch_for_hang_up();
  void begin_stream(feed_page);
  void next_of_stream();
  void on_stream_page(feed_page);
  void write_frame(std::string, void (http_connection::*then)());
  void end_stream();
  // Answering.
  void respond(http_answer);
  void on_written(error, bool close);
  void linger();
  void drain(size_t left);
  void hang_up();
  void expect_within(uint32_t seconds);

  enum class phase { idle, busy, waiting, streaming };

  http_core& core_;
  const welcome welcome_;
  boost::beast::tcp_stream stream_;
  boost::beast::flat_buffer buffer_;
  std::optional<boost::beast::http::request_parser<boost::beast::http::string_body>> parser_;
  request request_;
  std::optional<response> response_;
  std::string frame_; // of a stream, while it is written
  std::string trace_;
  std::shared_ptr<feed_follower> follower_;
  boost::asio::steady_timer timer_;
  phase phase_ = phase::idle;
  uint64_t ticket_ = 0; // of the question that the engine was asked; an answer to an older one is void
  bool keep_alive_ = false, chunked_ = false, watching_ = false, closed_ = false;
};

} // namespace steward
