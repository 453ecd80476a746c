#include "actors/bus/pull_reading.hpp"

#include <charconv>

namespace steward {
namespace {
using namespace std::chrono_literals;
using std::chrono::nanoseconds;

// A pull waits this long at an idle stream, and the server says every `heartbeat` that it still knows of it.
constexpr auto expires = 15s;
constexpr auto heartbeat = 1500ms;
constexpr auto silence = 5s;
// The server forgets a consumer that nobody pulls from: a crashed engine's are gone a minute later.
constexpr auto idle = 60s;

uint64_t number(std::string_view s) {
  uint64_t x = 0;
  std::from_chars(s.data(), s.data() + s.size(), x);
  return x;
}
} // namespace

pull_reading::pull_reading(std::shared_ptr<reading_port> port, read_options o, std::string consumer, std::string inbox,
                           std::function<void(read_event)> tell)
    : port_(std::move(port))
    , options_(std::move(o))
    , consumer_(std::move(consumer))
    , inbox_(std::move(inbox))
    , next_subject_(js::next_message(options_.stream, consumer_))
    , tell_(std::move(tell))
    , heard_(clock::now()) {}

void pull_reading::start() {
  auto body = js::consumer_config(options_, consumer_, nanoseconds(idle).count());
  port_->ask(js::create_consumer(options_.stream, consumer_, options_.filter), body,
             [self = shared_from_this()](result<bus_message> r) { self->created(std::move(r)); });
}

void pull_reading::created(result<bus_message> r) {
  status ok = r ? js::parse_created(r->data) : status(r.error());
  std::unique_lock lock(mutex_);
  if (phase_ != phase::creating) return;
  if (!ok) return end(lock, ok.error());
  phase_ = phase::running;
  auto n = take_wanted();
  lock.unlock();
  pull(n);
}

void pull_reading::grant(uint32_t messages) {
  std::unique_lock lock(mutex_);
  credit_ += messages;
  auto n = take_wanted();
  lock.unlock();
  pull(n);
}

uint32_t pull_reading::take_wanted() {
  if (phase_ != phase::running || credit_ == 0) return 0;
  // The next pull goes out while the last one is half eaten, and only when it is worth it: credit that trickles in one
  // by one must not become one pull per message.
  uint64_t batch = std::max<uint32_t>(options_.batch, 1);
  if (outstanding_ > batch / 2 || credit_ < std::min(outstanding_, batch / 2)) return 0;
  auto n = std::min(credit_, batch);
  credit_ -= n;
  outstanding_ += n;
  heard_ = clock::now(); // silence counts from the question
  return static_cast<uint32_t>(n);
}

void pull_reading::pull(uint32_t messages) {
  if (messages == 0) return;
  auto body = js::pull(messages, nanoseconds(expires).count(), nanoseconds(heartbeat).count());
  if (!port_->send(next_subject_, body, inbox_)) fail({errc::unavailable, "reading: not connected"});
}

void pull_reading::on_message(const js::ack_subject& at, bus_message&& m) {
  std::unique_lock lock(mutex_);
  if (phase_ != phase::running) return;
  heard_ = clock::now();
  if (at.consumer_seq != last_seq_ + 1)
    return end(lock, {errc::unavailable, "reading: gap, consumer sequence " + std::to_string(at.consumer_seq) +
                                             " after " + std::to_string(last_seq_)});
  last_seq_ = at.consumer_seq;
  if (outstanding_ > 0) --outstanding_;
  auto n = take_wanted();
  telling_ = true;
  lock.unlock();

  pull(n);
  read_event e;
  e.consumer_seq = at.consumer_seq;
  e.pending = at.pending;
  e.message.seq = at.stream_seq;
  e.message.time_ns = at.time_ns;
  e.message.subject = std::move(m.subject);
  e.message.head = std::move(m.head);
  e.message.data = std::move(m.data);
  if (!closed_) tell_(std::move(e));

  lock.lock();
  telling_ = false;
  auto loss = std::exchange(loss_, std::nullopt);
  lock.unlock();
  if (loss) report(std::move(*loss));
}

void pull_reading::on_status(const bus_message& m) {
  auto code = m.header("Status");
  std::unique_lock lock(mutex_);
  if (phase_ != phase::running) return;
  heard_ = clock::now();
  if (code == "100") return;
  auto left = m.header("Nats-Pending-Messages");
  if (code == "408" && !left.empty()) {
    // The pull's time is over; what it did not get is credit again.
    auto n = std::min(number(left), outstanding_);
    outstanding_ -= n;
    credit_ += n;
    auto more = take_wanted();
    lock.unlock();
    return pull(more);
  }
  // Consumer or stream deleted, leader changed, limits, no responders: how much of the credit is still out is not
  // known for sure. A new reading costs less than a wrong guess.
  std::string text = "reading: ";
  end(lock, {errc::unavailable, text.append(code).append(" ").append(m.header("Description"))});
}

void pull_reading::check(clock::time_point now) {
  std::unique_lock lock(mutex_);
  if (phase_ == phase::running && outstanding_ > 0 && now - heard_ > silence)
    end(lock, {errc::unavailable, "reading: the server has gone silent"});
}

void pull_reading::fail(failure f) {
  std::unique_lock lock(mutex_);
  end(lock, std::move(f));
}

void pull_reading::end(std::unique_lock<std::mutex>& lock, failure f) {
  if (phase_ == phase::over) return;
  phase_ = phase::over;
  if (telling_) {
    loss_ = std::move(f);
    return;
  }
  lock.unlock();
  report(std::move(f));
}

void pull_reading::report(failure f) {
  if (closed_.exchange(true)) return; // the owner does not want to hear any more
  read_event e;
  e.lost = std::move(f);
  tell_(std::move(e));
}

void pull_reading::close() {
  closed_ = true;
  std::lock_guard lock(mutex_);
  phase_ = phase::over;
}

} // namespace steward
