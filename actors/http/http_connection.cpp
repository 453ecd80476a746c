#include "actors/http/http_connection.hpp"
#include "actors/http/page_socket.hpp"
#include "actors/http/visitor.hpp"
#include "messages/traceparent.hpp"

#include <boost/asio/dispatch.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/write.hpp>

namespace steward {

namespace net = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using std::chrono::seconds;

namespace {

constexpr size_t longest_target = 8 * 1024;
constexpr size_t read_ahead = 64 * 1024;     // of a client that sends requests without waiting for answers
constexpr size_t most_drained = 1024 * 1024; // of a request that was refused, so that the client can read why
constexpr uint32_t linger_s = 2;

bool is_http_error(const beast::error_code& ec) {
  return ec.category() == http::make_error_code(http::error::end_of_stream).category();
}

} // namespace

http_connection::http_connection(net::ip::tcp::socket&& socket, http_core& core, welcome w)
    : core_(core)
    , welcome_(w)
    , stream_(std::move(socket))
    , buffer_(core.config.header_limit + read_ahead)
    , timer_(stream_.get_executor()) {
  error ignored;
  stream_.socket().set_option(net::ip::tcp::no_delay(true), ignored);
  stream_.socket().set_option(net::socket_base::keep_alive(true), ignored);
}

http_connection::~http_connection() {
  std::lock_guard lock(core_.mutex);
  if (welcome_ == welcome::refused)
    --core_.refused;
  else
    core_.open.erase(this);
  core_.changed.notify_all();
}

void http_connection::start() {
  net::dispatch(strand(), [self = shared_from_this()] {
    if (self->welcome_ == welcome::refused)
      self->respond(error_answer(503, errc::overloaded, "too many connections are open; try again in a moment"));
    else
      self->wait_for_request();
  });
}

void http_connection::stop() {
  net::post(strand(), [self = shared_from_this()] {
    if (auto socket = self->socket_.lock())
      socket->stop();
    else if (self->phase_ == phase::idle)
      self->hang_up();
    else if (self->follower_)
      self->follower_->stop();
  });
}

void http_connection::abandon() {
  if (auto socket = socket_.lock()) socket->abandon();
  hang_up();
}

// --- reading

void http_connection::wait_for_request() {
  if (core_.stopping) return linger();
  phase_ = phase::idle;
  if (buffer_.size() > 0) return read_head();
  stream_.expires_after(seconds(core_.config.idle_s));
  stream_.async_read_some(buffer_.prepare(4096), [self = shared_from_this()](error ec, size_t n) {
    if (ec) return self->on_read_error(ec);
    self->buffer_.commit(n);
    self->read_head();
  });
}

void http_connection::read_head() {
  phase_ = phase::busy;
  keep_alive_ = false;
  for_page_ = false;
  trace_.clear(), form_back_.clear(), form_note_.clear();
  parser_.emplace();
  parser_->header_limit(static_cast<uint32_t>(core_.config.header_limit));
  parser_->body_limit(core_.config.body_limit);
  stream_.expires_after(seconds(core_.config.request_s)); // of the whole request: a slow one is cut off
  http::async_read_header(stream_, buffer_, *parser_,
                          [self = shared_from_this()](error ec, size_t) { self->on_head(ec); });
}

void http_connection::on_head(error ec) {
  if (ec) return on_read_error(ec);
  auto& head = parser_->get();
  if (head.target().size() > longest_target)
    return respond(error_answer(414, errc::too_large, "the address is longer than 8192 bytes"));
  if (head.version() >= 11 && head.count(http::field::host) != 1)
    return respond(error_answer(errc::bad_request, "HTTP/1.1 wants one Host header"));
  if (!parser_->is_done() && beast::iequals(head[http::field::expect], "100-continue")) {
    frame_ = "HTTP/1.1 100 Continue\r\n\r\n";
    return net::async_write(stream_, net::buffer(frame_), [self = shared_from_this()](error ec, size_t) {
      if (!ec) self->read_body();
    });
  }
  read_body();
}

void http_connection::read_body() {
  if (parser_->is_done()) return on_read({});
  http::async_read(stream_, buffer_, *parser_, [self = shared_from_this()](error ec, size_t) { self->on_read(ec); });
}

void http_connection::on_read(error ec) {
  if (ec) return on_read_error(ec);
  stream_.expires_never();
  request_ = parser_->release();
  keep_alive_ = request_.keep_alive();
  on_request();
}

void http_connection::on_read_error(error ec) {
  if (ec == http::error::end_of_stream || ec == net::error::eof) return linger();
  if (ec == http::error::header_limit || ec == http::error::buffer_overflow)
    return respond(error_answer(431, errc::too_large,
                                "the headers are larger than " + std::to_string(core_.config.header_limit) + " bytes"));
  if (ec == http::error::body_limit)
    return respond(
        error_answer(errc::too_large, "the body is larger than " + std::to_string(core_.config.body_limit) + " bytes"));
  if (is_http_error(ec) && ec != http::error::partial_message)
    return respond(error_answer(errc::bad_request, "not HTTP/1.1: " + ec.message()));
  hang_up(); // reset, too slow, or ended in the middle: nobody to talk to
}

// --- deciding

void http_connection::on_request() {
  try {
    dispatch();
  } catch (const std::exception& e) {
    respond(error_answer(errc::internal, std::string("a fault of ours: ") + e.what()));
  }
}

void http_connection::dispatch() {
  auto head = request_["traceparent"];
  trace_ = request_.count("traceparent") == 1 ? read_traceparent({head.data(), head.size()}) : std::string{};
  if (trace_.empty()) trace_ = make_traceparent();
  std::string_view wanted(request_.target().data(), request_.target().size());
  auto method = request_.method();
  if (method == http::verb::options && wanted == "*") {
    http_answer all{204, {}, {}, 0, "GET, HEAD, POST, OPTIONS"};
    return respond(std::move(all));
  }
  auto target = parse_target(wanted);
  if (!target) return respond(error_answer(target.error().code, target.error().message));
  auto allowed = std::string(allowed_methods(target->route));
  if (method == http::verb::options) return respond({204, {}, {}, 0, allowed});
  bool reads = method == http::verb::get || method == http::verb::head;
  if (takes_post(target->route) ? method != http::verb::post : !reads) {
    auto a = error_answer(405, errc::bad_request,
                          "this path takes " + allowed + ", not " + std::string(request_.method_string()));
    a.allow = allowed;
    return respond(std::move(a));
  }
  if (is_of_page(target->route)) return serve_page(std::move(*target));
  // Whoever learns a visitor's name (operators see it) must not read or speak for him here.
  if (is_visitors(target->peer))
    return respond(error_answer(errc::unauthorized, "a page visitor's conversation is reached by its page only"));
  switch (target->route) {
  case http_route::livez: return respond({200, "text/plain; charset=utf-8", "ok\n", 0, {}});
  case http_route::readyz: {
    auto r = core_.engine.ready();
    return respond({r.ready ? 200u : 503u, "application/json", std::move(r.detail), r.ready ? 0u : 1u, {}});
  }
  case http_route::metrics:
    return respond({200, "text/plain; version=0.0.4; charset=utf-8", core_.engine.metrics(), 0, {}});
  case http_route::openapi: return respond({200, "application/yaml", openapi_text, 0, {}});
  case http_route::messages: return say(*target);
  case http_route::feed: return feed(*target);
  case http_route::asset: return page_asset_of(*target);
  default: break; // the page's own are above
  }
}

void http_connection::say(const http_target& t) {
  std::string_view body = request_.body();
  // JSON is known by its brace; people and programs put line ends before it.
  if (auto brace = body.find_first_not_of(" \t\r\n"); brace != body.npos && body[brace] == '{')
    body.remove_prefix(brace);
  auto message = decode<say_request>(body, {.bytes = core_.config.body_limit});
  if (!message) return respond(error_answer(message.error().code, message.error().message));
  auto ticket = ++ticket_;
  expect_within(core_.config.answer_s);
  core_.engine.say({t.tenant, t.peer, trace_, std::move(*message)},
                   through_gate(core_.gate, shared_from_this(), [ticket](http_connection& self, accept_ack ack) {
                     if (ticket != self.ticket_) return;
                     ++self.ticket_;
                     self.timer_.cancel();
                     self.respond(answer_of(ack));
                   }));
}

// The engine owes an answer by then.
void http_connection::expect_within(uint32_t s) {
  timer_.expires_after(seconds(s));
  timer_.async_wait([self = shared_from_this(), ticket = ticket_](error ec) {
    if (ec || ticket != self->ticket_) return;
    ++self->ticket_;
    self->respond(error_answer(errc::timeout, "no answer in time: the message may have arrived. Send it again with the "
                                              "same id; it counts once"));
  });
}

// --- answering

void http_connection::respond(http_answer a) {
  phase_ = phase::busy;
  follower_.reset();
  if (!form_back_.empty()) { // a form without script: back to its page, which says what became of it
    a.headers.emplace_back("Location", form_back_ + "?note=" +
                                           (a.status < 300    ? form_note_.empty() ? "note_sent" : form_note_
                                            : a.status == 429 ? "note_later"
                                                              : "note_failed"));
    a.status = 303, a.type.clear(), a.body.clear(), a.retry_after_s = 0;
  }
  bool close = !keep_alive_ || core_.stopping;
  auto& r = response_.emplace();
  r.version(request_.version() == 10 ? 10 : 11);
  r.result(a.status);
  r.set(http::field::server, "steward");
  r.set(http::field::cache_control, "no-store");
  r.set("X-Content-Type-Options", "nosniff");
  if (!a.type.empty()) r.set(http::field::content_type, a.type);
  if (!trace_.empty()) r.set("traceparent", trace_);
  if (!a.allow.empty()) r.set(http::field::allow, a.allow);
  if (welcome_ == welcome::refused) a.retry_after_s = 1;
  if (a.retry_after_s > 0) r.set(http::field::retry_after, std::to_string(a.retry_after_s));
  for (auto& [name, value] : a.headers) name == "Set-Cookie" ? r.insert(name, value) : r.set(name, value);
  r.keep_alive(!close);
  if (a.status != 204) r.content_length(a.body.size());
  if (request_.method() != http::verb::head) r.body() = std::move(a.body);
  stream_.expires_after(seconds(core_.config.write_s));
  http::async_write(stream_, r, [self = shared_from_this(), close](error ec, size_t) { self->on_written(ec, close); });
}

void http_connection::on_written(error ec, bool close) {
  response_.reset();
  request_ = {};
  if ((ec && ec != http::error::end_of_stream) || closed_) return hang_up();
  if (close) return linger();
  wait_for_request();
}

// Closing with unread bytes would reset the connection and take the answer away from the client.
void http_connection::linger() {
  if (closed_) return;
  error ec;
  stream_.socket().shutdown(net::ip::tcp::socket::shutdown_send, ec);
  if (ec || core_.stopping) return hang_up();
  phase_ = phase::idle;
  stream_.expires_after(seconds(linger_s));
  drain(most_drained);
}

void http_connection::drain(size_t left) {
  buffer_.clear();
  stream_.async_read_some(buffer_.prepare(4096), [self = shared_from_this(), left](error ec, size_t n) {
    if (ec || n >= left || self->core_.stopping) return self->hang_up();
    self->drain(left - n);
  });
}

void http_connection::hang_up() {
  closed_ = true;
  ++ticket_;
  if (follower_) follower_->stop();
  follower_.reset();
  error ignored;
  timer_.cancel();
  stream_.socket().close(ignored);
}

} // namespace steward
