// Answers to requests over the bus. One that no message can carry is refused in words: dropped in silence, the asker
// would wait for his whole timeout and take the engine for dead.
#pragma once
#include "actors/bus/nats_client.hpp"
#include "messages/ops.hpp"

#include <atomic>
#include <functional>
#include <memory>

namespace steward {

/// The same callback, once; nobody having called it when its last copy goes (an actor ended with the message in its
/// mailbox), it is called with `otherwise`.
template <class T>
std::function<void(T)> answered_in_any_case(std::function<void(T)> f, T otherwise) {
  struct promise {
    std::function<void(T)> f;
    T otherwise;
    std::atomic<bool> kept{false};
    promise(std::function<void(T)> f, T otherwise)
        : f(std::move(f))
        , otherwise(std::move(otherwise)) {}
    ~promise() {
      if (!kept) f(std::move(otherwise));
    }
  };
  auto p = std::make_shared<promise>(std::move(f), std::move(otherwise));
  return [p](T x) {
    if (!p->kept.exchange(true)) p->f(std::move(x));
  };
}

inline void answer_encoded(nats_client& nats, const std::string& reply, const std::string& encoded) {
  if (reply.empty()) return;
  constexpr size_t always_fits = 32 << 10; // asking for the limit costs a little
  auto most = encoded.size() <= always_fits ? always_fits : static_cast<size_t>(nats.server().max_payload);
  if (encoded.size() <= most) return nats.publish(reply, encoded);
  ops_ack refused;
  refused.error = {std::string(to_string(errc::too_large)),
                   "the answer would have " + std::to_string(encoded.size()) + " bytes, and a message carries " +
                       std::to_string(most) + ": ask for less (--limit, or a shorter time)"};
  nats.publish(reply, encode(refused));
}

template <class T>
void answer_request(nats_client& nats, const std::string& reply, const T& x) {
  answer_encoded(nats, reply, encode(x));
}

} // namespace steward
