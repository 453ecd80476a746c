// What the door's connections share. Internal to actors/http.
#pragma once
#include "actors/http/client_limits.hpp"
#include "actors/http/http_door.hpp"

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <condition_variable>
#include <mutex>
#include <shared_mutex>
#include <unordered_map>
#include <vector>

namespace steward {

class http_connection;

/// The engine may call back on any thread, also when the door is gone: callbacks pass through this gate, which the door
/// closes before it takes its io_context away.
struct http_gate {
  std::shared_mutex mutex;
  bool open = true;
};

struct http_core {
  http_config config;
  http_engine engine;
  std::shared_ptr<http_gate> gate = std::make_shared<http_gate>();
  std::atomic<bool> stopping{false};
  trusted_proxies proxies;
  std::unique_ptr<client_limits> clients;

  std::mutex mutex; // of what follows
  std::condition_variable changed;
  std::unordered_map<http_connection*, std::weak_ptr<http_connection>> open; // those that are served
  size_t refused = 0;                                                        // those that are being turned away

  boost::asio::io_context ioc; // last: its handlers own connections, which reach the members above when they go
};

/// Wraps `f(T&, args…)` into a function for any thread: runs on the object's strand, if object and door still live.
template <class T, class F>
auto through_gate(const std::shared_ptr<http_gate>& gate, const std::shared_ptr<T>& object, F f) {
  return [gate, weak = std::weak_ptr<T>(object), f = std::move(f)](auto&&... args) {
    std::shared_lock lock(gate->mutex);
    if (!gate->open) return;
    if (auto self = weak.lock()) {
      auto strand = self->strand();
      boost::asio::post(strand, [self = std::move(self), f, ... args = std::decay_t<decltype(args)>(args)]() mutable {
        f(*self, std::move(args)...);
      });
    }
  };
}

} // namespace steward
