#include "actors/http/page_socket.hpp"
#include "actors/http/page_exchange.hpp"
#include "messages/traceparent.hpp"

#include <algorithm>
#include <ctime>
#include <nlohmann/json.hpp>
#include <random>

namespace steward {

namespace net = boost::asio;
namespace beast = boost::beast;
namespace websocket = beast::websocket;
using std::chrono::seconds;

namespace {

constexpr size_t most_waiting = 32;  // texts that wait to go out, and messages that wait for the engine
constexpr uint32_t most_bad = 20;    // frames that nobody can read
constexpr uint32_t page_limit = 100; // items at once
constexpr uint32_t handshake_s = 10;
constexpr int64_t typing_pause_ms = 1000; // one sign of typing is passed on in that time

int64_t steady_now_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

accept_ack refusal(const std::string& id, errc code, std::string message, int64_t retry_ms = 0) {
  accept_ack a;
  a.id = id;
  a.error = {std::string(to_string(code)), std::move(message)};
  a.retry_after_ms = retry_ms;
  return a;
}

std::string ack_text(const accept_ack& a) { return "{\"ack\":" + to_json(a) + "}"; }

} // namespace

page_socket::page_socket(std::shared_ptr<http_connection> owner, beast::tcp_stream& stream, http_core& core,
                         tenant_id tenant, visitor who, std::string trace, std::shared_ptr<void> place)
    : owner_(std::move(owner))
    , stream_(stream)
    , ws_(stream)
    , core_(core)
    , tenant_(std::move(tenant))
    , who_(std::move(who))
    , trace_(std::move(trace))
    , place_(std::move(place))
    , bucket_(core.config.frames_per_second, core.config.frames_burst)
    , pause_(stream.get_executor())
    , expiry_(stream.get_executor()) {}

void page_socket::accept(beast::http::request<beast::http::string_body> request, uint64_t from) {
  stream_.expires_never(); // the socket has timeouts of its own: it pings who is silent, and closes who does not answer
  websocket::stream_base::timeout t{seconds(handshake_s), seconds(core_.config.socket_idle_s), true};
  ws_.set_option(t);
  ws_.set_option(websocket::stream_base::decorator(
      [](websocket::response_type& r) { r.set(beast::http::field::server, "steward"); }));
  ws_.read_message_max(core_.config.frame_limit);
  ws_.write_buffer_bytes(4096);
  request_ = std::move(request);
  follower_ = std::make_shared<feed_follower>(core_, strand(), tenant_, peer_, from, page_limit);
  ws_.async_accept(request_, [self = shared_from_this()](error ec) {
    self->request_ = {};
    if (ec || self->ended_) return self->end();
    self->open_ = true;
    self->end_with_sign_in();
    self->read();
    self->next_page();
  });
}

void page_socket::stop() { close(websocket::close_code::going_away, "the server stops"); }

void page_socket::abandon() {
  ended_ = true;
  if (follower_) follower_->stop();
  follower_.reset();
  typing_.reset();
  error ignored;
  stream_.socket().close(ignored);
}

void page_socket::end() {
  if (std::exchange(ended_, true)) return;
  if (follower_) follower_->stop();
  follower_.reset();
  typing_.reset();
  pause_.cancel();
  expiry_.cancel();
  error ignored;
  stream_.socket().close(ignored);
}

void page_socket::close(websocket::close_code code, const char* why) {
  if (closing_ || ended_) return;
  if (!open_) return end(); // the handshake is being written, and nobody can be told anything beside it
  closing_ = true;
  if (follower_) follower_->stop();
  ws_.async_close({code, why}, [self = shared_from_this()](error) { self->end(); });
}

/// What was opened with a token ends with it: the page comes again, with another one or as a stranger.
void page_socket::end_with_sign_in() {
  if (!who_.is_signed_in()) return;
  auto left = who_.until_s + token_leeway_s - static_cast<int64_t>(std::time(nullptr));
  expiry_.expires_after(seconds(std::clamp<int64_t>(left, 0, 365 * 24 * 3600)));
  expiry_.async_wait([weak = weak_from_this()](error ec) {
    if (auto self = weak.lock(); self && !ec)
      self->close(websocket::close_code::policy_error, "the sign-in has expired");
  });
}

// --- in

void page_socket::read() {
  // Who sends faster than we answer is not read: his own system holds his words back.
  if (reading_ || closing_ || ended_ || out_.size() >= most_waiting || unanswered_ >= most_waiting) return;
  reading_ = true;
  ws_.async_read(in_, [self = shared_from_this()](error ec, size_t) {
    self->reading_ = false;
    self->on_frame(ec);
  });
}

void page_socket::on_frame(error ec) {
  if (ec) return end(); // closed, gone, too large or no WebSocket: Beast has said goodbye where one could be said
  std::string text(static_cast<const char*>(in_.data().data()), in_.size());
  in_.consume(in_.size());
  if (in_.capacity() > 4096) in_.shrink_to_fit();
  if (closing_) return read();
  std::string id;
  auto wait = bucket_.take(steady_now_ms());
  auto j = nlohmann::json::parse(text, nullptr, false);
  if (j.is_object() && j.contains("typing") && ws_.got_text()) {
    if (wait == 0) types();
    return read();
  }
  auto say_at = j.is_object() ? j.find("say") : j.end();
  if (!j.is_object() || say_at == j.end() || !ws_.got_text()) {
    if (++bad_ >= most_bad) return close(websocket::close_code::policy_error, "too many messages that nobody can read");
    send(ack_text(
        refusal({}, errc::bad_request, "a message is JSON such as {\"say\": {\"id\": \"1\", \"text\": \"hello\"}}")));
    return read();
  }
  auto message = decode<say_request>(say_at->dump(-1, ' ', false, nlohmann::json::error_handler_t::replace),
                                     {.bytes = core_.config.frame_limit, .items = 32, .depth = 4});
  if (!message) {
    if (auto given = say_at->find("id"); say_at->is_object() && given != say_at->end() && given->is_string())
      id = *given;
    send(ack_text(refusal(id, message.error().code, message.error().message)));
  } else if (wait > 0) {
    send(ack_text(refusal(message->id, errc::overloaded, "too many messages at once", wait)));
  } else {
    say(std::move(*message));
  }
  read();
}

void page_socket::say(say_request q) {
  q.customer = who_.customer, q.account.clear();
  ++unanswered_;
  if (follower_) follower_->expect();
  auto id = q.id;
  // The answer comes once, or never when the engine is in trouble; the page sends again what is not acknowledged.
  auto answered = std::make_shared<bool>(false);
  core_.engine.say({tenant_, peer_, make_traceparent(), std::move(q)},
                   through_gate(core_.gate, shared_from_this(), [answered](page_socket& self, accept_ack a) {
                     if (std::exchange(*answered, true)) return;
                     --self.unanswered_;
                     self.send(ack_text(a));
                     self.read();
                   }));
}

void page_socket::types() {
  auto now = steady_now_ms();
  if (mode_ != "person" || now - typed_ms_ < typing_pause_ms) return;
  typed_ms_ = now;
  if (core_.engine.types) core_.engine.types(tenant_, peer_);
}

void page_socket::watch_typing() {
  if (mode_ != "person" || !core_.engine.watch_typing) return typing_.reset();
  if (typing_) return;
  typing_ = core_.engine.watch_typing(
      tenant_, peer_,
      through_gate(core_.gate, shared_from_this(), [](page_socket& self, typing_note n) { self.typed(std::move(n)); }));
}

void page_socket::typed(typing_note n) {
  auto now = steady_now_ms();
  // A sign that is late is none: it never waits behind something else.
  if (n.by != speaker::person || mode_ != "person" || !out_.empty() || now - heard_typing_ms_ < typing_pause_ms) return;
  heard_typing_ms_ = now;
  send("{\"typing\":" + nlohmann::json(n.name).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "}");
}

// --- out

void page_socket::send(std::string text) {
  if (closing_ || ended_) return;
  out_.push_back(std::move(text));
  write();
}

void page_socket::write() {
  if (writing_ || closing_ || ended_) return;
  if (out_.empty()) {
    if (std::exchange(page_due_, false)) next_page();
    return read();
  }
  writing_ = true;
  ws_.text(true);
  ws_.async_write(net::buffer(out_.front()), [self = shared_from_this()](error ec, size_t) {
    self->writing_ = false;
    if (ec) return self->end();
    self->out_.pop_front();
    self->write();
  });
}

// The next page is asked for only when the last one was taken.
void page_socket::next_page() {
  if (closing_ || ended_ || !follower_) return;
  // Pages that came back together, as after a restart, shall not go on asking together.
  thread_local std::minstd_rand random{std::random_device{}()};
  auto most = core_.config.longest_wait_s;
  auto longest = mode_ == "?" ? 0 : std::uniform_int_distribution<uint32_t>(most / 2, most)(random);
  follower_->next(seconds(longest), [weak = weak_from_this()](feed_page page) {
    if (auto self = weak.lock()) self->on_page(std::move(page));
  });
}

void page_socket::on_page(feed_page page) {
  if (closing_ || ended_) return;
  if (core_.stopping) return stop();
  if (!page.error.empty()) {
    if (!passes_by_itself(errc_from(page.error.code)))
      return close(websocket::close_code::policy_error, "this conversation cannot be read");
    pause_.expires_after(seconds(1));
    return pause_.async_wait([weak = weak_from_this()](error ec) {
      if (auto self = weak.lock(); self && !ec) self->next_page();
    });
  }
  auto staff = staffing_of(core_, tenant_, page);
  auto state = page.mode + "\n" + page.name + "\n" + std::to_string(page.place) + "\n" + std::to_string(page.from_s) +
               "\n" + std::to_string(page.to_s) + (staff == staffing::there ? "" : "\naway");
  if (page.items.empty() && mode_ != "?" && state == state_) {
    // Not at once: the caller is the follower, which is still at work.
    return net::post(strand(), [weak = weak_from_this()] {
      if (auto self = weak.lock()) self->next_page();
    });
  }
  mode_ = page.mode, state_ = std::move(state);
  watch_typing();
  page_due_ = true;
  send(page_json(page, staff));
}

} // namespace steward
