// nats_client on NATS.c: one connection, one wildcard inbox for every answer and every pulled message, and one clock
// thread for deadlines. Which threads run callbacks: README.md.
//
// NATS.c may call back after a subscription or connection was destroyed, so it is given numbers, never pointers; a
// number that is no longer in the table below is ignored.
#include "actors/bus/nats_client.hpp"
#include "actors/bus/pending_requests.hpp"
#include "actors/bus/pull_reading.hpp"
#include "actors/bus/server_hello.hpp"

#include <algorithm>
#include <charconv>
#include <condition_variable>
#include <nats/nats.h>
#include <random>
#include <thread>

namespace steward {
namespace {
using namespace std::chrono_literals;
using steady = std::chrono::steady_clock;

constexpr std::string_view letters = "0123456789abcdefghijklmnopqrstuvwxyz";
constexpr auto api_timeout = 5s;
constexpr auto tick = 500ms; // readings are looked after this often
constexpr auto rest = 10ms;  // the clock thread's shortest nap: what a deadline may be late

std::string random_name() {
  std::random_device source;
  std::string out;
  for (int i = 0; i < 16; ++i) out += letters[source() % letters.size()];
  return out;
}

struct nats_free {
  void operator()(natsMsg* x) const { natsMsg_Destroy(x); }
  void operator()(natsOptions* x) const { natsOptions_Destroy(x); }
};
using message_ptr = std::unique_ptr<natsMsg, nats_free>;
using options_ptr = std::unique_ptr<natsOptions, nats_free>;

// Callbacks of NATS.c find their target by number.
template <class T>
class numbered {
public:
  void* add(std::shared_ptr<T> x) {
    std::lock_guard lock(mutex_);
    auto n = ++last_;
    table_.emplace(n, std::move(x));
    return reinterpret_cast<void*>(n);
  }
  std::shared_ptr<T> find(void* n) {
    std::lock_guard lock(mutex_);
    auto it = table_.find(reinterpret_cast<uintptr_t>(n));
    return it == table_.end() ? nullptr : it->second;
  }
  void remove(void* n) {
    std::shared_ptr<T> last; // dies after the lock
    std::lock_guard lock(mutex_);
    if (auto it = table_.find(reinterpret_cast<uintptr_t>(n)); it != table_.end()) {
      last = std::move(it->second);
      table_.erase(it);
    }
  }

private:
  std::mutex mutex_;
  uintptr_t last_ = 0;
  std::unordered_map<uintptr_t, std::shared_ptr<T>> table_;
};

using message_handler = std::function<void(bus_message)>;
class connection;
// Never destroyed: NATS.c's threads may outlive main's statics.
auto& handlers = *new numbered<message_handler>;
auto& connections = *new numbered<connection>;

bus_message take(natsMsg* raw) {
  message_ptr m(raw);
  bus_message out;
  out.subject = natsMsg_GetSubject(raw);
  if (auto* reply = natsMsg_GetReply(raw)) out.reply = reply;
  out.data.assign(natsMsg_GetData(raw), static_cast<size_t>(natsMsg_GetDataLength(raw)));
  const char** names = nullptr;
  int count = 0;
  if (natsMsgHeader_Keys(raw, &names, &count) == NATS_OK) {
    out.head.reserve(static_cast<size_t>(count));
    for (int i = 0; i < count; ++i) {
      const char** values = nullptr;
      int n = 0;
      if (natsMsgHeader_Values(raw, names[i], &values, &n) != NATS_OK) continue;
      for (int k = 0; k < n; ++k) out.head.emplace_back(names[i], values[k]);
      free(values);
    }
    free(names);
  }
  return out;
}

failure describe(natsStatus s) {
  switch (s) {
  case NATS_MAX_PAYLOAD: return {errc::too_large, "bus: the message is larger than the server takes"};
  case NATS_INVALID_SUBJECT:
  case NATS_INVALID_ARG: return {errc::bad_request, std::string("bus: ") + natsStatus_GetText(s)};
  default: return {errc::unavailable, std::string("bus: ") + natsStatus_GetText(s)};
  }
}

class connection final : public reading_port, public std::enable_shared_from_this<connection> {
public:
  explicit connection(nats_config c)
      : config_(std::move(c)) {}

  ~connection() override { natsConnection_Destroy(nc_); }

  status open();
  void close();
  void flush(std::chrono::milliseconds limit) {
    if (state_ == connection_state::connected) natsConnection_FlushTimeout(nc_, limit.count());
  }

  std::optional<failure> publish(std::string_view subject, std::string_view data, const headers& head,
                                 std::string_view reply);
  void request(std::string_view subject, std::string_view data, std::chrono::milliseconds timeout, const headers& head,
               pending_requests::handler f);
  void ask(const std::string& subject, const std::string& body, pending_requests::handler f) override {
    request(subject, body, api_timeout, {}, std::move(f));
  }
  bool send(const std::string& subject, const std::string& body, const std::string& reply) override {
    return !publish(subject, body, {}, reply);
  }
  /// Runs on the clock thread soon.
  void post(std::function<void()>);

  uint64_t add_reading(read_options, std::function<void(read_event)>, std::shared_ptr<pull_reading>&);
  void remove_reading(uint64_t number);

  void set_state(connection_state);
  void answer(bus_message&&); // what came to the inbox

  natsConnection* raw() const { return nc_; }
  server_info info() const {
    std::lock_guard lock(mutex_);
    return info_;
  }
  connection_state state() const { return state_; }
  void listen(std::function<void(connection_state)> f) {
    std::lock_guard lock(mutex_);
    listener_ = f ? std::make_shared<std::function<void(connection_state)>>(std::move(f)) : nullptr;
  }

private:
  void run_clock();
  void wake_by(steady::time_point);
  std::vector<std::shared_ptr<pull_reading>> all_readings();
  void read_server_info();

  const nats_config config_;
  const std::string name_ = random_name();
  const std::string inbox_ = "_INBOX." + name_ + ".";
  const std::string consumer_prefix_ = "stw-" + name_ + "-";
  natsConnection* nc_ = nullptr;
  natsSubscription* inbox_subscription_ = nullptr;
  void* number_ = nullptr;
  void* inbox_number_ = nullptr;
  std::atomic<connection_state> state_ = connection_state::connected;

  mutable std::mutex mutex_; // info_, listener_, readings_
  server_info info_;
  std::shared_ptr<std::function<void(connection_state)>> listener_;
  uint64_t last_reading_ = 0;
  std::unordered_map<uint64_t, std::shared_ptr<pull_reading>> readings_;

  pending_requests pending_;
  std::mutex clock_mutex_; // posted_, stop_
  std::condition_variable clock_wakes_;
  std::vector<std::function<void()>> posted_;
  bool stop_ = false;
  // When the clock thread will look again. A request with an earlier deadline wakes it.
  std::atomic<steady::time_point> wakes_at_{steady::time_point::min()};
  std::thread clock_;
};

void on_raw_message(natsConnection*, natsSubscription*, natsMsg* m, void* number) {
  auto f = handlers.find(number);
  if (!f) return natsMsg_Destroy(m);
  (*f)(take(m));
}

template <connection_state S>
void on_raw_state(natsConnection*, void* number) {
  if (auto c = connections.find(number)) c->set_state(S);
}

status connection::open() {
  natsOptions* made = nullptr;
  if (auto s = natsOptions_Create(&made); s != NATS_OK) return describe(s);
  options_ptr o(made);
  number_ = connections.add(shared_from_this());

  auto s = natsOptions_SetURL(made, config_.url.c_str());
  auto then = [&](natsStatus next) { s = s == NATS_OK ? next : s; };
  then(natsOptions_SetName(made, config_.name.c_str()));
  then(natsOptions_SetTimeout(made, config_.connect_timeout.count()));
  if (!config_.creds_file.empty())
    then(natsOptions_SetUserCredentialsFromFiles(made, config_.creds_file.c_str(), nullptr));
  then(natsOptions_SetAllowReconnect(made, true));
  then(natsOptions_SetMaxReconnect(made, -1));
  then(natsOptions_SetReconnectWait(made, 100));
  then(natsOptions_SetReconnectJitter(made, 100, 500));
  // Nothing is kept for later: while there is no connection a publish fails at once, and the caller knows that it did
  // not happen.
  then(natsOptions_SetReconnectBufSize(made, 0));
  // A server that stops reading must not hold a publisher for longer than this.
  then(natsOptions_SetWriteDeadline(made, 2000));
  then(natsOptions_SetPingInterval(made, 3000));
  then(natsOptions_SetMaxPingsOut(made, 2));
  then(natsOptions_SetSendAsap(made, true));
  // One delivery thread for all subscriptions; credit bounds what waits for it.
  then(natsOptions_UseGlobalMessageDelivery(made, true));
  then(natsOptions_SetDisconnectedCB(made, on_raw_state<connection_state::reconnecting>, number_));
  then(natsOptions_SetReconnectedCB(made, on_raw_state<connection_state::connected>, number_));
  then(natsOptions_SetClosedCB(made, on_raw_state<connection_state::closed>, number_));
  then(natsOptions_SetErrorHandler(
      made, [](natsConnection*, natsSubscription*, natsStatus, void*) {}, nullptr));
  if (s == NATS_OK) s = natsConnection_Connect(&nc_, made);
  if (s == NATS_OK) {
    inbox_number_ = handlers.add(std::make_shared<message_handler>(
        [self = weak_from_this()](bus_message m) { // weak: the table must not keep the connection
          if (auto c = self.lock()) c->answer(std::move(m));
        }));
    s = natsConnection_Subscribe(&inbox_subscription_, nc_, (inbox_ + "*").c_str(), on_raw_message, inbox_number_);
  }
  if (s == NATS_OK) s = natsSubscription_SetPendingLimits(inbox_subscription_, -1, -1);
  if (s == NATS_OK) s = natsConnection_FlushTimeout(nc_, config_.connect_timeout.count());
  if (s != NATS_OK) {
    auto f = describe(s);
    f.message += " (" + config_.url + ")";
    close();
    return f;
  }
  read_server_info();
  clock_ = std::thread([self = shared_from_this()] { self->run_clock(); });
  return success();
}

void connection::read_server_info() {
  server_info x;
  x.max_payload = natsConnection_GetMaxPayload(nc_);
  char url[512];
  if (natsConnection_GetConnectedUrl(nc_, url, sizeof url) == NATS_OK)
    if (auto version = server_version_at(url, config_.connect_timeout)) x.version = std::move(*version);
  std::lock_guard lock(mutex_);
  info_ = std::move(x);
}

void connection::close() {
  {
    std::lock_guard lock(clock_mutex_);
    stop_ = true;
    clock_wakes_.notify_all();
  }
  if (clock_.joinable()) {
    if (clock_.get_id() == std::this_thread::get_id())
      clock_.detach(); // it holds this object, and ends by itself
    else
      clock_.join();
  }
  if (nc_) {
    flush(1s); // NATS.c's close does not always write what is buffered
    natsConnection_Close(nc_);
  }
  natsSubscription_Destroy(inbox_subscription_);
  inbox_subscription_ = nullptr;
  connections.remove(number_);
  handlers.remove(inbox_number_);
  set_state(connection_state::closed);
  for (auto& f : pending_.take_all())
    f(failure{errc::timeout, "bus: closed before the answer came; it may have happened"});
}

std::optional<failure> connection::publish(std::string_view subject, std::string_view data, const headers& head,
                                           std::string_view reply) {
  if (state_ != connection_state::connected) return failure{errc::unavailable, "bus: not connected"};
  if (subject.empty()) return failure{errc::bad_request, "bus: a subject is needed"};
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
  auto deadline = steady::now() + timeout;
  auto token = pending_.add(std::move(f), deadline);
  wake_by(deadline);
  char reply[80];
  auto* end = std::copy(inbox_.begin(), inbox_.end(), reply);
  end = std::to_chars(end, reply + sizeof reply, token).ptr;
  auto failed = publish(subject, data, head, {reply, static_cast<size_t>(end - reply)});
  if (!failed) {
    // close() has emptied the table, perhaps before the line above filled it.
    if (state_ == connection_state::closed)
      failed = failure{errc::timeout, "bus: closed"};
    else
      return;
  }
  if (auto again = pending_.take(token))
    post([f = std::move(again), x = std::move(*failed)]() mutable { f(std::move(x)); });
}

void connection::answer(bus_message&& m) {
  constexpr auto number = [](std::string_view s) {
    uint64_t x = 0;
    auto [end, e] = std::from_chars(s.data(), s.data() + s.size(), x);
    return e == std::errc{} && end == s.data() + s.size() ? x : 0;
  };
  auto reading = [&](uint64_t n) {
    std::lock_guard lock(mutex_);
    auto it = readings_.find(n);
    return it == readings_.end() ? nullptr : it->second;
  };
  // A pulled message bears the subject that it was stored under; only its reply subject says whose it is.
  auto reply = m.reply;
  if (auto at = js::parse_ack_subject(reply); at && at->consumer.starts_with(consumer_prefix_)) {
    if (auto r = reading(number(at->consumer.substr(consumer_prefix_.size())))) r->on_message(*at, std::move(m));
    return;
  }
  std::string_view token = m.subject;
  if (!token.starts_with(inbox_)) return;
  token.remove_prefix(inbox_.size());
  if (token.starts_with('r')) {
    if (auto r = reading(number(token.substr(1)))) r->on_status(m);
    return;
  }
  auto f = pending_.take(number(token));
  if (!f) return; // too late
  if (m.data.empty() && m.header("Status") == "503") return f(failure{errc::unavailable, "bus: nobody answers there"});
  f(std::move(m));
}

void connection::set_state(connection_state next) {
  auto before = state_.exchange(next);
  if (before == connection_state::closed) state_ = connection_state::closed; // stays so
  if (before == next || before == connection_state::closed) return;
  if (next != connection_state::connected)
    for (auto& r : all_readings()) r->fail({errc::unavailable, "reading: the connection was lost"});
  else
    post([self = shared_from_this()] { self->read_server_info(); });
  std::shared_ptr<std::function<void(connection_state)>> f;
  {
    std::lock_guard lock(mutex_);
    f = listener_;
  }
  if (f) (*f)(next);
}

uint64_t connection::add_reading(read_options o, std::function<void(read_event)> f, std::shared_ptr<pull_reading>& r) {
  std::lock_guard lock(mutex_);
  auto n = ++last_reading_;
  auto id = std::to_string(n);
  r = std::make_shared<pull_reading>(shared_from_this(), std::move(o), consumer_prefix_ + id, inbox_ + "r" + id,
                                     std::move(f));
  readings_.emplace(n, r);
  return n;
}

void connection::remove_reading(uint64_t n) {
  std::shared_ptr<pull_reading> last; // dies after the lock
  std::lock_guard lock(mutex_);
  if (auto it = readings_.find(n); it != readings_.end()) {
    last = std::move(it->second);
    readings_.erase(it);
  }
}

std::vector<std::shared_ptr<pull_reading>> connection::all_readings() {
  std::vector<std::shared_ptr<pull_reading>> out;
  std::lock_guard lock(mutex_);
  out.reserve(readings_.size());
  for (auto& [n, r] : readings_) out.push_back(r);
  return out;
}

void connection::post(std::function<void()> f) {
  std::unique_lock lock(clock_mutex_);
  if (stop_) {
    lock.unlock();
    return f(); // closing: nobody else is left to run it
  }
  posted_.push_back(std::move(f));
  clock_wakes_.notify_one();
}

void connection::wake_by(steady::time_point deadline) {
  if (deadline >= wakes_at_.load()) return;
  std::lock_guard lock(clock_mutex_);
  clock_wakes_.notify_one();
}

void connection::run_clock() {
  auto next_tick = steady::now() + tick;
  for (bool stop = false; !stop;) {
    std::vector<std::function<void()>> posted;
    {
      std::unique_lock lock(clock_mutex_);
      // From here on who adds an earlier deadline waits for the mutex; who added before is seen by next().
      wakes_at_ = steady::time_point::max();
      auto due = pending_.next();
      auto at = due ? std::min(next_tick, std::max(*due, steady::now() + rest)) : next_tick;
      wakes_at_ = at;
      if (posted_.empty() && !stop_) clock_wakes_.wait_until(lock, at);
      wakes_at_ = steady::time_point::min(); // awake: no need to be woken
      posted.swap(posted_);
      stop = stop_;
    }
    for (auto& f : posted) f();
    auto now = steady::now();
    for (auto& f : pending_.take_due(now)) f(failure{errc::timeout, "bus: no answer in time; it may have happened"});
    if (now >= next_tick) {
      next_tick = now + tick;
      for (auto& r : all_readings()) r->check(now);
    }
  }
}

class reading_handle final : public stream_reading {
public:
  reading_handle(std::shared_ptr<connection> c, read_options o, std::function<void(read_event)> f)
      : connection_(std::move(c)) {
    number_ = connection_->add_reading(std::move(o), std::move(f), reading_);
    reading_->start();
  }
  ~reading_handle() override {
    reading_->close();
    connection_->remove_reading(number_);
    // Politeness: the server would forget the consumer by itself, later.
    connection_->ask(reading_->delete_subject(), {}, [](auto) {});
  }
  void grant(uint32_t n) override { reading_->grant(n); }

private:
  std::shared_ptr<connection> connection_;
  std::shared_ptr<pull_reading> reading_;
  uint64_t number_ = 0;
};

class subscription_handle final : public nats_client::subscription {
public:
  subscription_handle(std::shared_ptr<connection> c, std::function<void(bus_message)> f)
      : connection_(std::move(c))
      , number_(handlers.add(std::make_shared<message_handler>(std::move(f)))) {}
  ~subscription_handle() override {
    handlers.remove(number_);
    natsSubscription_Unsubscribe(raw_);
    natsSubscription_Destroy(raw_);
  }
  status open(std::string_view subject, std::string_view queue) {
    std::string s(subject), q(queue);
    auto r = q.empty() ? natsConnection_Subscribe(&raw_, connection_->raw(), s.c_str(), on_raw_message, number_)
                       : natsConnection_QueueSubscribe(&raw_, connection_->raw(), s.c_str(), q.c_str(), on_raw_message,
                                                       number_);
    if (r != NATS_OK) return describe(r);
    return success();
  }

private:
  std::shared_ptr<connection> connection_;
  void* number_;
  natsSubscription* raw_ = nullptr;
};

template <class T>
pending_requests::handler parsed(result<T> (*parse)(std::string_view), nats_client::callback<T> f) {
  return [parse, f = std::move(f)](result<bus_message> r) { f(r ? parse(r->data) : result<T>(std::move(r).error())); };
}

class client final : public nats_client {
public:
  explicit client(std::shared_ptr<connection> c)
      : c_(std::move(c)) {}
  ~client() override { c_->close(); }

  server_info server() const override { return c_->info(); }
  connection_state state() const override { return c_->state(); }
  void on_state(std::function<void(connection_state)> f) override { c_->listen(std::move(f)); }
  void flush() override { c_->flush(1s); }

  void publish(std::string_view subject, std::string_view data, const headers& h, std::string_view reply) override {
    c_->publish(subject, data, h, reply);
  }
  void request(std::string_view subject, std::string_view data, std::chrono::milliseconds timeout, const headers& h,
               callback<bus_message> f) override {
    c_->request(subject, data, timeout, h, std::move(f));
  }
  result<std::unique_ptr<subscription>> subscribe(std::string_view subject, std::string_view queue,
                                                  std::function<void(bus_message)> f) override {
    auto s = std::make_unique<subscription_handle>(c_, std::move(f));
    if (auto ok = s->open(subject, queue); !ok) return ok.error();
    return std::unique_ptr<subscription>(std::move(s));
  }

  void js_publish(std::string_view subject, std::string_view data, const headers& h, std::chrono::milliseconds timeout,
                  callback<publish_ack> f) override {
    c_->request(subject, data, timeout, h, parsed(js::parse_publish_ack, std::move(f)));
  }
  void js_ensure(const subjects::stream_definition& d, uint32_t replicas, callback<stream_info> f) override {
    auto config = js::stream_config(d, replicas);
    auto update = js::update_stream(d.name);
    c_->ask(js::create_stream(d.name), config,
            parsed<stream_info>(js::parse_stream_info, [c = c_, config, update, f](result<stream_info> r) {
              if (r || !js::is_other_definition(r.error())) return f(std::move(r));
              c->ask(update, config, parsed(js::parse_stream_info, f));
            }));
  }
  void js_info(const std::string& stream, callback<stream_info> f) override {
    c_->ask(js::stream_info_of(stream), {}, parsed(js::parse_stream_info, std::move(f)));
  }
  void js_get(const std::string& stream, uint64_t seq, callback<std::optional<stored_message>> f) override {
    c_->ask(js::get_message(stream), js::get_by_seq(seq), parsed(js::parse_stored, std::move(f)));
  }
  void js_last(const std::string& stream, const std::string& subject,
               callback<std::optional<stored_message>> f) override {
    c_->ask(js::get_message(stream), js::get_last(subject), parsed(js::parse_stored, std::move(f)));
  }
  void js_purge(const std::string& stream, uint64_t keep_from, const std::string& subject,
                callback<uint64_t> f) override {
    // To a server, "before 0" and an empty filter mean everything.
    if (subject.empty() && keep_from <= 1) return c_->post([f = std::move(f)] { f(uint64_t{0}); });
    c_->ask(js::purge_stream(stream), subject.empty() ? js::purge_before(keep_from) : js::purge_subject(subject),
            parsed(js::parse_purged, std::move(f)));
  }
  std::unique_ptr<stream_reading> js_read(read_options o, std::function<void(read_event)> f) override {
    return std::make_unique<reading_handle>(c_, std::move(o), std::move(f));
  }

private:
  std::shared_ptr<connection> c_;
};

} // namespace

std::string_view bus_message::header(std::string_view name) const {
  for (auto& [n, value] : head)
    if (n == name) return value;
  return {};
}

result<std::unique_ptr<nats_client>> nats_client::create(nats_config config) {
  auto c = std::make_shared<connection>(std::move(config));
  if (auto ok = c->open(); !ok) return ok.error();
  return std::unique_ptr<nats_client>(std::make_unique<client>(std::move(c)));
}

} // namespace steward
