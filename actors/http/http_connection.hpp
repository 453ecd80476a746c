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

class page_socket;
struct page_exchange;
struct signed_customer;
struct visitor;

class http_connection : public std::enable_shared_from_this<http_connection> {
public:
  enum class welcome { served, refused }; // refused: 503, there are too many

  http_connection(boost::asio::ip::tcp::socket&&, http_core&, welcome);
  ~http_connection();
  void start();
  /// Ends what only waits; a request in work is finished first.
  void stop();
  /// Lets go of everything, for when no thread serves the door any more.
  void abandon();
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
  http_answer feed_answer(const tenant_id&, const feed_page&) const;
  std::string feed_event(const feed_item&) const;
  // The customer's page.
  void serve_page(http_target);
  void page_asset_of(const http_target&);
  void page_packed(http_answer);
  std::string client_address();
  bool from_another_site() const;
  bool is_form() const;
  void show_page(const http_target&, const page_exchange&);
  void page_say(const page_exchange&);
  void page_event(const page_exchange&);
  void page_end(const page_exchange&);
  void recognise(page_exchange&);
  void page_sign_in(const page_exchange&);
  void page_signed_in(const page_exchange&, const std::string& token, const signed_customer&);
  void page_sign_out(const page_exchange&);
  std::function<void(accept_ack)> page_ack(uint64_t ticket, std::string cookie);
  void collect(std::shared_ptr<page_exchange>, uint64_t from);
  void show_collected(const page_exchange&);
  void open_socket(const http_target&, const visitor&, const std::string& address);
  // Answering.
  void respond(http_answer);
  void on_written(error, bool close);
  void linger();
  void drain(size_t left);
  void hang_up();
  void expect_within(uint32_t seconds);

  enum class phase { idle, busy, waiting, streaming, socket };

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
  std::weak_ptr<page_socket> socket_; // it holds this connection
  std::string form_back_, form_note_; // of a form without script: where its answer leads
  boost::asio::steady_timer timer_;
  phase phase_ = phase::idle;
  uint64_t ticket_ = 0; // of the question that the engine was asked; an answer to an older one is void
  bool keep_alive_ = false, chunked_ = false, watching_ = false, closed_ = false, for_page_ = false;
};

} // namespace steward
