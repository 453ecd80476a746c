#include "clients/seat_line.hpp"

#include "messages/subjects.hpp"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace steward {
namespace {

using namespace std::chrono_literals;
using clock = std::chrono::steady_clock;
using seat_ui::request;

constexpr auto change_timeout = 2s, read_timeout = 3s, search_timeout = 6s;
constexpr auto beat_every = 5s, look_every = 5s;
constexpr auto wait_step = 100ms;
constexpr size_t most_reads = 100; // beyond them the oldest is forgotten: it is asked again
constexpr decode_limits answer_limits{.bytes = 16 << 20, .items = 1'000'000};

bool is_read(const std::string& verb) {
  for (auto v : {"me", "queue", "read", "texts", "suggest", "timeline", "search", "typing"})
    if (verb == v) return true;
  return false;
}

/// Requests that one thread does, one after the other.
class worker {
public:
  worker(std::function<void(request)> work, size_t most)
      : work_(std::move(work))
      , most_(most)
      , thread_([this] { run(); }) {}
  ~worker() {
    {
      std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    wake_.notify_all();
    thread_.join();
  }
  void add(request r) {
    std::lock_guard lock(mutex_);
    if (waiting_.size() >= most_) waiting_.pop_front();
    waiting_.push_back(std::move(r));
    wake_.notify_one();
  }
  bool idle() const {
    std::lock_guard lock(mutex_);
    return waiting_.empty() && !busy_;
  }

private:
  void run() {
    std::unique_lock lock(mutex_);
    for (;;) {
      wake_.wait(lock, [&] { return stopping_ || !waiting_.empty(); });
      if (stopping_) return;
      auto r = std::move(waiting_.front());
      waiting_.pop_front();
      busy_ = true;
      lock.unlock();
      work_(std::move(r));
      lock.lock();
      busy_ = false;
    }
  }
  std::function<void(request)> work_;
  size_t most_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<request> waiting_;
  bool stopping_ = false, busy_ = false;
  std::thread thread_; // last: it uses all of the above
};

} // namespace

struct seat_line::impl {
  bus_session& bus;
  tenant_id tenant;
  std::string seat;
  std::function<void(seat_ui::event)> news;
  std::mutex telling;
  std::atomic<bool> stopping = false;

  std::mutex watching;
  entity_id wanted;

  seat_ui::link_changed line;

  std::unique_ptr<worker> changes, reads, searches;
  std::thread feed_thread, watch_thread;

  impl(bus_session& b, tenant_id t, std::string s, std::function<void(seat_ui::event)> n)
      : bus(b)
      , tenant(std::move(t))
      , seat(std::move(s))
      , news(std::move(n)) {
    changes = std::make_unique<worker>([this](request r) { change(r); }, SIZE_MAX);
    reads = std::make_unique<worker>([this](request r) { read(r); }, most_reads);
    searches = std::make_unique<worker>([this](request r) { read(r); }, 1); // they take seconds where an engine is away
    feed_thread = std::thread([this] { follow(); });
    watch_thread = std::thread([this] { listen(); });
  }
  ~impl() {
    stopping = true;
    feed_thread.join();
    watch_thread.join();
    changes.reset();
    reads.reset();
    searches.reset();
  }

  void tell(seat_ui::event e) {
    std::lock_guard lock(telling);
    if (!stopping) news(std::move(e));
  }
  std::string subject(std::string_view verb) const { return subjects::seat(tenant, seat, verb); }

  /// The answer, or one that says why there is none.
  template <class T>
  T answer(std::string_view verb, const seat_request& q, bus_session::duration timeout) {
    auto m = bus.request(subject(verb), encode(q), timeout);
    T out;
    failure why{errc::ok, {}};
    if (m) {
      auto a = decode<T>(m->data, answer_limits);
      if (a) return std::move(*a);
      auto ack = decode<accept_ack>(m->data); // an engine may refuse with no more than this
      if (ack && !ack->error.empty()) return out.error = ack->error, out;
      why = a.error();
    } else {
      why = m.error();
    }
    out.error = {std::string(to_string(why.code)), why.message};
    return out;
  }

  void change(const request& r) {
    if (!stopping) tell(seat_ui::acked{r.ask.id, answer<accept_ack>(r.verb, r.ask, change_timeout)});
  }

  void read(const request& r) {
    if (stopping) return;
    auto& c = r.ask.conversation;
    if (r.verb == "typing")
      (void)bus.publish(subject(r.verb), encode(r.ask));
    else if (r.verb == "me")
      tell(seat_ui::got_me{answer<seat_view>(r.verb, r.ask, read_timeout)});
    else if (r.verb == "queue")
      tell(seat_ui::got_queue{answer<queue_view>(r.verb, r.ask, read_timeout)});
    else if (r.verb == "read")
      tell(seat_ui::got_read{c, answer<seat_conversation>(r.verb, r.ask, read_timeout)});
    else if (r.verb == "texts")
      tell(seat_ui::got_texts{c, answer<canned_texts>(r.verb, r.ask, read_timeout)});
    else if (r.verb == "suggest")
      tell(seat_ui::got_knowledge{c, answer<kb_search_result>(r.verb, r.ask, read_timeout)});
    else if (r.verb == "timeline")
      tell(seat_ui::got_customer{c, answer<feed_page>(r.verb, r.ask, read_timeout)});
    else if (r.verb == "search")
      tell(seat_ui::got_found{r.ask.text, answer<seat_found>(r.verb, r.ask, search_timeout)});
  }

  void set_line(seat_ui::link is, std::string why) {
    if (line.is == is && line.why == why) return;
    line = {is, std::move(why)};
    tell(line);
  }

  /// Asks for the next lines of the feed; false when there are none now.
  bool next_page(uint64_t& from) {
    seat_request q;
    q.from = from;
    if (from == 0) { // what was before now is not news
      auto me = answer<seat_view>("me", {}, read_timeout);
      if (me.error.empty()) from = me.next;
      return note(me.error), from > 0;
    }
    auto page = answer<feed_page>("feed", q, read_timeout);
    note(page.error);
    if (!page.error.empty() || page.items.empty()) return false;
    from = page.next;
    tell(seat_ui::feed_came{std::move(page.items)});
    return true;
  }

  void note(const problem& p) {
    using seat_ui::link;
    if (bus.state() == bus_session::connection::closed)
      return set_line(link::closed,
                      "The server lets you in no more (revoked?). q leaves; nothing that was sent is lost.");
    if (p.empty()) return set_line(link::connected, {});
    auto code = errc_from(p.code);
    if (code == errc::unavailable || code == errc::timeout) set_line(link::away, {});
  }

  void follow() {
    uint64_t from = 0;
    std::optional<bus_session::subscription> wake;
    auto beat = clock::now(), look = clock::now();
    while (!stopping) {
      if (clock::now() >= beat) {
        (void)bus.publish(subject("beat"), "");
        beat = clock::now() + beat_every;
      }
      if (!wake)
        if (auto s = bus.subscribe(subjects::feed(tenant, seat_id(tenant, seat)))) wake.emplace(std::move(*s));
      if (clock::now() >= look) {
        if (next_page(from)) continue;
        look =
            clock::now() + (line.is == seat_ui::link::connected ? clock::duration(look_every) : clock::duration(500ms));
      }
      auto m = wake ? wake->next(wait_step) : result<std::optional<bus_session::message>>(errc::unavailable, "");
      if (!m) std::this_thread::sleep_for(wait_step);
      if (m && *m) look = clock::now();
      if (bus.state() != bus_session::connection::connected && line.is == seat_ui::link::connected)
        note({"unavailable", "the connection is lost"});
    }
  }

  /// Typing and lines of one conversation.
  void listen() {
    entity_id now;
    std::optional<bus_session::subscription> typing, feed;
    while (!stopping) {
      {
        std::lock_guard lock(watching);
        if (wanted != now) now = wanted, typing.reset(), feed.reset();
      }
      if (!now.empty() && !typing)
        if (auto s = bus.subscribe(subjects::typing(tenant, now))) typing.emplace(std::move(*s));
      if (!now.empty() && !feed)
        if (auto s = bus.subscribe(subjects::feed(tenant, now))) {
          feed.emplace(std::move(*s));
          tell(seat_ui::nudged{now}); // for what came before this was heard
        }
      if (!typing || !feed) {
        std::this_thread::sleep_for(wait_step);
        continue;
      }
      if (auto m = feed->next(wait_step / 2); m && *m)
        tell(seat_ui::nudged{now});
      else if (!m)
        std::this_thread::sleep_for(wait_step);
      if (auto m = typing->next(wait_step / 2); m && *m)
        if (auto n = decode<typing_note>((*m)->data)) tell(seat_ui::typing_came{now, *n});
    }
  }
};

seat_line::seat_line(bus_session& bus, tenant_id tenant, std::string seat, std::function<void(seat_ui::event)> news)
    : impl_(std::make_unique<impl>(bus, std::move(tenant), std::move(seat), std::move(news))) {}
seat_line::~seat_line() = default;

void seat_line::ask(seat_ui::request r) {
  auto& to = r.verb == "search" ? impl_->searches : is_read(r.verb) ? impl_->reads : impl_->changes;
  to->add(std::move(r));
}
void seat_line::watch(const entity_id& c) {
  std::lock_guard lock(impl_->watching);
  impl_->wanted = c;
}
bool seat_line::idle() const { return impl_->changes->idle(); }

} // namespace steward
