// On NATS.c: one wildcard inbox for every answer and every pulled message, one thread for the socket, one for
// deadlines. Which threads run callbacks: README.md.
//
// NATS.c may call back after a subscription or connection was destroyed, so it is given numbers, never pointers.
#include "actors/bus/nats_connection.hpp"

#include "access/sign_in.hpp"
#include "actors/bus/nats_messages.hpp"
#include "actors/bus/numbered.hpp"
#include "actors/bus/request_clock.hpp"
#include "actors/bus/server_hello.hpp"
#include "actors/bus/socket_loop.hpp"

#include <algorithm>
#include <charconv>
#include <nats/nats.h>
#include <random>

namespace steward {
namespace {
using namespace std::chrono_literals;

constexpr auto api_timeout = 5s;
// What may wait for a server that does not read. Beyond it publishers hear that they are too fast.
constexpr int most_unsent = 32 << 20;

std::string random_name() {
  constexpr std::string_view letters = "0123456789abcdefghijklmnopqrstuvwxyz";
  std::random_device source;
  std::string out;
  for (int i = 0; i < 16; ++i) out += letters[source() % letters.size()];
  return out;
}

uint64_t number(std::string_view s) { // 0: it is none
  uint64_t x = 0;
  auto [end, e] = std::from_chars(s.data(), s.data() + s.size(), x);
  return e == std::errc{} && end == s.data() + s.size() ? x : 0;
}

using message_handler = std::function<void(bus_message)>;
class connection;
// Never destroyed: NATS.c's threads may outlive main's statics.
auto& handlers = *new numbered<message_handler>;
auto& connections = *new numbered<connection>;
void* as_closure(uint64_t n) { return reinterpret_cast<void*>(n); }
uint64_t from_closure(void* p) { return reinterpret_cast<uint64_t>(p); }

/// Why there is no connection, and what to do. An address may hold a password, which nobody is told.
failure not_connected(natsStatus s, const nats_config& c) {
  auto at = without_password(c.url);
  switch (s) {
  case NATS_NO_SERVER:
    return {errc::unavailable, "no NATS server answers at " + at + ": does it run, and is the address right?"};
  case NATS_TIMEOUT:
  case NATS_PROTOCOL_ERROR:
    return {errc::unavailable, "what listens at " + at + " does not speak NATS, or hangs: is it a NATS server?"};
  case NATS_CONNECTION_AUTH_FAILED:
  case NATS_NOT_PERMITTED:
    return {errc::unauthorized,
            "the NATS server at " + at + " does not let in " +
                (c.creds_file.empty() ? "who has no credentials: name a file of them"
                                      : "whom " + c.creds_file + " names: is it another server's?")};
  default: {
    auto f = describe(s);
    f.message += " (" + at + ")";
    return f;
  }
  }
}

class connection final : public nats_connection, public std::enable_shared_from_this<connection> {
public:
  explicit connection(nats_config c)
      : config_(std::move(c)) {}
  ~connection() override { natsConnection_Destroy(nc_); }

  status open();
  void close() override;
  void flush(std::chrono::milliseconds limit) override {
    if (state_ == connection_state::connected) natsConnection_FlushTimeout(nc_, limit.count());
  }
  server_info info() const override {
    std::lock_guard lock(mutex_);
    return info_;
  }
  connection_state state() const override { return state_; }
  void listen(std::function<void(connection_state)> f) override {
    std::lock_guard lock(mutex_);
    listener_ = f ? std::make_shared<std::function<void(connection_state)>>(std::move(f)) : nullptr;
  }

  std::optional<failure> publish(std::string_view subject, std::string_view data, const headers&,
                                 std::string_view reply) override;
  void request(std::string_view subject, std::string_view data, std::chrono::milliseconds timeout, const headers&,
               pending_requests::handler) override;
  result<std::unique_ptr<nats_client::subscription>> subscribe(std::string_view subject, std::string_view queue,
                                                               std::function<void(bus_message)>) override;
  std::unique_ptr<stream_reading> read(read_options, std::function<void(read_event)>) override;
  void post(std::function<void()> f) override { clock_->post(std::move(f)); }
  void ask(const std::string& subject, const std::string& body, pending_requests::handler f) override {
    request(subject, body, api_timeout, {}, std::move(f));
  }
  bool send(const std::string& subject, const std::string& body, const std::string& reply) override {
    return !publish(subject, body, {}, reply);
  }

  void set_state(connection_state);
  void answer(bus_message&&); // what came to the inbox
  void forget_reading(uint64_t n) { readings_.remove(n); }
  void attach(natsConnection* nc, int fd) {
    looped_ = nc;
    loop_.attach(fd);
  }
  socket_loop& loop() { return loop_; }

private:
  natsStatus set_options(natsOptions*);
  void read_server_info();

  const nats_config config_;
  const std::string name_ = random_name();
  const std::string inbox_ = "_INBOX." + name_ + ".";
  const std::string consumer_prefix_ = "stw-" + name_ + "-";
  bool is_clogged(size_t bytes);

  natsConnection* nc_ = nullptr;
  natsSubscription* inbox_subscription_ = nullptr;
  uint64_t number_ = 0, inbox_number_ = 0;
  std::atomic<connection_state> state_ = connection_state::connected;
  std::atomic<size_t> unasked_ = 0; // bytes since is_clogged asked
  std::atomic<bool> clogged_ = false;
  std::atomic<natsConnection*> looped_ = nullptr; // nc_, known to the loop before Connect returns it
  socket_loop loop_;
  std::shared_ptr<request_clock> clock_;
  numbered<pull_reading> readings_;

  mutable std::mutex mutex_; // info_, listener_
  server_info info_;
  std::shared_ptr<std::function<void(connection_state)>> listener_;
};

void on_message(natsConnection*, natsSubscription*, natsMsg* m, void* closure) {
  if (auto f = handlers.find(from_closure(closure))) return (*f)(taken(m));
  message_ptr nobodys(m);
}

template <connection_state S>
void on_state(natsConnection*, void* closure) {
  if (auto c = connections.find(from_closure(closure))) c->set_state(S);
}

// NATS.c calls these with its own lock held. The object is the connection, which outlives them: it destroys nc_.
natsStatus loop_attach(void** object, void* loop, natsConnection* nc, natsSock fd) {
  static_cast<connection*>(*object = loop)->attach(nc, fd);
  return NATS_OK;
}
natsStatus loop_read(void* object, bool on) {
  static_cast<connection*>(object)->loop().want_read(on);
  return NATS_OK;
}
natsStatus loop_write(void* object, bool on) {
  static_cast<connection*>(object)->loop().want_write(on);
  return NATS_OK;
}
natsStatus loop_detach(void* object) {
  static_cast<connection*>(object)->loop().detach();
  return NATS_OK;
}

natsStatus connection::set_options(natsOptions* o) {
  auto* me = as_closure(number_);
  auto s = natsOptions_SetURL(o, config_.url.c_str());
  auto then = [&](natsStatus next) { s = s == NATS_OK ? next : s; };
  then(natsOptions_SetName(o, config_.name.c_str()));
  then(natsOptions_SetTimeout(o, config_.connect_timeout.count()));
  then(natsOptions_SetAllowReconnect(o, true));
  then(natsOptions_SetMaxReconnect(o, -1));
  then(natsOptions_SetReconnectWait(o, 100));
  then(natsOptions_SetReconnectJitter(o, 100, 500));
  // Nothing is kept for later: while there is no connection a publish fails at once, and the caller knows that it did
  // not happen.
  then(natsOptions_SetReconnectBufSize(o, 0));
  then(natsOptions_SetPingInterval(o, 3000));
  then(natsOptions_SetMaxPingsOut(o, 2));
  // Without it NATS.c waits about a millisecond for more to send.
  then(natsOptions_SetSendAsap(o, true));
  then(natsOptions_SetEventLoop(o, this, loop_attach, loop_read, loop_write, loop_detach));
  // One delivery thread for all subscriptions; credit bounds what waits for it.
  then(natsOptions_UseGlobalMessageDelivery(o, true));
  then(natsOptions_SetDisconnectedCB(o, on_state<connection_state::reconnecting>, me));
  then(natsOptions_SetReconnectedCB(o, on_state<connection_state::connected>, me));
  then(natsOptions_SetClosedCB(o, on_state<connection_state::closed>, me));
  then(natsOptions_SetErrorHandler(
      o, [](natsConnection*, natsSubscription*, natsStatus, void*) {}, nullptr));
  return s;
}

status connection::open() {
  // Its mutexes spin a thousand times by default, which on few busy cores takes the time from who holds them.
  static const auto opened [[maybe_unused]] = nats_Open(0);
  natsOptions* made = nullptr;
  if (auto s = natsOptions_Create(&made); s != NATS_OK) return describe(s);
  options_ptr o(made);
  auto weak = weak_from_this(); // tables and threads must not keep the connection
  number_ = connections.add(shared_from_this());
  inbox_number_ = handlers.add(std::make_shared<message_handler>([weak](bus_message m) {
    if (auto c = weak.lock()) c->answer(std::move(m));
  }));
  clock_ = request_clock::start([weak](auto now) {
    sweep_spent_messages();
    if (auto c = weak.lock())
      for (auto& r : c->readings_.all()) r->check(now);
  });
  loop_.start([this] { natsConnection_ProcessReadEvent(looped_); },
              [this] { natsConnection_ProcessWriteEvent(looped_); });

  if (!config_.creds_file.empty())
    if (auto ok = sign_in_with(made, config_.creds_file); !ok) return close(), ok.error();
  auto s = set_options(made);
  auto then = [&](auto next) { s = s == NATS_OK ? next() : s; };
  then([&] { return static_cast<natsStatus>(connect_signed(&nc_, made)); });
  then([&] {
    return natsConnection_Subscribe(&inbox_subscription_, nc_, (inbox_ + "*").c_str(), on_message,
                                    as_closure(inbox_number_));
  });
  then([&] { return natsSubscription_SetPendingLimits(inbox_subscription_, -1, -1); });
  then([&] { return natsConnection_FlushTimeout(nc_, config_.connect_timeout.count()); });
  if (s != NATS_OK) {
    close();
    return not_connected(s, config_);
  }
  read_server_info();
  return success();
}

void connection::read_server_info() {
  server_info x;
  x.max_payload = natsConnection_GetMaxPayload(nc_);
  char url[512];
  if (natsConnection_GetConnectedUrl(nc_, url, sizeof url) == NATS_OK)
    if (auto version = server_version_at(url, 200ms)) x.version = std::move(*version);
  std::lock_guard lock(mutex_);
  info_ = std::move(x);
}

void connection::close() {
  if (nc_) {
    flush(1s); // NATS.c's close does not write what is buffered
    natsConnection_Close(nc_);
  }
  loop_.stop();
  sweep_spent_messages();
  natsSubscription_Destroy(std::exchange(inbox_subscription_, nullptr));
  connections.remove(number_);
  handlers.remove(inbox_number_);
  set_state(connection_state::closed);
  clock_->stop();
}

/// NATS.c takes a lock to answer, which its own threads want: it is asked once in a while.
bool connection::is_clogged(size_t bytes) {
  constexpr size_t every = 64 << 10;
  if (!clogged_ && unasked_.fetch_add(bytes + 100, std::memory_order_relaxed) < every) return false;
  unasked_ = 0;
  return clogged_ = natsConnection_Buffered(nc_) > most_unsent;
}

std::optional<failure> connection::publish(std::string_view subject, std::string_view data, const headers& head,
                                           std::string_view reply) {
  if (state_ != connection_state::connected) return failure{errc::unavailable, "bus: not connected"};
  if (subject.empty()) return failure{errc::bad_request, "bus: a subject is needed"};
  if (is_clogged(data.size())) return failure{errc::overloaded, "bus: the server does not take what is sent"};
  std::string to(subject), back(reply);
  auto* answer_to = back.empty() ? nullptr : back.c_str();
  auto size = static_cast<int>(data.size());
  natsStatus s;
  if (head.empty()) {
    s = answer_to ? natsConnection_PublishRequest(nc_, to.c_str(), answer_to, data.data(), size)
                  : natsConnection_Publish(nc_, to.c_str(), data.data(), size);
  } else {
    natsMsg* made = nullptr;
    s = natsMsg_Create(&made, to.c_str(), answer_to, data.data(), size);
    message_ptr m(made);
    for (auto& [name, value] : head)
      if (s == NATS_OK) s = natsMsgHeader_Add(made, name.c_str(), value.c_str());
    if (s == NATS_OK) s = natsConnection_PublishMsg(nc_, made);
  }
  if (s == NATS_OK) return std::nullopt;
  return describe(s);
}

void connection::request(std::string_view subject, std::string_view data, std::chrono::milliseconds timeout,
                         const headers& head, pending_requests::handler f) {
  auto token = clock_->add(std::move(f), std::chrono::steady_clock::now() + timeout);
  char reply[80];
  auto* end = std::copy(inbox_.begin(), inbox_.end(), reply);
  end = std::to_chars(end, reply + sizeof reply, token).ptr;
  auto failed = publish(subject, data, head, {reply, static_cast<size_t>(end - reply)});
  if (!failed) return;
  if (auto again = clock_->take(token))
    post([f = std::move(again), x = std::move(*failed)]() mutable { f(std::move(x)); });
}

void connection::answer(bus_message&& m) {
  // A pulled message bears the subject that it was stored under; only its reply subject says whose it is.
  auto reply = m.reply;
  if (auto at = js::parse_ack_subject(reply); at && at->consumer.starts_with(consumer_prefix_)) {
    if (auto r = readings_.find(number(at->consumer.substr(consumer_prefix_.size())))) r->on_message(*at, std::move(m));
    return;
  }
  std::string_view token = m.subject;
  if (!token.starts_with(inbox_)) return;
  token.remove_prefix(inbox_.size());
  if (token.starts_with('r')) {
    if (auto r = readings_.find(number(token.substr(1)))) r->on_status(m);
    return;
  }
  auto f = clock_->take(number(token));
  if (!f) return; // too late
  if (m.data.empty() && m.header("Status") == "503") return f(failure{errc::unavailable, "bus: nobody answers there"});
  f(std::move(m));
}

void connection::set_state(connection_state next) {
  auto before = state_.exchange(next);
  if (before == connection_state::closed) state_ = connection_state::closed; // stays so
  if (before == next || before == connection_state::closed) return;
  if (next != connection_state::connected)
    for (auto& r : readings_.all()) r->fail({errc::unavailable, "reading: the connection was lost"});
  else
    post([self = shared_from_this()] { self->read_server_info(); });
  std::shared_ptr<std::function<void(connection_state)>> f;
  {
    std::lock_guard lock(mutex_);
    f = listener_;
  }
  if (f) (*f)(next);
}

class reading_handle final : public stream_reading {
public:
  reading_handle(std::shared_ptr<connection> c, std::shared_ptr<pull_reading> r, uint64_t n)
      : connection_(std::move(c))
      , reading_(std::move(r))
      , number_(n) {}
  ~reading_handle() override {
    reading_->close();
    connection_->forget_reading(number_);
    // Politeness: the server would forget the consumer by itself, later.
    connection_->ask(reading_->delete_subject(), {}, [](auto) {});
  }
  void grant(uint32_t n) override { reading_->grant(n); }

private:
  std::shared_ptr<connection> connection_;
  std::shared_ptr<pull_reading> reading_;
  uint64_t number_;
};

std::unique_ptr<stream_reading> connection::read(read_options o, std::function<void(read_event)> f) {
  auto n = readings_.next();
  auto id = std::to_string(n);
  auto r = std::make_shared<pull_reading>(shared_from_this(), std::move(o), consumer_prefix_ + id, inbox_ + "r" + id,
                                          std::move(f));
  readings_.put(n, r);
  r->start();
  return std::make_unique<reading_handle>(shared_from_this(), std::move(r), n);
}

class subscription_handle final : public nats_client::subscription {
public:
  subscription_handle(std::shared_ptr<connection> c, uint64_t n, natsSubscription* raw)
      : connection_(std::move(c))
      , number_(n)
      , raw_(raw) {}
  ~subscription_handle() override {
    handlers.remove(number_);
    natsSubscription_Unsubscribe(raw_);
    // Up to 3.5 NATS.c hands a message to its subscription without holding on to it, so the memory may go only when
    // the thread that does so is elsewhere.
    connection_->loop().between_events([raw = raw_] { natsSubscription_Destroy(raw); });
  }

private:
  std::shared_ptr<connection> connection_; // a subscription needs its connection's memory
  uint64_t number_;
  natsSubscription* raw_;
};

result<std::unique_ptr<nats_client::subscription>>
connection::subscribe(std::string_view subject, std::string_view queue, std::function<void(bus_message)> f) {
  auto n = handlers.add(std::make_shared<message_handler>(std::move(f)));
  std::string s(subject), q(queue);
  natsSubscription* raw = nullptr;
  auto r = q.empty() ? natsConnection_Subscribe(&raw, nc_, s.c_str(), on_message, as_closure(n))
                     : natsConnection_QueueSubscribe(&raw, nc_, s.c_str(), q.c_str(), on_message, as_closure(n));
  if (r == NATS_OK)
    return std::unique_ptr<nats_client::subscription>(
        std::make_unique<subscription_handle>(shared_from_this(), n, raw));
  handlers.remove(n);
  return describe(r);
}

} // namespace

result<std::shared_ptr<nats_connection>> nats_connection::open(nats_config config) {
  auto c = std::make_shared<connection>(std::move(config));
  if (auto ok = c->open(); !ok) return ok.error();
  return std::shared_ptr<nats_connection>(std::move(c));
}

} // namespace steward
