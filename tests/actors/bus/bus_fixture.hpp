// Tests against real servers: each case that is declared with BUS_TEST runs once per server binary that is here,
// Debian's and the newer one, each in a folder of its own on a free port.
#pragma once
#include "actors/bus/nats_client.hpp"
#include "actors/bus/nats_server.hpp"

#include <boost/test/unit_test.hpp>
#include <condition_variable>
#include <future>
#include <mutex>

namespace steward::test {
using namespace std::chrono_literals;

/// Waits at most this long for what must happen.
inline constexpr auto patience = 20s;

class temp_folder {
public:
  temp_folder();
  ~temp_folder();
  std::filesystem::path path;
};

class bus_fixture {
public:
  explicit bus_fixture(std::filesystem::path binary);
  ~bus_fixture();

  std::unique_ptr<nats_client> connect();
  void start(uint16_t port = 0);
  void kill_server(); // SIGKILL, and waits for the end
  /// A stream over one subject space "<name>.>".
  stream_info make_stream(const std::string& name);
  publish_ack must_publish(const std::string& subject, const std::string& data, const headers& = {});

  std::filesystem::path binary;
  temp_folder folder;
  std::unique_ptr<nats_server> server;
  std::unique_ptr<nats_client> bus;
};

/// The server binaries of this machine; never empty, or the case fails.
std::vector<std::filesystem::path> server_binaries();
void run_on_all(const char* name, void (*body)(bus_fixture&));

/// The answer of one asynchronous call.
template <class T, class F>
result<T> wait_for(F&& call) {
  auto p = std::make_shared<std::promise<result<T>>>();
  auto f = p->get_future();
  call([p](result<T> r) { p->set_value(std::move(r)); });
  if (f.wait_for(patience) != std::future_status::ready) return {errc::internal, "the callback was never called"};
  return f.get();
}

/// What callbacks collect and a test waits for. A callback that is still inside add() may outlive the test's frame.
template <class T>
class collected {
public:
  void add(T x) {
    auto s = state_;
    std::lock_guard lock(s->mutex);
    s->items.push_back(std::move(x));
    s->changed.notify_all();
  }
  bool wait(size_t n, std::chrono::milliseconds limit = patience) {
    return wait_until([n](auto& items) { return items.size() >= n; }, limit);
  }
  template <class P>
  bool wait_until(P p, std::chrono::milliseconds limit = patience) {
    std::unique_lock lock(state_->mutex);
    return state_->changed.wait_for(lock, limit, [&] { return p(state_->items); });
  }
  std::vector<T> all() {
    std::lock_guard lock(state_->mutex);
    return state_->items;
  }

private:
  struct state {
    std::mutex mutex;
    std::condition_variable changed;
    std::vector<T> items;
  };
  std::shared_ptr<state> state_ = std::make_shared<state>();
};

#define BUS_TEST(name)                                                                                                 \
  static void name##_body(steward::test::bus_fixture&);                                                                \
  BOOST_AUTO_TEST_CASE(name) { steward::test::run_on_all(#name, name##_body); }                                        \
  static void name##_body([[maybe_unused]] steward::test::bus_fixture& f)

} // namespace steward::test
