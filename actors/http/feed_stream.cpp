// http_connection's part for feeds: long polls and server-sent events. A client gets its next page only after it has
// taken the one before, so a slow one costs a page of memory and, after write_s, its connection.
#include "actors/http/http_connection.hpp"
#include "actors/http/page_exchange.hpp"

#include <boost/asio/write.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/write.hpp>
#include <sys/socket.h>

namespace steward {

namespace net = boost::asio;
namespace http = boost::beast::http;
using std::chrono::seconds;

namespace {

constexpr uint32_t usual_limit = 100, highest_limit = 200;
constexpr uint64_t highest_seq = uint64_t(1) << 62;

bool wants_events(const http_target& t, std::string_view accept) {
  if (auto at = t.query.find("stream"); at != t.query.end()) return at->second != "0" && at->second != "false";
  return accept.find("text/event-stream") != std::string_view::npos;
}

} // namespace

void http_connection::feed(const http_target& t) {
  auto from = number_of(t, "from", 1, highest_seq);
  auto wait = number_of(t, "wait", 0, core_.config.longest_wait_s);
  auto limit = number_of(t, "limit", usual_limit, highest_limit);
  for (auto* n : {&from, &wait, &limit})
    if (!*n) return respond(error_answer(n->error().code, n->error().message));
  if (*limit == 0) return respond(error_answer(errc::bad_request, "'limit' must be from 1 to 200"));
  auto accept = request_[http::field::accept];
  bool stream = wants_events(t, {accept.data(), accept.size()}) && request_.method() == http::verb::get;
  // A page that comes back says what it has seen last; that is newer than what its address says.
  if (auto last = request_["Last-Event-ID"]; stream && !last.empty()) {
    auto seen = number_of({.query = {{"Last-Event-ID", std::string(last)}}}, "Last-Event-ID", 0, highest_seq);
    if (!seen) return respond(error_answer(seen.error().code, seen.error().message));
    *from = *seen + 1;
  }
  if (request_.method() == http::verb::head) *wait = 0;
  follower_ = std::make_shared<feed_follower>(core_, strand(), t.tenant, t.peer, *from, static_cast<uint32_t>(*limit));
  phase_ = phase::waiting;
  if (core_.stopping) follower_->stop();
  // The first page of a stream is asked for before its head is sent: until then an error can still be a status.
  follower_->next(seconds(stream ? 0 : *wait), [self = shared_from_this(), stream, tenant = t.tenant](feed_page page) {
    if (self->closed_) return;
    if (stream && page.error.empty()) return self->begin_stream(std::move(page));
    self->respond(self->feed_answer(tenant, page));
  });
  if (stream || *wait > 0) watch_for_hang_up();
}

http_answer http_connection::feed_answer(const tenant_id& tenant, const feed_page& page) const {
  if (!for_page_ || !page.error.empty()) return answer_of(page);
  return {200, "application/json", page_json(page, staffing_of(core_, tenant, page)), 0, {}};
}

std::string http_connection::feed_event(const feed_item& item) const {
  return for_page_ ? page_event_of(item) : event_of(item);
}

// Nothing is read while a client waits; that it has gone shows as readable with nothing to read.
void http_connection::watch_for_hang_up() {
  if (watching_) return;
  watching_ = true;
  stream_.socket().async_wait(net::ip::tcp::socket::wait_read, [weak = weak_from_this()](error ec) {
    auto self = weak.lock();
    if (!self) return;
    self->watching_ = false;
    if (ec || (self->phase_ != phase::waiting && self->phase_ != phase::streaming)) return;
    char byte;
    auto n = ::recv(self->stream_.socket().native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    if (n > 0) return; // the next request, sent ahead: it has to wait
    if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return self->watch_for_hang_up();
    if (n < 0 || self->phase_ == phase::streaming) return self->hang_up();
    // Only its sending side is closed, perhaps: answer with what there is, and see.
    self->keep_alive_ = false;
    if (self->follower_) self->follower_->stop();
  });
}

void http_connection::begin_stream(feed_page page) {
  phase_ = phase::streaming;
  chunked_ = request_.version() >= 11;
  std::string head = chunked_ ? "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n" : "HTTP/1.0 200 OK\r\n";
  head += "Server: steward\r\nContent-Type: text/event-stream; charset=utf-8\r\nCache-Control: no-store\r\n"
          "X-Accel-Buffering: no\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\ntraceparent: " +
          trace_ + "\r\n\r\n";
  frame_ = std::move(head);
  stream_.expires_after(seconds(core_.config.write_s));
  net::async_write(stream_, net::buffer(frame_), [self = shared_from_this(), page](error ec, size_t) {
    if (ec || self->closed_) return self->hang_up();
    std::string first = "retry: 2000\n\n";
    for (auto& item : page.items) first += self->feed_event(item);
    self->write_frame(std::move(first), &http_connection::next_of_stream);
  });
}

void http_connection::next_of_stream() {
  if (core_.stopping) return end_stream();
  stream_.expires_never();
  follower_->next(seconds(core_.config.beat_s), [self = shared_from_this()](feed_page page) {
    if (!self->closed_) self->on_stream_page(std::move(page));
  });
}

void http_connection::on_stream_page(feed_page page) {
  if (core_.stopping) return end_stream();
  if (!page.error.empty()) {
    if (!passes_by_itself(errc_from(page.error.code))) return end_stream();
    // The owner is away for a moment. The client stays; asked again after a pause, since a refusal may come at once.
    timer_.expires_after(seconds(1));
    return timer_.async_wait([self = shared_from_this()](error ec) {
      if (!ec && !self->closed_)
        self->write_frame(": the conversation's owner is not there; waiting\n\n", &http_connection::next_of_stream);
    });
  }
  std::string out;
  for (auto& item : page.items) out += feed_event(item);
  write_frame(out.empty() ? ":\n\n" : std::move(out), &http_connection::next_of_stream);
}

void http_connection::write_frame(std::string data, void (http_connection::*then)()) {
  frame_ = std::move(data);
  if (chunked_) {
    char size[32];
    snprintf(size, sizeof size, "%zx\r\n", frame_.size());
    frame_ = size + frame_ + "\r\n";
  }
  stream_.expires_after(seconds(core_.config.write_s));
  net::async_write(stream_, net::buffer(frame_), [self = shared_from_this(), then](error ec, size_t) {
    if (ec || self->closed_) return self->hang_up(); // it may have been closed while the bytes were on their way
    ((*self).*then)();
  });
}

void http_connection::end_stream() {
  if (follower_) follower_->stop();
  follower_.reset();
  phase_ = phase::busy;
  if (!chunked_) return linger();
  frame_ = "0\r\n\r\n";
  stream_.expires_after(seconds(1));
  net::async_write(stream_, net::buffer(frame_), [self = shared_from_this()](error ec, size_t) {
    if (ec || self->closed_) return self->hang_up();
    self->linger();
  });
}

} // namespace steward
